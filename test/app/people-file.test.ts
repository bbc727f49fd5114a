/** Every mistake in a file of people is told, all at once, with its line and what to write instead. */
import { describe, expect, test } from '@jest/globals'
import { describeProblem } from '../../src/app/live-library.js'
import { readPeople } from '../../src/app/people-file.js'
import { parsePeopleYaml } from '../../src/store/people-yaml.js'

const WORLD = { areas: ['birk', 'vang'], languages: ['da', 'en', 'ar', 'so'], today: '2026-11-23' }

/** A file without a mistake; tests change one line of it. */
const GOOD = `areas:
  birk:
    stairwells: [1, 12 A, 012]
    neighbours: [vang]
    office_hours: [mon-fri 10:00-14:00]
    on_call:
      - id: sanne
        name: Sanne (made up)
        mail: sanne@example.dk
        hours: [mon-fri 08:00-16:00, sat,sun 10:00-14:00]
  vang:
    stairwells: [1]
    neighbours: [birk]
    on_call: [{ id: sanne, name: Sanne (made up), mail: sanne@example.dk }]
networks:
  naboer:
    kind: neighbours
    names:
      da: Naboerne
      ar: الجيران
    areas: [birk, vang]
    tasks: [shopping, medicine, homework]
    settings:
      ask_at_once: 4
      first_wave: 5
      second_wave: 15
      to_staff: 40
      quiet: 22:00-07:00
  kors:
    kind: red-cross
    names: { da: Korset }
    areas: birk
    tasks: [visit]
    external:
      mail: kors@example.dk
      phone: 70 12 34 56
volunteers:
  fatma:
    network: naboer
    alias: Fatma
    languages: [so, da]
    area: birk
    stairwell: 12 A
    tasks: [shopping, homework]
    hours: sat,sun 10:00-14:00
    gender: woman
    vetting: [{ kind: children, valid_to: 2027-05-01 }]
    adult: true
    promise: { version: '1', language: so, on: 2026-03-01 }
    approved: true
  yusuf:
    network: naboer
    alias: Yusuf
    languages: [ar]
    area: vang
    stairwell:
    tasks: [medicine]
    adult: yes
    approved: false
`

function read(text: string) {
  const parsed = parsePeopleYaml('people.yaml', text)
  return 'problems' in parsed ? parsed : readPeople(parsed.source, WORLD)
}

/** Errors and warnings as a terminal shows them. */
function told(text: string): readonly string[] {
  const found = read(text)
  return ('problems' in found ? found.problems : found.warnings).map((problem) => `${problem.severity}: ${describeProblem(problem)}`)
}

const changed = (from: string, to: string) => {
  expect(GOOD).toContain(from)
  return GOOD.replace(from, to)
}
/** The line in which a text begins first. */
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length

test('a file without a mistake is read whole', () => {
  const found = read(GOOD)
  if ('problems' in found) throw new Error(found.problems.map(describeProblem).join('\n'))
  expect(found.warnings).toEqual([])
  const { areas, networks, volunteers } = found.file
  expect(areas.get('birk')).toEqual({
    stairwells: ['1', '12 A', '012'],
    neighbours: ['vang'],
    officeHours: [{ days: [1, 2, 3, 4, 5], from: 600, until: 840 }],
    onCall: [
      {
        id: 'sanne',
        name: 'Sanne (made up)',
        mail: 'sanne@example.dk',
        hours: [
          { days: [1, 2, 3, 4, 5], from: 480, until: 960 },
          { days: [6, 7], from: 600, until: 840 },
        ],
      },
    ],
  })
  expect(networks.get('naboer')).toEqual({
    kind: 'neighbours',
    names: { da: 'Naboerne', ar: 'الجيران' },
    areas: ['birk', 'vang'],
    tasks: ['shopping', 'medicine', 'homework'],
    settings: { k: 4, t1: 5, t2: 15, t3: 40, quiet: { from: 1320, until: 420 } },
  })
  expect(networks.get('kors')).toMatchObject({ areas: ['birk'], settings: {}, external: { mail: 'kors@example.dk', phone: '70 12 34 56' } })
  expect(volunteers.get('fatma')).toEqual({
    network: 'naboer',
    alias: 'Fatma',
    languages: ['so', 'da'],
    area: 'birk',
    stairwell: '12 A',
    tasks: ['shopping', 'homework'],
    hours: [{ days: [6, 7], from: 600, until: 840 }],
    gender: 'woman',
    vetting: [{ kind: 'children', validTo: '2027-05-01' }],
    adult: true,
    promise: { what: 'confidentiality', version: '1', language: 'so', at: Date.parse('2026-02-28T23:00Z') },
    approved: true,
  })
  expect(volunteers.get('yusuf')).toEqual({
    ...{ network: 'naboer', alias: 'Yusuf', languages: ['ar'], area: 'vang', tasks: ['medicine'], hours: [], vetting: [] },
    ...{ adult: true, approved: false },
  })
})

describe('one mistake is told once, at its line', () => {
  test.each([
    // Areas
    ['  birk:', '  skov:', 'skov:', 'areas.skov: there is no area of that id: write birk, vang, or make dialogs/areas/skov.yaml first'],
    ['stairwells: [1, 12 A, 012]', 'stairwell: [1]', 'stairwell:', 'there are stairwells, neighbours, office_hours, on_call'],
    ['neighbours: [vang]', 'neighbours: [vang, birk]', 'neighbours:', 'an area is not its own neighbour'],
    ['neighbours: [vang]', 'neighbours: [skov]', 'neighbours:', 'there is no area `skov` in this file: write birk, vang'],
    [
      '[mon-fri 10:00-14:00]',
      '[mon-fri 10-25]',
      'office_hours:',
      '`mon-fri 10-25` is no hours: write days and times as `mon-fri 08:00-16:00`',
    ],
    ['id: sanne\n', 'id: Sanne B\n', 'id: Sanne B', 'an id has small English letters'],
    ['mail: sanne@example.dk\n', 'mail: sanne at home\n', 'mail: sanne at', 'write a mail address, for example'],
    ['        name: Sanne (made up)\n', '', 'id: sanne', 'is missing: write the name of who is on call'],
    ['name: Sanne (made up), mail', 'name: Another, mail', '[{ id: sanne', '`sanne` has another name or mail in birk'],
    // Networks
    ['  naboer:\n', '  Naboer_1:\n', 'Naboer_1', 'an id has small English letters, digits and dashes'],
    ['  fatma:\n', '  010170-1234:\n', '010170-1234', 'is no CPR number'],
    ['id: sanne\n', "id: '0101701234'\n", '0101701234', 'is no CPR number'],
    ['[1, 12 A, 012]', '[1, 12 A, 012, 010170-1234]', '010170-1234', 'no CPR number'],
    ['da: Naboerne', 'da: Naboerne 010170 1234', '010170 1234', 'no CPR number'],
    ['alias: Fatma\n', 'alias: Fatma 010170-1234\n', '010170-1234', 'no CPR number'],
    ['kind: neighbours', 'kind: friends', 'kind: friends', 'write neighbours, neighbourhood-mothers, fathers-group'],
    ['      da: Naboerne\n', '', 'names:', 'is missing: write the name'],
    ['ar: الجيران', 'xx: Friends', 'xx: Friends', 'there is no such entry here: there are da, en, ar, so'],
    ['areas: [birk, vang]', 'areas: []', 'areas: []', 'write at least one'],
    ['areas: [birk, vang]', 'areas: [birk, vang, sea]', 'areas: [birk', 'there is no area `sea`'],
    [
      '[shopping, medicine, homework]',
      '[shopping, medicine, homework, keys]',
      'tasks:',
      '`keys` is for staff alone, no volunteer is asked',
    ],
    ['[shopping, medicine, homework]', '[shopping, medicine, homework, fly]', 'tasks:', 'there is no task `fly`: write shopping, medicine'],
    ['ask_at_once: 4', 'ask_at_once: 99', 'ask_at_once', 'write a whole number from 1 to 20'],
    ['ask_at_once: 4', 'ask_at_once: four', 'ask_at_once', 'write a whole number from 1 to 20'],
    ['second_wave: 15', 'second_wave: 5', 'settings:', 'must grow: first_wave, then second_wave, then to_staff; they are now 5, 5 and 40'],
    ['to_staff: 40\n', 'to_staff: 15\n', 'settings:', 'they are now 5, 15 and 15'],
    ['quiet: 22:00-07:00', 'quiet: at night', 'quiet:', 'write 21:00-08:00, or none'],
    ['mail: kors@example.dk', 'mail: kors@', 'mail: kors@', 'write a mail address'],
    ['phone: 70 12 34 56', 'phone: call us', 'phone:', 'write a telephone number with digits and spaces only'],
    ['      mail: kors@example.dk\n      phone: 70 12 34 56', '      mail:', 'external:', 'write a mail or a phone'],
    // Volunteers
    ['  fatma:\n', '  fatma birk:\n', 'fatma birk', 'an id has small English letters'],
    [
      '    network: naboer\n    alias: Fatma',
      '    network: nobody\n    alias: Fatma',
      'network: nobody',
      'there is no network `nobody` in this file: write naboer, kors',
    ],
    ['    network: naboer\n    alias: Fatma', '    network: kors\n    alias: Fatma', 'network: kors', 'kors is external'],
    ['alias: Fatma', 'alias: 010170-1234', 'alias: 01', 'no CPR number'],
    ['alias: Fatma', 'alias: call 70123456', 'alias: call', 'an alias has no numbers'],
    ['alias: Fatma', `alias: ${'F'.repeat(41)}`, 'alias: F', 'in at most 40 characters'],
    ['languages: [so, da]', 'languages: [so, sv]', 'languages: [so', 'there is no language `sv`: write da, en, ar, so'],
    ['    languages: [so, da]\n', '', 'fatma:', 'is missing: write a list'],
    ['    area: vang', '    area: sea', 'area: sea', 'there is no area `sea` in this file'],
    ['stairwell: 12 A', 'stairwell: 13', 'stairwell: 13', 'birk has no stairwell `13`: write 1, 12 A, 012, or leave it out'],
    [
      'tasks: [shopping, homework]',
      'tasks: [shopping, homework, violence]',
      'tasks: [shopping, homework, v',
      '`violence` is for staff alone',
    ],
    ['gender: woman', 'gender: lady', 'gender: lady', 'write woman or man, or leave it out'],
    ['kind: children', 'kind: driving', 'vetting:', 'write children: the only kind there is'],
    ['valid_to: 2027-05-01', 'valid_to: 2027-02-30', 'vetting:', 'write a date that the calendar has'],
    ['    adult: true\n', '    adult: false\n', 'adult: false', 'only people of 18 or over help'],
    ['    adult: true\n', '', 'fatma:', 'is missing: only people of 18 or over help'],
    ['    adult: true\n', '    adult: true\n    age: 15\n', 'age: 15', 'no age is kept: write only `adult: true`'],
    ['approved: true', 'approved: maybe', 'approved: maybe', 'write true or false'],
    ["    promise: { version: '1', language: so, on: 2026-03-01 }\n", '', 'approved: true', 'nobody is approved who has not promised'],
    [
      "version: '1', language: so, on: 2026-03-01",
      "version: '1', language: so, on: spring",
      'promise:',
      'write a date that the calendar has',
    ],
    ['alias: Yusuf', 'alias: Yusuf\n    load: 3', 'load: 3', 'there is no such entry here: there are network, alias'],
    ['alias: Yusuf', 'alias: [Yusuf]', 'alias: [Yusuf]', 'write what neighbours call them'],
    ['  yusuf:\n', '  yusuf: Yusuf\n  omar:\n', 'yusuf: Yusuf', 'write each of these in a line of its own below: network, alias'],
    ['networks:\n', 'helpers: [a]\nnetworks:\n', 'helpers:', 'there is no such heading: there are areas, networks, volunteers'],
    // YAML
    ['  yusuf:\n', '  fatma:\n', '  fatma:\n    network: naboer\n    alias: Yusuf', 'stands twice, first in line'],
    ['alias: Yusuf', '\talias: Yusuf', '\talias: Yusuf', 'begins with a tab'],
    ['alias: Yusuf', 'alias: *Yusuf', 'alias: *Yusuf', '`*Yusuf` points at another place: write the text in quotes'],
  ])('%j → %j', (from, to, at, message) => {
    const text = changed(from, to)
    const lines = told(text)
    const errors = lines.filter((line) => line.startsWith('error'))
    expect(errors.filter((line) => line.includes(message))).toHaveLength(1)
    expect(errors.find((line) => line.includes(message))).toMatch(new RegExp(`^error: people\\.yaml:${lineOf(text, at)}: `))
  })
})

test('all mistakes are told at once, in the order of their lines', () => {
  const text = GOOD.replace('alias: Fatma', 'alias: 12345')
    .replace('kind: neighbours', 'kind: friends')
    .replace('stairwell: 12 A', 'stairwell: 99')
  const more = text
    .replace('approved: false', 'approved: perhaps')
    .replace('area: vang', 'area: sea')
    .replace('to_staff: 40', 'to_staff: 1')
  const errors = told(more).filter((line) => line.startsWith('error'))
  expect(errors.map((line) => /^error: people\.yaml:(\d+)/.exec(line)?.[1])).toEqual(
    ['kind: friends', 'settings:', 'alias: 12345', 'stairwell: 99', 'area: sea', 'approved: perhaps'].map((part) =>
      String(lineOf(more, part)),
    ),
  )
})

describe('what can wait is a warning', () => {
  test.each([
    ['neighbours: [birk]', 'neighbours: []', 'neighbours: [vang]', 'birk names vang, and vang does not name birk'],
    ['    on_call: [{ id: sanne, name: Sanne (made up), mail: sanne@example.dk }]\n', '', 'vang:', 'nobody is on call'],
    ['    areas: [birk, vang]', '    areas: [birk]', '  vang:', 'no network helps here: every request goes to staff'],
    ['valid_to: 2027-05-01', 'valid_to: 2026-11-22', 'vetting:', 'ended on 2026-11-22'],
    ['    vetting: [{ kind: children, valid_to: 2027-05-01 }]\n', '', 'tasks: [shopping, homework]', 'not asked for homework before'],
    ['on: 2026-03-01', 'on: 2027-03-01', 'promise:', 'is of a day to come'],
    ['tasks: [medicine]', 'tasks: [medicine, dog]', 'tasks: [medicine, dog]', 'naboer does not do dog'],
    ['tasks: [visit]', 'tasks: [visit, homework]', 'tasks: [visit, homework]', 'nobody here sees their certificates'],
  ])('%j → %j', (from, to, at, message) => {
    const text = changed(from, to)
    const lines = told(text)
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([])
    expect(lines.find((line) => line.includes(message))).toMatch(new RegExp(`^warning: people\\.yaml:${lineOf(text, at)}: `))
  })

  test('a certificate holds on its last day', () => {
    expect(told(changed('valid_to: 2027-05-01', 'valid_to: 2026-11-23'))).toEqual([])
  })
})

test.each([
  ['', ['is empty or a list']],
  ['- a\n- b\n', ['is empty or a list']],
  ['areas:\nnetworks:\n', ['`areas:` is missing or empty', '`networks:` is missing or empty']],
  ['areas: [birk]\nnetworks: {}\n', ['areas: write an id and a colon in a line of its own']],
])('%j', (text, messages) => {
  const lines = told(text)
  expect(lines).toHaveLength(messages.length)
  for (const [at, message] of messages.entries()) expect(lines[at]).toContain(message)
})

test('names that mean something to JavaScript are names like others', () => {
  const text = changed('neighbours: [vang]', 'neighbours: [vang, constructor]').replace('  yusuf:\n', '  __proto__:\n')
  const errors = told(text).filter((line) => line.startsWith('error'))
  expect(errors).toEqual([
    expect.stringContaining('there is no area `constructor`'),
    expect.stringMatching(/^error: people\.yaml:\d+: volunteers\.__proto__: an id has/),
  ])
})

test('more volunteers than fit are refused, with nothing else to read', () => {
  const many = Array.from({ length: 5001 }, (_, at) => `  v${at}: {}\n`).join('')
  expect(told(`${GOOD.slice(0, GOOD.indexOf('  fatma:'))}${many}`)).toEqual([
    expect.stringMatching(/^error: people\.yaml:\d+: volunteers: has 5001 volunteers: at most 5000/),
  ])
})

/** Requests as staff read them: in which order, how long somebody has waited, and nothing of who asked. */
import { describe, expect, test } from '@jest/globals'
import { inOrder, type Request, requestJson, requestLines, requestRows, waitingWords } from '../../src/app/help-list.js'
import { applicantRows, onCallRows } from '../../src/app/help-list-people.js'
import { draftHandoff } from '../../src/core/handoff.js'
import { NO_LOAD } from '../../src/core/volunteer-types.js'
import { NOW } from '../library.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const request = (receipt: string, ago: number, more: Partial<Request> = {}): Request => ({
  receipt,
  task: 'letter',
  area: 'demo',
  language: 'so',
  note: 'Postnummer 5240',
  state: 'open',
  openedAt: NOW - ago,
  ...more,
})
const closed = (receipt: string, ago: number, more: Partial<Request> = {}) =>
  request(receipt, DAY, {
    state: 'closed',
    closed: { at: NOW - ago, reason: 'helped', tell: 'told', attempt: 0, kept: true },
    ...more,
  })

test('danger first, then the longest waiting; closed ones behind, the newest first', () => {
  const all = [
    closed('old', 2 * DAY, { task: 'danger' }),
    request('late', MINUTE),
    closed('new', HOUR),
    request('young danger', 0, { task: 'danger' }),
    request('early', 3 * DAY),
    request('old danger', HOUR, { task: 'danger' }),
  ]
  expect(inOrder(all).map(({ receipt }) => receipt)).toEqual(['old danger', 'young danger', 'early', 'late', 'new', 'old'])
})

test.each([
  [0, '0 min'],
  [MINUTE - 1, '0 min'],
  [12 * MINUTE, '12 min'],
  [HOUR - 1, '59 min'],
  [HOUR, '1 h'],
  [DAY - 1, '23 h'],
  [DAY, '1 d'],
  [40 * DAY + HOUR, '40 d'],
  [-HOUR, '0 min'],
])('%d ms are %s', (waited, words) => {
  expect(waitingWords(NOW - waited, NOW)).toBe(words)
})

describe('the columns', () => {
  test('hold what was asked and how long it waits', () => {
    expect(requestRows([request('H-4F7K', 3 * HOUR)], NOW, false)).toEqual([
      ['receipt', 'task', 'area', 'language', 'waiting', 'note'],
      ['H-4F7K', 'letter', 'demo', 'so', '3 h', 'Postnummer 5240'],
    ])
  })

  test('with closed ones also when and why', () => {
    const rows = requestRows([request('H-4F7K', 0), closed('H-9999', 0)], NOW, true)
    expect(rows.map((row) => row.slice(4, 7))).toEqual([
      ['waiting', 'closed', 'reason'],
      ['0 min', '', ''],
      ['', expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/), 'helped'],
    ])
  })

  test('hold nothing that acts on a terminal', () => {
    const [, row] = requestRows([request('H-4F7K', 0, { note: 'a\u001b[2Jb\u202Ec\nd' })], NOW, false)
    expect(row?.at(-1)).toBe('a [2Jb c d')
  })
})

test('one request in JSON holds no more than what is named', () => {
  const more = { contact: 'c1', conversation: 'web:1', _id: 't1.0' }
  const { history, ...rest } = JSON.parse(requestJson({ ...closed('H-4F7K', HOUR), ...more }, ['corona/start'])) as Record<string, unknown>
  expect(rest).toEqual({
    receipt: 'H-4F7K',
    task: 'letter',
    area: 'demo',
    language: 'so',
    note: 'Postnummer 5240',
    state: 'closed',
    told: 'told',
    read: ['corona/start'],
  })
  expect(history).toEqual([
    { at: new Date(NOW - DAY).toISOString(), what: 'opened' },
    { at: new Date(NOW - HOUR).toISOString(), what: 'closed', reason: 'helped' },
  ])
})

test('one request in lines says what happened to it, and what is gone by age', () => {
  const blanked = closed('H-4F7K', HOUR, { note: '', closed: { at: NOW, reason: 'double', tell: 'missed', attempt: 0, kept: false } })
  expect(requestLines(blanked, [], NOW).join('\n')).toMatch(
    /note: \(gone by age\)[^]*closed: double; resident could not be told[^]*answers read: \(gone by age\)/,
  )
  const open = requestLines(request('H-4F7K', HOUR), ['letter/start', 'corona/start'], NOW)
  expect([open.at(0), open.at(-1)]).toEqual(['H-4F7K  open, waiting 1 h', '  answers read: letter/start, corona/start'])
})

describe('one request in lines', () => {
  const timings = { t1: 10, t2: 20, t3: 45, t4: 30, t5: 15 }
  const handoff = { ...draftHandoff({ resident: 'c1', task: 'letter', minor: false, timings }), state: 'with-staff' as const }
  const asked = (volunteer: string) => ({ volunteer, asked: true, why: [{ id: 'near' as const, values: { circle: 'area' } }] })
  const passed = (volunteer: string, id: 'off-duty' | 'language') => ({ volunteer, asked: false, why: [{ id }] })
  const lines = (more: Partial<Request>) => requestLines(request('H-4F7K', HOUR, more), [], NOW)

  test('says where it stands and what happened, in words and in order', () => {
    const history = [
      { at: NOW - HOUR, what: 'confirm', by: 'resident' },
      { at: NOW - MINUTE, what: 'timer-T3' },
      { at: NOW, what: 'something\u001bnew', by: 'coordinator' },
    ]
    const said = lines({ handoff: { ...handoff, frozen: true }, history })
    expect(said[0]).toBe('H-4F7K  open (with staff, stands still until a report is decided), waiting 1 h')
    expect(said.slice(5, 9).map((line) => line.slice(20))).toEqual([
      'opened',
      'asked for (by the resident)',
      'nobody was found in time',
      'something new (by the coordinator)',
    ])
  })

  test('says who was asked and why, and how many were not, by numbers that stay', () => {
    const decisions = [
      {
        at: NOW - MINUTE,
        step: 'wave',
        log: [asked('c7'), asked('c8'), passed('c9', 'off-duty'), passed('c10', 'off-duty'), passed('c11', 'language')],
      },
      { at: NOW, step: 'wave', log: [asked('c12'), asked('c8')] },
    ]
    const said = lines({ decisions })
    expect(said.slice(7).map((line) => line.replace(/^ {2}[\d-]+T[\d:]+ {2}/, ''))).toEqual([
      'decided: a wave',
      '    asked volunteer 1: near (circle area)',
      '    asked volunteer 2: near (circle area)',
      '    not asked: 2 (off duty)',
      '    not asked: 1 (no common language)',
      'decided: a wave',
      '    asked volunteer 3: near (circle area)',
      '    asked volunteer 2: near (circle area)',
    ])
    expect(said.join('\n')).not.toMatch(/c\d/)
  })
})

test.each([
  ['coordinator', 'nobody', /closed: helped$/m],
  ['staff', 'nobody', /closed: helped; resident not told$/m],
  ['staff', 'told', /closed: helped; resident told$/m],
] as const)('whether a resident was told is said of what staff closed, not of what was ended in a chat (%s, %s)', (by, tell, line) => {
  const ended = { history: [{ at: NOW, what: 'done', by }], closed: { at: NOW, reason: 'helped', tell, attempt: 0, kept: true } } as const
  expect(requestLines(closed('H-4F7K', HOUR, ended), [], NOW).join('\n')).toMatch(line)
})

test('who waits for an answer, by what they call themselves', () => {
  const volunteer = {
    state: 'applied',
    network: 'mothers',
    alias: 'Farah\u202E (demo)',
    languages: ['so', 'da'],
    area: 'demo',
    tasks: ['letter'],
    hours: [],
    vetting: [],
    load: NO_LOAD,
  } as const
  const of = (_id: string, adult: boolean) => ({ _id, version: 1, applied: [], volunteer: { ...volunteer, adult } })
  const none = { _id: 'c3', version: 1, applied: [] }
  expect(applicantRows([of('c1', true), none, of('c2', false)])).toEqual([
    ['id', 'called', 'network', 'area', 'languages', 'tasks', '18 or over'],
    ['c1', 'Farah  (demo)', 'mothers', 'demo', 'so,da', 'letter', 'yes'],
    ['c2', 'Farah  (demo)', 'mothers', 'demo', 'so,da', 'letter', 'says no'],
  ])
})

test('who is on call, and when', () => {
  const hours = [{ days: [1, 2, 3, 4, 5], from: 480, until: 960 }]
  expect(
    onCallRows([
      { id: 'sanne', name: 'Sanne', mail: 's@example.org', hours },
      { id: 'karim', name: 'Karim', hours: [] },
    ]),
  ).toEqual([
    ['id', 'name', 'mail', 'hours'],
    ['sanne', 'Sanne', 's@example.org', 'mon-fri 08:00-16:00'],
    ['karim', 'Karim', '', 'at any time'],
  ])
})

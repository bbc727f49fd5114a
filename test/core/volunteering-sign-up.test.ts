/** Signing up as a volunteer: by taps, in words, with corrections, interrupted, and who is not let in. */
import { describe, expect, test } from '@jest/globals'
import { hash } from '../../src/core/hash.js'
import { NO_PLACES } from '../../src/core/places-types.js'
import type { Turn } from '../../src/core/types.js'
import { NOW } from '../library.js'
import { effectsOf, KNOWN, KNOWN_ARABIC, messages, type Talk, texts } from './talk.js'
import { button, last, library, ONE, PLACES, says, titles, VOLUNTEER, volunteerTalk } from './volunteering-world.js'

const newcomer = (more: Parameters<typeof volunteerTalk>[0] = {}) => volunteerTalk({ volunteer: undefined, ...more })
const step = (open: Talk) => open.session?.help?.signUp?.step
const applied = (turn: Turn) => effectsOf(turn, 'volunteer').map(({ change }) => change)
const MORNINGS = { days: [1, 2, 3, 4, 5], from: 480, until: 720 }
const WEEKENDS = { days: [6, 7], from: 480, until: 1320 }

/** Taps the buttons of these titles one after the other. */
function tapAll(open: Talk, turn: Turn, ...wanted: readonly string[]): Turn {
  return wanted.reduce((before, title) => open.taps(button(before, title)), turn)
}

const TO_SUMMARY = [
  'Ja, jeg er fyldt 18',
  'Bydelsmødrene',
  'Demoparken',
  'Türkçe',
  'Færdig',
  'Handle ind',
  'Hjælpe med lektier',
  'Færdig',
  'Weekend 8–22',
  'Hverdage 8–12',
  'Færdig',
  'Mand',
  'Nabo',
  'Det lover jeg',
].map((title) => (title === 'Demoparken' ? (library.areas['demo']?.name ?? '') : title))

describe('a sign-up', () => {
  test('by taps asks one thing after the other, shows all and is sent once', () => {
    const open = newcomer()
    const summary = tapAll(open, open.says('frivillig'), ...TO_SUMMARY)
    expect(step(open)).toBe('summary')
    const text = last(summary)?.text ?? ''
    for (const part of ['Nabo', 'Bydelsmødrene', 'Dansk, Türkçe', 'Handle ind, Hjælpe med lektier', 'Hverdage 8–12, Weekend 8–22', 'Mand'])
      expect(text).toContain(part)
    expect(text).toContain(says('sign-up.certificate'))
    const yes = button(summary, 'Ja, send')
    expect(applied(open.taps(yes))).toEqual([
      {
        do: 'apply',
        form: {
          network: 'mothers',
          area: 'demo',
          languages: ['da', 'tr'],
          tasks: ['shopping', 'homework'],
          hours: [MORNINGS, WEEKENDS],
          gender: 'man',
          alias: 'Nabo',
        },
        promise: { what: 'confidentiality', version: hash(says('promise.text')), language: 'da', at: NOW },
      },
    ])
    const again = open.taps(yes)
    expect(applied(again)).toEqual([])
    expect(texts(again)).toEqual([says('sign-up.over')])
    open.contact = { volunteer: { ...VOLUNTEER, state: 'applied' } }
    expect(texts(open.taps(yes))).toEqual([says('state.applied')])
  })

  test('in words, in Arabic', () => {
    const open = newcomer({ session: KNOWN_ARABIC })
    const say = (id: string) => says(id, {}, 'ar')
    open.happens({ type: 'tap', text: 'x', action: { do: 'command', command: 'volunteer' } } as never)
    const typed = [
      ['نعم', 'network'],
      ['أمهات الحي', 'area'],
      [library.areas['sondervang']?.name ?? '', 'languages'],
      ['الصومالية و التركية', 'languages'],
      [say('button.ready'), 'tasks'],
      [`${say('task.medicine')}, ${say('task.shopping')}`, 'tasks'],
      ['done', 'hours'],
      [say('hours.any'), 'gender'],
      [say('gender.woman'), 'alias'],
      ['أم علي', 'promise'],
      ['نعم', 'summary'],
    ] as const
    for (const [text, next] of typed) {
      open.says(text)
      expect([text, step(open)]).toEqual([text, next])
    }
    const promised = say('promise.text')
    expect(applied(open.says('نعم'))).toEqual([
      {
        do: 'apply',
        form: {
          network: 'mothers',
          area: 'sondervang',
          languages: ['ar', 'so', 'tr'],
          tasks: ['medicine', 'shopping'],
          hours: [],
          gender: 'woman',
          alias: 'أم علي',
        },
        promise: { what: 'confidentiality', version: hash(promised), language: promised === says('promise.text') ? 'da' : 'ar', at: NOW },
      },
    ])
    expect(open.session?.help?.signUp).toBeUndefined()
  })

  test('takes one word of a title, and "all of them", in words', () => {
    const open = newcomer()
    open.says('frivillig')
    for (const text of ['ja', 'Bydelsmødrene', library.areas['demo']?.name ?? '', 'færdig']) open.says(text)
    expect(step(open)).toBe('tasks')
    open.says('medicin')
    expect([step(open), open.session?.help?.signUp?.form.tasks]).toEqual(['tasks', ['medicine']])
    open.says(says('button.all'))
    expect([step(open), open.session?.help?.signUp?.form.tasks]).toEqual(['hours', ['shopping', 'medicine', 'homework']])
  })

  test('is one tap away while Opgang answers something else', () => {
    const open = newcomer()
    open.says('frivillig')
    open.says('ja')
    const menu = open.says('menu')
    const back = button(menu, library.say('da', 'asking.go-on'))
    expect(texts(open.taps(back))).toEqual([says('sign-up.network')])
    expect(step(open)).toBe('network')
  })

  test('asks nothing where there is one network, one area and one task', () => {
    const open = newcomer({ places: ONE })
    tapAll(open, open.says('frivillig'), 'Ja, jeg er fyldt 18')
    expect(step(open)).toBe('languages')
    tapAll(open, open.says('færdig'), 'Når som helst', 'Vil ikke sige det', 'Nabo', 'Det lover jeg')
    const form = { network: 'only', area: 'demo', tasks: ['shopping'], languages: ['da'], hours: [], alias: 'Nabo' }
    expect(applied(open.says('ja'))).toMatchObject([{ form }])
  })

  test('offers no network beyond, and no task that is for staff', () => {
    const open = newcomer()
    const networks = tapAll(open, open.says('frivillig'), 'Ja, jeg er fyldt 18')
    expect(titles(networks)).toEqual(['Bydelsmødrene', 'Fædregruppen', 'Afbryd tilmelding'])
    const tasks = tapAll(open, networks, 'Bydelsmødrene', library.areas['demo']?.name ?? '', 'Færdig')
    expect(titles(tasks)).toEqual(['Handle ind', 'Hente medicin', 'Hjælpe med lektier', 'Alle', 'Færdig', 'Afbryd tilmelding'])
    tapAll(open, tasks, 'Alle')
    expect(open.session?.help?.signUp?.form.tasks).toEqual(['shopping', 'medicine', 'homework'])
  })

  test('takes a choice twice as once, takes it back, and wants at least one', () => {
    const open = newcomer()
    const tasks = tapAll(open, open.says('frivillig'), 'Ja, jeg er fyldt 18', 'Fædregruppen', 'Færdig')
    expect(step(open)).toBe('tasks')
    const walk = button(tasks, 'Gå en tur')
    open.taps(walk)
    const twice = open.taps(walk)
    expect(open.session?.help?.signUp?.form.tasks).toEqual(['walk'])
    const none = open.taps(button(twice, '✓ Gå en tur'))
    expect(texts(open.taps(button(none, 'Færdig')))[0]).toContain(says('sign-up.at-least-one'))
    expect(step(open)).toBe('tasks')
  })

  test('shows at most 13 buttons on Messenger, and all languages by pages', () => {
    const open = newcomer()
    let turn = tapAll(open, open.says('frivillig'), 'Ja, jeg er fyldt 18', 'Fædregruppen')
    const seen = new Set<string>()
    for (let page = 0; page < 3; page++) {
      expect(titles(turn).length).toBeLessThanOrEqual(13)
      for (const title of titles(turn)) seen.add(title.replace('✓ ', ''))
      if (titles(turn).includes(library.say('da', 'page.more'))) turn = open.taps(button(turn, library.say('da', 'page.more')))
    }
    for (const { name } of library.languages) expect(seen).toContain(name)
  })

  test('is corrected at the end: what the new network does not have is asked again, the rest stays', () => {
    const open = newcomer()
    const summary = tapAll(open, open.says('frivillig'), ...TO_SUMMARY)
    const changes = tapAll(open, summary, 'Ret noget')
    tapAll(open, changes, 'Netværk', 'Fædregruppen')
    expect(step(open)).toBe('tasks')
    const again = tapAll(open, open.says('Gå en tur'), 'Færdig')
    expect(step(open)).toBe('summary')
    expect(applied(tapAll(open, again, 'Ja, send'))).toMatchObject([
      { form: { network: 'fathers', area: 'sondervang', tasks: ['walk'], alias: 'Nabo', gender: 'man' } },
    ])
  })

  test('says that a step is answered, and asks the one that is open', () => {
    const open = newcomer()
    const first = open.says('frivillig')
    const yes = button(first, 'Ja, jeg er fyldt 18')
    open.taps(yes)
    expect(texts(open.taps(yes))).toEqual([`${says('sign-up.here')}\n\n${says('sign-up.network')}`])
  })

  test('begins again with a network when the chosen one is gone', () => {
    const open = newcomer()
    tapAll(open, open.says('frivillig'), ...TO_SUMMARY)
    const later = newcomer({
      session: open.session ?? KNOWN,
      places: { ...PLACES, networks: { fathers: PLACES.networks['fathers'] } as never },
    })
    const turn = later.says('ja')
    expect(applied(turn)).toEqual([])
    expect(texts(turn)[0]).toContain(says('sign-up.again'))
    expect(step(later)).toBe('tasks')
  })
})

describe('words in a sign-up', () => {
  test.each(['nej', '16', 'Nej, under 18'])('%j ends it: nobody under 18 is signed up', (text) => {
    const open = newcomer()
    open.says('frivillig')
    expect(texts(open.says(text))[0]).toBe(says('sign-up.minor', { phone: library.areas['demo']?.variables['office_phone'] ?? '' }))
    expect(step(open)).toBeUndefined()
    expect(texts(open.says('frivillig'))[0]).toContain('18')
    expect(step(open)).toBeUndefined()
  })

  test('an age of 18 and more is a yes', () => {
    const open = newcomer()
    open.says('frivillig')
    open.says('jeg er 24')
    expect(step(open)).toBe('network')
  })

  test.each([
    ['Yusuf', 'promise'],
    ['Mor Karen', 'promise'],
    ['x', 'alias'],
    ['Yusuf24', 'alias'],
    ['ring 20304050', 'alias'],
    ['a'.repeat(31), 'alias'],
  ])('the name %j leads to %s', (text, next) => {
    const open = newcomer({ session: { help: { signUp: { step: 'alias', form: { network: 'fathers', area: 'sondervang' } } } } })
    const turn = open.says(text)
    expect(step(open)).toBe(next)
    if (next === 'alias') expect(texts(turn)[0]).toContain(says('sign-up.alias.bad'))
  })

  test('a question in between is answered, and the sign-up goes on', () => {
    const open = newcomer()
    open.says('frivillig')
    const question = library.dialogs['preparedness']?.nodes['water-boil']?.questions[0] ?? ''
    expect(effectsOf(open.says(question), 'message')[0]?.read).toMatchObject({ node: 'water-boil' })
    expect(step(open)).toBe('adult')
    expect(texts(open.says('frivillig'))[0]).toBe(says('sign-up.adult'))
  })

  test('a question at the name is no name', () => {
    const open = newcomer({ session: { help: { signUp: { step: 'alias', form: {} } } } })
    open.says('hvor er kontoret?')
    expect(open.session?.help?.signUp?.form.alias).toBeUndefined()
  })

  test('a yes to something else is none to the sign-up', () => {
    const open = newcomer({ session: { help: { signUp: { step: 'adult', form: {} }, intake: { task: 'shopping', step: 'what' } } } })
    open.says('ja')
    expect(step(open)).toBe('adult')
  })

  test.each(['fortryd', 'Afbryd tilmelding'])('%j ends it at any step', (text) => {
    const open = newcomer()
    tapAll(open, open.says('frivillig'), 'Ja, jeg er fyldt 18')
    expect(texts(open.says(text))).toEqual([says('sign-up.cancelled')])
    expect(step(open)).toBeUndefined()
  })

  test('without the promise nobody is let in', () => {
    const open = newcomer({ session: { help: { signUp: { step: 'promise', form: { network: 'fathers', area: 'sondervang' } } } } })
    expect(texts(open.says('nej'))[0]).toContain(says('sign-up.promise.needed'))
    const old = open.taps({ do: 'sign-up', step: 'promise', value: 'an older text' })
    expect(texts(old)[0]).toContain(says('sign-up.again'))
    expect(open.session?.help?.signUp?.promise).toBeUndefined()
  })
})

describe('who may not sign up', () => {
  test('whoever wrote that they are under 18', () => {
    const open = newcomer({ session: { child: { is: 'minor' } } })
    const turn = open.says('frivillig')
    expect(step(open)).toBeUndefined()
    expect(titles(turn)).toContain(library.say('da', 'person'))
  })

  test('nobody, where no network has people here', () => {
    const open = newcomer({ places: NO_PLACES })
    expect(texts(open.says('frivillig'))).not.toContain(says('sign-up.adult'))
    expect(texts(open.taps({ do: 'sign-up', step: 'adult', value: 'begin' }))[0]).toContain(
      library.areas['demo']?.variables['office_phone'] ?? '',
    )
    expect(step(open)).toBeUndefined()
  })

  test.each(['x', '', 'page-9', '-walk', 'name:', 'change-adult'])('a strange value %j is asked again, never thrown', (value) => {
    for (const at of ['adult', 'network', 'area', 'languages', 'tasks', 'hours', 'gender', 'promise', 'summary'] as const) {
      const open = newcomer({ session: { help: { signUp: { step: at, form: { network: 'fathers', area: 'sondervang' } } } } })
      expect(messages(open.taps({ do: 'sign-up', step: at, value }))).not.toEqual([])
      expect(step(open)).toBe(at)
    }
  })
})

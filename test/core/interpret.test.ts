/** Walking through a dialog: questions, branches, and what a node does. Every dialog here is made for its test. */
import { describe, expect, test } from '@jest/globals'
import type { Library } from '../../src/core/library.js'
import { probeLibrary } from '../probe-library.js'
import { dialogOf } from './dialog/yaml-source.js'
import { effectsOf, KNOWN, KNOWN_ARABIC, talk, texts } from './talk.js'

const NOTHING_SAID = { language: 'da', state: 'source', version: 'v', titles: {}, typed: new Map<string, string>() } as const
const ordered = await probeLibrary(`
start:
  ask: Hvad så?
  quick_replies:
    helping: Hjælp
    other: Noget helt andet
    language: English
  expect: { type: text }
  retry: Skriv noget.
  save: words
  goto: free
helping:
  say: Her er knappens svar.
other:
  say: Noget andet.
language:
  say: Knappen vandt over sproget.
free:
  say: Du skrev {{answers.words}}.
`)

describe('a typed text is tried in a fixed order', () => {
  const library = ordered
  const asked = () => {
    const open = talk(library)
    open.goes('probe/start')
    return open
  }

  test.each([
    ['a quick reply before a command', 'hjælp', 'Her er knappens svar.'],
    ['a quick reply before the name of a language', 'english', 'Knappen vandt over sproget.'],
    ['a quick reply by sloppy spelling', ' HJAELP!! ', 'Her er knappens svar.'],
    ["the question's answer when it is neither", 'min hund', 'Du skrev min hund.'],
  ])('%s', (_, typed, answer) => {
    expect(texts(asked().says(typed))[0]).toBe(answer)
  })

  test("a command before the question's answer, the name of a language too", () => {
    expect(texts(asked().says('stop'))).toEqual([library.say('da', 'stop.done')])
    expect(asked().says('arabisk').session.language.code).toBe('ar')
  })

  test("a quick reply typed in Danish or in the reader's own words", async () => {
    const translated = await probeLibrary(
      `
start:
  ask: Hvad så?
  quick_replies:
    other: Noget helt andet
other:
  say: Noget andet.
`,
      {
        ar: {
          'start.ask': ['Hvad så?', 'ماذا الآن؟'],
          'start.quick_replies.other': ['Noget helt andet', 'شيء آخر تماما'],
          'other.say.0': ['Noget andet.', 'شيء آخر.'],
        },
      },
    )
    for (const typed of ['شيء آخر تمامًا', 'noget helt andet']) {
      const open = talk(translated, { session: KNOWN_ARABIC })
      open.goes('probe/start')
      expect(texts(open.says(typed))[0]).toBe('شيء آخر.')
    }
  })
})

const reading = await probeLibrary(`
start:
  ask: Hvilket postnummer?
  expect: { type: digits, length: 4 }
  retry: Skriv fire tal.
  attempts: 1
  give_up: lost
  save: postcode
  goto: thanks
patient:
  ask: Hvor mange bor I?
  expect: { type: number, min: 1, max: 20 }
  retry: Skriv et tal.
  save: people
  goto: thanks
thanks:
  say: "Tak: {{answers.postcode}}{{answers.people}} {{area.office_phone}}"
lost:
  say: Så går vi videre uden.
`)

describe('a question that reads an answer', () => {
  const library = reading

  test('saves it in one form, says it again and goes on', () => {
    const open = talk(library)
    open.goes('probe/start')
    const turn = open.says('٥٢٤٠')
    expect(turn.session.answers).toEqual({ postcode: '5240' })
    expect(texts(turn)[0]).toBe('Tak: 5240 00 00 00 01 (demo)')
    expect(turn.session.place).toBeUndefined()
  })

  test('keeps an answer that was zero or began with one', () => {
    const open = talk(library)
    open.goes('probe/start')
    expect(open.says('0999').session.answers).toEqual({ postcode: '0999' })
  })

  test('gives up where it says, after the attempts it says', () => {
    const open = talk(library)
    open.goes('probe/start')
    const turn = open.says('qwrtz')
    expect(texts(turn)).toEqual(['Så går vi videre uden.'])
    expect(turn.session.answers).toEqual({})
  })

  test('asks again in its own words, without losing its place, and in the end offers a person', () => {
    const open = talk(library)
    open.goes('probe/patient')
    const again = open.says('qwrtz')
    expect(texts(again)).toEqual(['Skriv et tal.'])
    expect(again.session.place).toMatchObject({ node: 'patient', attempts: 1 })
    const said: string[] = []
    for (let miss = 0; miss < 5; miss++) said.push(...texts(open.says('qwrtz')))
    expect(said).toContain(library.say('da', 'give-up'))
    expect(open.says('4').session.answers).toEqual({ people: 4 })
  })

  test('out of its bounds is no answer', () => {
    const open = talk(library)
    open.goes('probe/patient')
    expect(open.says('21').session.answers).toEqual({})
  })
})

test('a question with buttons saves what was tapped, by its id', async () => {
  const library = await probeLibrary(`
start:
  ask: Bor du i hus?
  quick_replies:
    house: Ja, i hus
    flat: Nej
  save: home
house:
  say: Hus.
flat:
  say: Lejlighed.
`)
  const open = talk(library)
  expect(open.taps({ do: 'reply', dialog: 'probe', node: 'start', reply: 'flat' }).session.answers).toEqual({ home: 'flat' })
  open.goes('probe/start')
  expect(open.says('ja i hus').session.answers).toEqual({ home: 'house' })
})

const branching = await probeLibrary(`
start:
  branch:
    - { when: { answers.street: Birkevej, answers.age: { below: 18 } }, goto: young-here }
    - { when: { answers.age: { from: 18, below: 65 } }, goto: grown }
    - { when: { answers.pet: [dog, cat] }, goto: pet }
    - { when: { answers.sure: true }, goto: sure }
    - { when: { contact.audience: { known: true } }, goto: audience }
    - { when: { contact.area: sondervang }, goto: area }
    - { when: { contact.language: ar }, goto: arabic }
    - { when: { answers.name: { known: false } }, goto: nameless }
    - { else: rest }
young-here: { say: young-here }
grown: { say: grown }
pet: { say: pet }
sure: { say: sure }
audience: { say: audience }
area: { say: area }
arabic: { say: arabic }
nameless: { say: nameless }
rest: { say: rest }
`)

describe('a branch takes the first way whose every condition holds', () => {
  const library = branching
  const sondervang = library.areas['sondervang']
  if (sondervang === undefined) throw new Error('no second area')
  const name = 'Ali'

  test.each([
    ['both conditions', { answers: { street: 'Birkevej', age: 17 } }, 'young-here'],
    ['one of two is not enough', { answers: { street: 'Birkevej', age: 18 } }, 'grown'],
    ['`from` includes', { answers: { age: 18 } }, 'grown'],
    ['`below` excludes', { answers: { age: 65 } }, 'nameless'],
    ['a number that is a text is no number', { answers: { age: '30' } }, 'nameless'],
    ['one of a list', { answers: { pet: 'cat' } }, 'pet'],
    ['none of a list', { answers: { pet: 'cow' } }, 'nameless'],
    ['true', { answers: { sure: true } }, 'sure'],
    ['false is not true', { answers: { sure: false } }, 'nameless'],
    ['an audience', { answers: {}, audience: 'young' }, 'audience'],
    ['an answer that is not there', { answers: {} }, 'nameless'],
    ['an answer that every object has is not there', { answers: {} }, 'nameless'],
    ['else', { answers: { name } }, 'rest'],
  ])('%s', (_, session, way) => {
    expect(texts(talk(library, { session: { ...KNOWN, ...session } }).goes('probe/start'))[0]).toBe(way)
  })

  test('the area and the language of the person', () => {
    expect(texts(talk(library, { scene: { area: sondervang } }).goes('probe/start'))[0]).toBe('area')
    expect(texts(talk(library, { session: KNOWN_ARABIC }).goes('probe/start'))).toContain('arabic')
  })
})

const doing = await probeLibrary(`
start:
  say: Nu.
  subscribe: area-news
  goto: off
off:
  unsubscribe: old-news
  goto: end
end:
  say: Slut.
letter:
  ask: Hvad står der?
  expect: { type: text }
  retry: Skriv noget.
  save: letter
  goto: send
send:
  handoff: contact
  network: readers
  note: "Brev: {{answers.letter}} ({{area.municipality}})"
  within: 2d
  goto: end
count:
  say: Et øjeblik.
  call: about-me
  goto: counted
counted:
  say: "{{answers.messages}} beskeder"
ways:
  ask: Hvor mange?
  expect: { type: number }
  retry: Skriv et tal.
  save: messages
`)
/** What the checker would refuse, as it would be if the checker had missed it. */
const unchecked: Library = {
  ...doing,
  dialogs: {
    ...doing.dialogs,
    probe: dialogOf(['start: { say: Nu. }', 'silent: { subscribe: area-news }', 'round: { say: Igen., goto: round }'].join('\n'), 'probe'),
  },
  texts: (dialog, node, language) =>
    dialog === 'probe' ? { ...NOTHING_SAID, versions: {}, say: node === 'round' ? ['Igen.'] : [] } : doing.texts(dialog, node, language),
}

describe('what a node does', () => {
  const library = doing

  test('subscribes and unsubscribes on its way', () => {
    const turn = talk(library).goes('probe/start')
    expect(effectsOf(turn, 'contact').map(({ change }) => change)).toEqual([{ subscribe: 'area-news' }, { unsubscribe: 'old-news' }])
    expect(texts(turn)).toEqual(['Nu.', 'Slut.'])
  })

  test('a dialog that ends without a word leads to the menu', () => {
    const turn = talk(unchecked).goes('probe/silent')
    expect(effectsOf(turn, 'contact')).toHaveLength(1)
    expect(texts(turn)).toEqual([library.texts('welcome', 'start', 'da').ask])
  })

  test('a request carries what was answered, and says what the person can do now', () => {
    const open = talk(library)
    open.goes('probe/letter')
    const turn = open.says('Kære beboer. Betal $& nu')
    expect(effectsOf(turn, 'openHandoff')).toEqual([
      {
        type: 'openHandoff',
        task: 'contact',
        network: 'readers',
        note: 'Brev: Kære beboer. Betal $& nu (Birke Kommune (demo))',
        within: '2d',
        area: 'demo',
        language: 'da',
      },
    ])
    expect(texts(turn)[0]).toContain('00 00 00 01 (demo)')
    const receipt = open.happens({ type: 'result', of: 't.1', result: { command: 'openHandoff', receipt: 'H-4F7K' } } as never)
    expect(texts(receipt)).toEqual([library.say('da', 'handoff.receipt', { receipt: 'H-4F7K' })])
  })

  test('a call waits for its result, takes its values and goes on once', () => {
    const open = talk(library, { session: { ...KNOWN, answers: { kept: 'yes' } } })
    const asked = open.goes('probe/count')
    expect(texts(asked)).toEqual(['Et øjeblik.'])
    expect(effectsOf(asked, 'call')).toEqual([{ type: 'call', name: 'about-me', values: { kept: 'yes' } }])
    expect(asked.session.place).toMatchObject({ node: 'count', waitsForCall: true })
    const result = { type: 'result', of: 't.1', result: { command: 'call', name: 'weather', values: { messages: 7 } } } as never
    const back = open.happens(result)
    expect(texts(back)).toEqual(['7 beskeder'])
    expect(back.session.answers).toEqual({ kept: 'yes', messages: 7 })
    expect(open.happens(result).effects).toEqual([])
  })

  test('a result that comes when the person has gone elsewhere changes nothing', () => {
    const open = talk(library)
    open.goes('probe/count')
    open.goes('probe/letter')
    const late = open.happens({ type: 'result', of: 't.1', result: { command: 'call', name: 'weather', values: { messages: 7 } } } as never)
    expect(late.effects).toEqual([])
    expect(late.session.place).toMatchObject({ node: 'letter' })
  })

  test('a loop that says something is an error too', () => {
    expect(() => talk(unchecked).goes('probe/round')).toThrow(/probe goes in circles at node round/)
  })
})

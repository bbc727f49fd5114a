import { beforeAll, describe, expect, test } from '@jest/globals'
import type { HelpAction } from '../../src/core/help-types.js'
import type { Library } from '../../src/core/library.js'
import type { TalkView } from '../../src/core/request-types.js'
import { NOW, starterLibrary } from '../library.js'
import { probeLibrary } from '../probe-library.js'
import { effectsOf, KNOWN, messages, talk } from './talk.js'
import { help, inDanish, MASK, news, press, relays, SECOND, said, titles, view } from './talkers.js'

let library: Library
/** Has a question that reads any words. */
let reading: Library
beforeAll(async () => {
  library = await starterLibrary()
  reading = await probeLibrary(
    'start: { ask: Hvor bor du?, expect: { type: text }, retry: Skriv det igen., save: where, goto: thanks }\nthanks: { say: Tak. }',
  )
})
const dane = (...views: TalkView[]) => inDanish(library, ...views)

describe('whom words are for', () => {
  test('after "ask Opgang" they are Opgang\'s, with the way back', () => {
    const person = dane(view())
    expect(said(person.says('spørg opgang'))).toContain('læser kun jeg, Opgang. Yusuf ser det ikke')
    const turn = person.says('menu')
    expect(relays(turn)).toEqual([])
    expect(titles(turn)).toContain('Tilbage til Yusuf')
    const asked = person.says('Hvad er reglerne for vasketøj på altanen?')
    expect(relays(asked)).toEqual([])
    expect(messages(asked).length).toBeGreaterThan(0)
    expect(said(person.says('tilbage til samtalen'))).toContain('går til Yusuf')
    expect(relays(person.says('hej'))).toEqual([{ handoff: 'h1', text: 'hej' }])
  })

  test.each([
    ['da', 'tilbage'],
    ['en', 'back'],
  ])('one word leads back, in %s', (code, word) => {
    const person = talk(library, { session: { ...KNOWN, language: { code, chosen: true }, help: { talks: [view()], toOpgang: true } } })
    person.says(word)
    expect(help(person).talk).toBe('h1')
  })

  test('while a request is changed "back" is its button', () => {
    const intake = { task: 'shopping', step: 'when', what: 'to æbler', area: 'demo', changing: true } as const
    const person = talk(library, { session: { ...KNOWN, help: { talks: [view()], toOpgang: true, intake } } })
    person.says('tilbage')
    expect([help(person).talk, help(person).intake?.what]).toEqual([undefined, 'to æbler'])
  })

  test('when the current one ended it is asked, the words wait and go where they are sent', () => {
    const person = dane(view(), SECOND)
    expect(said(news(person, { what: 'talk-ends' }))).toContain('Hvem vil du skrive til nu?')
    const asked = person.says('Ring 20304050')
    expect(relays(asked)).toEqual([])
    expect(titles(asked)).toEqual(['H-9XYZ Leyla', 'Opgang'])
    const more = person.says('ved døren')
    expect(relays(more)).toEqual([])
    const sent = press(person, more, { do: 'talk', of: 'h2', send: true })
    expect(relays(sent)).toEqual([{ handoff: 'h2', text: `Ring ${MASK}\nved døren` }])
    expect(said(sent)).toContain('skjult et telefonnummer')
    expect(help(person).question).toBeUndefined()
    expect(said(press(person, more, { do: 'talk', of: 'h2', send: true }))).toContain('Der venter ikke noget')
  })

  test.each(['Leyla', 'H-9XYZ', 'h-9xyz'])('typed %s answers it', (typed) => {
    const person = dane(view(), SECOND)
    news(person, { what: 'talk-ends' })
    person.says('er du der')
    expect(relays(person.says(typed))).toEqual([{ handoff: 'h2', text: 'er du der' }])
  })

  test.each(['tapped', 'typed'])('Opgang answers them where it is %s', (how) => {
    const person = dane(view(), SECOND)
    news(person, { what: 'talk-ends' })
    const asked = person.says('menu for i dag og i morgen')
    const turn = how === 'tapped' ? press(person, asked, { do: 'talk', of: '', send: true }) : person.says('Opgang')
    expect(relays(turn)).toEqual([])
    expect(messages(turn).length).toBeGreaterThan(1)
    expect(help(person)).toMatchObject({ toOpgang: true })
    expect(help(person).question).toBeUndefined()
  })

  test('words from before the talk was chosen are asked about', () => {
    const person = dane(view())
    expect(said(person.says('hvad koster det?', { sentAt: NOW - 1000 }))).toContain('Hvem er det til?')
    expect(relays(person.says('hej', { sentAt: NOW + 1000 }))).toEqual([{ handoff: 'h1', text: 'hej' }])
  })

  test('words from before the end of the only talk are not taken for a question', () => {
    const person = dane(view())
    news(person, { what: 'talk-ends' })
    const late = person.says('jeg har mælken med', { sentAt: NOW - 1000 })
    expect(said(late)).toContain('så det, du skrev, er ikke sendt')
    expect(messages(press(person, late, { do: 'talk', of: '', send: true })).length).toBeGreaterThan(1)
    expect(said(person.says('menu', { sentAt: NOW + 1000 }))).not.toContain('ikke sendt')
  })

  test('a dialog that waits for typed words makes the addressee unclear', () => {
    const person = talk(reading, {
      session: { ...KNOWN, help: { talks: [view()], talk: 'h1' }, place: { dialog: 'probe', node: 'start', attempts: 0 } },
    })
    const asked = person.says('Birkevej')
    expect(relays(asked)).toEqual([])
    const sent = press(person, asked, { do: 'talk', of: 'h1', send: true })
    expect(relays(sent)).toEqual([{ handoff: 'h1', text: 'Birkevej' }])
    expect(relays(person.says('hej'))).toHaveLength(1)
  })

  test("without a talk everything is Opgang's", () => {
    const person = talk(library)
    expect(relays(person.says('hej'))).toEqual([])
    for (const word of ['kort', 'tilbage til samtalen', 'spørg opgang', 'anmeld', 'stop']) {
      expect([word, said(person.says(word))]).toEqual([word, expect.not.stringContaining('samtale')])
    }
  })
})

const GONE: HelpAction[] = [
  { do: 'talk', of: 'h9' },
  { do: 'talk', of: 'h9', send: true },
  { do: 'talk', of: 'h9', act: 'stop-yes' },
  { do: 'talk', of: 'h9', act: 'report-yes' },
  { do: 'talk', of: 'h9', act: 'alias' },
  { do: 'card', of: 'h9', page: 0 },
  { do: 'card', of: 'h9', card: 'hello' },
]
test.each(GONE)('a button of a talk that is over says so: %j', (action) => {
  for (const person of [talk(library), dane(view()), dane(view(), SECOND)]) {
    const turn = person.taps(action)
    expect(said(turn)).toContain('Den samtale er slut.')
    expect(effectsOf(turn, 'relay').length + effectsOf(turn, 'handoff').length).toBe(0)
  }
})

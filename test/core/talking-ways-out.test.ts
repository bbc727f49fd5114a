import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Library } from '../../src/core/library.js'
import type { TalkView } from '../../src/core/request-types.js'
import type { Action } from '../../src/core/types.js'
import { NOW, starterLibrary } from '../library.js'
import { effectsOf, messages, talk } from './talk.js'
import { arrives, begins, HELPER, help, inDanish, news, press, relays, replies, SECOND, said, titles, view } from './talkers.js'

let library: Library
beforeAll(async () => {
  library = await starterLibrary()
})
const dane = (...views: TalkView[]) => inDanish(library, ...views)

describe('ways out', () => {
  test('the resident stops: one tap to confirm, and the request is cancelled', () => {
    const person = dane(view())
    const asked = person.says('stop')
    expect(effectsOf(asked, 'handoff')).toEqual([])
    expect(relays(person.says('vent'))).toEqual([])
    const turn = press(person, asked, { act: 'stop-yes' })
    expect(effectsOf(turn, 'handoff')).toEqual([{ type: 'handoff', handoff: 'h1', as: 'resident', ask: { type: 'cancel' } }])
    expect(said(turn)).toContain('er slut')
    expect(relays(person.says('vent'))).toEqual([])
    expect(messages(news(person, { what: 'talk-ends' }))).toEqual([])
    expect(said(press(person, asked, { act: 'stop-yes' }))).toContain('Den samtale er slut.')
  })

  test('the helper stops: the task is handed back without blame', () => {
    const person = dane(HELPER)
    const turn = press(person, person.says('stop'), { act: 'stop-yes' })
    expect(effectsOf(turn, 'handoff')).toEqual([
      { type: 'handoff', handoff: 'h1', as: 'volunteer', ask: { type: 'hand-back', reason: 'other' } },
    ])
  })

  test.each([
    ['resident', view()],
    ['helper', HELPER],
  ])('the %s reports with one tap, under every message of the talk', (_, one) => {
    const person = dane(one)
    for (const turn of [begins(person, one), arrives(person, { text: 'hej' }), arrives(person, { card: 'hello' })])
      expect(titles(turn).filter((title) => title === 'Anmeld')).toHaveLength(1)
  })

  test('when one of two talks ends, "report" is about that one', () => {
    const person = dane(view(), SECOND)
    const ended = news(person, { what: 'talk-ends' }, SECOND)
    expect(replies(ended).flatMap(({ action }) => (action?.do === 'talk' && action.act === 'report' ? [action.of] : []))).toEqual(['h2'])
  })

  test('going on changes nothing', () => {
    const person = dane(view())
    press(person, person.says('stop'), { do: 'talk', of: 'h1', act: undefined })
    expect(relays(person.says('hej'))).toHaveLength(1)
  })

  test('of several, which one is asked where none is current', () => {
    const person = dane(view(), SECOND, view({ handoff: 'h3', receipt: 'H-3AAA' }))
    news(person, { what: 'talk-ends' })
    expect(titles(person.says('stop'))).toEqual(['H-9XYZ Leyla', 'H-3AAA Yusuf'])
  })

  test.each([
    ['stop', 'ja', { type: 'cancel' }],
    ['anmeld', 'ja', { type: 'report' }],
    ['stop', 'nej', undefined],
    ['anmeld', 'nej', undefined],
  ])('%s, then "%s" in words', (command, answer, ask) => {
    const person = dane(view())
    person.says(command)
    const turn = person.says(answer)
    expect(effectsOf(turn, 'handoff').map((one) => one.ask)).toEqual(ask === undefined ? [] : [ask])
    expect([relays(turn), messages(turn).length]).toEqual([[], 1])
    expect(help(person).question).toBeUndefined()
  })

  test.each(['stop', 'anmeld'])('something else after %s is asked about, and a yes later is none to it', (command) => {
    const person = dane(view())
    person.says(command)
    const asked = person.says('vent lidt')
    expect([relays(asked), said(asked)]).toEqual([[], expect.stringContaining('Hvem er det til?')])
    const again = dane(view())
    again.says(command)
    again.clock = { ...again.clock, now: NOW + 60_000 }
    again.says('menu')
    const yes = again.says('ja')
    expect(effectsOf(yes, 'handoff')).toEqual([])
  })

  test('a report of a talk that is over is confirmed in words too', () => {
    const person = dane(view())
    news(person, { what: 'talk-ends' })
    person.says('anmeld')
    expect(effectsOf(person.says('ja'), 'handoff').map(({ ask }) => ask)).toEqual([{ type: 'report' }])
  })

  test('a report takes one tap more, names 112, and stops the talk at once', () => {
    const person = dane(view())
    const asked = person.says('anmeld')
    expect(said(asked)).toContain('Ring 112.')
    expect(effectsOf(asked, 'handoff')).toEqual([])
    const turn = press(person, asked, { act: 'report-yes' })
    expect(effectsOf(turn, 'handoff')).toEqual([{ type: 'handoff', handoff: 'h1', as: 'resident', ask: { type: 'report' } }])
    expect(said(turn)).toContain('er stoppet')
    expect(relays(person.says('hej'))).toEqual([])
  })

  test.each([
    ['resident', view()],
    ['volunteer', HELPER],
  ])('what follows from a report of the %s is not said again', (side, one) => {
    const person = dane(one)
    press(person, person.says('anmeld'), { act: 'report-yes' })
    if (side === 'volunteer') expect(messages(news(person, { what: 'told', told: 'relay-ended', side }))).toEqual([])
    expect(messages(news(person, { what: 'told', told: 'report-taken', side }))).toEqual([])
    expect(messages(news(person, { what: 'told', told: 'report-taken', side }))).toHaveLength(1)
  })

  test('a report is possible for 30 days after, and not later', () => {
    const person = dane(HELPER)
    news(person, { what: 'talk-ends' })
    const days = (count: number) => (person.clock = { ...person.clock, now: NOW + count * 24 * 60 * 60 * 1000 })
    days(29)
    const turn = press(person, person.says('anmeld'), { act: 'report-yes' })
    expect(effectsOf(turn, 'handoff')).toEqual([{ type: 'handoff', handoff: 'h1', as: 'volunteer', ask: { type: 'report' } }])
    days(31)
    expect(effectsOf(person.says('anmeld'), 'handoff')).toEqual([])
    expect(said(person.taps({ do: 'talk', of: 'h1', act: 'report' }))).toContain('Den samtale er slut.')
  })

  describe('of two helpers of one request in turn', () => {
    const HODAN = view({ other: 'Hodan', began: NOW - 9000 })
    const YUSUF = view({ other: 'Yusuf', began: NOW - 1000 })
    const both = () => {
      const person = dane(HODAN)
      news(person, { what: 'talk-ends' })
      begins(person, YUSUF)
      return person
    }
    const asksOf = (turn: Parameters<typeof titles>[0]) => effectsOf(turn, 'handoff').map(({ ask }) => ask)

    test('a report in a talk is about its helper; the other stands beside it', () => {
      const person = both()
      const asked = person.says('anmeld')
      expect(said(asked)).toContain('anmelde Yusuf')
      expect(titles(asked)).toEqual(['Ja, anmeld', 'Nej, ikke nu', 'H-4F7K Hodan'])
      expect(asksOf(press(person, asked, { act: 'report-yes' }))).toEqual([{ type: 'report', began: YUSUF.began }])
    })

    test('the earlier one is reported while the other goes on', () => {
      const person = both()
      const asked = press(person, person.says('anmeld'), { act: 'report' })
      expect(said(asked)).toContain('H-4F7K Hodan')
      expect(asksOf(press(person, asked, { act: 'report-yes' }))).toEqual([{ type: 'report', began: HODAN.began }])
      expect(relays(person.says('hej'))).toHaveLength(1)
    })

    test('after both it is asked which, also from a button that names the request alone', () => {
      const person = both()
      news(person, { what: 'talk-ends' })
      for (const ask of [() => person.says('anmeld'), () => person.taps({ do: 'talk', of: 'h1', act: 'report' })])
        expect(titles(ask())).toEqual(['H-4F7K Yusuf', 'H-4F7K Hodan', 'Nej, ikke nu'])
      const asked = press(person, person.says('anmeld'), { began: HODAN.began })
      expect(asksOf(asked)).toEqual([])
      expect(asksOf(person.says('ja'))).toEqual([{ type: 'report', began: HODAN.began }])
      const tapped = person.taps({ do: 'talk', of: 'h1', act: 'report-yes' })
      expect([asksOf(tapped), titles(tapped).length]).toEqual([[], 3])
    })

    test('one who was erased has no name any more', () => {
      const person = both()
      news(person, { what: 'talk-ends' })
      news(person, { what: 'other-erased', began: HODAN.began })
      expect(JSON.stringify(help(person))).not.toContain('Hodan')
      expect(titles(person.says('anmeld'))).toEqual(['H-4F7K Yusuf', 'H-4F7K', 'Nej, ikke nu'])
    })
  })

  test('with several it is asked whom it is about; "not now" reports nobody', () => {
    const person = dane(view(), SECOND)
    news(person, { what: 'talk-ends' })
    const asked = person.says('anmeld')
    expect(titles(asked)).toEqual(['H-9XYZ Leyla', 'H-4F7K', 'Nej, ikke nu'])
    const turn = press(person, asked, { act: 'report-no' })
    expect(effectsOf(turn, 'handoff')).toEqual([])
    expect(said(turn)).toContain('ikke anmeldt noget')
  })

  test('an earlier helper of a request is not mistaken for the newest', () => {
    const person = dane(view())
    news(person, { what: 'talk-ends' })
    begins(person, view({ other: 'Leyla' }))
    expect(help(person).past).toEqual([])
  })

  test("a name of one's own is typed, and only a name", () => {
    const person = dane(view())
    person.taps({ do: 'talk', of: 'h1', act: 'alias' })
    for (const bad of ['ring 20304050', 'x', 'Opgang hjælper', 'a@b.dk', 'navn '.repeat(10)]) {
      const turn = person.says(bad)
      expect([bad, relays(turn), effectsOf(turn, 'handoff')]).toEqual([bad, [], []])
      expect(said(turn)).toContain('2 til 30 bogstaver')
    }
    const turn = person.says('  Umm   Ali ')
    expect(effectsOf(turn, 'handoff')).toEqual([
      { type: 'handoff', handoff: 'h1', as: 'resident', ask: { type: 'rename', alias: 'Umm Ali' } },
    ])
    expect(help(person).talks?.[0]?.alias).toBe('Umm Ali')
    expect(relays(person.says('hej'))).toHaveLength(1)
  })

  test.each<Action | string>([{ do: 'talk', of: 'h1' }, 'kort'])('a question that was left for %j takes no words', (next) => {
    const person = dane(view())
    person.taps({ do: 'talk', of: 'h1', act: 'alias' })
    if (typeof next === 'string') person.says(next)
    else person.taps(next)
    expect(relays(person.says('Umm Ali'))).toEqual([{ handoff: 'h1', text: 'Umm Ali' }])
  })
})

describe('news of a talk', () => {
  test('the end is said, with the talks that are left', () => {
    const person = dane(view(), SECOND)
    const other = news(person, { what: 'talk-ends' }, SECOND)
    expect(said(other)).toContain('Samtalen med Leyla (H-9XYZ) er slut')
    expect(said(other)).toContain('går stadig til Yusuf')
    const last = news(person, { what: 'talk-ends' })
    expect(said(last)).toContain('læser kun jeg, Opgang')
    expect(help(person)).toEqual({ talks: [], past: expect.any(Array) })
  })

  test('a door is shown once and kept nowhere', () => {
    const person = dane(HELPER)
    const turn = news(person, { what: 'door', door: 'Birkevej 12, 3. th\nringeklokke: Hassan' })
    expect(said(turn)).toContain('Birkevej 12, 3. th\nringeklokke: Hassan')
    expect(said(turn)).toContain('Kun du ser det. Det bliver slettet, når opgaven er færdig.')
    expect(JSON.stringify(person.session)).not.toContain('Birkevej')
  })

  test('another name is said, and used from then on', () => {
    const person = dane(view())
    expect(said(news(person, { what: 'alias', alias: 'Jussuf' }))).toContain('Yusuf (H-4F7K) kalder sig nu Jussuf')
    expect(titles(person.says('spørg opgang'))).toContain('Tilbage til Jussuf')
  })

  test('after silence each is asked, with their own buttons', () => {
    expect(titles(news(dane(HELPER), { what: 'still-there' }))).toEqual(['På vej', 'Færdig', 'Giv tilbage', 'Anmeld'])
    const person = dane(view())
    const turn = news(person, { what: 'still-there' })
    expect(titles(turn).slice(0, 2)).toEqual(['Alt er vel', 'Der kom ingen'])
    expect(said(press(person, turn, { act: 'well' }))).toContain('Godt at høre.')
  })

  test('when the other had all erased, the helper does not go and the resident waits for another', () => {
    const helper = dane(HELPER)
    expect(said(news(helper, { what: 'other-erased' }))).toContain('Gå ikke derhen.')
    expect(help(helper).talks).toEqual([])
    expect(said(news(dane(view()), { what: 'other-erased' }))).toContain('ledt efter en anden')
  })

  test('of a talk that is over is not said', () => {
    for (const what of [
      { what: 'talk-ends' },
      { what: 'door', door: 'x' },
      { what: 'alias', alias: 'x' },
      { what: 'still-there' },
      { what: 'other-erased' },
    ])
      expect(messages(news(talk(library), what))).toEqual([])
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Library } from '../../src/core/library.js'
import type { TalkView } from '../../src/core/request-types.js'
import type { Turn } from '../../src/core/types.js'
import { ROOT, starterLibrary } from '../library.js'
import { type Talk } from './talk.js'
import {
  begins,
  crosses,
  HELPER,
  help,
  inArabic,
  inDanish,
  news,
  plain,
  press,
  relays,
  replies,
  SECOND,
  said,
  titles,
  view,
} from './talkers.js'

let library: Library
beforeAll(async () => {
  library = await starterLibrary()
})
const dane = (...views: TalkView[]) => inDanish(library, ...views)
const resident = (...views: TalkView[]) => inArabic(library, ...views)

describe('phrase cards', () => {
  const sent = (turn: Turn) => relays(turn)[0]
  const cardsOn = (turn: Turn) =>
    replies(turn).flatMap(({ action, title }) => (action.do === 'card' && action.card !== undefined ? [{ card: action.card, title }] : []))
  /** All pages, from the first until it comes round. */
  function pagesOf(person: Talk): Turn[] {
    const pages = [person.says('kort')]
    for (;;) {
      const more = replies(pages.at(-1) as Turn).find(({ title }) => title === 'Flere')?.action
      if (more?.do !== 'card' || more.page === 0) return pages
      pages.push(person.taps(more))
    }
  }

  test('are pages with a button each, that Messenger can hold and whose words stand in full', () => {
    const pages = pagesOf(dane(HELPER))
    expect(pages.length).toBeGreaterThan(3)
    for (const page of pages) {
      expect(replies(page).length).toBeLessThanOrEqual(13)
      for (const { title } of cardsOn(page)) expect(said(page)).toContain(title)
    }
    const cards = pages.flatMap(cardsOn).map(({ card }) => card)
    expect(new Set(cards).size).toBe(cards.length)
    expect(cards.slice(0, 2)).toEqual(['hello', 'i-am-the-helper'])
    expect(cards.indexOf('what-do-you-need')).toBeLessThan(10)
    expect(cards).not.toContain('i-asked-for-help')
  })

  test('stand on some side, every one that there is', () => {
    const sides = ['shopping', 'medicine', 'letter'].flatMap((task) => [dane({ ...HELPER, task }), dane(view({ task }))])
    const shown = new Set(
      sides
        .flatMap(pagesOf)
        .flatMap(cardsOn)
        .map(({ card }) => card),
    )
    const { texts: cards } = JSON.parse(readFileSync(join(ROOT, 'locales/da/phrase-cards.json'), 'utf8')) as { texts: object }
    expect([...shown].toSorted()).toEqual(Object.keys(cards).toSorted())
  })

  test('is sent by one tap and read in the language of each', () => {
    const [amina, yusuf] = [resident(view()), dane(HELPER)]
    const turn = yusuf.taps({ do: 'card', of: 'h1', card: 'at-your-door' })
    expect(sent(turn)).toEqual({ handoff: 'h1', card: 'at-your-door' })
    expect(said(turn)).toContain('Sendt til Amina (H-4F7K): Jeg står ved din dør.')
    const [read] = crosses(turn, amina, 'Yusuf')
    expect(read && said(read)).toContain(library.say('ar', 'card.at-your-door'))
  })

  test.each([
    ['floor-is', '٣', 3],
    ['floor-is', '۰', 0],
    ['quantity', '12', 12],
    ['come-at', '١٤:٣٠', '14.30'],
    ['come-at', '۹', '09.00'],
    ['not-before', 'kl. 15', '15.00'],
    ['it-cost', '۲۵۰', '250'],
    ['it-cost', '249.50 kr', '249,50'],
  ])('the value of %s is asked for, and typed %s is read', (card, typed, value) => {
    const person = resident(view())
    const asked = person.taps({ do: 'card', of: 'h1', card })
    expect(relays(asked)).toEqual([])
    expect(replies(asked).length).toBeLessThanOrEqual(13)
    const turn = person.says(typed)
    expect(sent(turn)).toEqual({ handoff: 'h1', card, value })
    expect(said(turn)).toContain(plain(library.say('ar', `card.${card}`, { number: value, time: value, amount: value })))
    expect(help(person).question).toBeUndefined()
    const [read] = crosses(turn, dane(HELPER), 'Amina')
    expect(read && said(read)).toContain(library.say('da', `card.${card}`, { number: value, time: value, amount: value }))
  })

  test('values are offered by button: floors with 0, hours from the next one, kroner', () => {
    const person = dane(view())
    const floors = person.taps({ do: 'card', of: 'h1', card: 'floor-is' })
    expect(titles(floors).slice(0, 10)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
    expect(sent(press(person, floors, { value: '0' }))).toEqual({ handoff: 'h1', card: 'floor-is', value: 0 })
    // It is 10:00 in Denmark.
    const times = person.taps({ do: 'card', of: 'h1', card: 'not-before' })
    expect(titles(times).slice(0, 2)).toEqual(['11.00', '12.00'])
    expect(sent(press(person, times, { value: '15.00' }))).toEqual({ handoff: 'h1', card: 'not-before', value: '15.00' })
    expect(titles(person.taps({ do: 'card', of: 'h1', card: 'it-cost' }))).toContain('100')
  })

  test.each(['25.00', '14.75', 'om lidt', '20304050'])('no value is sent for %s, and it is asked again', (typed) => {
    const person = dane(view())
    person.taps({ do: 'card', of: 'h1', card: 'come-at' })
    const turn = person.says(typed)
    expect(relays(turn)).toEqual([])
    expect(said(turn)).toContain('Jeg har ikke sendt noget.')
    press(person, press(person, turn, { do: 'card', page: 0 }), { do: 'talk', of: 'h1' })
    expect(relays(person.says(typed === '20304050' ? 'hej' : typed))).toHaveLength(1)
  })

  test('of several talks is asked which; a card that is gone shows the others', () => {
    const person = dane(view(), SECOND)
    news(person, { what: 'talk-ends' })
    begins(person, view({ handoff: 'h3', receipt: 'H-3AAA' }))
    person.says('spørg opgang')
    expect(titles(person.says('kort'))).toEqual(expect.arrayContaining(['H-9XYZ Leyla', 'H-3AAA Yusuf']))
    expect(said(person.taps({ do: 'card', of: 'h2', card: 'constructor' }))).toContain('Det kort findes ikke mere.')
    expect(sent(person.taps({ do: 'card', of: 'h2', card: 'hello' }))).toEqual({ handoff: 'h2', card: 'hello' })
  })
})

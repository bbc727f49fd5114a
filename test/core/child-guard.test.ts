/** A child who writes of an adult's matter is asked whether they are over 18, and gets the way to an adult. */
import { expect, test } from '@jest/globals'
import { starterLibrary } from '../library.js'
import { effectsOf, messages, talk, texts } from './talk.js'

const library = await starterLibrary()
const say = (key: string, language = 'da') => library.say(language, key)
const LETTER = 'everyday/letter-explain'

test.each([
  ['jeg er 12 år', 'da'],
  ['jeg skriver for min mor', 'da'],
])('"%s", then an adult’s matter: first it is asked', (text) => {
  const child = talk(library)
  child.says(text)
  const asked = child.goes(LETTER)
  expect(texts(asked)).toEqual([say('child.ask')])
  expect(messages(asked)[0]?.quickReplies?.map(({ title }) => title)).toEqual([say('child.over-18'), say('child.under-18')])
})

test('no: the way to an adult, with the children’s telephone, and from then on at once', () => {
  const child = talk(library)
  child.says('jeg er 12 år')
  const [, no] = messages(child.goes(LETTER))[0]?.quickReplies ?? []
  const way = child.taps(no?.action)
  expect(texts(way)[0]).toContain('116 111')
  expect(texts(way)[0]).toContain('00 00 00 01')
  expect(texts(child.goes('everyday/rent-arrears'))[0]).toContain('116 111')
})

test('yes: what was come for, and never asked again', () => {
  const grown = talk(library)
  grown.says('jeg skriver for min mor')
  const [yes] = messages(grown.goes(LETTER))[0]?.quickReplies ?? []
  expect(texts(grown.taps(yes?.action))[0]).toBe(library.texts('everyday', 'letter-explain', 'da').say[0])
  expect(texts(grown.goes('everyday/rent-arrears'))[0]).not.toBe(say('child.ask'))
})

test.each([
  ['nej', '116 111'],
  ['ja', 'Find tre ting'],
])('it may be answered in words: %s', (answer, wanted) => {
  const child = talk(library)
  child.says('jeg er 12 år')
  child.goes(LETTER)
  expect(texts(child.says(answer))[0]).toContain(wanted)
})

test('what is no adult’s matter is answered as ever', () => {
  const child = talk(library)
  child.says('jeg er 12 år')
  expect(texts(child.goes('preparedness/three-days'))[0]).toBe(library.texts('preparedness', 'three-days', 'da').say[0])
})

test('the sentence itself may be about it', () => {
  const child = talk(library)
  expect(texts(child.says('Jeg er 12 år. Min mor har fået et svært brev'))).toContain(say('child.ask'))
})

test('danger is met at once, with the children’s telephone on the card', () => {
  const child = talk(library)
  child.says('jeg er 12 år')
  const [card] = messages(child.says('min far slår min mor'))
  expect(card?.role).toBe('danger')
  expect(card?.phones?.map(({ number }) => number)).toContain('116 111')
})

test('whoever is under 15 is not asked whether they want to be told later', () => {
  const child = talk(library)
  child.says('jeg er 12 år')
  expect(child.session?.underage).toBe(true)
  const turn = child.says('gøffel bræzzø')
  expect(messages(turn).flatMap(({ quickReplies = [] }) => quickReplies.map(({ action }) => action.do))).not.toContain('tell-me')
  expect(effectsOf(turn, 'question')).toHaveLength(1)
})

test('a grown-up is not taken for a child', () => {
  const parent = talk(library)
  parent.says('min søn er 12 år')
  expect(texts(parent.goes(LETTER))[0]).not.toBe(say('child.ask'))
})

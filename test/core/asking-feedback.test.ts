/** What both sides are asked when it is over. */
import { describe, expect, test } from '@jest/globals'
import { NOW } from '../library.js'
import { asksOf, hears, MEDICINE, press, resident, said, say, tapsRequest, titles, told, waiting } from './asking-world.js'
import { KNOWN } from './talk.js'

describe('feedback', () => {
  test('good, then words', () => {
    const person = waiting()
    told(person, 'done')
    const asked = hears(person, { what: 'feedback', other: 'Yusuf' })
    expect(titles(asked)).toEqual([say('feedback.good'), say('feedback.not-good'), say('nobody-came')])
    expect(asksOf(press(person, asked, say('feedback.good')))).toEqual([{ handoff: 'h1', as: 'resident', type: 'feedback', good: true }])
    const words = person.says('Han var meget venlig')
    expect(asksOf(words)).toEqual([{ handoff: 'h1', as: 'resident', type: 'feedback', good: true, words: 'Han var meget venlig' }])
    expect(said(words)).toBe(say('feedback.thanks'))
    expect(person.session?.help?.question).toBeUndefined()
  })

  test('not good: the way to a report is there, and no words are needed', () => {
    const person = waiting()
    told(person, 'done')
    const sorry = press(person, hears(person, { what: 'feedback', other: 'Yusuf' }), say('feedback.not-good'))
    expect(titles(sorry)).toEqual([say('report'), say('feedback.no-words')])
    expect(asksOf(person.says(say('feedback.no-words')))).toEqual([])
    expect(said(tapsRequest(person, 'no-words'))).toBe(say('feedback.thanks'))
  })

  test('a helper is asked too, and answers as one', () => {
    const past = [{ handoff: 'h1', receipt: MEDICINE.receipt, side: 'helper' as const, at: NOW }]
    const yusuf = resident({ session: { ...KNOWN, help: { past } } })
    const asked = hears(yusuf, { what: 'feedback', other: 'Amina' })
    expect(titles(asked)).not.toContain(say('nobody-came'))
    expect(asksOf(press(yusuf, asked, say('feedback.good')))).toEqual([{ handoff: 'h1', as: 'volunteer', type: 'feedback', good: true }])
  })
})

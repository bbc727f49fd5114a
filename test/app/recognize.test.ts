import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { createRecognize } from '../../src/app/recognize.js'
import { YES_NO_FILLER } from '../../src/app/yes-no-filler.js'
import { YES_NO_WORDS } from '../../src/app/yes-no-words.js'
import { normalize } from '../../src/core/language/normalize.js'
import { processorTime } from '../processor-time.js'

const recognize = createRecognize()
const NOW = Date.parse('2026-11-24T10:00Z')
const hear = (kind: Parameters<typeof recognize>[0], text: string, language: string) => recognize(kind, text, { language, now: NOW })

describe('yes and no', () => {
  test.each([
    ['da', 'Ja tak!', true],
    ['da', 'nej', false],
    ['da', 'NEJ TAK', false],
    ['en', 'yes please', true],
    ['en', "No, I don't", false],
    ['ar', 'نعم', true],
    ['ar', 'أيوه', true],
    ['ar', 'لا، شكرًا', false],
    ['so', 'haa', true],
    ['so', 'maya', false],
    ['tr', 'EVET', true],
    ['tr', 'hayir', false],
    ['tr', 'HAYIR', false],
    ['ur', 'جی ہاں', true],
    ['ur', 'نہیں', false],
    ['uk', 'Так', true],
    ['uk', 'ні', false],
    ['uk', 'да', true],
    ['uk', 'Нет', false],
    ['pl', 'tak', true],
    ['pl', 'nie', false],
    ['fa', 'بله', true],
    ['fa', 'نه', false],
    ['ti', 'እወ', true],
    ['ti', 'ኣይፋል', false],
    ['ti', 'አይፋልን', false],
    ['de', 'ja', true],
    ['fr', 'oui', true],
    ['es', 'sí', true],
    ['ar', 'ja', true],
    ['ar', 'no', false],
    ['so', 'nej tak', false],
    ['da', '👍🏽', true],
    ['ar', '❌', false],
    // A Dane thanks, a Pole may agree by "no", and a sentence is no answer.
    ['da', 'tak', undefined],
    ['pl', 'no', undefined],
    ['en', 'not sure', undefined],
    ['en', 'I have no idea', undefined],
    ['en', 'sure is cold here, no?', undefined],
    ['fr', 'pas sûr, oui ou non', undefined],
    ['da', 'måske', undefined],
    ['da', '', undefined],
    ['so', 'na', undefined],
  ])('%s: %j is %s', (language, text, expected) => expect(hear('yes_no', text, language)).toBe(expected))
})

describe('yes and no with friendly words behind them', () => {
  test.each([
    ['da', 'ja det er fint', true],
    ['da', 'Ja tak, gør det!', true],
    ['da', 'ja okay send', true],
    ['da', 'nej tak ellers ikke', false],
    ['en', 'yes please do', true],
    ['en', "No, I'm sorry, I can't", false],
    ['ar', 'نعم من فضلك', true],
    ['ar', 'نعم تمام', true],
    ['ar', 'لا، لا داعي، شكرًا', false],
    ['so', 'haa dir', true],
    ['so', 'maya, uma baahni, mahadsanid', false],
    ['tr', 'evet lütfen gönder', true],
    ['tr', 'hayır gerek yok', false],
    ['ur', 'جی ہاں، بھیج دیں', true],
    ['ur', 'نہیں، ضرورت نہیں ہے', false],
    ['uk', 'так, будь ласка, надішліть', true],
    ['uk', 'ні, не треба, дякую', false],
    ['pl', 'tak, proszę', true],
    ['pl', 'nie, nie trzeba', false],
    ['fa', 'بله لطفا بفرستید', true],
    ['fa', 'نه ممنون لازم نیست', false],
    ['ti', 'እወ፣ በጃኹም ስደዱ', true],
    ['ti', 'ኣይፋል፣ ኣየድልን', false],
    ['ku', 'erê, ji kerema xwe bişîne', true],
    ['ku', 'na, ne hewce ye', false],
    ['bs', 'da, molim vas, pošaljite', true],
    ['bs', 'ne, ne treba, hvala', false],
    // Everybody here meets Danish and English.
    ['ar', 'ja tak det er fint', true],
    // What goes on otherwise is no plain answer.
    ['da', 'ja, men først i morgen', undefined],
    ['da', 'ja hvis det er en kvinde', undefined],
    ['da', 'ja det er ikke fint', undefined],
    ['da', 'ja ingen', undefined],
    ['da', 'ja nej', undefined],
    ['da', 'ja tak, gør det?', undefined],
    ['da', 'ja måske', undefined],
    ['en', 'yes but not today', undefined],
    ['en', 'yes if it is a woman', undefined],
    ['en', 'yes i can not', undefined],
    ['en', 'no yes please', undefined],
    ['ar', 'نعم لكن غدا', undefined],
    ['so', 'haa laakiin berri', undefined],
    ['tr', 'evet ama yarın', undefined],
    ['ur', 'ہاں لیکن کل', undefined],
    ['uk', 'так, але завтра', undefined],
    ['pl', 'tak, ale jutro', undefined],
    // In Polish it is a yes, and in English none.
    ['pl', 'no ok', undefined],
    ['pl', 'nie tak', undefined],
    ['fa', 'بله اما فردا', undefined],
    ['ti', 'እወ ግን ጽባሕ', undefined],
    ['ku', 'erê lê sibê', undefined],
    ['bs', 'da, ali sutra', undefined],
    // Thanks alone are no answer.
    ['da', 'tak det er fint', undefined],
  ])('%s: %j is %s', (language, text, expected) => expect(hear('yes_no', text, language)).toBe(expected))

  const nots = (language: string): readonly string[] =>
    JSON.parse(readFileSync(`locales/${language}/words.json`, 'utf8')).heard.not.map((word: string) => normalize(word, language))

  test.each(Object.entries(YES_NO_FILLER))('behind a yes no word says "not", in %s', (language, { friendly, yes }) => {
    const words = [...friendly, ...yes].flatMap((phrase) => normalize(phrase, language).split(' '))
    expect(words.filter((word) => [...nots(language), 'ikke', 'ingen', 'not'].includes(word))).toEqual([])
  })

  test.each(Object.entries(YES_NO_WORDS))('each listed phrase alone keeps its meaning, in %s', (language, { yes, no }) => {
    expect(yes.filter((phrase) => hear('yes_no', phrase, language) !== true)).toEqual([])
    expect(no.filter((phrase) => hear('yes_no', phrase, language) !== false)).toEqual([])
  })
})

describe('number words', () => {
  test.each([
    ['da', 'tre', 3],
    ['da', 'jeg har tre børn', 3],
    ['da', 'en', 1],
    ['da', 'jeg har en hund', undefined],
    ['da', 'to eller tre', undefined],
    ['en', 'twenty-three', 23],
    ['en', 'two or three', undefined],
    ['ar', 'ثلاثة', 3],
    ['tr', 'dört', 4],
    ['uk', 'п’ять', 5],
    // Never English when the language is another.
    ['da', 'three', undefined],
    ['vi', 'three', undefined],
  ])('%s: %j is %s', (language, text, expected) => expect(hear('number', text, language)).toBe(expected))
})

describe('days in words', () => {
  test.each([
    ['en', 'next monday', '2026-11-30'],
    ['en', 'friday', '2026-11-27'],
    ['en', '5 march 2021', '2021-03-05'],
    ['en', 'at noon', undefined],
    ['da', 'next monday', undefined],
  ])('%s: %j is %s', (language, text, expected) => expect(hear('date', text, language)).toBe(expected))
})

describe('telephone numbers', () => {
  test.each([
    ['call +46 70-123 45 67 today', '+46 70-123 45 67'],
    ['010170-1234', undefined],
    ['0101701234', undefined],
    ['ingen', undefined],
  ])('%j is %s', (text, expected) => expect(hear('phone', text, 'da')).toBe(expected))
})

test('hostile texts return at once', () => {
  for (const kind of ['date', 'number', 'yes_no', 'phone'] as const) hear(kind, 'two', 'en')
  const work = () => {
    for (const kind of ['date', 'number', 'yes_no', 'phone'] as const) {
      for (const piece of ['1/', '1', '1-', '/', '1 1/', 'no ']) {
        hear(kind, piece.repeat(1000), 'en')
        hear(kind, piece.repeat(64).slice(0, 64), 'en')
      }
    }
  }
  expect(processorTime(work)).toBeLessThan(1500)
})

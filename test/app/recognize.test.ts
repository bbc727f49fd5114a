import { describe, expect, test } from '@jest/globals'
import { createRecognize } from '../../src/app/recognize.js'
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

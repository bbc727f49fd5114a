import { describe, expect, test } from '@jest/globals'
import { romanisedLanguage } from '../../../src/core/language/romanised.js'

describe('romanised writing', () => {
  test.each([
    ['shlon', 'ar'],
    ['shlon asawi fahs', 'ar'],
    ['ma3lesh ana ta3bana', 'ar'],
    ['3andi mushkila', 'ar'],
    ['wen el tabib', 'ar'],
    ['mujhe', 'ur'],
    ['mujhe corona test karwana hai', 'ur'],
    ['aap ka daftar kab khulta hai', 'ur'],
    ['chetori', 'fa'],
    ['man mikham ba doctor harf bezanam', 'fa'],
  ])('%s → %s', (text, language) => {
    expect(romanisedLanguage(text)).toBe(language)
  })

  test.each([
    'Hun spørger om vej til hallen',
    'Jeg bor i blok3, stue 2tv, og tager bus7',
    'I bought an mp3 player and a b2b ticket for the 2nd of May',
    'Benim annem ana okulunda, abi nerede',
    'Ko je to bio na toj slici',
    'Ce mai faci, hai la masa',
    'Tôi có hai con',
    'Waan ku mahadsanahay walaal',
    'my friend who wrote the book says wallah in every second sentence of it',
    'test hai',
    'Koden er a8b3c9d, og sagen er k2n7p40x',
    'Mit hus ligger ved E20, nr 12b',
    'wallah det er rigtigt, min ven',
    'Nerede indi, haydi gel',
    'Koja je to zgrada',
    'To jest moja karta',
    'Thay tên con',
    '',
  ])('nothing in: %s', (text) => {
    expect(romanisedLanguage(text)).toBeUndefined()
  })
})

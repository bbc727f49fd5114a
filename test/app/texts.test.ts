import { describe, expect, test } from '@jest/globals'
import { buildTranslate, languageChain } from '../../src/app/texts.js'
import { starterLibrary } from '../library.js'

const library = await starterLibrary()

describe('a phrase that is missing comes in the next language of the chain', () => {
  const say = buildTranslate({
    da: { only: 'kun dansk', both: 'dansk', valued: 'Hej {{name}}', count_one: '{{count}} dag', count_other: '{{count}} dage' },
    en: { both: 'English', english: 'only English', valued: 'Hello {{name}}' },
    ar: { both: 'عربي' },
    'ar-SY': {},
  })
  test.each([
    ['ar', 'both', 'عربي'],
    ['ar-SY', 'both', 'عربي'],
    ['ar', 'only', 'kun dansk'],
    ['en', 'only', 'kun dansk'],
    ['ar', 'english', 'only English'],
    ['so', 'both', 'dansk'],
    ['', 'both', 'dansk'],
    ['zh-tw', 'both', 'dansk'],
    ['__proto__', 'both', 'dansk'],
  ])('%p %s', (language, key, text) => {
    expect(say(language, key)).toBe(text)
  })

  test('values are put in as they are, and phrases without values come whole', () => {
    expect(say('en', 'valued', { name: '<b>{{both}}</b> & $1' })).toBe('Hello <b>{{both}}</b> & $1')
    expect(say('so', 'valued', { name: 'Ali' })).toBe('Hej Ali')
    expect(say('da', 'both', { unused: 1 })).toBe('dansk')
  })

  test('two libraries do not share a word', () => {
    const other = buildTranslate({ da: { both: 'andet' }, en: {} })
    expect([say('da', 'both'), other('da', 'both'), other('en', 'only')]).toEqual(['dansk', 'andet', 'only'])
  })
})

test('the chain of a language', () => {
  expect(languageChain('ar-SY')).toEqual(['ar-SY', 'ar', 'da', 'en'])
  expect(languageChain('da')).toEqual(['da', 'en'])
  expect(languageChain('en')).toEqual(['en', 'da'])
  expect(languageChain('')).toEqual(['', 'da', 'en'])
})

test('Arabic counts in six forms', () => {
  const say = buildTranslate({
    da: { days_one: '{{count}} dag', days_other: '{{count}} dage' },
    ar: {
      days_zero: 'صفر',
      days_one: 'واحد',
      days_two: 'اثنان',
      days_few: 'قليل {{count}}',
      days_many: 'كثير {{count}}',
      days_other: 'آخر {{count}}',
    },
  })
  const forms = [0, 1, 2, 3, 10, 11, 99, 100, 102, 103].map((count) => say('ar', 'days', { count }))
  expect(forms).toEqual(['صفر', 'واحد', 'اثنان', 'قليل 3', 'قليل 10', 'كثير 11', 'كثير 99', 'آخر 100', 'آخر 102', 'قليل 103'])
  expect([0, 1, 2].map((count) => say('da', 'days', { count }))).toEqual(['0 dage', '1 dag', '2 dage'])
})

test("every counted phrase of the starter library has a form for every number, in every language's own words", () => {
  for (const { code } of library.languages) {
    const rules = new Intl.PluralRules(code)
    const seen = new Map<string, string>()
    // Ukrainian and Polish say fractions in a form of their own.
    for (let count = 0; count <= 120; count += 0.5) {
      const text = library.say(code, 'about-me.messages', { count })
      expect(text).not.toContain('about-me')
      expect(text).not.toContain('{{')
      seen.set(rules.select(count), text)
    }
    expect(seen.size).toBe(rules.resolvedOptions().pluralCategories.length)
    if (code !== 'da')
      expect(library.say(code, 'about-me.messages', { count: 5 })).not.toBe(library.say('da', 'about-me.messages', { count: 5 }))
  }
})

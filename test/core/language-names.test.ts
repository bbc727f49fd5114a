import { describe, expect, test } from '@jest/globals'
import { languageInfo, offeredLanguage } from '../../src/core/language/names.js'

const OFFERED = ['da', 'en', 'ar', 'ku', 'fa', 'bs']

describe('the offered language that a code means', () => {
  test.each([
    ['ar', 'ar'],
    ['ar-SY', 'ar'],
    ['AR_sy', 'ar'],
    ['en-GB', 'en'],
    ['kmr', 'ku'],
    ['prs-AF', 'fa'],
    ['hr', 'bs'],
    ['sv-SE', 'da'],
    ['nb_NO', 'da'],
  ])('%s is %s', (code, language) => {
    expect(offeredLanguage(code, OFFERED)).toBe(language)
  })

  test.each(['zh-tw', 'xx', '', '-', '_', 'arabic', 'constructor', '__proto__', '☃', 'ar '.repeat(1000), undefined])(
    '%p is none',
    (code) => {
      expect(offeredLanguage(code, OFFERED)).toBeUndefined()
    },
  )

  test('a region that is offered itself wins over its language, an alias never over the language', () => {
    expect(offeredLanguage('zh-TW', ['zh', 'zh-TW'])).toBe('zh-TW')
    expect(offeredLanguage('sv', ['da', 'sv'])).toBe('sv')
    expect(offeredLanguage('kmr', ['da'])).toBeUndefined()
  })
})

describe('a language by its own name', () => {
  test.each([
    ['ar', 'العربية', 'rtl'],
    ['ckb', 'کوردیی ناوەندی', 'rtl'],
    ['ku', 'Kurmancî', 'ltr'],
    ['da', 'Dansk', 'ltr'],
  ] as const)('%s', (code, name, dir) => {
    expect(languageInfo(code)).toEqual({ code, name, dir })
  })

  test('one that we have no name for goes by its code', () => {
    expect(languageInfo('zh-TW')).toEqual({ code: 'zh-TW', name: 'zh-TW', dir: 'ltr' })
  })
})

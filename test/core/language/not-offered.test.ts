import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { createDetect } from '../../../src/core/language/detect.js'
import { readLanguageTables } from '../../../src/store/language-tables.js'

const tables = await readLanguageTables('locales')
const detect = createDetect(tables)
const { texts } = JSON.parse(readFileSync('locales/not-offered.json', 'utf8')) as { texts: Record<string, string> }
/** Their speakers are answered in Danish. */
const ANSWERED_IN_DANISH = ['sv', 'nb', 'nn']

describe('what is said to speakers of a language that is not offered', () => {
  test('there is a text for every language that can be told', () => {
    const told = Object.values(tables).flatMap(({ languages }) => languages)
    expect(Object.keys(texts).toSorted()).toEqual([...new Set(told)].filter((code) => !ANSWERED_IN_DANISH.includes(code)).toSorted())
  })

  test.each(Object.entries(texts))('%s: it is in that language, and names the number for danger', (language, text) => {
    expect(text).toContain('112')
    expect(detect(text, { candidates: [language] }).ranked[0]?.language).toBe(language)
  })
})

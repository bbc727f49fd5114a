/** The console's words are there in both staff languages, with the same values, and every act of the record has its sentence. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'

const FILES = ['console', 'console-board', 'console-people', 'console-places', 'console-mode']
const textsOf = (code: string): Record<string, string> =>
  Object.assign({}, ...FILES.map((file) => JSON.parse(readFileSync(`locales/${code}/${file}.json`, 'utf8')).texts))
const valuesIn = (text = '') => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([value]) => value).toSorted((a, b) => a.localeCompare(b))
const [danish, english] = [textsOf('da'), textsOf('en')]

test('both languages say the same things with the same values', () => {
  expect(Object.keys(english)).toEqual(Object.keys(danish))
  for (const [key, text] of Object.entries(danish)) expect([key, valuesIn(english[key])]).toEqual([key, valuesIn(text)])
})

test('every act has a sentence', () => {
  const [, acts = ''] = /export type AuditAct =\n((?: {2}\| '[a-z-]+'\n)+)/.exec(readFileSync('src/store/staff-documents.ts', 'utf8')) ?? []
  const named = [...acts.matchAll(/'([a-z-]+)'/g)].map(([, act]) => `audit.${act}`)
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((key) => danish[key] === undefined)).toEqual([])
})

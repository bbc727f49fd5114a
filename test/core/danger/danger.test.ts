import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { checkDangerWords } from '../../../src/app/compile-danger.js'
import type { DangerKind } from '../../../src/core/danger.js'
import { starterLibrary } from '../../library.js'
import { starterSources } from '../../probe-library.js'

const PHRASES = 'test/core/danger/phrases'
const FULL = ['da', 'en', 'ar', 'so', 'tr', 'ur', 'fa']
const RECALL_ALL = 0.95
const RECALL_LANGUAGE = 0.9
const ALARMS = 0.05

interface Phrase {
  readonly text: string
  /** Null: harmless. */
  readonly kind: DangerKind | null
}

const { danger: find, matcher, languages, say } = await starterLibrary()
const sources = await starterSources()
const phrases = (existsSync(PHRASES) ? readdirSync(PHRASES) : []).map((file) => {
  const lines = readFileSync(`${PHRASES}/${file}`, 'utf8').split('\n')
  return { language: file.replace('.jsonl', ''), lines: lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Phrase) }
})
const judged = phrases.map(({ language, lines }) => {
  const dangers = lines.filter(({ kind }) => kind !== null)
  const harmless = lines.filter(({ kind }) => kind === null)
  return {
    language,
    dangers: dangers.length,
    harmless: harmless.length,
    missed: dangers.filter(({ text }) => find(text, language) === undefined).map(({ text, kind }) => `${kind}: ${text}`),
    alarms: harmless.filter(({ text }) => find(text, language) !== undefined).map(({ text }) => text),
  }
})
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

test('no question of an answer that is not about violence alarms anybody', () => {
  const calm = languages.flatMap(({ code }) =>
    matcher.examples(code).flatMap(({ node, kind, text }) => (kind !== 'answer' && node !== 'violence-at-home' ? [{ code, text }] : [])),
  )
  const titles = ['parent', 'teenager', 'alone', 'anyone'].map((audience) => `audience.${audience}`)
  calm.push(...languages.flatMap(({ code }) => titles.map((title) => ({ code, text: say(code, title) }))))
  expect(calm.length).toBeGreaterThan(7000)
  expect(calm.flatMap(({ code, text }) => (find(text, code) === undefined ? [] : [`${code}: ${text}`]))).toEqual([])
})

test('the files have no slips', () => {
  expect(checkDangerWords(sources)).toEqual([])
})

/** Of helpers: harm that they do, what they do well, and that they have come. */
const HELPERS = readFileSync('test/core/danger/helper-phrases.jsonl', 'utf8').trim().split('\n')
const ofHelpers = HELPERS.map((line) => JSON.parse(line) as Phrase & { readonly language: string })
const HARM_RECALL = 0.85

test(`of harm by a helper ${HARM_RECALL * 100} % is recognised, and at most ${ALARMS * 100} % of what they say at the door alarms`, () => {
  const [harm, calm] = [ofHelpers.filter(({ kind }) => kind !== null), ofHelpers.filter(({ kind }) => kind === null)]
  const missed = harm.filter(({ text, language }) => find(text, language) === undefined)
  const alarms = calm.filter(({ text, language }) => find(text, language) !== undefined)
  const holds = { enough: 1 - missed.length / harm.length >= HARM_RECALL, few: alarms.length / calm.length <= ALARMS }
  expect({ missed, alarms, ...holds }).toMatchObject({ enough: true, few: true })
})

describe('phrases written without sight of the patterns, that no model has learnt', () => {
  test(`${RECALL_ALL * 100} % of what is dangerous is recognised, over all languages`, () => {
    const missed = judged.flatMap((one) => one.missed)
    expect({ missed, enough: 1 - missed.length / sum(judged.map((one) => one.dangers)) >= RECALL_ALL }).toMatchObject({ enough: true })
  })

  test.each(judged.filter(({ language }) => FULL.includes(language)))('$language: nine of ten are recognised', ({ missed, dangers }) => {
    expect({ missed, enough: 1 - missed.length / dangers >= RECALL_LANGUAGE }).toMatchObject({ enough: true })
  })

  test(`at most ${ALARMS * 100} % of what only looks so alarms`, () => {
    const alarms = judged.flatMap((one) => one.alarms)
    expect({ alarms, few: alarms.length / sum(judged.map((one) => one.harmless)) <= ALARMS }).toMatchObject({ few: true })
  })
})

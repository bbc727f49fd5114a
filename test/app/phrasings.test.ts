import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { coverage, FULL_LANGUAGES } from '../../src/app/coverage.js'
import { findTopics, type Phrasing } from '../../src/app/phrasings.js'
import { NOW, ROOT } from '../library.js'
import { built, starterSources } from '../probe-library.js'

const starter = built(await starterSources())
/** In the drill the answers of 2020 hold, and those of today are found too. */
const DRILL = { now: NOW, contentNow: Date.parse('2020-03-25T11:00:00Z'), drill: true }
const topics = coverage(starter).map(({ node }) => node)

function phrasingsIn(language: string): (Phrasing & { readonly kind: string })[] {
  const lines = readFileSync(join(ROOT, `test/phrasings/${language}.jsonl`), 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => JSON.parse(line) as Phrasing & { readonly kind: string })
}

describe('texts by somebody who never saw the questions', () => {
  test.each(FULL_LANGUAGES)('%s: five for each promised answer, one with a typing error, one without the letters', (language) => {
    const kinds = (topic: string) => phrasingsIn(language).flatMap((line) => (line.topic === topic ? [line.kind] : []))
    for (const topic of topics) expect([topic, kinds(topic).toSorted()]).toEqual([topic, ['letters', 'plain', 'plain', 'plain', 'typo']])
  })

  test.each(FULL_LANGUAGES)('%s: the answer is first in 75 %%, among three in 92 %%, and another is shown in 3 %% at most', (language) => {
    const { top1, top3, wrong, misses } = findTopics(starter.library, language, phrasingsIn(language), DRILL)
    expect({ misses, enough: [top1 >= 0.75, top3 >= 0.92, wrong <= 0.03] }).toMatchObject({ enough: [true, true, true] })
  })

  test('are none of the questions', () => {
    for (const language of FULL_LANGUAGES) {
      const learnt = new Set(starter.library.matcher.examples(language).map(({ text }) => text.toLowerCase()))
      expect(phrasingsIn(language).filter(({ text }) => learnt.has(text.toLowerCase()))).toEqual([])
    }
  })
})

describe('a text is found', () => {
  const ask = (text: string, clock: typeof DRILL) => findTopics(starter.library, 'da', [{ topic: 'gathering-limit', text }], clock)

  test('in an archive only while a drill makes it hold', () => {
    expect(ask('Hvad er forsamlingsforbuddet?', DRILL)).toMatchObject({ asked: 1, top1: 1, top3: 1, wrong: 0 })
    expect(ask('Hvad er forsamlingsforbuddet?', { ...DRILL, contentNow: NOW, drill: false })).toMatchObject({ top1: 0, top3: 0 })
  })

  test('wrongly when another answer is shown at once', () => {
    const { wrong, misses } = ask('Jeg kan ikke betale min husleje', DRILL)
    expect(wrong).toBe(1)
    expect(misses).toEqual([expect.objectContaining({ shown: true, found: expect.arrayContaining(['rent-arrears']) })])
  })
})

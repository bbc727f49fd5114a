/** The three zones: an answer, buttons, or nothing; by the kind of answer, and only what the matcher is sure of directly. */

import { describe, expect, test } from '@jest/globals'
import type { Library, Matcher } from '../../../src/core/library.js'
import { answerFromMatch } from '../../../src/core/match/answer.js'
import { zonesOf } from '../../../src/core/match/zones.js'
import { NO_PLACES } from '../../../src/core/places-types.js'
import type { Fact } from '../../../src/core/types.js'
import { probeLibrary } from '../../probe-library.js'
import { KNOWN, messages, talk, texts } from '../talk.js'

const FACT = 'source: https://example.dk, checked: 2026-11-20'
const library = await probeLibrary(`
start:
  ask: Hvad så?
  quick_replies:
    plain: Almindeligt
    rule: Reglen
    health: Sundhed
    more: Mere
plain: { say: Almindeligt svar. }
rule: { say: Regelsvar., fact: { kind: rule, ${FACT}, owner: kab } }
health: { say: Sundhedssvar., fact: { kind: advice, ${FACT}, owner: health-authority } }
twin: { say: Første tvilling. }
other-twin: { say: Anden tvilling. }
more: { ask: Hvad mere?, quick_replies: { twin: Tvilling } }
last: { ask: Hvad til sidst?, quick_replies: { other-twin: Tvilling } }
reading: { ask: Hvilket nummer?, expect: { type: digits, length: 4 }, save: number, retry: Skriv fire cifre., goto: plain }
`)
type Found = readonly [node: string, score: number, direct?: boolean]

/** The library, with a matcher that finds this whatever is asked, and tells in which language it was asked. */
function finding(found: readonly Found[], heard: string[] = []): Library {
  const matcher: Matcher = {
    examples: () => [],
    match(_, language) {
      heard.push(language)
      return found.map(([node, score, direct = true]) => ({ dialog: 'probe', node, score, direct }))
    },
  }
  return { ...library, matcher }
}
const asked = (...found: Found[]) => talk(finding(found)).says('hvad med det')
const buttons = (...found: Found[]) =>
  messages(asked(...found))
    .at(-1)
    ?.quickReplies?.map(({ title }) => title) ?? []
const NONE = library.say('da', 'none-of-these')

describe('zones', () => {
  test.each<[string, string]>([
    ['plain', 'Almindeligt svar.'],
    ['rule', 'Regelsvar.'],
    ['health', 'Sundhedssvar.'],
  ])('%s is answered from its threshold, offered below it, passed over below the second', (node, answer) => {
    const { answer: sure, buttons: near } = zonesOf(library.dialogs['probe']?.nodes[node]?.fact)
    expect(texts(asked([node, sure]))).toContain(answer)
    expect(texts(asked([node, sure - 0.01]))).toEqual([library.say('da', 'did-you-mean')])
    expect(buttons([node, near])).toHaveLength(2)
    expect(texts(asked([node, near - 0.01]))).toEqual([library.say('da', 'not-understood')])
  })

  test('rules, health and law need more than the rest', () => {
    const fact: Fact = { kind: 'advice', source: 'https://example.dk', owner: 'kab', checked: '2026-11-20', confirm: false }
    expect(zonesOf(undefined)).toEqual({ answer: 0.65, buttons: 0.15 })
    expect(zonesOf(fact)).toEqual({ answer: 0.65, buttons: 0.15 })
    for (const careful of [
      { ...fact, kind: 'rule' as const },
      { ...fact, owner: 'health-authority' },
      { ...fact, owner: 'law' },
    ]) {
      expect(zonesOf(careful)).toEqual({ answer: 0.75, buttons: 0.2 })
    }
  })
})

describe('did you mean', () => {
  test('shows three at most, best first, and a way out', () => {
    expect(buttons(['plain', 0.4], ['rule', 0.3], ['health', 0.25], ['twin', 0.2])).toEqual(['Almindeligt', 'Reglen', 'Sundhed', NONE])
  })

  test('never shows two buttons with one title: the better one stays, the next moves up', () => {
    expect(buttons(['other-twin', 0.4], ['twin', 0.3], ['plain', 0.2], ['rule', 0.2])).toEqual(['Tvilling', 'Almindeligt', 'Reglen', NONE])
  })

  test('is all that a guess from another language may be, however sure', () => {
    expect(texts(asked(['plain', 0.99, false]))).toEqual([library.say('da', 'did-you-mean')])
  })

  test('is not shown at a question that reads an answer', () => {
    const open = talk(finding([['plain', 0.5]]))
    open.goes('probe/reading')
    expect(texts(open.says('hvad med det')).join()).not.toContain(library.say('da', 'did-you-mean'))
  })
})

test('a text is matched in the language of the conversation, or in its own where that is known', () => {
  const heard: string[] = []
  const found = finding([], heard)
  const area = found.areas[found.defaultArea]
  if (area === undefined) throw new Error('no area')
  const scene = { conversation: { id: 'c', channel: 'web' as const }, session: KNOWN, contact: {}, area, places: NO_PLACES }
  const clock = { now: 0, contentNow: 0, drill: false }
  const draft = { scene, library: found, clock, session: KNOWN, effects: [], notices: [] }
  expect(answerFromMatch(draft, 'kira')).toBe(false)
  expect(answerFromMatch(draft, 'kira', 'tr')).toBe(false)
  expect(heard).toEqual(['da', 'tr'])
})

import { describe, expect, test } from '@jest/globals'
import { asksKeepAnswers, choicesHaveReplies, expectsHaveRetry, titlesDiffer } from '../../../src/core/dialog/check-asks.js'
import { at, library } from './check-library.js'

describe('questions', () => {
  test('an answer goes somewhere', () => {
    expect(at(asksKeepAnswers, { nodes: 'start: { ask: A }\nb: { ask: B, save: b }\nc: { ask: C, quick_replies: { b: B } }' })).toEqual([
      [4, 'start', 'error'],
    ])
  })

  test('who expects says what', () => {
    expect(
      at(expectsHaveRetry, {
        nodes: 'start: { ask: A, save: a, expect: { type: date } }\nb: { ask: B, save: b, expect: { type: date }, retry: Igen }',
      }),
    ).toEqual([[4, 'start', 'error']])
  })

  test('a choice is among quick replies', () => {
    expect(
      at(choicesHaveReplies, {
        nodes: 'start: { ask: A, save: a, expect: { type: choice } }\nb: { ask: B, quick_replies: { b: B }, expect: { type: choice } }',
      }),
    ).toEqual([[4, 'start', 'error']])
  })

  test('titles differ as people type them, in each language', () => {
    const nodes =
      'start:\n  ask: A\n  quick_replies: { a: Må jeg?, b: maa jeg, c: 👍, d: 👎 }\nother: { ask: A, quick_replies: { a: Må jeg } }'
    const en = { 'start.quick_replies.a': 'Yes!', 'start.quick_replies.b': 'No', 'start.quick_replies.c': 'yes' }
    expect(titlesDiffer(library({ nodes, en })).map(({ file, line, language }) => [file, line, language])).toEqual([
      ['dialogs/test.yaml', 6, 'da'],
      ['locales/en/test.json', 13, 'en'],
    ])
  })
})

import { describe, expect, test } from '@jest/globals'
import {
  branchesEndInElse,
  loopsHaveQuestion,
  nodesReachable,
  placesExist,
  startsExist,
  turnsSaySomething,
} from '../../../src/core/dialog/check-places.js'
import { at, type Given, library, messages } from './check-library.js'

describe('places', () => {
  test('a dialog has a start', () => {
    expect(messages(startsExist, { nodes: 'a: { say: A }' })).toEqual(['the dialog test has no node called start: add one'])
    expect(messages(startsExist, { nodes: 'start: { say: A }' })).toEqual([])
  })

  test('every way leads to a node that there is', () => {
    const given: Given = {
      nodes: `
start:
  ask: A
  quick_replies: { there: Der, gone: Væk, far: { title: Fjern, goto: other/gone } }
  give_up: gone-too
  goto: gone-three
there:
  branch:
    - { when: { answers.a: 1 }, goto: lost }
    - { else: other/start }
help:
  handoff: errand
  nobody: none
inherited: { say: A, goto: constructor }
`,
      more: { other: 'start: { say: A }' },
    }
    expect(placesExist(library(given)).map(({ line, message }) => [line, /leads to (\S+),/.exec(message)?.[1]])).toEqual([
      [6, 'gone'],
      [6, 'other/gone'],
      [7, 'gone-too'],
      [8, 'gone-three'],
      [11, 'lost'],
      [15, 'none'],
      [16, 'constructor'],
    ])
  })

  test('every node can be come to', () => {
    const given: Given = {
      nodes:
        'start: { ask: A, quick_replies: { a: A } }\na: { say: A }\nasked: { say: B, questions: [Hvad?], goto: after }\nafter: { say: C }\nisland: { say: D, goto: isle }\nisle: { say: E, goto: island }\nfar: { say: F }',
      more: { other: 'start: { say: A, goto: test/far }' },
    }
    expect(at(nodesReachable, given)).toEqual([
      [8, 'island', 'error'],
      [9, 'isle', 'error'],
    ])
  })

  test.each([
    ['start: { say: A, goto: start }', 1],
    ['start: { say: A, goto: b }\nb: { branch: [{ when: { answers.a: 1 }, goto: start }, { else: c }] }\nc: { say: C }', 1],
    ['start: { handoff: errand, goto: b }\nb: { subscribe: news, goto: start }', 1],
    ['start: { say: A, call: weather, goto: start }', 1],
    ['start: { say: A, goto: b }\nb: { ask: B, quick_replies: { start: A }, goto: start }', 0],
    ['start: { say: A, goto: b }\nb: { say: B, goto: c }\nc: { say: C }', 0],
    ['start: { say: A, goto: a }\na: { say: A, goto: b }\nb: { say: B, goto: a }', 1],
    ['start: { say: A, goto: other/start }', 1],
  ])('a loop waits for a person: %j', (nodes, count) => {
    expect(
      messages(loopsHaveQuestion, { nodes, more: { other: 'start: { say: A, goto: test/start }' } }).filter(
        (message) => !message.includes('other') || nodes.includes('other'),
      ),
    ).toHaveLength(count)
  })

  test.each([
    ['start: { subscribe: news }', ['node start ends without a word']],
    [
      'start: { ask: A, quick_replies: { b: B } }\nb: { unsubscribe: news, goto: c }\nc: { subscribe: news }',
      ['the way from node b to node c ends'],
    ],
    [
      'start: { ask: A, quick_replies: { b: B } }\nb: { branch: [{ when: { answers.a: 1 }, goto: c }, { else: d }] }\nc: { say: C }\nd: { subscribe: news }',
      ['the way from node b to node d'],
    ],
    ['start: { ask: A, save: a, goto: b }\nb: { subscribe: news }', ['node b ends']],
    ['start: { ask: A, save: a, goto: b, expect: { type: text }, give_up: c }\nb: { say: B }\nc: { subscribe: news }', ['node c ends']],
    ['start: { handoff: errand, nobody: b }\nb: { subscribe: news }', ['node b ends']],
    ['start: { call: weather }', ['node start ends']],
    ['start: { call: weather, goto: b }\nb: { say: B }', []],
    ['start: { say: A, goto: b }\nb: { subscribe: news }', []],
    ['start: { subscribe: news, goto: b }\nb: { ask: B, quick_replies: { start: A } }', []],
    ['start: { subscribe: news, goto: b }\nb: { handoff: errand }', []],
    ['start: { subscribe: news, goto: start }', []],
  ])('a turn says something: %j', (nodes, starts) => {
    const found = messages(turnsSaySomething, { nodes })
    expect(found).toHaveLength(starts.length)
    starts.forEach((start, index) => expect(found[index]).toContain(start))
  })

  test.each([
    ['[{ when: { answers.a: 1 }, goto: b }]', /has no `else`/],
    ['[{ else: b }, { when: { answers.a: 1 }, goto: b }]', /nothing after `else`/],
    ['[{ else: b }, { else: b }]', /nothing after `else`/],
  ])('a branch ends in else: %s', (branch, message) => {
    const nodes = (list: string) => `start: { branch: ${list} }\nb: { say: B }`
    expect(messages(branchesEndInElse, { nodes: nodes(branch) })).toEqual([expect.stringMatching(message)])
    expect(messages(branchesEndInElse, { nodes: nodes('[{ when: { answers.a: 1 }, goto: b }, { else: b }]') })).toEqual([])
  })
})

import { describe, expect, test } from '@jest/globals'
import { copenhagenInstant } from '../../src/core/copenhagen.js'
import { judgeFact } from '../../src/core/facts.js'
import type { Area, Clock, Dialog, Fact } from '../../src/core/types.js'

const AREA: Area = { id: 'a', name: 'A', demo: false, owner: 'A', variables: {} }
const TODAY: Dialog = { id: 'everyday', name: '', history: false, nodes: {} }
const ARCHIVE: Dialog = { ...TODAY, history: true }
const at = (time: string, drill = false): Clock => ({ now: 0, contentNow: copenhagenInstant(time) ?? Number.NaN, drill })
function fact(from?: string, until?: string, confirm = false): Fact {
  const begins = from === undefined ? undefined : copenhagenInstant(from)
  const ends = until === undefined ? undefined : copenhagenInstant(until, { endOfDay: true })
  return {
    kind: 'rule',
    source: 'https://example.dk',
    owner: 'authorities',
    checked: '2020-03-20',
    confirm,
    ...(begins === undefined ? {} : { from: begins }),
    ...(ends === undefined ? {} : { until: ends }),
  }
}

describe('a fact is served between its dates, by wall time in Denmark', () => {
  test.each([
    ['2020-03-17T23:59', 'not-begun'],
    ['2020-03-18T00:00', 'show'],
    ['2020-03-29T23:59', 'show'],
    ['2020-03-30T00:00', 'ended'],
  ])('18–29 March 2020, across the change to summer time: at %s %s', (time, verdict) => {
    expect(judgeFact(fact('2020-03-18', '2020-03-29'), TODAY, at(time), AREA)).toBe(verdict)
  })

  test.each([
    ['2020-10-24T23:59', 'not-begun'],
    ['2020-10-25T00:00', 'show'],
    ['2020-10-25T23:59', 'show'],
    ['2020-10-26T00:00', 'ended'],
  ])('the day of 25 hours, 25 October 2020: at %s %s', (time, verdict) => {
    expect(judgeFact(fact('2020-10-25', '2020-10-25'), TODAY, at(time), AREA)).toBe(verdict)
  })
})

test.each([
  ['in a real area it waits for its staff', AREA, false, 'hidden'],
  ['in a demo it is shown with a word', { ...AREA, demo: true }, false, 'unconfirmed'],
  ['in a drill it is shown with a word', AREA, true, 'unconfirmed'],
] as const)('a fact to be confirmed: %s', (_, area, drill, verdict) => {
  expect(judgeFact(fact(undefined, undefined, true), TODAY, at('2026-11-23T10:00', drill), area)).toBe(verdict)
})

test.each([
  ['today, it is history', '2026-11-23T10:00', false, 'past'],
  ['in a drill of its days, it is the rule', '2020-03-25T10:00', true, 'show'],
  ['in a drill of another day, it is history', '2020-06-01T10:00', true, 'past'],
] as const)('an answer of an archive: %s', (_, time, drill, verdict) => {
  expect(judgeFact(fact('2020-03-18', '2020-03-30'), ARCHIVE, at(time, drill), AREA)).toBe(verdict)
})

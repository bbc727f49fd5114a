import { expect, test } from '@jest/globals'
import { expectedWait, type PastRequest } from '../../src/core/expected-wait.js'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const NOW = Date.parse('2026-06-10T10:00Z')
const OPENED = NOW - DAY

const accepted = (minutes: number, openedAt = OPENED): PastRequest => ({ openedAt, acceptedAt: openedAt + minutes * MINUTE })
const toStaff: PastRequest = { openedAt: OPENED, endedAt: OPENED + 45 * MINUTE, nobody: true }
const calledOff = (minutes: number): PastRequest => ({ openedAt: OPENED, endedAt: OPENED + minutes * MINUTE })
const waits = (minutes: number): PastRequest => ({ openedAt: NOW - minutes * MINUTE })

test.each<[string, readonly PastRequest[], unknown]>([
  ['nothing happened', [], { known: false }],
  ['four are no experience', [1, 2, 3, 4].map((one) => accepted(one)), { known: false }],
  ['five are', [7, 3, 12, 26, 11].map((one) => accepted(one)), { known: true, half: 15, most: 15, requests: 5 }],
  ['never less than five minutes', [0, 0, 0, 1, 1].map((one) => accepted(one)), { known: true, half: 5, most: 5, requests: 5 }],
  ['what is long ago counts for nothing', [1, 2, 3, 4, 5].map((one) => accepted(one, NOW - 15 * DAY)), { known: false }],
  ['nor does the future', [1, 2, 3, 4, 5].map((one) => accepted(one, NOW + DAY)), { known: false }],
  ['most went to staff', [accepted(5), accepted(5), toStaff, toStaff, toStaff], { known: false }],
  ['a good part did', [accepted(5), accepted(9), accepted(9), toStaff, toStaff], { known: true, half: 10, requests: 5 }],
  [
    'called off late: the wait of the others is longer than it looks',
    [5, 5, 30, 30, 30].map((one) => accepted(one)).concat([calledOff(20), calledOff(20)]),
    { known: true, half: 30, most: 30, requests: 7 },
  ],
  [
    'those who still wait make it longer too',
    [5, 5, 5, 30, 30].map((one) => accepted(one)).concat([waits(25), waits(25), waits(25)]),
    { known: true, half: 30, most: 30, requests: 8 },
  ],
  [
    'accepted after now is not accepted yet',
    [5, 5, 5, 5].map((one) => accepted(one)).concat({ openedAt: NOW - MINUTE, acceptedAt: NOW + MINUTE }),
    { known: false },
  ],
])('%s', (_, history, expected) => {
  expect(expectedWait(history, NOW)).toEqual(expected)
  expect(expectedWait(history.toReversed(), NOW)).toEqual(expected)
})

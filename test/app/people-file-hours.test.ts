/** Hours as people write them, and the one form that they are written in again. */
import { describe, expect, test } from '@jest/globals'
import { readHours, writeHours, writeSpan } from '../../src/app/people-file-hours.js'
import { readSpan } from '../../src/core/written-hours.js'

test.each([
  ['mon-fri 08:00-16:00', [1, 2, 3, 4, 5], 480, 960],
  ['sat,sun 10:00-14:00', [6, 7], 600, 840],
  ['Mandag–Torsdag 8.30–16', [1, 2, 3, 4], 510, 960],
  ['fri-mon 22:00-02:00', [1, 5, 6, 7], 1320, 120],
  ['lør, søn 9-12', [6, 7], 540, 720],
  ['wed 00:00-24:00', [3], 0, 0],
  ['tue,mon-wed 9:05-10', [1, 2, 3], 545, 600],
])('%s', (text, days, from, until) => {
  expect(readHours(text)).toEqual({ days, from, until })
})

test.each([
  '',
  'mon',
  '08:00-16:00',
  'mon 08:00',
  'mon 8:60-9',
  'mon 25-26',
  'mon 24:00-08:00',
  'mon- 8-9',
  'mon-tue-wed 8-9',
  'someday 8-9',
  'mon 8-9 and later',
  `${'mon,'.repeat(40)}mon 8-9`,
])('%j is no hours', (text) => {
  expect(readHours(text)).toBeUndefined()
})

describe('what is written', () => {
  test.each([
    ['mon-fri 08:00-16:00', 'mon-fri 08:00-16:00'],
    ['mon,tue 8-9', 'mon,tue 08:00-09:00'],
    ['mon,wed,thu,fri,sun 8-24', 'mon,wed-fri,sun 08:00-24:00'],
    ['alle 8-9', undefined],
  ])('of %j is %j', (text, written) => {
    const hours = readHours(text)
    expect(hours && writeHours(hours)).toBe(written)
    expect(written && readHours(written)).toEqual(hours)
  })

  test('has its days in order, each once, whoever made them', () => {
    expect(writeHours({ days: [7, 1, 7, 2], from: 0, until: 1439 })).toBe('mon,tue,sun 00:00-23:59')
  })

  test('reads as the same span, over midnight too', () => {
    for (const [from, until] of [
      [1260, 480],
      [0, 0],
      [600, 0],
      [500, 500],
    ] as const)
      expect(readSpan(writeSpan({ from, until }))).toEqual({ from, until })
  })
})

import { describe, expect, test } from '@jest/globals'
import { copenhagenDate, copenhagenInstant, copenhagenTime, formatDate } from '../../src/core/copenhagen.js'

describe('instants of Danish days and times', () => {
  test.each([
    ['2020-03-18', '2020-03-17T23:00Z'],
    ['2020-03-18T10:00', '2020-03-18T09:00Z'],
    ['2020-07-01', '2020-06-30T22:00Z'],
    ['2020-03-29', '2020-03-28T23:00Z'],
    ['2020-03-29T01:59', '2020-03-29T00:59Z'],
    ['2020-03-29T03:00', '2020-03-29T01:00Z'],
    ['2020-03-30', '2020-03-29T22:00Z'],
    ['2020-10-25', '2020-10-24T22:00Z'],
    ['2020-10-25T01:59', '2020-10-24T23:59Z'],
    ['2020-10-25T03:00', '2020-10-25T02:00Z'],
    ['2020-10-26', '2020-10-25T23:00Z'],
    ['2000-02-29', '2000-02-28T23:00Z'],
    ['2026-12-31T23:59', '2026-12-31T22:59Z'],
  ])('%s is %s', (text, utc) => expect(copenhagenInstant(text)).toBe(Date.parse(utc)))

  test('a time that never comes or comes twice is the earliest reading', () => {
    expect(copenhagenInstant('2020-03-29T02:30')).toBe(Date.parse('2020-03-29T00:30Z'))
    expect(copenhagenInstant('2020-10-25T02:30')).toBe(Date.parse('2020-10-25T00:30Z'))
  })

  test.each([
    ['2020-03-28', '2020-03-28T23:00Z'],
    ['2020-03-29', '2020-03-29T22:00Z'],
    ['2020-10-25', '2020-10-25T23:00Z'],
    ['2020-12-31', '2020-12-31T23:00Z'],
    ['2020-05-10T12:00', '2020-05-10T10:00Z'],
  ])('%s ends at %s', (text, utc) => expect(copenhagenInstant(text, { endOfDay: true })).toBe(Date.parse(utc)))

  test.each([
    '',
    '2020-02-30',
    '2021-02-29',
    '2020-13-01',
    '2020-00-10',
    '2020-01-00',
    '0020-01-01',
    '2020-3-18',
    '18-03-2020',
    '2020-03-18T24:00',
    '2020-03-18T10:60',
    '2020-03-18 10:00',
    '2020-03-18T10:00Z',
    'i dag',
  ])('%j is none', (text) => expect(copenhagenInstant(text)).toBeUndefined())
})

test('an instant has its Danish date and time', () => {
  expect(copenhagenDate(Date.parse('2020-03-17T22:59Z'))).toBe('2020-03-17')
  expect(copenhagenDate(Date.parse('2020-03-17T23:00Z'))).toBe('2020-03-18')
  expect(copenhagenTime(Date.parse('2020-07-01T22:05Z'))).toBe('2020-07-02T00:05')
})

test.each([
  ['da', '18. marts 2020'],
  ['en', '18 March 2020'],
  ['ar', '18 مارس 2020'],
  ['fa', '18 مارس 2020'],
  ['tr', '18 Mart 2020'],
  ['uk', '18 березня 2020 р.'],
  ['xx', '18 March 2020'],
])('a date in %s', (language, expected) => {
  expect(formatDate('2020-03-18', language)).toBe(expected)
  expect(formatDate(Date.parse('2020-03-17T23:30Z'), language)).toBe(expected)
})

test('no language shows another calendar or other digits', () => {
  for (const language of ['ar', 'so', 'tr', 'ur', 'fa', 'pl', 'uk', 'ti', 'ku', 'ckb', 'bs', 'ta'])
    expect(formatDate('2020-03-18', language)).toMatch(/2020/)
})

test('what is no date is given back', () => expect(formatDate('snart', 'da')).toBe('snart'))

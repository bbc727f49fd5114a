import { describe, expect, test } from '@jest/globals'
import { type Recognize, readAnswer, TEXT_MAX } from '../../src/core/expect.js'
import type { Expect } from '../../src/core/types.js'
import { processorTime } from '../processor-time.js'

const NOW = Date.parse('2026-11-23T23:30Z')
const deaf: Recognize = () => undefined

function read(text: string, order: Expect, language = 'da', recognize: Recognize = deaf) {
  const found = readAnswer(text, { expect: order, language, now: NOW }, recognize)
  return 'value' in found ? found.value : found.problem
}

describe('digits', () => {
  test.each([
    ['5240', '5240'],
    ['٥٢٤٠', '5240'],
    ['۵۲۴۰', '5240'],
    ['５２４０', '5240'],
    [' 5 2 4 0 ', '5240'],
    ['52-40', '5240'],
    ['0800', '0800'],
    ['jeg bor i 5240 Odense', '5240'],
    ['5240, 2. sal', '5240'],
    ['5240 2 tv', '5240'],
    ['524', 'wrong_length'],
    ['52401', 'wrong_length'],
    ['5240 eller 5000', 'unreadable'],
    ['femtotyve', 'unreadable'],
    ['', 'unreadable'],
  ])('%j with length 4: %s', (text, expected) => expect(read(text, { type: 'digits', length: 4 })).toBe(expected))

  test.each([
    ['12', '12'],
    ['1 2 3', '123'],
    ['1, 2', 'unreadable'],
  ])('%j with any length: %s', (text, expected) => expect(read(text, { type: 'digits' })).toBe(expected))
})

describe('numbers', () => {
  test.each([
    ['3', 'da', 3],
    ['jeg har 3 børn', 'da', 3],
    ['1.250,50 kr', 'da', 1250.5],
    ['1.250', 'da', 1250],
    ['1 250', 'da', 1250],
    ['1.25', 'da', 1.25],
    ['2,5', 'da', 2.5],
    ['1,250', 'da', 1.25],
    ['10.000.000', 'da', 10_000_000],
    ['-5', 'da', -5],
    ['−5', 'da', -5],
    ['1,250.50', 'en', 1250.5],
    ['1,250', 'en', 1250],
    ['2.5', 'en', 2.5],
    ['٣', 'ar', 3],
    ['٢٫٥', 'ar', 2.5],
    ['١٬٢٥٠', 'ar', 1250],
    ['۱۲', 'fa', 12],
    ['2-3', 'da', 'unreadable'],
    ['3 eller 4', 'da', 'unreadable'],
    ['1.2.3', 'da', 'unreadable'],
    ['9'.repeat(16), 'da', 'unreadable'],
    ['mange', 'da', 'unreadable'],
  ])('%j in %s: %s', (text, language, expected) => expect(read(text, { type: 'number' }, language)).toBe(expected))

  test('bounds are both included', () => {
    const order: Expect = { type: 'number', min: 1, max: 12 }
    expect(['0', '1', '12', '13'].map((text) => read(text, order))).toEqual(['out_of_range', 1, 12, 'out_of_range'])
  })

  test('words come from the recogniser, and keep the bounds', () => {
    const three: Recognize = (kind, text) => (kind === 'number' && text === 'tre' ? 3 : undefined)
    expect(read('tre', { type: 'number' }, 'da', three)).toBe(3)
    expect(read('tre', { type: 'number', max: 2 }, 'da', three)).toBe('out_of_range')
  })
})

describe('telephone numbers', () => {
  test.each([
    ['20304050', '+4520304050'],
    ['20 30 40 50', '+4520304050'],
    ['Ring på 2030 4050.', '+4520304050'],
    ['+45 20 30 40 50', '+4520304050'],
    ['0045 20304050', '+4520304050'],
    ['45 20304050', '+4520304050'],
    ['٢٠٣٠٤٠٥٠', '+4520304050'],
    ['+46 70 123 45 67', '+46701234567'],
    ['0046701234567', '+46701234567'],
    ['+49 (30) 123456', '+4930123456'],
    ['10304050', 'unreadable'],
    ['+45 10304050', 'unreadable'],
    ['2030405', 'unreadable'],
    ['0101701234', 'unreadable'],
    ['010170-1234', 'unreadable'],
    ['28-03-2020', 'unreadable'],
    ['28.03.2020', 'unreadable'],
    ['20304050 eller 30405060', 'unreadable'],
    ['har ingen', 'unreadable'],
  ])('%j: %s', (text, expected) => expect(read(text, { type: 'phone' })).toBe(expected))

  test('what a recogniser hears must be a number too', () => {
    expect(read('x', { type: 'phone' }, 'da', () => '+46 70 123 45 67')).toBe('+46701234567')
    expect(read('x', { type: 'phone' }, 'da', () => '0101701234')).toBe('unreadable')
  })
})

describe('dates', () => {
  test.each([
    ['2020-03-18', 'da', '2020-03-18'],
    ['18/3-2020', 'da', '2020-03-18'],
    ['18.03.2020', 'da', '2020-03-18'],
    ['18-3-20', 'da', '2020-03-18'],
    ['18. 3. 1985', 'da', '1985-03-18'],
    ['18/3 85', 'da', '1985-03-18'],
    ['d. 1/12', 'da', '2026-12-01'],
    ['٢٠٢٠-٠٣-١٨', 'ar', '2020-03-18'],
    ['۱۸/۳/۲۰۲۰', 'fa', '2020-03-18'],
    ['18. marts 2020', 'da', '2020-03-18'],
    ['5. dec', 'da', '2026-12-05'],
    ['18 March 2020', 'en', '2020-03-18'],
    ['18 Mart 2020', 'tr', '2020-03-18'],
    ['18 مارس 2020', 'ar', '2020-03-18'],
    ['18 березня 2020', 'uk', '2020-03-18'],
    ['18. marts 2020', 'tr', '2020-03-18'],
    // In Denmark it is 24 November by now.
    ['i dag', 'da', '2026-11-24'],
    ['I morgen!', 'da', '2026-11-25'],
    ['i overmorgen', 'da', '2026-11-26'],
    ['i går', 'da', '2026-11-23'],
    ['غدًا', 'ar', '2026-11-25'],
    ['yarın', 'tr', '2026-11-25'],
    ['30/2-2020', 'da', 'impossible_date'],
    ['2021-02-29', 'da', 'impossible_date'],
    ['18/13', 'da', 'impossible_date'],
    ['snart', 'da', 'unreadable'],
    ['5240', 'da', 'unreadable'],
  ])('%j in %s: %s', (text, language, expected) => expect(read(text, { type: 'date' }, language)).toBe(expected))

  test('tomorrow crosses the year', () => {
    const found = readAnswer('i morgen', { expect: { type: 'date' }, language: 'da', now: Date.parse('2026-12-31T12:00Z') }, deaf)
    expect(found).toEqual({ value: '2027-01-01' })
  })
})

test('yes and no come from the recogniser', () => {
  const order = { type: 'yes_no' } as const
  expect(read('ja', order, 'da', () => true)).toBe(true)
  expect(read('nej', order, 'da', () => false)).toBe(false)
  expect(read('tja', order)).toBe('unreadable')
})

test('a choice is made by quick replies alone', () => expect(read('den første', { type: 'choice' })).toBe('unreadable'))

test('text is trimmed, cut between letters, and not empty', () => {
  expect(read('  Nøglen er væk \n', { type: 'text' })).toBe('Nøglen er væk')
  expect(read('٥ børn', { type: 'text' })).toBe('٥ børn')
  expect([...String(read('👍'.repeat(600), { type: 'text' }))]).toHaveLength(TEXT_MAX)
  expect(read(' \n ', { type: 'text' })).toBe('unreadable')
})

test.each(['digits', 'number', 'phone', 'date', 'text'] as const)('hostile texts cost %s nothing', (type) => {
  const work = () => {
    for (const piece of ['1', '1/', '1 ', '1.', '1,', '+1(', '-']) read(piece.repeat(2000), { type })
  }
  expect(processorTime(work)).toBeLessThan(1000)
})

import { describe, expect, test } from '@jest/globals'
import { redact } from '../../src/core/redact.js'
import { processorTime } from '../processor-time.js'

const CPR = '▮▮▮▮▮▮-▮▮▮▮'
const CARD = '▮▮▮▮ ▮▮▮▮ ▮▮▮▮ ▮▮▮▮'

describe('a CPR number is masked however it is written', () => {
  test.each([
    '010170-1234',
    '0101701234',
    '010170 1234',
    '010170 - 1234',
    '010170–1234',
    '010170—1234',
    '010170−1234',
    '010170.1234',
    '010170/1234',
    '010170_1234',
    '010170, 1234',
    '010170\n1234',
    '01-01-70-1234',
    '01.01.70-1234',
    '01/01/70 1234',
    '01/01-70-1234',
    '01 01 70 1234',
    '01 01 70 12 34',
    '010170 12 34',
    '0101 70 1234',
    '010 170 1234',
    '0 1 0 1 7 0 1 2 3 4',
    '0-1-0-1-7-0-1-2-3-4',
    '01011970-1234',
    '010119701234',
    '01.01.1970-1234',
    '01 01 1970 1234',
    '01/01/1970-1234',
    '01 01 19 70 12 34',
    '0 1 0 1 1 9 7 0 1 2 3 4',
    '1/1-70-1234',
    '1.10.1970-1234',
    '610170-1234',
    '910170-1234',
    '290200-1234',
    '٠١٠١٧٠-١٢٣٤',
    '۰۱۰۱۷۰-۱۲۳۴',
    '०१०१७०-१२३४',
    '０１０１７０－１２３４',
    '٠١٠١٧٠١٢٣٤',
    '010170\u200b-\u200b1234',
    '0\u200b1\u200b0\u200b1\u200b7\u200b0\u200b1\u200b2\u200b3\u200b4',
    '\u202a010170\u202c-\u202a1234\u202c',
    '010170\u200e\u200f\u200e\u200f\u200e-1234',
    '010170\u00ad1234',
    '0\ufe0f\u20e31\ufe0f\u20e30\ufe0f\u20e31\ufe0f\u20e37\ufe0f\u20e30\ufe0f\u20e31\ufe0f\u20e32\ufe0f\u20e33\ufe0f\u20e34',
  ])('%j', (number) => {
    const { text, redacted } = redact(`Mit nummer er ${number} tak`)
    expect(redacted).toEqual(['cpr'])
    expect(text.replace(/[\p{Cf}\p{Mn}\p{Me}]/gu, '')).toBe(`Mit nummer er ${CPR} tak`)
  })

  test('against letters, other numbers and each other', () => {
    expect(redact('cpr010170-1234, tlf 20304050').text).toBe(`cpr${CPR}, tlf 20304050`)
    expect(redact('2 børn: 0101701234 0202721234').text).toBe(`2 børn: ${CPR} ${CPR}`)
    expect(redact('010170-1234 20 30 40 50').text).toBe(`${CPR} 20 30 40 50`)
    expect(redact('5240 010170-1234').text).toBe(`5240 ${CPR}`)
  })
})

describe('what is no CPR number stays', () => {
  test.each([
    '20304050',
    '22 11 20 30',
    '2211 2030',
    '+45 22 11 20 30',
    '+4522112030',
    '0045 22 11 20 30',
    '+31 12 10 56 78',
    '22112030 26121314',
    '22 11 20 30 22 11 20 31',
    '70 201 201',
    '320170-1234',
    '001170-1234',
    '011370-1234',
    '300270-1234',
    '310470-1234',
    '920170-1234',
    '01012170-1234 i 2170',
    '18-03-2020',
    '18.03.2020',
    '18/3-2020',
    '2020-03-18',
    '2012-11-20 10:30',
    '18.03.2020 kl. 10.30',
    '18.03.20 10.30',
    '18.03.2020 - 30.03.2020',
    '10.00–14.00',
    '10.000.000,50 kr.',
    '1.010.170,12 kr.',
    '5240 Odense',
    '01017012345',
    '10101701234',
    '1234567890123456789012',
    '1 2 0 1 0 1 7 0 1 2 3 4 5 6 7',
    '10, 11, 12, 13, 14',
    '10\n11\n12\n13\n14',
    'hus 12, 20304050',
    '112, 114, 1813',
  ])('%j', (text) => {
    expect(redact(text)).toEqual({ text, redacted: [] })
  })
})

describe('payment cards', () => {
  test.each([
    '4111111111111111',
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '4111 1111-1111 1111',
    '4111.1111.1111.1111',
    '5555 5555 5555 4444',
    '3782 822463 10005',
    '378282246310005',
    '3056 930902 5904',
    '6011 1111 1111 1117',
    '4222222222222',
    '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1',
    '٤١١١ ١١١١ ١١١١ ١١١١',
    '۴۱۱۱۱۱۱۱۱۱۱۱۱۱۱۱',
    '４１１１　１１１１　１１１１　１１１１',
    '4111\u200b 1111\u200b 1111 \u200e1111',
  ])('%j is masked', (number) => {
    const { text, redacted } = redact(`kort ${number}.`)
    expect(redacted).toEqual(['card'])
    expect(text.replace(/\p{Cf}/gu, '')).toBe(`kort ${CARD}.`)
  })

  test.each([
    '4111111111111112',
    '4111 1111 1111 1112',
    '1234 5678 9012 3452',
    '411111111111',
    '41111111111111111111',
    '20304050 22112030',
  ])('%j stays', (text) => expect(redact(text)).toEqual({ text, redacted: [] }))
})

test('both kinds, each named once, in the order they stand', () => {
  expect(redact('4111111111111111 og 010170-1234 og 020272-1234')).toEqual({
    text: `${CARD} og ${CPR} og ${CPR}`,
    redacted: ['card', 'cpr'],
  })
})

test('masking again changes nothing', () => {
  const once = redact('010170-1234 4111 1111 1111 1111')
  expect(redact(once.text)).toEqual({ text: once.text, redacted: [] })
})

test.each([
  ['digits', '1'.repeat(20_000)],
  ['slashes', '1/'.repeat(20_000)],
  ['single digits', '1 '.repeat(20_000)],
  ['pairs', '01 '.repeat(20_000)],
  ['gaps', `1${' '.repeat(20_000)}2`],
  ['unseen', `0${'\u200b'.repeat(20_000)}1`],
])('hostile %s take no time', (_, text) => {
  expect(processorTime(() => void redact(text))).toBeLessThan(1000)
})

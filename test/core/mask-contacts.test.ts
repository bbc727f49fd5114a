import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { maskContacts, PUBLIC_NUMBERS } from '../../src/core/mask-contacts.js'
import { seededDice } from '../../src/core/match/seeded.js'
import { ROOT } from '../library.js'
import { processorTime } from '../processor-time.js'

const MASK = '▮▮▮▮'
const ALLOWED = [...PUBLIC_NUMBERS, '33 12 45 67 (demo)', '10.00–14.00 (demo)', 'Birkehaven']
const mask = (text: string) => maskContacts(text, ALLOWED)

describe('a telephone number is masked however it is written', () => {
  test.each([
    '20304050',
    '20 30 40 50',
    '20-30-40-50',
    '20.30.40.50',
    '20/30/40/50',
    '2030 4050',
    '2030-4050',
    '203 040 50',
    '20 304 050',
    '2 0 3 0 4 0 5 0',
    '2-0-3-0-4-0-5-0',
    '20 3040 50',
    '+4520304050',
    '+45 20 30 40 50',
    '(+45) 20304050',
    '0045 20304050',
    '45 20 30 40 50',
    '4520304050',
    '+46 70 123 45 67',
    '+1 (555) 123-4567',
    '00252 61 2345678',
    '+90 532 123 45 67',
    '0532 123 45 67',
    '٢٠٣٠٤٠٥٠',
    '٢٠ ٣٠ ٤٠ ٥٠',
    '۲۰۳۰۴۰۵۰',
    '۲۰ ۳۰ ۴۰ ۵۰',
    '+٩٠ ٥٣٢ ١٢٣ ٤٥ ٦٧',
    '２０３０４０５０',
    '2️⃣0️⃣3️⃣0️⃣4️⃣0️⃣5️⃣0️⃣',
    '20\u200b30\u200b40\u200b50',
    '20, 30, 40, 50',
    '20\n30\n40\n50',
    '20 og 30 og 40 og 50',
    '20 så 30 komma 40 og 50',
    '2030 og 4050',
    '2 og 0 og 3 og 0 og 4 og 0 og 5 og 0',
    '۲۰ و ۳۰ و ۴۰ و ۵۰',
  ])('%s', (number) => {
    expect(mask(`Ring til mig: ${number}!`).masked).toEqual(['phone'])
    expect(mask(`Ring til mig: ${number}!`).text.replace(/[()+＋ ]/g, '')).toBe(`Ringtilmig:${MASK}!`)
    expect(mask(`${number} er mit`).text).not.toMatch(/\p{Nd}/u)
  })

  test('beside other numbers, which stay', () => {
    expect(mask('Kl. 14.30, ring 20304050, 3. th').text).toBe(`Kl. 14.30, ring ${MASK}, 3. th`)
    expect(mask('14.30 20304050').text).toBe(`14.30 ${MASK}`)
    expect(mask('2 liter, 20 30 40 50').text).toBe(`2 liter, ${MASK}`)
    expect(mask('den 2026-11-25 20304050').text).toBe(`den 2026-11-25 ${MASK}`)
    expect(mask('112 eller 20304050').text).toBe(`112 eller ${MASK}`)
    expect(mask('1813 20304050').text).toBe(`1813 ${MASK}`)
    expect(mask('5 20304050').text).toBe(`5 ${MASK}`)
  })

  test('each, and the kind once', () => {
    expect(mask('20304050 eller 30 40 50 60')).toEqual({ text: `${MASK} eller ${MASK}`, masked: ['phone'] })
  })

  test('what looks like a time at its head is a part of it', () => {
    expect(mask('20.30 40 50').masked).toEqual(['phone'])
  })
})

describe('what is no way to reach anybody stays', () => {
  test.each([
    '14.30',
    'kl. 14.30-16.00',
    'mellem 20.30-21.30',
    '20.30 21.30',
    '2026-11-25',
    '25.11.2026',
    '25. 11. 2026',
    '25/11-2026 kl. 14.30',
    '2026-11-25 14:30',
    'den 25/11',
    '2026-2027',
    '250 kr',
    '1.250,00 kr.',
    '20 kr 30 kr 40 kr 50 kr',
    '1.250.000 kr',
    '2 liter mælk, 10 æg, 3 brød',
    '20 æg 10 boller 12 øl 24 kapsler',
    '2 liter\n10 æg\n500 g smør',
    'Birkevej 12, 3. th, 2630 Taastrup',
    'stuen th',
    'H-4F7K',
    '1 2 3 4 5 6 7 8',
    '112',
    'ring 112, 114, 1813 eller 1888',
    '112 114 1813',
    '70 11 07 07',
    '70110707',
    '+45 70 11 31 31',
    '33 12 45 67',
    '33124567',
    '٣٣ ١٢ ٤٥ ٦٧',
    '٢ لتر حليب',
    'الساعة ١٤:٣٠',
    '۱۴:۳۰',
    '▮▮▮▮▮▮-▮▮▮▮',
    '20 og 30 og 40 og 50 og 60',
    '2 @ 50',
    'f.eks. mælk',
    'Nej.men ja',
    'min snap er fin',
    'jeg er på facebook hver dag',
    'snapper luft 14.30',
    '',
  ])('%s', (text) => {
    expect(mask(text)).toEqual({ text, masked: [] })
  })
})

describe('addresses, links and names are masked', () => {
  test.each([
    ['Skriv til amina.92@gmail.com', `Skriv til ${MASK}`, 'mail'],
    ['amina @ gmail.com', MASK, 'mail'],
    ['amina＠gmail.com', MASK, 'mail'],
    ['amina(at)gmail.com', MASK, 'mail'],
    ['amina snabel-a gmail punktum com', MASK, 'mail'],
    ['امینا۱@example.com', MASK, 'mail'],
    ['se https://example.com/x?y=1 nu', `se ${MASK} nu`, 'link'],
    ['www.facebook.com/amina', MASK, 'link'],
    ['facebook.com/amina.92', MASK, 'link'],
    ['t.me/amina', MASK, 'link'],
    ['wa.me/4520304050', MASK, 'link'],
    ['m.me/amina', MASK, 'link'],
    ['jeg er @amina_92 der', `jeg er ${MASK} der`, 'link'],
    ['snap: amina', `snap: ${MASK}`, 'link'],
    ['Snapchat：amina', `Snapchat：${MASK}`, 'link'],
    ['min insta er amina_92', `min insta er ${MASK}`, 'link'],
    ['سناب: امینه', `سناب: ${MASK}`, 'link'],
    ['تلگرام من amina92', `تلگرام من ${MASK}`, 'link'],
    ['телеграм: amina', `телеграм: ${MASK}`, 'link'],
  ])('%s', (text, shown, kind) => {
    expect(mask(text)).toEqual({ text: shown, masked: [kind] })
  })

  test('all kinds in one text, in the order in which they stand', () => {
    expect(mask('a@b.dk 20304050 t.me/x')).toEqual({ text: `${MASK} ${MASK} ${MASK}`, masked: ['mail', 'phone', 'link'] })
  })
})

describe('over thousands of drawn texts', () => {
  const draw = seededDice(20_304_050)
  const pick = <T>(of: readonly T[]): T => of[draw(of.length)] as T
  const SCRIPTS = ['0123456789', '٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹', '०१२३४५६७८९']
  const inScript = (text: string, script: string) => text.replace(/\d/g, (digit) => script[Number(digit)] ?? digit)
  const SHAPES = [[8], [4, 4], [2, 2, 2, 2], [3, 3, 2], [2, 3, 3], [2, 2, 4], [2, 6], [6, 2], [1, 1, 1, 1, 1, 1, 1, 1]]
  const STAYS = ['14.30', '250 kr', '3 liter', '25.11.2026', '112', 'H-4F7K', '2 tv', '1.250,00 kr.', '70 11 07 07']

  test('no number of eight digits is left, and what stands around it stays', () => {
    for (let round = 0; round < 5000; round++) {
      const number = `${2 + draw(8)}${Array.from({ length: 7 }, () => draw(10)).join('')}`
      if (number.startsWith('7011')) continue
      let at = 0
      const groups = pick(SHAPES).map((length) => number.slice(at, (at += length)))
      const gap = pick([' ', '-', '\u00a0', ' - '])
      const written = inScript(`${pick(['', '+45 ', '0045 '])}${groups.join(gap)}`, pick(SCRIPTS))
      const [before, after] = [pick(STAYS), pick(STAYS)]
      const { text, masked } = mask(`${before} og ring ${written} hej ${after}`)
      expect([written, text, masked]).toEqual([written, `${before} og ring ${MASK} hej ${after}`, ['phone']])
    }
  })

  test('times, dates, amounts and quantities stay in any company', () => {
    for (let round = 0; round < 2000; round++) {
      const text = Array.from({ length: 1 + draw(6) }, () => pick(STAYS)).join(pick([' og ', ', hej ', '. Så ']))
      expect(mask(text)).toEqual({ text, masked: [] })
    }
  })

  test('any text at all comes back, and a second look finds no number that the first left', () => {
    const PARTS = ['2', '45', '+', ' ', '.', '-', ',', '@', 'a', 'snap', ':', '/', 'dk', '٣', '\n', '👍', '\u202e', 'kr', '2030']
    for (let round = 0; round < 5000; round++) {
      const text = Array.from({ length: draw(24) }, () => pick(PARTS)).join('')
      const once = mask(text)
      expect(once.masked.length === 0).toBe(once.text === text)
    }
  })
})

test('work is linear in hostile texts', () => {
  const HOSTILE = [
    '1 ',
    '20 ',
    '2',
    'a.',
    'a',
    '@',
    'a@',
    '+',
    '20.30 ',
    'snap ',
    'www.',
    'http://',
    '2 og ',
    '-',
    '\u200b',
    'a@a.',
    '25.11.',
    ' at ',
    'x.me/',
  ]
  const least = (text: string) => Math.min(...[1, 2, 3].map(() => processorTime(() => void mask(text))))
  for (const part of HOSTILE) {
    const long = part.repeat(Math.ceil(10_000 / part.length))
    // Eight times the text: 8 times the work where it is linear, 64 times where it is not; small times are told inexactly.
    const limit = 24 * Math.max(least(long), 5)
    expect([part, least(long.repeat(8)) < limit]).toEqual([part, true])
  }
})

test('the public numbers are the verified ones', () => {
  const numbers = parse(readFileSync(join(ROOT, 'dialogs/phone-numbers.yaml'), 'utf8')) as { number: string | number; status: string }[]
  expect(PUBLIC_NUMBERS).toEqual(numbers.filter(({ status }) => status === 'verified').map(({ number }) => String(number)))
})

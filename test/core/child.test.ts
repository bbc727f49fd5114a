import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Library } from '../../src/core/library.js'
import { starterLibrary } from '../library.js'
import { HOSTILE, operationsOf } from './operations.js'

let library: Library
beforeAll(async () => {
  library = await starterLibrary()
})

const read = (text: string) => library.readChild(text)

describe('a child who says their age', () => {
  test.each([
    ['Jeg er 12 år', 12],
    ['hej jeg er kun tolv og min mor sover', 12],
    ['Jeg går i 5. klasse', 11],
    ['im 11', 11],
    ['I’m 13yo, can I book the room?', 13],
    ['I am in 6th grade', 12],
    ['tomorrow is my 12th birthday', 12],
    ['عمري ١٣ سنة', 13],
    ['3omri 11 w bass', 11],
    ['أنا بالصف الخامس', 11],
    ['waxaan ahay 12 jir', 12],
    ['fasalka 6aad ayaan dhigtaa', 12],
    ['12 yaşındayım', 12],
    ['BEN ON BİR YAŞINDAYIM', 11],
    ['5’inci sınıfa gidiyorum', 11],
    ['میری عمر ۱۳ سال ہے', 13],
    ['main saatvi class mein hoon', 13],
    ['من ده سالمه', 10],
    ['کلاس ششم هستم', 12],
  ])('%j', (text, age) => {
    expect(read(text)).toEqual({ age, forParent: false })
  })
})

describe('somebody who writes for a parent', () => {
  test.each([
    'jeg skriver for min mor',
    'I write for my mother',
    'my dad asked me to find out when the laundry opens',
    'عم بكتب عن ماما',
    'hooyaday ayaan u qorayaa',
    'annem için yazıyorum',
    'امی کے لیے لکھ رہا ہوں',
    'برای مادرم می‌نویسم',
  ])('%j', (text) => {
    expect(read(text)).toEqual({ forParent: true })
  })

  test('and says their age', () => {
    expect(read('Jeg er 14 og jeg skriver for min far')).toEqual({ age: 14, forParent: true })
  })

  test('a child without an age', () => {
    expect(read('I am just a kid')).toEqual({ forParent: false })
  })
})

describe('nobody else is taken for a child', () => {
  test.each([
    'min søn er 12 år',
    'my son is 12',
    'jeg er 12 minutter forsinket',
    'jeg er 12 år ældre end min bror',
    'we are 12 people',
    'flat 12',
    'I am 47',
    'Jeg er 45 og jeg skriver for min mor',
    'jeg er 4',
    'im 10.30 at the office',
    'I am 10th in the queue',
    'min datter går i 3. klasse',
    'I teach 6th grade',
    'i am on my way',
    'oğlum 12 yaşında',
    'otuz beş yaşındayım',
    'بیست و پنج سالمه',
    'ابني عمره ١٢ سنة',
    'wiilkaygu waa 12 jir',
    'پسر من کلاس ۵ است',
    '',
  ])('%j', (text) => {
    expect(read(text)).toBeUndefined()
  })
})

test('lines by somebody who has not seen the sentences are told apart in at least 95 of 100', () => {
  const lines = readFileSync(join(import.meta.dirname, 'private/children.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { text: string; child: boolean })
  for (const child of [true, false]) {
    const all = lines.filter((line) => line.child === child)
    const told = all.filter((line) => (read(line.text) !== undefined) === child)
    expect(all.length).toBeGreaterThan(20)
    expect(told.length / all.length).toBeGreaterThanOrEqual(0.95)
  }
})

test.each(Object.entries(HOSTILE))('twice as much of %s is about twice the work', (_, made) => {
  const [short, long] = [made(1000), made(2000)]
  read(long)
  expect(operationsOf(() => read(long))).toBeLessThan(2.3 * operationsOf(() => read(short)) + 200)
})

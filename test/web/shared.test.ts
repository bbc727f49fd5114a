import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { readFrame } from '../../src/web/chat/activity.js'
import { voiceFor } from '../../src/web/chat/speech.js'
import { hostOf, paragraphs, pieces, safeHref, telHref } from '../../src/web/shared/rich-text.js'
import { createTexts } from '../../src/web/shared/texts.js'
import { contrastWithWhite } from '../../src/web/shared/theme.js'

const webTexts = (code: string): Record<string, string> => JSON.parse(readFileSync(`locales/${code}/web.json`, 'utf8')).texts
const placeholders = (text = ''): string[] => (text.match(/\{\{\w+\}\}/g) ?? []).sort()

describe('the words of the page', () => {
  test.each(['en', 'ar'])('%s has the keys and placeholders of the Danish file', (code) => {
    const [danish, other] = [webTexts('da'), webTexts(code)]
    expect(Object.keys(other)).toEqual(Object.keys(danish))
    for (const [key, text] of Object.entries(danish)) expect([key, placeholders(other[key])]).toEqual([key, placeholders(text)])
  })

  const texts = (code: string) => createTexts({ code, name: code, dir: 'ltr' }, {}, webTexts('da'))
  const at = (day: number, hour: number): number => new Date(2026, 2, day, hour, 5).getTime()
  test.each([
    ['da', at(25, 14), '14.05'],
    ['da', at(24, 23), 'i går 23.05'],
    ['da', at(20, 9), '20. marts 09.05'],
    ['ar', at(24, 23), 'أمس 23:05'],
    ['fa', at(20, 9), '20 مارس 09:05'],
    ['en', at(25, 0), '00:05'],
  ])('%s: a time as people say it', (code, then, said) => {
    expect(texts(code).time(then, at(25, 15))).toBe(said)
  })

  test('a missing text falls back, values are filled in, and the day of a drill is in no time zone', () => {
    expect(texts('so').say('drill', { date: texts('da').day('2020-03-25T23:59') })).toContain('fra 25. marts 2020.')
  })
})

describe('text of a message', () => {
  test('the number of a request is one piece: it never breaks at its dash', () => {
    const kinds = pieces('ما تكتبونه يصل إلى Yusuf (H-9HNB). OPG-H-9HNBX 12').filter(({ kind }) => kind !== 'text')
    expect(kinds).toEqual([
      { kind: 'number', text: 'H-9HNB' },
      { kind: 'number', text: '12' },
    ])
  })

  test('a time, a date and an amount are one piece each, from one time to another two, and what ends the sentence none', () => {
    const numbers = (text: string) => pieces(text).flatMap((piece) => (piece.kind === 'number' ? [piece.text] : []))
    expect(numbers('غدًا الساعة 10.00.')).toEqual(['10.00'])
    expect(numbers('25.11.2026, 1.500 kr, 12,5 %, 20:30 og 24/7')).toEqual(['25.11.2026', '1.500', '12,5', '20:30', '24/7'])
    expect(numbers('10.00–14.00')).toEqual(['10.00', '14.00'])
    expect(numbers('اتصلوا بالرقم 112. 70 20 02 33')).toEqual(['112', '70 20 02 33'])
    const hostile = `1${' '.repeat(50_000)}${'1.'.repeat(50_000)}`
    expect(
      pieces(hostile)
        .map(({ text }) => text)
        .join(''),
    ).toBe(hostile)
  })

  test('links lose what ends the sentence; numbers are isolated; all of it is there', () => {
    const text = 'Ring +45 70 20 02 33, eller se https://www.sst.dk/a?b=1. (Læs: http://x.dk)'
    expect(pieces(text).filter(({ kind }) => kind !== 'text')).toEqual([
      { kind: 'number', text: '+45 70 20 02 33' },
      { kind: 'link', text: 'https://www.sst.dk/a?b=1', href: 'https://www.sst.dk/a?b=1' },
      { kind: 'link', text: 'http://x.dk', href: 'http://x.dk' },
    ])
    expect(
      pieces(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text)
  })

  test('blank lines part paragraphs', () => {
    expect(paragraphs('a\nb\n\n \nc\n')).toEqual(['a\nb', 'c'])
  })

  test.each([
    ['https://x.dk', true],
    ['http://x.dk', true],
    ['tel:112', true],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
    ['//x.dk', false],
    ['', false],
  ])('%s may be linked to: %s', (address, safe) => {
    expect(safeHref(address) !== undefined).toBe(safe)
  })

  test('a number rings without its spaces; a host is what people read', () => {
    expect(telHref('+45 70 20 02-33')).toBe('tel:+4570200233')
    expect(hostOf('https://www.sst.dk/da/corona')).toBe('www.sst.dk')
  })
})

test.each([
  ['#ffffff', 1],
  ['#000000', 21],
  ['#767676', 4.54],
  ['red', 0],
  ['#fff', 0],
])('%s against white is %d', (colour, contrast) => {
  expect(contrastWithWhite(colour)).toBeCloseTo(contrast, 2)
})

test('only voices of the device read, also under another name of the language', () => {
  const voice = (lang: string, localService: boolean): SpeechSynthesisVoice => ({ lang, localService }) as SpeechSynthesisVoice
  const voices = [voice('da-DK', false), voice('ar_EG', true), voice('hr-HR', true)]
  expect(voiceFor('da', voices)).toBeUndefined()
  expect(voiceFor('ar', voices)).toBe(voices[1])
  expect(voiceFor('bs', voices)).toBe(voices[2])
})

test('a frame that is none, or holds what is none, is passed over', () => {
  expect([readFrame(''), readFrame('{'), readFrame('{"a":1}'), readFrame(undefined)]).toEqual([undefined, undefined, undefined, undefined])
  const activities = [
    null,
    7,
    { type: 'message' },
    { type: 'event', id: 'e' },
    { type: 'message', id: 'm', suggestedActions: { actions: [1] } },
  ]
  expect(readFrame(JSON.stringify({ activities, watermark: '3' }))).toMatchObject({
    watermark: '3',
    received: [{ id: 'm', replies: [], text: '' }],
  })
})

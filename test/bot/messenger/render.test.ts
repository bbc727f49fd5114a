import { describe, expect, test } from '@jest/globals'
import { toActivity } from '../../../src/bot/bot.js'
import { render, TEXT_MAX } from '../../../src/bot/messenger/render.js'
import { cutTitle, splitText } from '../../../src/bot/messenger/split.js'
import { decodePayload } from '../../../src/bot/payload.js'
import type { Action, Outbound } from '../../../src/core/types.js'
import { keys } from './messenger-test-kit.js'

const deps = { keys, moreTitle: (language: string) => (language === 'ar' ? 'المزيد' : 'Flere') }
const draw = (message: Outbound, id = 'Turn.0') => render(toActivity(message, id, 'r1', keys), deps)
const replies = (count: number, action: (index: number) => Action) =>
  Array.from({ length: count }, (_, index) => ({ title: `Valg ${index}`, action: action(index) }))
const graphemes = (text: string) =>
  Array.from(new Intl.Segmenter('ar', { granularity: 'grapheme' }).segment(text), ({ segment }) => segment)

describe('a message', () => {
  test('a text with its metadata and nothing else', () => {
    expect(draw({ text: 'Hej!', language: 'da' })).toEqual([{ text: 'Hej!', metadata: 'Turn.0' }])
  })

  test('telephone numbers and how true it is are part of the text', () => {
    const message = {
      text: 'Ring.',
      language: 'da',
      phones: [{ title: 'Alarm', number: '112' }],
      fact: { kind: 'rule', line: 'Regel · SST', source: 'https://sst.dk' },
    } as const
    expect(draw(message)[0]?.text).toBe('Ring.\nAlarm: 112\n\nRegel · SST\nhttps://sst.dk')
  })

  test('options carry our signed payloads', () => {
    const action: Action = { do: 'goto', dialog: 'a', node: 'b' }
    const [body] = draw({ text: 'Vælg', language: 'da', quickReplies: [{ title: 'Ja', action }] })
    expect(body?.quick_replies).toEqual([{ content_type: 'text', title: 'Ja', payload: expect.any(String) }])
    expect(decodePayload(body?.quick_replies?.[0]?.payload ?? '', keys)).toEqual({ action, revision: 'r1' })
  })

  test('a long one comes in parts, told apart, with the options under the last', () => {
    const text = Array.from({ length: 150 }, (_, index) => `Dette er sætning nummer ${index}, og den er ikke kort.`).join(' ')
    const bodies = draw({ text, language: 'da', quickReplies: replies(2, () => ({ do: 'goto', dialog: 'a', node: 'b' })) })
    expect(bodies.length).toBe(4)
    expect(bodies.map(({ metadata }) => metadata)).toEqual(['Turn.0/0', 'Turn.0/1', 'Turn.0/2', 'Turn.0'])
    expect(bodies.map((body) => body.quick_replies?.length ?? 0)).toEqual([0, 0, 0, 2])
    expect(bodies.map((body) => body.text).join(' ')).toBe(text)
    expect(bodies.every((body) => body.text.endsWith('.') && body.text.length <= TEXT_MAX)).toBe(true)
  })

  test('an empty one is no message', () => {
    expect(draw({ text: ' \n', language: 'da' })).toEqual([])
  })
})

describe('many options', () => {
  const ask = (index: number): Action => ({ do: 'reply', dialog: 'corona', node: 'start', reply: String(index) })
  const titles = (message: Outbound) => draw(message)[0]?.quick_replies ?? []
  const last = (message: Outbound) => decodePayload(titles(message).at(-1)?.payload ?? '', keys)?.action

  test('13 fit', () => {
    const shown = titles({ text: 'Vælg', language: 'da', quickReplies: replies(13, ask) })
    expect(shown.map(({ title }) => title).at(-1)).toBe('Valg 12')
    expect(shown.length).toBe(13)
  })

  test('of 14 twelve are shown and a button to the next page', () => {
    const message = { text: 'Vælg', language: 'ar', quickReplies: replies(14, ask) }
    expect(titles(message).map(({ title }) => title)).toEqual([...replies(12, ask).map(({ title }) => title), 'المزيد'])
    expect(last(message)).toEqual({ do: 'page', dialog: 'corona', node: 'start', page: 1 })
  })

  test('languages have pages of their own', () => {
    const message = { text: 'Sprog', language: 'da', quickReplies: replies(20, () => ({ do: 'language', language: 'ar' })) }
    expect([titles(message).length, last(message)]).toEqual([13, { do: 'page', dialog: '', node: '', page: 1 }])
  })

  test('options without pages are cut at what Messenger takes', () => {
    const message: Outbound = { text: 'Vælg', language: 'da', quickReplies: replies(15, () => ({ do: 'command', command: 'menu' })) }
    expect(titles(message).length).toBe(13)
  })
})

describe('titles', () => {
  test.each([
    ['Tal med en frivillig', 'Tal med en frivillig'],
    ['Tal med en frivillig nu', 'Tal med en frivilli…'],
    ['Jeg vil gerne have en hjælper', 'Jeg vil gerne have…'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦…'],
    ['', ''],
  ])('%s', (title, cut) => {
    expect(cutTitle(title, 20, 'da')).toBe(cut)
  })

  test('Arabic marks stay with their letters', () => {
    const title = 'أُرِيدُ التَّحَدُّثَ مَعَ شَخْصٍ'
    const cut = cutTitle(title, 20, 'ar')
    expect(cut.length).toBeLessThanOrEqual(20)
    expect(
      graphemes(title)
        .slice(0, graphemes(cut).length - 1)
        .join('')
        .trimEnd(),
    ).toBe(cut.slice(0, -1))
  })
})

describe('splitting', () => {
  const whole = (text: string, max: number, language: string) => {
    const parts = splitText(text, max, language)
    expect(parts.every((part) => part.length <= max && part !== '')).toBe(true)
    expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
    return parts
  }

  test('between sentences, also Arabic ones', () => {
    expect(whole('هل أنت بخير؟ نعم، أنا بخير. شكرا!', 20, 'ar')).toEqual(['هل أنت بخير؟', 'نعم، أنا بخير. شكرا!'])
    expect(whole('Hej. Kom ind!\nTak.', 14, 'da')).toEqual(['Hej. Kom ind!', 'Tak.'])
  })

  test('between words when a sentence is too long', () => {
    expect(whole('en to tre fire fem seks', 8, 'da')).toEqual(['en to', 'tre fire', 'fem seks'])
  })

  test('never inside what the eye sees as one character', () => {
    const family = '👨‍👩‍👧‍👦'
    const kept = (text: string, max: number) => whole(text, max, 'ar').flatMap(graphemes)
    expect(kept(family.repeat(20), 30)).toEqual(Array.from({ length: 20 }, () => family))
    expect(kept('🇩🇰'.repeat(10), 5)).toEqual(Array.from({ length: 10 }, () => '🇩🇰'))
    expect(kept('دُّ'.repeat(30), 7)).toEqual(graphemes('دُّ'.repeat(30)))
  })

  test('direction marks stay', () => {
    const text = '\u200fمرحبا\u200f \u2068Opgang\u2069.'
    expect(splitText(text, 2000, 'ar')).toEqual([text])
    expect(splitText(text.repeat(3), text.length, 'ar').join('')).toBe(text.repeat(3))
  })

  test('one endless character is cut between code points', () => {
    const parts = whole(`a${'\u0301'.repeat(50)}`, 20, 'da')
    expect(parts.length).toBe(3)
    expect(whole('😀\u200d'.repeat(40), 9, 'da').every((part) => part.isWellFormed?.() ?? !/[\ud800-\udbff]$/.test(part))).toBe(true)
  })

  test('a language that Node does not know is split all the same', () => {
    expect(splitText('Ein. Zwei.', 6, 'x-made-up')).toEqual(['Ein.', 'Zwei.'])
    expect(splitText('', 6, '')).toEqual([])
  })
})

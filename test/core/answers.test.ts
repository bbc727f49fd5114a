/** What stands beside an answer: its language, its fact, and what is said when it does not hold now. */
import { describe, expect, test } from '@jest/globals'
import { probeLibrary } from '../probe-library.js'
import { effectsOf, KNOWN_ARABIC, messages, talk, texts } from './talk.js'

const translated = {
  'start.say.0': ['Kog vandet.', 'اغلوا الماء.'],
  'start.say.1': ['I tre minutter.', 'لثلاث دقائق.'],
} as const
const nodes = `
start:
  say:
    - Kog vandet.
    - I tre minutter.
  fact: { kind: rule, source: https://example.dk, owner: law, checked: 2026-11-20 }
`
const whole = await probeLibrary(nodes, { ar: translated })
const half = await probeLibrary(nodes, { ar: { 'start.say.0': translated['start.say.0'] } })
const outdated = await probeLibrary(nodes, { ar: { ...translated, 'start.say.1': ['I to minutter.', 'لدقيقتين.'] } })
const outdatedSmallTalk = await probeLibrary('start:\n  say: Hej igen.', { ar: { 'start.say.0': ['Hej.', 'مرحبا.'] } })

describe('answers in another language', () => {
  test('a whole answer comes in it, its line about the fact too', () => {
    const said = messages(talk(whole, { session: KNOWN_ARABIC }).goes('probe/start'))
    expect(said.map(({ text, language }) => [text, language])).toEqual([
      ['اغلوا الماء.', 'ar'],
      ['لثلاث دقائق.', 'ar'],
    ])
    expect(said[0]?.fact).toBeUndefined()
    expect(said[1]?.fact).toMatchObject({ kind: 'rule', source: 'https://example.dk', line: expect.stringContaining('2026') })
  })

  test.each([
    ['half translated', half],
    ['translated from a Danish text that has changed', outdated],
  ])('one that is %s comes whole in Danish, marked so, with a word in Arabic', (_, library) => {
    const turn = talk(library, { session: KNOWN_ARABIC }).goes('probe/start')
    expect(messages(turn).map(({ text, language, role }) => [text, language, role])).toEqual([
      [library.say('ar', 'fallback', { language: 'Dansk' }), 'ar', 'notice'],
      ['Kog vandet.', 'da', undefined],
      ['I tre minutter.', 'da', undefined],
    ])
    expect(effectsOf(turn, 'message').at(-1)?.read).toMatchObject({ dialog: 'probe', node: 'start', language: 'da', state: 'source' })
    expect(messages(turn).at(-1)?.fact?.line).toContain('Regel')
  })

  test('an outdated text that states no fact is still better than none', () => {
    expect(texts(talk(outdatedSmallTalk, { session: KNOWN_ARABIC }).goes('probe/start'))).toEqual(['مرحبا.'])
  })
})

const facts = await probeLibrary(`
start: { say: Gælder ikke mere. }
ended:
  say: Hemmeligt gammelt.
  fact: { kind: rule, source: https://example.dk, owner: law, checked: 2020-03-20, from: 2020-03-18, until: 2020-03-30 }
coming:
  say: Hemmeligt nyt.
  fact: { kind: rule, source: https://example.dk, owner: law, checked: 2026-11-20, from: 2027-01-01 }
unsure:
  say: Kun måske.
  fact: { kind: advice, source: https://example.dk, owner: law, checked: 2026-11-20, confirm: true }
`)

describe('a fact that does not hold now', () => {
  const library = facts
  const [area] = Object.values(library.areas)
  if (area === undefined) throw new Error('no area')

  test.each([
    ['ended', '30. marts 2020', 'Hemmeligt'],
    ['coming', '1. januar 2027', 'Hemmeligt'],
  ])('%s: its last or first day and a telephone number instead, never its words', (node, date, words) => {
    const turn = talk(library).goes(`probe/${node}`)
    expect(texts(turn).join()).toContain(date)
    expect(texts(turn).join()).toContain('00 00 00 01 (demo)')
    expect(texts(turn).join()).not.toContain(words)
    expect(effectsOf(turn, 'message').some(({ read }) => read !== undefined)).toBe(false)
  })

  test('unconfirmed: shown in a demo with a word in the same bubble, never in a real area', () => {
    expect(texts(talk(library).goes('probe/unsure'))).toEqual([`${library.say('da', 'unconfirmed')}\n\nKun måske.`])
    const real = texts(talk(library, { scene: { area: { ...area, demo: false } } }).goes('probe/unsure'))
    expect(real.join()).not.toContain('Kun måske')
  })
})

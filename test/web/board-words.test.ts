/** The board has words for every id that the server can send, and says times as people do. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { CLOSE_REASONS } from '../../src/core/closed-types.js'
import { HANDOFF_STATES } from '../../src/core/handoff-types.js'
import { WHENS } from '../../src/core/request-types.js'
import { TASKS } from '../../src/core/task-rules.js'
import { languageName } from '../../src/web/console/board/languages.js'
import { momentWords, waitWords } from '../../src/web/console/board/time-words.js'
import { capital, happened, reasonWords, standing } from '../../src/web/console/board/words.js'
import type { TextKey, Texts } from '../../src/web/console/texts.js'
import { requestOf } from './board-stub.js'

const texts: Readonly<Record<string, string>> = JSON.parse(readFileSync('locales/da/console-board.json', 'utf8')).texts
const danish: Texts = {
  language: 'da',
  knows: (key): key is TextKey => texts[key] !== undefined,
  say: (key: TextKey, values = {}) => (texts[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? `{{${name}}}`),
  time: (at) => String(at),
  switchLanguage: () => undefined,
}
/** Members of a union of words, as the source has them. */
function membersOf(file: string, name: string): string[] {
  const [, union = ''] = new RegExp(`export type ${name} =([^]*?)\\n\\n`).exec(readFileSync(file, 'utf8')) ?? []
  return [...union.matchAll(/\| '([\w-]+)'/g)].map(([, word = '']) => word)
}
/** Words between quotes in what `pattern` finds of a file. */
function wordsIn(file: string, pattern: RegExp): string[] {
  const [, line = ''] = pattern.exec(readFileSync(file, 'utf8')) ?? []
  return [...line.matchAll(/'([\w-]+)'/g)].map(([, word = '']) => word)
}
const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, '')

describe('every id has words', () => {
  const [CALLOUT, HANDOFF] = ['src/core/callout-types.ts', 'src/core/handoff-types.ts']
  const commands = [...readFileSync(HANDOFF, 'utf8').matchAll(/readonly type: '([\w-]+)'/g)].map(([, word = '']) => word)
  const staffOnly = wordsIn('src/core/task-rules.ts', /export type StaffOnly = (.*)/)
  const timers = wordsIn(HANDOFF, /export type TimerId = (.*)/).map((timer) => `timer-${timer}`)
  const offers = wordsIn(HANDOFF, /export interface Offer \{[^]*?readonly state: (.*)/).filter((state) => state !== 'open')
  const roles = wordsIn(HANDOFF, /export type By = \{ readonly as: (.*); readonly contact/)
  const noted = commands.slice(0, commands.indexOf('timer')).filter((word) => word !== 'to-staff')
  const acts = [...readFileSync('src/core/board-types.ts', 'utf8').matchAll(/readonly do: '([\w-]+)'/g)].map(([, word = '']) => word)
  test.each([
    ['reason', [...membersOf(CALLOUT, 'BarId'), ...wordsIn(CALLOUT, /export type WhyId = (.*)/)]],
    ['alarm.why', [...membersOf(HANDOFF, 'AlarmReason'), ...staffOnly, 'application', 'under-age']],
    ['closed', CLOSE_REASONS],
    ['task', TASKS],
    ['when', WHENS],
    ['happened', [...noted, ...timers, 'to-staff', 'opened', 'closed', 'written', 'call-back', 'network-took-it']],
    ['answer', offers],
    ['by', [...roles, 'command-line', 'somebody']],
    ['step', ['wave', 'wait', 'network', 'widen', 'staff']],
    ['act', acts],
    ['done', acts],
  ])('%s', (group, ids) => {
    expect(ids.length).toBeGreaterThan(3)
    expect(ids.filter((id) => texts[`board.${group}.${id}`] === undefined)).toEqual([])
  })

  test('an id that nobody has written words for is shown as it is', () => {
    expect(happened(danish, { what: 'something-new' })).toBe('Something-new')
    expect(reasonWords(danish, { id: 'something-new' as 'near' })).toBe('something-new')
  })
})

describe('sentences', () => {
  test('where a request stands, in every state', () => {
    const at = (part: object) => plain(standing(danish, requestOf({ id: 'a', receipt: 'H-4F7K', ...part })))
    for (const state of HANDOFF_STATES) expect(at({ state })).not.toMatch(/board\.|\{\{/)
    expect(at({ state: 'offered', wave: 2, asked: 4, declined: 1 })).toBe('2. runde: 4 spurgt, 1 nej')
    expect(at({ state: 'open', wave: 0, asked: 0 })).toBe('Ingen er spurgt endnu')
    expect(at({ state: 'on-the-way', helper: 'Yusuf' })).toBe('Yusuf er på vej')
    expect(at({ state: 'accepted' })).toBe('En frivillig har den')
    expect(at({ state: 'with-staff', staff: 'Sanne' })).toBe('Sanne har den')
    expect(at({ state: 'with-staff', staff: '' })).toBe('En ansat har den')
    for (const state of ['done', 'cancelled']) expect(at({ state, closed: { at: 1, reason: 'not-needed' } })).toBe('Ikke brug for mere')
  })

  test('who did what, by name, by role, or by nobody', () => {
    expect(plain(happened(danish, { what: 'decline', by: 'volunteer', who: 'Hodan' }))).toBe('Hodan sagde nej')
    expect(happened(danish, { what: 'decline', by: 'volunteer' })).toBe('En frivillig sagde nej')
    expect(happened(danish, { what: 'take', by: 'staff', who: '' })).toBe('En ansat tog opgaven')
    expect(happened(danish, { what: 'timer-T3' })).toBe('Ingen fundet i tide')
    expect(happened(danish, { what: 'cancel', by: 'resident' })).toBe('Beboeren aflyste')
    expect(plain(happened(danish, { what: 'cancel', by: 'staff', who: 'Sanne' }))).toBe('Sanne lukkede opgaven')
    expect(happened(danish, { what: 'cancel' })).toBe('Nogen aflyste')
    expect(happened(danish, { what: 'confirm', by: 'resident' })).toBe('Beboeren bad om hjælp')
    expect(plain(happened(danish, { what: 'confirm', by: 'staff', who: 'Sanne' }))).toBe('Sanne oprettede opgaven for en anden')
    expect(capital('\u2068åse\u2069 kom')).toBe('\u2068Åse\u2069 kom')
  })

  test('why, with what it says exactly', () => {
    expect(reasonWords(danish, { id: 'near', values: { circle: 'stairwell' } })).toBe('bor i samme opgang')
    expect(reasonWords(danish, { id: 'near' })).toBe('bor i nærheden')
    expect(reasonWords(danish, { id: 'speaks', values: { language: 'so' } })).toBe('taler somali')
  })

  test('languages by both names, whatever the code', () => {
    expect(languageName('ar', 'da')).toMatchObject({ known: 'Arabisk', spoken: 'arabisk', name: 'العربية', dir: 'rtl' })
    expect(languageName('ar', 'en').spoken).toBe('Arabic')
    expect(languageName('?', 'da').known).toBe('?')
  })
})

describe('times', () => {
  const MINUTE = 60_000
  const now = new Date(2026, 2, 25, 14, 20).getTime()
  const waits = (minutes: number) => {
    const { key, n } = waitWords(now - minutes * MINUTE, now)
    return danish.say(key, { n: String(n) })
  }
  test.each([
    [-3, 'lige nu'],
    [0.9, 'lige nu'],
    [1, 'i 1 minut'],
    [42.9, 'i 42 minutter'],
    [119, 'i 119 minutter'],
    [120, 'i 2 timer'],
    [47 * 60, 'i 47 timer'],
    [48 * 60, 'i 2 dage'],
  ])('a wait of %s minutes', (minutes, said) => expect(waits(minutes)).toBe(said))

  test.each([
    [new Date(2026, 2, 25, 0, 5), '00.05'],
    [new Date(2026, 2, 24, 23, 59), 'i går 23.59'],
    [new Date(2026, 2, 20, 9, 5), '20. marts 09.05'],
    [new Date(2026, 2, 25, 16, 0), '16.00'],
    [new Date(2026, 2, 26, 10, 0), '26. marts 10.00'],
  ])('a moment', (at, said) => expect(momentWords(at.getTime(), now, 'da', (clock) => `i går ${clock}`)).toBe(said))
})

/** The library made ready in the background: in pieces, beside messages, and no longer than it is wanted. */
import { expect, test } from '@jest/globals'
import { warmLibrary } from '../../src/app/warm-library.js'
import type { Library } from '../../src/core/library.js'
import { built, starterSources } from '../probe-library.js'

const sources = await starterSources()
/** Two languages with all their answers: as many pieces as a test needs. */
const twoLanguages = () => built(sources, { languages: ['da', 'en'] }).library

const QUESTION = 'Hvornår er der åbent på beboerkontoret?'
const DANGER = 'He hits me every day'
/** Every look at the clock is a slice later: there is a pause after each piece. */
function slowClock(atPause: (pauses: number) => void) {
  let [now, pauses] = [0, 0]
  const time = { monotonic: () => (now += 10), now: () => 0, contentNow: () => 0, drill: false }
  const sleep = async () => atPause((pauses += 1))
  const lines: string[] = []
  const line = (message: string) => void lines.push(message)
  return { time: { ...time, sleep }, log: { info: line, warn: line, error: line }, lines, pauses: () => pauses }
}
const answers = (library: Library) => [
  library.danger(DANGER),
  ...library.languages.map(({ code }) => library.matcher.match(QUESTION, code)),
]
const signal = () => new AbortController().signal

test('messages in the middle are answered as by a library that was never warmed, and so are those after', async () => {
  const library = twoLanguages()
  const heard: unknown[] = []
  const clock = slowClock((pauses) => {
    // In the middle of the danger words, and of the first language's training.
    if (pauses === 3) heard.push(library.danger(DANGER))
    if (pauses === 20) heard.push(library.matcher.match(QUESTION, 'da'))
  })
  await warmLibrary({ current: () => library }, clock, signal())
  const expected = answers(twoLanguages())
  expect(expected[0]).toEqual({ kind: 'violence', certainty: 'sure', language: 'en' })
  expect(heard).toEqual(expected.slice(0, 2))
  expect(answers(library)).toEqual(expected)
  expect(clock.pauses()).toBeGreaterThan(100)
  expect(clock.lines).toEqual([])
  const again = slowClock(() => undefined)
  await warmLibrary({ current: () => library }, again, signal())
  expect(again.pauses()).toBe(0)
})

test('a stop ends it at the next pause, and another library in force too', async () => {
  const [library, other] = [twoLanguages(), twoLanguages()]
  const stop = new AbortController()
  const stopped = slowClock((pauses) => (pauses === 5 ? stop.abort() : undefined))
  await warmLibrary({ current: () => library }, stopped, stop.signal)
  expect(stopped.pauses()).toBe(5)
  let current = library
  const swapped = slowClock((pauses) => void (current = pauses === 5 ? other : current))
  await warmLibrary({ current: () => current }, swapped, signal())
  expect(swapped.pauses()).toBe(5)
  expect([...stopped.lines, ...swapped.lines]).toEqual([])
})

test('an error is told in the log and stops nothing', async () => {
  const library = twoLanguages()
  const warm = () => {
    throw new Error('broken')
  }
  const clock = slowClock(() => undefined)
  await warmLibrary({ current: () => ({ ...library, warm }) }, clock, signal())
  expect(clock.lines).toEqual([expect.stringContaining('could not be made ready')])
})

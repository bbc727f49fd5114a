/** Whatever comes in whatever order: nothing is thrown, whoever taps is never left without a word, and Messenger can show the buttons. */
import { expect, test } from '@jest/globals'
import { seededDice } from '../../src/core/match/seeded.js'
import { WHENS } from '../../src/core/request-types.js'
import type { Action, Turn } from '../../src/core/types.js'
import { hears, MEDICINE, opened, refused, replies, resident, SHOP, SHOPPING, TWO_AREAS, told } from './asking-world.js'
import { effectsOf, messages, type Talk } from './talk.js'

const RUNS = 100
const STEPS = 80
const TOLD = ['looking', 'found', 'asked-if-coming', 'time-agreed', 'on-the-way', 'handed-on', 'handed-back', 'done', 'cancelled'] as const
const ACTS = ['nobody-came', 'show-door', 'door-not-now', 'good', 'not-good', 'no-words', 'cancel', 'cancel-yes', 'cancel-no', 'helped-no']
const ANSWERS: readonly (readonly [step: string, value: string])[] = [
  ['when', 'now'],
  ['where', 'none'],
  ['where', 'elsewhere'],
  ['where', 'area:sondervang'],
  ['where', 'stairwell:3'],
  ['language', 'tr'],
  ['language', 'done'],
  ['languages', '0'],
  ['wishes', 'woman'],
  ['wishes', 'stairwell'],
  ['wishes', 'done'],
  ['change', ''],
  ['change', 'where'],
  ['change', 'back'],
  ['alias', ''],
  ['page', '1'],
  ['go-on', ''],
  ['cancel', ''],
  ['confirm', 'x'],
]

type Pick = <T>(from: readonly T[]) => T

/** Something that a person taps, mostly a button that they see. */
function tapOf(pick: Pick, shown: readonly Action[]): Action {
  const [step, value] = pick(ANSWERS)
  const act: Action = { do: 'request', act: pick(ACTS), of: pick(['h1', 'h2', 'h3']) }
  return pick([...shown, ...shown, ...shown, { do: 'intake', step, value }, act])
}

/** Something that came from a request, or the beginning of one. */
function otherOf(pick: Pick, person: Talk): Turn {
  const of = pick([MEDICINE, SHOPPING])
  return pick([
    () => person.goes(SHOP),
    () => opened(person, pick([{ known: false }, { staff: true }, { nobody: true }]), of),
    () => told(person, pick(TOLD), { alias: 'Yusuf' }, of),
    () => hears(person, { what: 'widen', wish: pick(['gender', 'stairwell']), free: 2 }, of),
    () => hears(person, { what: 'may-pass-on', network: 'red-cross' }, of),
    () => hears(person, { what: 'were-you-helped' }, of),
    () => hears(person, { what: 'feedback', other: 'Yusuf' }, of),
    () => refused(person, 'cancel', pick(['done', 'waiting', 'gone']), of),
  ])()
}

/** Most people finish what they began: a request is called off by its other buttons often enough. */
function isGoingOn(action: Action): boolean {
  return (action.do === 'intake' && action.step !== 'cancel') || action.do === 'request'
}

/** What holds after every turn; how many requests it sent. */
function check(turn: Turn, tapped: boolean): number {
  if (tapped) expect(messages(turn).length).toBeGreaterThan(0)
  for (const { quickReplies = [], text } of messages(turn)) {
    expect(quickReplies.length).toBeLessThanOrEqual(13)
    expect(text).not.toContain('{{')
  }
  const sent = effectsOf(turn, 'openHandoff').flatMap(({ area, details }) => (details === undefined ? [] : [{ area, ...details }]))
  for (const { area, when, wishes, stairwell } of sent) {
    expect(['demo', 'sondervang']).toContain(area)
    expect(WHENS).toContain(when)
    expect(wishes.notFromStairwell === true && stairwell === undefined).toBe(false)
  }
  return sent.length
}

test('every tap is answered, every yes sends a whole request', () => {
  let sent = 0
  for (let seed = 0; seed < RUNS; seed++) {
    const dice = seededDice(seed)
    const pick: Pick = (from) => from[dice(from.length)] as never
    const person = resident({}, TWO_AREAS)
    let shown: readonly Action[] = []
    for (let at = 0; at < STEPS; at++) {
      const tapped = dice(8) > 0
      const turn = tapped ? person.taps(tapOf(pick, shown)) : otherOf(pick, person)
      sent += check(turn, tapped)
      const buttons = replies(turn).flatMap(({ action }) => (isGoingOn(action) ? [action] : []))
      if (buttons.length > 0) shown = buttons
    }
  }
  expect(sent).toBeGreaterThan(20)
})

/** How a coordinator closes a case in the chat: with the ends that it takes now, and without a word about its alarms. */
import { beforeEach, describe, expect, test } from '@jest/globals'
import { acts, asks, last, library, type StaffChat, staffChat, text } from './coordinating-chat.js'
import { effectsOf } from './talk.js'

let staff: StaffChat
beforeEach(() => {
  staff = staffChat()
  staff.alarm()
})

describe('a case', () => {
  test.each([[['helped', 'not-needed']], [['not-needed']]])('is closed for a reason that it takes now: %j', (ends) => {
    const tapped = staff.tap('close', 't1.0', 'H-4F7K')
    expect([asks(tapped), effectsOf(tapped, 'acknowledge')]).toEqual([[{ type: 'ends' }], []])
    const turn = staff.caseResult('ends', { ends })
    expect(acts(turn)).toEqual([...ends, 'cancel'])
    expect(text(turn)).toContain('H-4F7K')
    // Titles are cut on Messenger behind twenty characters.
    expect(last(turn)?.quickReplies?.filter(({ title }) => title.length > 20)).toEqual([])
  })

  test('that is over is not asked about again', () => {
    const turn = staff.caseResult('ends', { refused: 'cancelled' })
    expect(text(turn)).toBe(library.say('da', 'coordinating.refused.cancelled', { receipt: 'H-4F7K' }))
    expect(acts(turn)).not.toContain('helped')
  })
})

describe.each([
  ['helped', 'done'],
  ['not-needed', 'cancel'],
] as const)('the alarm of a case that ends: %s', (act, ask) => {
  const acknowledged = (turn: ReturnType<StaffChat['tap']>) => effectsOf(turn, 'acknowledge').map(({ alarm }) => alarm)

  test('is acknowledged by nobody and ends without a word', () => {
    const tapped = staff.tap(act)
    expect([asks(tapped), acknowledged(tapped)]).toEqual([[{ type: ask }], []])
    expect(staff.chat.happens({ type: 'alarm-over', alarm: 'a1' } as never).effects).toEqual([])
    expect(acknowledged(staff.caseResult(ask))).toEqual([])
    expect(staff.chat.session?.help?.alarms).toBeUndefined()
  })

  test('is seen where that was refused, once', () => {
    staff.tap(act)
    expect(acknowledged(staff.caseResult(ask, { refused: 'waiting' }))).toEqual(['a1'])
    expect(staff.result({ command: 'acknowledge', alarm: 'a1' }).effects).toEqual([])
    staff.tap(act)
    expect(acknowledged(staff.caseResult(ask, { refused: 'waiting' }))).toEqual([])
  })
})

/** Where a request stands on the board follows from its rules alone. */
import { describe, expect, test } from '@jest/globals'
import { isDanger, onBoard } from '../../src/app/board/board-place.js'
import type { BoardList } from '../../src/core/board-types.js'
import { draftHandoff } from '../../src/core/handoff.js'
import type { Handoff } from '../../src/core/handoff-types.js'

const DRAFT = draftHandoff({ resident: 'amina', task: 'medicine', minor: false, timings: { t1: 1, t2: 2, t3: 3, t4: 4, t5: 5 } })
const placed = (handoff: Partial<Handoff>, task = 'medicine') =>
  onBoard({ state: 'open', task, openedAt: 100, handoff: { ...DRAFT, ...handoff } }).board

describe('the list', () => {
  test.each<[Handoff['state'], BoardList]>([
    ['open', 'waiting'],
    ['offered', 'waiting'],
    ['handed-back', 'waiting'],
    ['with-staff', 'waiting'],
    ['accepted', 'going'],
    ['on-the-way', 'going'],
    ['passed-on', 'going'],
  ])('%s: %s', (state, list) => {
    expect(placed({ state })).toEqual({ list, danger: false, at: 100 })
  })

  test('what one of the staff has is going', () => {
    expect(placed({ state: 'with-staff', staff: 'staff:bo' })?.list).toBe('going')
  })

  test('of before there were rules: staff alone have it, until they close it', () => {
    const old = { state: 'open', task: 'contact', openedAt: 100 } as const
    expect(onBoard(old).board).toEqual({ list: 'waiting', danger: false, at: 100 })
    const closed = { at: 300, reason: 'helped', tell: 'nobody', attempt: 0, kept: true } as const
    expect(onBoard({ ...old, state: 'closed', closed }).board).toEqual({ list: 'closed', danger: false, at: 300 })
  })
})

test('who waits again waits since the last helper was no more, whatever they were before', () => {
  const relays = [
    { volunteer: 'a', from: 110, until: 150 },
    { volunteer: 'b', from: 160, until: 190 },
  ]
  expect(placed({ state: 'handed-back', relays })?.at).toBe(190)
  expect(placed({ state: 'accepted', relays: [...relays, { volunteer: 'c', from: 195 }] })?.at).toBe(100)
})

test('danger and violence are marked, and nothing else', () => {
  expect(['danger', 'violence', 'medicine', 'keys', 'contact', 'unheard-of'].map(isDanger)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ])
  expect(placed({ state: 'with-staff' }, 'violence')).toMatchObject({ danger: true })
})

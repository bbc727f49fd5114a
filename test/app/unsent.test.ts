/** Which messages of a restored turn are listed instead of sent. */
import { expect, test } from '@jest/globals'
import { listUnsent, UNSENT_MS } from '../../src/app/unsent.js'
import type { Effect } from '../../src/core/types.js'
import type { Sent, Settle, TurnDocument } from '../../src/store/collections.js'
import { NOW } from '../library.js'

const MESSAGE: Effect = { type: 'message', message: { text: 'Hej', language: 'da' } }
const CHANGE: Effect = { type: 'contact', change: { area: 'demo' } }
const ERASE: Effect = { type: 'erase' }
const SENT: Sent = { state: 'sent', platformId: 'm_1', at: NOW }
const LISTED: Sent = { state: 'listed', reason: 'restored', at: NOW }
const OLD = UNSENT_MS + 1

function turn(effects: Effect[], sent: Settle['sent'], age: number): TurnDocument {
  const at = NOW - age
  return {
    _id: 't',
    version: 3,
    conversation: 'messenger:1:2',
    seq: 1,
    key: 'k',
    contact: 'c',
    at,
    event: { id: 'e', at, type: 'message', text: 'hej' },
    session: { language: { code: 'da', chosen: true }, answers: {}, told: {} },
    effects,
    library: 'r',
    settle: { by: 'another', state: 'open', sent },
    kept: true,
    erased: false,
  }
}

test.each<[string, Effect[], Settle['sent'], Settle]>([
  [
    'all that is left are messages: listed, and closed by the start',
    [MESSAGE, MESSAGE],
    { 0: SENT },
    { by: 'another', state: 'open', sent: { 0: SENT, 1: LISTED } },
  ],
  ['what was sent stays sent', [MESSAGE], { 0: { state: 'again', at: 1 } }, { by: 'another', state: 'open', sent: { 0: LISTED } }],
  [
    'what waited is listed',
    [MESSAGE],
    { 0: { state: 'waiting', reason: 'rate', at: 1 } },
    { by: 'another', state: 'open', sent: { 0: LISTED } },
  ],
  ['a command stays open', [CHANGE, MESSAGE], {}, { by: 'another', state: 'open', sent: { 1: LISTED } }],
  ['so does an erasure', [MESSAGE, ERASE], {}, { by: 'another', state: 'open', sent: { 0: LISTED } }],
])('older than ten minutes, %s', (_, effects, sent, settle) => {
  const before = turn(effects, sent, OLD)
  expect(listUnsent(before, NOW)).toEqual({ ...before, settle })
})

test.each<[string, TurnDocument]>([
  ['a young one', turn([MESSAGE], {}, UNSENT_MS)],
  ['an old one with commands only', turn([CHANGE], {}, OLD)],
  ['an old one whose messages all have an outcome', turn([MESSAGE, CHANGE], { 0: SENT }, OLD)],
  ['a closed one', { ...turn([MESSAGE], {}, OLD), settle: { by: '', state: 'done', sent: {} } }],
])('%s stays as it is', (_, before) => {
  expect(listUnsent(before, NOW)).toBe(before)
})

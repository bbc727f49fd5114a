import { createHmac } from 'node:crypto'
import { expect, test } from '@jest/globals'
import type { Keys } from '../../src/app/ports.js'
import { decodeMenuPayload, decodePayload, encodePayload } from '../../src/bot/payload.js'
import { COMMANDS } from '../../src/core/command-types.js'
import { type Action } from '../../src/core/types.js'

const keysOf = (secret: string): Keys => ({
  mac: (purpose, text) => createHmac('sha256', `${secret} ${purpose}`).update(text).digest('base64url'),
})
const KEYS = keysOf('ours')
const ACTIONS: Action[] = [
  { do: 'reply', dialog: 'welcome', node: 'start', reply: 'news' },
  { do: 'goto', dialog: 'preparedness', node: 'water-boil' },
  { do: 'language', language: 'ar' },
  { do: 'command', command: 'delete-me-yes' },
  { do: 'page', dialog: '', node: '', page: 2 },
]
const LETTERS = 'ABCxyz019-_.'

test.each(ACTIONS)('$do travels there and back', (action) => {
  const payload = encodePayload({ action, revision: '2hx9' }, KEYS)
  expect(decodePayload(payload, KEYS)).toEqual({ action, revision: '2hx9' })
  expect(payload).toMatch(/^o1\.[\w-]+\.[\w-]{16}$/)
})

test('a payload with any one character changed, lost or added is none', () => {
  const payload = encodePayload({ action: { do: 'command', command: 'menu' }, revision: 'r' }, KEYS)
  for (let at = 0; at < payload.length; at++) {
    const [before, after] = [payload.slice(0, at), payload.slice(at + 1)]
    expect([at, decodePayload(before + after, KEYS)]).toEqual([at, undefined])
    for (const letter of LETTERS) {
      if (letter !== payload[at]) expect([at, letter, decodePayload(before + letter + after, KEYS)]).toEqual([at, letter, undefined])
      expect([at, letter, decodePayload(payload.slice(0, at) + letter + payload.slice(at), KEYS)]).toEqual([at, letter, undefined])
    }
  }
})

test.each(['.', '.x', 'A', ' '])('a payload with %p behind it is none', (more) => {
  expect(decodePayload(encodePayload({ action: { do: 'command', command: 'menu' }, revision: 'r' }, KEYS) + more, KEYS)).toBeUndefined()
})

test('what another key signed, or our key for another purpose, is none', () => {
  const action: Action = { do: 'command', command: 'delete-me-yes' }
  expect(decodePayload(encodePayload({ action, revision: 'r' }, keysOf('theirs')), KEYS)).toBeUndefined()
  const body = Buffer.from(JSON.stringify(['r', action])).toString('base64url')
  expect(decodePayload(`o1.${body}.${KEYS.mac('token', body).slice(0, 16)}`, KEYS)).toBeUndefined()
  expect(decodePayload(`o1.${body}.`, KEYS)).toBeUndefined()
  expect(decodePayload(`o1.${body}`, KEYS)).toBeUndefined()
})

test.each(['', 'o1.', 'o1..', 'o1.e30.', 'MENU_MENU', 'hej', `o1.${'A'.repeat(2000)}.${'A'.repeat(16)}`])('%p is none', (text) => {
  expect(decodePayload(text, KEYS)).toBeUndefined()
})

test('payloads of the longest ids still fit in Messenger', () => {
  const id = 'x'.repeat(60)
  expect(encodePayload({ action: { do: 'reply', dialog: id, node: id, reply: id }, revision: 'r'.repeat(11) }, KEYS).length).toBeLessThan(
    1000,
  )
})

test('the page menu names every command but the answers to the question of erasure', () => {
  const named = COMMANDS.filter((command) => decodeMenuPayload(`MENU_${command.toUpperCase()}`) !== undefined)
  expect(named).toEqual(COMMANDS.filter((command) => command !== 'delete-me-yes' && command !== 'delete-me-no'))
  expect(decodeMenuPayload('MENU_LANGUAGE')).toEqual({ do: 'command', command: 'language' })
})

test.each(['menu_language', 'MENU_', 'MENU_DELETE-ME-YES', 'MENU_DELETE-ME-NO', 'MENU_MENU ', 'MENU_CONSTRUCTOR', ''])(
  '%p names nothing',
  (text) => {
    expect(decodeMenuPayload(text)).toBeUndefined()
  },
)

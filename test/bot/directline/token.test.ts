import { expect, test } from '@jest/globals'
import { issueToken, readToken } from '../../../src/bot/directline/token.js'
import { keys, START } from './web-chat-server.js'

const HALF_AN_HOUR = 30 * 60_000
const token = issueToken('conversation', keys, START)

test('a token opens its conversation for half an hour, on every instance with the keys', () => {
  expect(readToken(token, keys, START)).toEqual({ state: 'valid', conversation: 'conversation' })
  expect(readToken(token, keys, START + HALF_AN_HOUR - 1)).toEqual({ state: 'valid', conversation: 'conversation' })
  expect(readToken(token, keys, START + HALF_AN_HOUR)).toEqual({ state: 'expired' })
})

test.each([
  ['other conversation', token.replace('conversation', 'another')],
  ['later expiry', token.replace(/\.(\w+)\./, '.zzzzzz.')],
  ['cut signature', token.slice(0, -1)],
  ['signature in other letters', token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
  ['no signature', token.split('.').slice(0, 2).join('.')],
  ['empty signature', `${token.split('.').slice(0, 2).join('.')}.`],
  ['a fourth part', `${token}.x`],
  ['signature beyond ASCII', `${token.slice(0, -1)}é`],
  ['endless', `${token}${'x'.repeat(10_000)}`],
  ['empty', ''],
])('forged: %s', (_name, forged) => {
  expect(readToken(forged, keys, START)).toEqual({ state: 'forged' })
})

test('a token made under other keys is forged', () => {
  const other = { mac: (purpose: string, text: string) => keys.mac('payload', `${purpose}${text}`) }
  expect(readToken(issueToken('conversation', other, START), keys, START)).toEqual({ state: 'forged' })
})

import { describe, expect, test } from '@jest/globals'
import { classify, type FailureClass } from '../../../src/bot/messenger/classify.js'
import { cases } from './messenger-test-kit.js'

const error = (code: number | string, subcode?: number | string, more: object = {}) =>
  JSON.stringify({
    error: { message: 'm', type: 'OAuthException', code, ...(subcode === undefined ? {} : { error_subcode: subcode }), ...more },
  })

/** Code, subcode, class: every one that Meta's tables name. */
const TABLE: readonly [number, number | undefined, FailureClass][] = [
  [2, undefined, 'retry'],
  [4, undefined, 'retry'],
  [17, undefined, 'retry'],
  [341, undefined, 'retry'],
  [613, undefined, 'retry'],
  [613, 2534040, 'retry'],
  [1, 99, 'retry'],
  [1200, undefined, 'retry'],
  [32, undefined, 'retry'],
  [80001, undefined, 'retry'],
  [1, 1357046, 'unknown'],
  [1, undefined, 'unknown'],
  [10, 2018278, 'window_closed'],
  [10, 2018065, 'window_closed'],
  [10, 2534022, 'window_closed'],
  [551, undefined, 'recipient_unavailable'],
  [551, 1545041, 'recipient_unavailable'],
  [200, 1545041, 'recipient_unavailable'],
  [10, 2018108, 'recipient_unavailable'],
  [100, 2018001, 'permanent'],
  [100, 2018008, 'permanent'],
  [100, 2018047, 'permanent'],
  [100, 2018074, 'permanent'],
  [100, 2018109, 'permanent'],
  [100, 2018294, 'permanent'],
  [100, 2018014, 'permanent'],
  [100, undefined, 'permanent'],
  [100, 9000001, 'permanent'],
  [10, 2018300, 'thread_owned'],
  [10, 2018321, 'thread_owned'],
  [100, 2534037, 'thread_owned'],
  [190, undefined, 'config'],
  ...[458, 459, 460, 463, 464, 467].map((subcode) => [190, subcode, 'config'] as [number, number, FailureClass]),
  [200, undefined, 'config'],
  [200, 2018028, 'config'],
  [10, undefined, 'config'],
  [10, 2018247, 'config'],
  [10, 1893063, 'circuit'],
  [368, undefined, 'circuit'],
  [2022, undefined, 'circuit'],
  [613, 2018338, 'cool_down'],
  [100, 2018218, 'permanent'],
  [10, 2018336, 'permanent'],
]

describe.each([200, 400, 403, 500])('with HTTP %s', (status) => {
  test.each(TABLE)('%s/%s is %s', (code, subcode, failure) => {
    expect(classify(status, error(code, subcode))).toMatchObject({ kind: 'failure', failure, code })
  })
})

test.each(TABLE.filter(([, subcode]) => subcode !== undefined && subcode > 1_000_000))(
  'the subcode of %s/%s printed as the code is %s',
  (_, subcode, failure) => {
    expect(classify(400, error(subcode ?? 0))).toMatchObject({ failure })
  },
)

test('Graph codes printed as a subcode, and codes as text', () => {
  expect(classify(400, error(10, 368))).toMatchObject({ failure: 'circuit' })
  expect(classify(400, error(100, 551))).toMatchObject({ failure: 'recipient_unavailable' })
  expect(classify(400, error('613', '2018338'))).toMatchObject({ failure: 'cool_down', code: 613, subcode: 2018338 })
})

test('what is ambiguous is decided by our own clock', () => {
  for (const code of [200, 551]) {
    expect(classify(400, error(code, 1545041), true)).toMatchObject({ failure: 'recipient_unavailable' })
    expect(classify(400, error(code, 1545041), false)).toMatchObject({ failure: 'window_closed' })
  }
})

test('only 1/99 is given up after a few tries', () => {
  expect(classify(500, error(1, 99))).toMatchObject({ tries: 3 })
  expect(classify(500, error(2))).not.toHaveProperty('tries')
})

test.each<[string, number, string, FailureClass]>([
  ['HTML of a server', 502, '<html>Bad gateway</html>', 'unknown'],
  ['HTML with 200', 200, '<html>', 'unknown'],
  ['empty', 200, '', 'unknown'],
  ['empty with 500', 500, '', 'unknown'],
  ['no id', 200, '{"recipient_id":"1"}', 'unknown'],
  ['an id of another kind', 200, '{"message_id":7}', 'unknown'],
  ['null', 200, 'null', 'unknown'],
  ['a list', 200, '[]', 'unknown'],
  ['an error that is text', 400, '{"error":"no"}', 'unknown'],
  ['too many requests, without JSON', 429, 'slow down', 'retry'],
  ['an error without a code', 400, '{"error":{}}', 'permanent'],
  ['an unlisted code', 400, error(777), 'permanent'],
  ['an unlisted code of the server', 500, error(777), 'unknown'],
  ['an unlisted code that passes', 500, error(777, undefined, { is_transient: true }), 'retry'],
  ['an unlisted subcode of 10', 400, error(10, 999), 'permanent'],
  ['a code like a property of every object', 400, error('constructor'), 'permanent'],
])('%s', (_, status, body, failure) => {
  expect(classify(status, body)).toMatchObject({ kind: 'failure', failure })
})

test.each(cases<{ response: { http_status: number; body: object }; expect: { resource_id: string } }>('send-response'))(
  '%s',
  (_, { response, expect: expected }) => {
    expect(classify(response.http_status, JSON.stringify(response.body))).toEqual({ kind: 'sent', platformId: expected.resource_id })
  },
)

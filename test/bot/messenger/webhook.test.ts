import { describe, expect, test } from '@jest/globals'
import { StoreUnavailable } from '../../../src/store/collection.js'
import { APP, AT, cases, delivery, openDoor, PAGE, sign, USER } from './messenger-test-kit.js'

interface WebhookCase {
  readonly request: { readonly raw_body: string; readonly headers: Record<string, string> }
  readonly expect: {
    readonly http_status: number
    readonly heard: { account: string; user: string; event: object }[]
    readonly echoes: object
    readonly counted: object
  }
}

const SIGNATURE = 'x-hub-signature-256'
const message = (mid: string, more: object = {}) => ({ message: { mid, text: mid }, ...more })

test.each(cases<WebhookCase>('webhook'))('%s', async (_, { request, expect: expected }) => {
  const door = openDoor()
  expect(await door.post(request.raw_body, request.headers[SIGNATURE])).toBe(expected.http_status)
  expect(door.heard).toEqual(
    expected.heard.map(({ account, user, event }) => ({ address: { channel: 'messenger', account, user }, event })),
  )
  expect(door.echoes).toEqual(expected.echoes)
  expect(door.counted).toEqual(expected.counted)
})

test.each(cases<WebhookCase>('webhook-reject'))('%s is refused', async (_, { request }) => {
  const door = openDoor()
  expect(await door.post(request.raw_body, request.headers[SIGNATURE] ?? '')).toBe(401)
  expect(door.heard).toEqual([])
})

describe('the answer', () => {
  test.each([
    ['not JSON', '{"object":"page"', 400],
    ['nothing', '', 400],
    ['not an object', '[1]', 404],
    ['null', 'null', 404],
    ['another object', '{"object":"instagram","entry":[]}', 404],
    ['no entries', '{"object":"page"}', 200],
    ['entries of no form', '{"object":"page","entry":[null,3,{"id":null,"messaging":[null,{}]},{"messaging":{}}]}', 200],
  ])('%s', async (_, body, status) => {
    const door = openDoor()
    expect(await door.post(body)).toBe(status)
    expect(door.heard).toEqual([])
  })

  test('while the secret is rotated either one signs', async () => {
    const body = JSON.stringify(delivery(message('m_1')))
    const both = openDoor(undefined, { appSecrets: ['new-secret', APP.secret] })
    expect([await both.post(body), await both.post(body, sign(body, 'new-secret'))]).toEqual([200, 200])
    expect(await both.post(body, sign(body, 'other-secret'))).toBe(401)
  })

  test('a page without a token of ours is counted and left alone', async () => {
    const door = openDoor()
    expect(
      await door.post({
        object: 'page',
        entry: [{ id: '999', messaging: [{ sender: { id: USER }, recipient: { id: '999' }, ...message('m_1') }] }],
      }),
    ).toBe(200)
    expect([door.heard, door.counted]).toEqual([[], ['other_page']])
  })
})

describe('many events in one delivery', () => {
  const item = (user: string, at: number, mid: string) => ({
    sender: { id: user },
    recipient: { id: PAGE },
    timestamp: at,
    ...message(mid),
  })

  test('one person is heard in the order of the platform, whatever the order of the delivery', async () => {
    const door = openDoor()
    const entry = [
      { id: PAGE, time: AT, messaging: [item('1', AT + 2, 'c'), item('1', AT, 'a')] },
      { id: PAGE, time: AT, messaging: [item('1', AT + 1, 'b')] },
    ]
    expect(await door.post({ object: 'page', entry })).toBe(200)
    expect(door.heard.map(({ event }) => event.type === 'message' && event.text)).toEqual(['a', 'b', 'c'])
  })

  test('persons do not wait for each other, and the answer waits for all', async () => {
    const order: string[] = []
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const door = openDoor(async ({ user }) => {
      if (user === '1') await gate
      order.push(user)
      if (user === '2') release()
      return 'committed'
    })
    expect(await door.post({ object: 'page', entry: [{ id: PAGE, time: AT, messaging: [item('1', AT, 'a'), item('2', AT, 'b')] }] })).toBe(
      200,
    )
    expect(order).toEqual(['2', '1'])
  })

  test('when the store is away Meta must deliver again, and nobody is heard out of order', async () => {
    const tried: string[] = []
    const door = openDoor(async (_, event) => {
      tried.push(event.type === 'message' ? event.text : '')
      if (tried.at(-1) === 'a') throw new StoreUnavailable('disk full')
      return 'committed'
    })
    const messaging = [item('1', AT, 'a'), item('1', AT + 1, 'b'), item('2', AT, 'c')]
    expect(await door.post({ object: 'page', entry: [{ id: PAGE, time: AT, messaging }] })).toBe(503)
    expect(tried).toEqual(['a', 'c'])
  })

  test('an event that cannot be handled is left out, said in the log, and does not hold the others', async () => {
    const door = openDoor(async (_, event) => {
      if (event.type === 'message' && event.text === 'a') throw new TypeError('broken')
      return 'committed'
    })
    expect(
      await door.post({ object: 'page', entry: [{ id: PAGE, time: AT, messaging: [item('1', AT, 'a'), item('1', AT + 1, 'b')] }] }),
    ).toBe(200)
    expect([door.heard.length, door.counted, door.log.lines[0]?.level]).toEqual([1, ['failed'], 'error'])
  })
})

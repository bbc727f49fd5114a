import { expect, test } from '@jest/globals'
import type { Send } from '../../src/web/chat/conversation-state.js'
import type { PostResult } from '../../src/web/chat/directline-client.js'
import { Outbox } from '../../src/web/chat/outbox.js'

const send = (clientId: string): Send => ({ clientId, text: clientId, at: 1 })

/** An outbox whose posts have the given results, in order; `later` are the waits it asked for. */
function outboxWith(results: PostResult[], kept = new Map<string, string>()) {
  const posted: string[] = []
  const deliveries: string[] = []
  const later: { ms: number; run: () => void }[] = []
  let denials = 0
  const outbox = new Outbox({
    store: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
    post: ({ clientId }) => {
      posted.push(clientId)
      return Promise.resolve(results.shift() ?? 'sent')
    },
    delivery: (clientId, delivery) => void deliveries.push(`${clientId} ${delivery}`),
    denied: () => void (denials += 1),
    after: (ms, run) => {
      later.push({ ms, run })
      return () => undefined
    },
  })
  return { outbox, posted, deliveries, later, kept, denials: () => denials }
}

test('messages go one by one and in order, and are then forgotten', async () => {
  const { outbox, posted, kept } = outboxWith([])
  outbox.add(send('a'))
  outbox.add(send('b'))
  await settled()
  expect(posted).toEqual(['a', 'b'])
  expect(kept.size).toBe(0)
})

test('without a line the message waits, is kept in the tab, and goes again with the same id', async () => {
  const { outbox, posted, deliveries, later, kept } = outboxWith(['failed', 'failed'])
  outbox.add(send('a'))
  await settled()
  later[0]?.run()
  await settled()
  expect(later.map(({ ms }) => ms)).toEqual([1000, 2000])
  expect(outboxWith([], kept).outbox.waiting).toEqual([send('a')])
  later[1]?.run()
  await settled()
  expect(posted).toEqual(['a', 'a', 'a'])
  expect(deliveries).toContain('a waiting')
  expect(deliveries.at(-1)).toBe('a sent')
})

test('what came back on the stream is not sent again', async () => {
  const { outbox, posted } = outboxWith(['failed'])
  outbox.add(send('a'))
  await settled()
  outbox.confirm('a')
  await outbox.pump()
  expect(posted).toEqual(['a'])
})

test('a refused message does not hold up the next; a denial asks for a new session and keeps everything', async () => {
  const { outbox, posted, deliveries, denials, kept } = outboxWith(['refused', 'denied'])
  outbox.add(send('a'))
  outbox.add(send('b'))
  await settled()
  expect(denials()).toBe(1)
  expect(posted).toEqual(['a', 'b'])
  expect(deliveries).toContain('a refused')
  expect(kept.get('opgang.outbox')).toBe(JSON.stringify([send('b')]))
})

/** All that was begun with results at hand has come to rest. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

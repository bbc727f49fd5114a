/** Acts on their way: what can be undone, what is sent again, and what the tab remembers. */
import { beforeEach, expect, test } from '@jest/globals'
import type { RequestAct, RequestView } from '../../src/core/board-types.js'
import { Refusal } from '../../src/web/console/api.js'
import { type ActOrder, Outbox, UNDO_SECONDS } from '../../src/web/console/board/outbox.js'
import { requestOf } from './board-stub.js'

const view = requestOf({ id: 'r1', receipt: 'H-4F7K' })
const order = (id: string, act: RequestAct = { do: 'take' }): ActOrder => ({ id, request: 'r1', receipt: 'H-4F7K', seen: '0:open', act })
const close: RequestAct = { do: 'close', reason: 'helped', tell: true }

let kept: Map<string, string>
let sent: string[]
let said: string[]
let answers: ((order: ActOrder) => Promise<RequestView>)[]
let alarm: { readonly seconds: number; readonly ring: () => void; stopped: boolean } | undefined

beforeEach(() => {
  kept = new Map()
  sent = []
  said = []
  answers = []
  alarm = undefined
})

function open(): Outbox {
  return new Outbox({
    send: (one) => {
      sent.push(one.id)
      return (answers.shift() ?? (() => Promise.resolve(view)))(one)
    },
    later: (seconds, then) => {
      const mine = { seconds, ring: then, stopped: false }
      alarm = mine
      return () => {
        mine.stopped = true
      }
    },
    store: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
    key: 'outbox',
    done: (_view, { id }) => void said.push(`done ${id}`),
    refused: ({ id }, { code }) => void said.push(`${code} ${id}`),
  })
}
const refuse = (code: string) => () => Promise.reject(new Refusal(code))
const settle = () => new Promise((resolve) => setImmediate(resolve))

test('an act is sent at once, and nothing of it is kept when it is done', async () => {
  const outbox = open()
  outbox.add(order('a'))
  expect(kept.size).toBe(1)
  await settle()
  expect([sent, said, outbox.state().entries, kept.size]).toEqual([['a'], ['done a'], [], 0])
  expect(outbox.state().outcome).toEqual({ order: order('a') })
})

test('closing waits; undone it is never sent, else when its time has come, once', async () => {
  const outbox = open()
  outbox.add(order('a', close))
  expect([sent, alarm?.seconds]).toEqual([[], UNDO_SECONDS])
  outbox.drop('a')
  expect([outbox.state().entries, alarm?.stopped]).toEqual([[], true])
  outbox.add(order('b', close))
  alarm?.ring()
  await settle()
  await outbox.flush()
  expect([sent, said]).toEqual([['b'], ['done b']])
})

test('whoever leaves sends what waits, and leaves what failed', async () => {
  const outbox = open()
  answers.push(refuse('offline'))
  outbox.add(order('a'))
  await settle()
  outbox.add(order('b', close))
  await outbox.flush()
  expect([sent, alarm?.stopped]).toEqual([['a', 'b'], true])
  // Whoever signs out waits until it has arrived.
  expect(said).toEqual(['offline a', 'done b'])
})

test('without an answer it stays under its id, through a reload; a refusal ends it', async () => {
  answers.push(refuse('offline'), refuse('frozen'))
  open().add(order('a'))
  await settle()
  const again = open()
  expect(again.state().entries).toEqual([{ order: order('a'), state: 'failed' }])
  again.send('a')
  await settle()
  expect([sent, said, again.state().entries, kept.size]).toEqual([['a', 'a'], ['offline a', 'frozen a'], [], 0])
  expect(again.state().outcome?.refused?.code).toBe('frozen')
})

test('words written anew replace those that could not be sent', async () => {
  const outbox = open()
  answers.push(refuse('offline'))
  outbox.add(order('a', { do: 'note', text: 'Den ene' }))
  await settle()
  outbox.add(order('b', { do: 'note', text: 'Den anden' }))
  await settle()
  expect([sent, outbox.state().entries]).toEqual([['a', 'b'], []])
})

test('what another wrote into the store is no order', () => {
  kept.set('outbox', '{')
  expect(open().state().entries).toEqual([])
})

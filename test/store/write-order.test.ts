import { expect, test } from '@jest/globals'
import { within } from '../../src/store/deadline.js'
import { WriteOrder } from '../../src/store/write-order.js'
import { until } from '../stage.js'

/** Writes that end when the test says so; `log` tells in which order they began. */
function writes() {
  const log: string[] = []
  const ends = new Map<string, { resolve: () => void; reject: (error: Error) => void }>()
  const write = (name: string) => () => {
    log.push(name)
    return new Promise<void>((resolve, reject) => ends.set(name, { resolve, reject }))
  }
  return { log, write, end: (name: string) => ends.get(name)?.resolve(), fail: (name: string) => ends.get(name)?.reject(new Error(name)) }
}

test('a write waits for the one before it to its document, also when that fails, and for no other', async () => {
  const { log, write, end, fail } = writes()
  const order = new WriteOrder()
  const first = order.one('a', write('a1'))
  const all = [order.one('a', write('a2')), order.one('b', write('b1')), order.one('a', write('a3'))]
  await until(() => log.length === 2)
  expect(log).toEqual(['a1', 'b1'])
  fail('a1')
  await expect(first).rejects.toThrow('a1')
  await until(() => log.length === 3)
  expect(log).toEqual(['a1', 'b1', 'a2'])
  end('a2')
  await until(() => log.length === 4)
  for (const name of ['b1', 'a3']) end(name)
  await Promise.all(all)
})

test('a write to many comes after those under way and before the next ones to their documents, and holds up no other', async () => {
  const { log, write, end } = writes()
  const order = new WriteOrder()
  const all = [order.one('a', write('a1')), order.all(write('many')), order.one('a', write('a2')), order.one('c', write('c1'))]
  await until(() => log.length === 2)
  expect(log).toEqual(['a1', 'c1'])
  end('a1')
  await until(() => log.length === 3)
  expect(log).toEqual(['a1', 'c1', 'many'])
  end('many')
  await until(() => log.length === 4)
  for (const name of ['a2', 'c1']) end(name)
  await Promise.all(all)
})

test('a call ends in its time whatever its work does, and its signal says so', async () => {
  let seen: AbortSignal | undefined
  const late = within(20, (signal) => {
    seen = signal
    return new Promise(() => undefined)
  })
  await expect(late).rejects.toMatchObject({ name: 'StoreUnavailable', reason: expect.stringMatching(/within 20 ms.*check that/) })
  expect(seen?.aborted).toBe(true)
  expect(await within(10_000, async () => 'in time')).toBe('in time')
  await expect(within(-5, () => new Promise(() => undefined))).rejects.toThrow(/within 0 ms/)
})

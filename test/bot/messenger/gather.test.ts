import { expect, test } from '@jest/globals'
import type { MetaEvent } from '../../../src/bot/messenger/envelope.js'
import { createGather } from '../../../src/bot/messenger/gather.js'

const event = (user: string, sentAt: number | undefined, stamp: string): MetaEvent => ({
  page: '1',
  user,
  standby: false,
  ...(sentAt === undefined ? {} : { sentAt }),
  stamp,
  fields: {},
})

/** A gathering whose turn of the event loop ends when the test says so. */
function open(hear: (event: MetaEvent) => Promise<boolean> = async () => true) {
  const heard: string[] = []
  let end = (): void => undefined
  const gather = createGather(
    async (one) => {
      heard.push(one.stamp)
      return hear(one)
    },
    (work) => void (end = work),
  )
  return { heard, gather, end: () => end() }
}

test("deliveries that came together are heard in the order of the platform's time, each person's by itself", async () => {
  const { heard, gather, end } = open()
  const answers = [gather([event('u', 3, 'u3')]), gather([event('v', 9, 'v9')]), gather([event('u', 1, 'u1'), event('u', 2, 'u2')])]
  end()
  expect(await Promise.all(answers)).toEqual([true, true, true])
  expect(heard.filter((stamp) => stamp.startsWith('u'))).toEqual(['u1', 'u2', 'u3'])
  expect(heard).toContain('v9')
})

test('an event without a time keeps its place behind the one before', async () => {
  const { heard, gather, end } = open()
  const answers = [gather([event('u', 5, 'a'), event('u', undefined, 'b')]), gather([event('u', 4, 'c')])]
  end()
  await Promise.all(answers)
  expect(heard).toEqual(['c', 'a', 'b'])
})

test('what comes later waits for what is being heard', async () => {
  let release: (taken: boolean) => void = () => undefined
  const { heard, gather, end } = open(({ stamp }) =>
    stamp === 'a' ? new Promise((resolve) => (release = resolve)) : Promise.resolve(true),
  )
  const first = gather([event('u', 1, 'a'), event('u', 2, 'b')])
  end()
  await Promise.resolve()
  const second = gather([event('u', 3, 'c')])
  end()
  await new Promise((resolve) => setImmediate(resolve))
  expect(heard).toEqual(['a'])
  release(true)
  expect(await Promise.all([first, second])).toEqual([true, true])
  expect(heard).toEqual(['a', 'b', 'c'])
})

test('after one that could not be taken the later ones of that person come again too, and nobody else', async () => {
  const { heard, gather, end } = open(({ stamp }) => Promise.resolve(stamp !== 'u1'))
  const answers = [gather([event('u', 2, 'u2')]), gather([event('u', 1, 'u1')]), gather([event('v', 1, 'v1')])]
  end()
  expect(await Promise.all(answers)).toEqual([false, false, true])
  expect(heard).toEqual(['u1', 'v1'])
})

test('a delivery without events is taken', async () => {
  expect(await open().gather([])).toBe(true)
})

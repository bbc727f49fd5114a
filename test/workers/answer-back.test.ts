/** Looking for who can be told: soon after a start, then once a minute over all instances, whatever fails. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { StoreUnavailable } from '../../src/store/collection.js'
import { runAnswerBack } from '../../src/workers/answer-back.js'
import { starterLibrary } from '../library.js'
import { openStage, type Stage, until } from '../stage.js'

const SECOND = 1000
const library = await starterLibrary()
let stage: Stage
let stop: AbortController
beforeEach(async () => {
  stage = await openStage({ library })
  stop = new AbortController()
})
afterEach(() => stage.close())

/** One instance's worker; `looks` counts. */
function begin(work: () => Promise<number> = async () => 0) {
  const worker = { looks: 0, warned: [] as string[], run: Promise.resolve() }
  const warn = (message: string) => void worker.warned.push(message)
  const answerBack = () => {
    worker.looks += 1
    return work()
  }
  const log = { info: () => undefined, warn, error: () => undefined }
  worker.run = runAnswerBack({ timers: stage.collections.timers, time: stage.time, answerBack, log }, stop.signal)
  return worker
}

/** Everybody sleeps: the settler's look-out and the workers. */
const asleep = (workers: number) => until(() => stage.time.sleepers() === workers + 1)

async function pass(seconds: number, workers: number): Promise<void> {
  for (let at = 0; at < seconds; at += 10) {
    await asleep(workers)
    stage.time.advance(10 * SECOND)
  }
  await asleep(workers)
}

test('two instances look once each after their start, and then together once a minute', async () => {
  const workers = [begin(), begin()]
  const looks = () => workers.reduce((sum, worker) => sum + worker.looks, 0)
  await pass(10, 2)
  expect(workers.map((worker) => worker.looks)).toEqual([1, 1])
  await pass(50, 2)
  expect(looks()).toBe(2)
  await pass(10, 2)
  expect(looks()).toBe(3)
  await pass(60, 2)
  expect(looks()).toBe(4)
  stop.abort()
  await Promise.all(workers.map(({ run }) => run))
})

test('a store that is away is said and tried again', async () => {
  let away = true
  const worker = begin(async () => {
    if (away) throw new StoreUnavailable('disk full')
    return 0
  })
  await pass(10, 1)
  expect(worker.warned).toHaveLength(1)
  away = false
  await pass(60, 1)
  expect([worker.looks, worker.warned.length]).toEqual([2, 1])
  stop.abort()
  await worker.run
})

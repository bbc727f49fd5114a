/** The short form of `npm run faults`. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { isClean } from './account.js'
import { runFaults } from './faults.js'
import { randomOf } from './random.js'
import { reportOf } from './report.js'

/** Half a minute where nothing else runs. */
const LONG = 150_000

/** Everything these runs make is made in here. */
let dir: string
const before = process.env['TMPDIR']
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'opgang-faults-test-'))
  process.env['TMPDIR'] = dir
})
afterAll(() => {
  if (before === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = before
  rmSync(dir, { recursive: true })
})

test(
  'killed six times under load: nothing is lost, nothing twice without a reason, nothing out of order',
  async () => {
    const said: string[] = []
    const account = await runFaults({
      kills: 6,
      seed: 29,
      people: 12,
      instances: 1,
      say: (line) => said.push(line),
      signal: new AbortController().signal,
    })
    expect(isClean(account) ? '' : reportOf(account)).toBe('')
    expect(account.acknowledged).toBeGreaterThan(50)
    expect(said.filter((line) => line.startsWith('kill'))).toHaveLength(6)
    expect(readdirSync(dir)).toEqual([])
  },
  LONG,
)

test(
  'a run that is ended leaves nothing behind',
  async () => {
    const ended = new AbortController()
    const run = runFaults({
      kills: 1000,
      seed: 1,
      people: 2,
      instances: 1,
      say: () => ended.abort(),
      signal: ended.signal,
    })
    await expect(run).rejects.toThrow()
    expect(readdirSync(dir)).toEqual([])
  },
  LONG,
)

test('the same seed and name give the same numbers, and others give others', () => {
  const numbers = (seed: number, name: string) => {
    const random = randomOf(seed, name)
    return Array.from({ length: 1000 }, () => random.next())
  }
  expect(numbers(1, 'graph')).toEqual(numbers(1, 'graph'))
  expect(numbers(2, 'graph')).not.toEqual(numbers(1, 'graph'))
  expect(numbers(1, 'person 1')).not.toEqual(numbers(1, 'graph'))
  const mean = numbers(1, 'graph').reduce((sum, number) => sum + number / 1000, 0)
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.05)
})

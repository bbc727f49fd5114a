import { expect, test } from '@jest/globals'
import { spreadOf } from '../../bench/arithmetic.js'
import { coresIn } from '../../bench/cores.js'
import type { Measured } from '../../bench/measure-all.js'
import { barChart } from '../../bench/pictures.js'
import { explained } from '../../bench/report.js'
import { withResults } from '../../bench/write-readme.js'

test.each([
  ["pid 7's current affinity list: 0,1\n", [0, 1]],
  ["pid 7's current affinity list: 0-2,6\n", [0, 1, 2, 6]],
  ["pid 7's current affinity list: 3\n", [3]],
  ['', []],
])('cores in %j', (answer, cores) => {
  expect(coresIn(answer)).toEqual(cores)
})

const README = 'before\n<!-- results: written by npm run bench -- --write -->\nold\n<!-- end of results -->\nafter\n'

test('the table replaces the one before, and nothing else', () => {
  const once = withResults(README, 'new')
  expect(once).toMatch(/^before\n<!-- results.*-->\n\nnew\n\n<!-- end of results -->\nafter\n$/)
  expect(withResults(once, 'new')).toBe(once)
  expect(() => withResults('no marks', 'new')).toThrow(/put them back/)
})

test('a picture has bars in proportion, and says in words what it shows', () => {
  const svg = barChart({
    title: 'CPU',
    bars: [
      { label: 'a & b', value: 50, text: '50 µs' },
      { label: 'ours', value: 100, text: '100 µs', ours: true },
    ],
  })
  const widths = [...svg.matchAll(/<rect class="\w+" .*width="([\d.]+)"/g)].map(([, width]) => Number(width))
  expect((widths[1] ?? 0) / (widths[0] ?? 1)).toBe(2)
  expect(svg).toContain('aria-label="CPU: a &amp; b 50 µs; ours 100 µs."')
  expect(svg).toContain('prefers-color-scheme: dark')
})

test('where a target of CPU is missed, the layers that eat most are named', () => {
  const layers = [
    { name: 'little', us: 1 },
    { name: 'much', us: 90 },
    { name: 'some', us: 10 },
  ]
  const at = (value: number) => ({ results: [{ id: 'express', ...spreadOf([value]) }] }) as unknown as Measured
  expect(explained(at(1.5), layers).results[0]?.note).toBe('most in: much 90.0 µs, some 10.0 µs')
  expect(explained(at(0.9), layers).results[0]?.note).toBeUndefined()
})

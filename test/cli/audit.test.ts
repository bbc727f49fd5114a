/** The step of `npm run check` that looks for known holes, on answers of the registry as npm writes them. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { ROOT } from '../library.js'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'opgang-audit-'))
})
afterAll(() => rmSync(dir, { recursive: true }))

function verdict(report: string): { status: number | null; said: string } {
  const file = join(dir, 'report.json')
  writeFileSync(file, report)
  const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'scripts/audit.mjs'), '--report', file], { encoding: 'utf8' })
  return { status, said: stdout }
}
const hole = (name: string, severity: string, fixAvailable: boolean) => ({ [name]: { name, severity, range: '<2.0.0', fixAvailable } })

test('a serious hole fails and says what to do; lesser ones are counted', () => {
  const serious = verdict(JSON.stringify({ vulnerabilities: { ...hole('one', 'critical', true), ...hole('two', 'low', true) } }))
  expect(serious.status).toBe(1)
  expect(serious.said).toMatch(/^one <2\.0\.0: critical; a mended version exists: npm update\n1 serious of 2 known holes/)
  expect(verdict(JSON.stringify({ vulnerabilities: hole('one', 'high', false) })).said).toContain('no version without it yet')
  expect(verdict(JSON.stringify({ vulnerabilities: hole('one', 'moderate', true) }))).toMatchObject({ status: 0 })
  expect(verdict(JSON.stringify({ vulnerabilities: {} }))).toMatchObject({ status: 0 })
})

test('without a report nothing is claimed', () => {
  for (const answer of ['', '<html>', JSON.stringify({ message: '405 Method Not Allowed' })])
    expect(verdict(answer)).toEqual({ status: 0, said: expect.stringContaining('were not looked at') })
})

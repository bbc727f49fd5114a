/** `npm run people` beside a running server and without one: what it checks, imports and writes. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { ROOT } from '../library.js'
import { type Environment, runCommand, startProduct } from './product.js'
import { dropDatabases, FIRST_STORE } from './stores.js'

const DEMO = join(ROOT, 'demo/people.yaml')

afterAll(dropDatabases)

describe.each(FIRST_STORE)('on %s', (_, makeStore) => {
  let dir: string
  let environment: Environment
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'opgang-people-'))
    environment = { ...makeStore(), DATA_DIR: join(dir, 'data') }
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  const people = (...args: string[]) => runCommand('cli/people', args, environment)
  const changed = (name: string, change: (text: string) => string) => {
    const file = join(dir, name)
    writeFileSync(file, change(readFileSync(DEMO, 'utf8')))
    return file
  }

  test('without a server: the demo is checked, imported and written again', async () => {
    expect(await people('check', DEMO)).toMatchObject({ code: 0, stdout: '0 errors, 0 warnings\n' })
    expect(await people('import', DEMO)).toMatchObject({ code: 0, stdout: expect.stringContaining('Volunteers: 12 added') })
    const written = join(dir, 'written.yaml')
    expect(await people('export', written)).toMatchObject({ code: 0, stdout: expect.stringContaining('keep it private') })
    expect(statSync(written).mode & 0o777).toBe(0o600)
    expect(await people('export', written)).toMatchObject({ code: 1, stderr: expect.stringContaining('is there already') })
    expect((await people('export')).stdout).toBe(readFileSync(written, 'utf8'))
    expect(await people('import', written)).toMatchObject({ code: 0, stdout: expect.stringContaining('0 added, 0 changed, 12 unchanged') })
  })

  test('beside a server: imported through it, and written while it runs', async () => {
    const product = await startProduct(environment['DATA_DIR'] ?? '', environment)
    try {
      await people('import', DEMO)
      const file = changed('less.yaml', (text) =>
        text.slice(0, text.indexOf('  inger:')).replace('alias: Lone (demo)', 'alias: Lene (demo)'),
      )
      const { code, stdout } = await people('import', file, '--remove-missing')
      expect([code, stdout]).toEqual([
        0,
        expect.stringContaining('Volunteers: 0 added, 1 changed (lone), 10 unchanged.\nRemoved: volunteers inger.'),
      ])
      expect((await people('export')).stdout).toContain('alias: Lene (demo)')
    } finally {
      await product.stop()
    }
  })

  test('a file with mistakes ends with 1, every mistake in a line, and changes nothing', async () => {
    const file = changed('wrong.yaml', (text) => text.replace('kind: board', 'kind: boat').replace('stairwell: 9', 'stairwell: 99'))
    const { code, stdout, stderr } = await people('import', file)
    expect([code, stderr]).toEqual([1, 'Nothing was imported.\n'])
    expect(stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/^error: .*wrong\.yaml:\d+: networks\.bestyrelsen\.kind: write neighbours, /),
      expect.stringMatching(/^error: .*wrong\.yaml:\d+: volunteers\.hamid\.stairwell: demo has no stairwell `99`: write 1, 2, /),
      '2 errors, 0 warnings',
    ])
    expect(await people('check', file)).toMatchObject({ code: 1 })
    expect(await people('check', join(dir, 'none.yaml'))).toMatchObject({ code: 1, stdout: expect.stringContaining('cannot be read') })
    expect(await people('check')).toMatchObject({ code: 1, stderr: 'Write: npm run people -- check FILE\n' })
  })
})

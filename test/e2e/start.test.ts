/** What stops a start, in words; what a start survives; and the commands beside it. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { envExample, helpText, SETTINGS } from '../../src/config.js'
import { ROOT } from '../library.js'
import { eventually, freePort, runCommand, startProduct } from './product.js'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'opgang-start-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const start = (environment: Record<string, string>) => runCommand('main', [], { PORT: '0', DATA_DIR: join(dir, 'data'), ...environment })

test.each([
  [{ PORT: 'many' }, ['PORT: write a number from 0 to 65535']],
  [{ PORT: '70000', LOG_LEVEL: 'loud' }, ['PORT:', 'LOG_LEVEL: write error, warn, info or debug']],
  [{ MONGODB_URI: 'localhost:27017' }, ['MONGODB_URI: write mongodb://user:password@host:27017/opgang']],
  [{ MONGODB_URI: 'mongodb://user:pass@word@localhost' }, ['MONGODB_URI cannot be read']],
  [{ PUBLIC_URL: 'opgang.dk' }, ['PUBLIC_URL: write a whole address']],
  [{ CLOCK: 'yesterday' }, ['CLOCK: write a date and time of Denmark']],
  [{ MESSENGER_PAGES: '1=token' }, ['MESSENGER_APP_ID: missing', 'MESSENGER_APP_SECRET: missing', 'MESSENGER_VERIFY_TOKEN: missing']],
  [{ MESSENGER_PAGES: 'page=token' }, ['MESSENGER_PAGES: write pageId=token']],
  [{ MESSENGER_PAGES: '1=a,1=b' }, ['MESSENGER_PAGES: a page is named twice']],
  [
    { MESSENGER_PAGES: '1=t', MESSENGER_APP_ID: '2', MESSENGER_APP_SECRET: 's', MESSENGER_VERIFY_TOKEN: 'v', CLOCK: '2020-03-25T10:00' },
    ['CLOCK: a drill would answer real people'],
  ],
])('%j stops the start with a line for each problem', async (environment, lines) => {
  const { code, stderr } = await start(environment)
  expect(code).toBe(1)
  for (const line of lines) expect(stderr).toContain(line)
  expect(stderr).not.toMatch(/\n\s+at /)
})

test('a data folder below a file, a port in use and a second server are refused in words', async () => {
  writeFileSync(join(dir, 'file'), '')
  const below = await start({ DATA_DIR: join(dir, 'file', 'data') })
  expect([below.code, below.stderr.includes(join(dir, 'file'))]).toEqual([1, true])
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.once('listening', resolve))
  const port = await start({ PORT: String((taken.address() as AddressInfo).port) })
  expect([port.code, port.stderr]).toEqual([1, expect.stringContaining('the port is in use')])
  taken.close()
  const data = join(dir, 'data')
  const first = await startProduct(data)
  const second = await start({})
  expect(second.code).toBe(1)
  expect(second.stderr).not.toMatch(/\n\s+at /)
  expect(second.stderr.length).toBeGreaterThan(40)
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
  expect(statSync(join(data, 'opgang.db')).mode & 0o777).toBe(0o600)
  expect(await first.stop()).toBe(0)
})

test('a MongoDB that cannot be reached stops the start in words, without the password, and the log command too', async () => {
  const environment = {
    MONGODB_URI: `mongodb://opgang:hemmelig@127.0.0.1:${await freePort()}/opgang`,
    PORT: '0',
    DATA_DIR: join(dir, 'data'),
  }
  for (const command of ['main', 'cli/log']) {
    const { code, stdout, stderr } = await runCommand(command, [], environment)
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/MongoDB cannot be reached at 127\.0\.0\.1:\d+ \(ECONNREFUSED\); check that it runs/),
    ])
    expect(`${stdout}${stderr}`).not.toMatch(/hemmelig|\n\s+at /)
  }
})

/** The built product in a folder whose dialogs a test may break. */
function copyOfProduct(): string {
  const root = join(dir, 'copy')
  mkdirSync(root)
  for (const part of ['dist', 'dialogs', 'locales', 'package.json']) cpSync(join(ROOT, part), join(root, part), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  return root
}

test('broken dialogs stop the start with every problem of every file', async () => {
  const root = copyOfProduct()
  const welcome = join(root, 'dialogs/welcome.yaml')
  writeFileSync(welcome, `${readFileSync(welcome, 'utf8')}\n  lost:\n    sya: Hej\n    goto: Nowhere at all\n`)
  writeFileSync(join(root, 'dialogs/everyday/everyday.yaml'), 'name: Hverdag\nlanguage: en\nnodes: {}\n')
  const wrong = await runCommand('main', [], { PORT: '0', DATA_DIR: join(dir, 'data') }, root)
  expect(wrong.code).toBe(1)
  expect(wrong.stderr).toMatch(/welcome\.yaml:\d+.*`?sya`?.*say/)
  expect(wrong.stderr).toMatch(/everyday\.yaml:\d+/)
  writeFileSync(welcome, 'name: [')
  writeFileSync(join(root, 'locales/ar/welcome.json'), '{ "name": ')
  const unreadable = await runCommand('main', [], { PORT: '0', DATA_DIR: join(dir, 'data') }, root)
  expect(unreadable.code).toBe(1)
  expect(unreadable.stderr).toMatch(/welcome\.yaml:\d+/)
  expect(unreadable.stderr).toMatch(/welcome\.json:\d+/)
})

test('a file broken while developing is told and the last good library stays; a good change is in force', async () => {
  const root = copyOfProduct()
  const product = await startProduct(join(dir, 'data'), { NODE_ENV: 'development' }, root)
  const area = join(root, 'dialogs/areas/demo.yaml')
  const good = readFileSync(area, 'utf8')
  const name = async () => ((await (await fetch(`${product.url}/chat/page`)).json()) as { area: { name: string } }).area.name
  writeFileSync(area, 'name: [')
  await eventually(() => product.output.some((line) => line.includes('last good version')))
  expect(await name()).toBe('Birkehaven (demo)')
  writeFileSync(area, good.replace('Birkehaven (demo)', 'Lindehaven (demo)'))
  await eventually(async () => (await name()) === 'Lindehaven (demo)')
  await product.stop()
})

test('the example of settings and the help are made from the table', async () => {
  expect(readFileSync(join(ROOT, '.env.example'), 'utf8')).toBe(envExample())
  const { stdout } = await runCommand('main', ['--help'], {})
  expect(stdout).toBe(helpText())
  for (const name of Object.keys(SETTINGS)) expect(stdout).toContain(name)
})

test('the log command says what to do when nothing was ever stored', async () => {
  const { code, stderr } = await runCommand('cli/log', ['--json'], { DATA_DIR: join(dir, 'none') })
  expect(code).toBe(1)
  expect(stderr).toContain(join(dir, 'none'))
  expect(existsSync(join(dir, 'none'))).toBe(false)
})

test('the conversations command says when no server runs', async () => {
  const { code, stderr } = await runCommand('cli/conversations', ['resume', 'web:x'], { DATA_DIR: dir })
  expect([code, stderr]).toEqual([1, expect.stringContaining('start it')])
})

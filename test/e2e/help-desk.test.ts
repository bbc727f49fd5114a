/** `npm run help-desk` beside a running server and without one: what it lists, shows and closes, and what the resident reads of it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type GraphStub, startGraphStub } from '../graph-stub.js'
import { starterLibrary } from '../library.js'
import { deliver, delivery, messengerSettings, newPeople, requestsFor } from './pair.js'
import { type Environment, eventually, type Product, runCommand, startProduct } from './product.js'
import { dropDatabases, FIRST_STORE } from './stores.js'

const [USER = ''] = newPeople(1)
const BUSY = { status: 400, body: { error: { message: '(#613) rate', type: 'OAuthException', code: 613 } } }
/** A server looks 10 s after its start for who is to be told; the rest is for a busy computer. */
const TOLD_MS = 40_000
const library = await starterLibrary()

afterAll(dropDatabases)

describe.each(FIRST_STORE)('on %s', (_, makeStore) => {
  let dir: string
  let environment: Environment
  let graph: GraphStub
  let product: Product
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'opgang-help-desk-'))
    graph = await startGraphStub()
    environment = { ...makeStore(), ...messengerSettings(graph), DATA_DIR: dir }
    product = await startProduct(dir, environment)
  })
  afterEach(async () => {
    await product.stop()
    await graph.close()
    rmSync(dir, { recursive: true })
  })

  const desk = (...args: string[]) => runCommand('cli/help-desk', args, environment)
  const textsRead = () => requestsFor(graph, USER).map(({ body }) => (body['message'] as { text: string }).text)
  const closedLine = (receipt: string) => library.say('da', 'handoff.closed', { receipt })
  const timesRead = (receipt: string) => textsRead().filter((text) => text === closedLine(receipt)).length

  interface Row {
    event: { type: string }
    settle: { state: string; sent: Record<string, { state: string }> }
  }
  async function turns(): Promise<Row[]> {
    const rows = (await runCommand('cli/log', ['--json'], environment)).stdout.split('\n').filter(Boolean)
    return rows.map((row) => JSON.parse(row) as Row)
  }
  const closedTurns = async () => (await turns()).filter(({ event }) => event.type === 'closed')
  /** Nothing is on its way: a kill puts no message in doubt. */
  const settled = () => eventually(async () => (await turns()).every(({ settle }) => settle.state === 'done'))

  /** Asks for a person; resolves with the number that the resident reads. */
  async function asks(): Promise<string> {
    for (const text of ['dansk', 'menu', library.say('da', 'person')]) await deliver(product, delivery(USER, text))
    const number = () => /H-[0-9A-Z]{4}/.exec(textsRead().join('\n'))?.[0]
    await eventually(() => number() !== undefined)
    return number() ?? ''
  }

  test('beside the server: listed and shown without a name, closed once, and the resident reads it once', async () => {
    const receipt = await asks()
    const { stdout: listed } = await desk('list')
    expect(listed).toMatch(/^receipt +task +area +language +waiting +note\n/)
    expect(listed).toMatch(new RegExp(`^${receipt} +contact +\\w+ +da +\\d+ min$`, 'm'))
    const { stdout: json } = await desk('list', '--json', '--task', 'contact')
    expect(JSON.parse(json)).toMatchObject({ receipt, task: 'contact', state: 'open' })
    const { stdout: shown } = await desk('show', receipt)
    expect(shown).toContain('answers read: welcome/start, welcome/person')
    expect(`${listed}${json}${shown}`).not.toContain(USER)
    expect((await desk('list', '--area', 'nowhere')).stdout).toContain('there are some of area')

    const closed = await desk('close', receipt.toLowerCase(), '--reason', 'helped', '--tell')
    expect([closed.code, closed.stdout]).toEqual([0, expect.stringContaining(`${receipt} is closed: helped. The resident is told`)])
    await eventually(() => timesRead(receipt) === 1)
    const again = await desk('close', receipt, '--reason', 'double', '--tell')
    expect([again.code, again.stderr]).toEqual([1, expect.stringMatching(`${receipt} was closed before, on 20.*: helped. Nothing`)])
    expect((await desk('list')).stdout).toBe('There are no such requests.\n')
    await eventually(async () => (await desk('show', receipt)).stdout.includes('closed: helped; resident told'))
    expect((await desk('list', '--all')).stdout).toMatch(new RegExp(`^${receipt} .*helped`, 'm'))
    expect(timesRead(receipt)).toBe(1)
  })

  // What is told when the server starts waits 10 s each time; the tests of the app tell on both stores.
  test('without a server: told when it starts, and once also over two kills, one of them while Graph refuses the message', async () => {
    const receipt = await asks()
    await settled()
    await product.kill()
    expect((await desk('close', receipt, '--reason', 'passed-on', '--tell')).stdout).toContain('within a minute of a running server')
    expect((await desk('close', receipt, '--reason', 'helped')).code).toBe(1)
    graph.answerWith(() => BUSY)
    product = await startProduct(dir, environment)
    await eventually(
      async () => Object.values((await closedTurns())[0]?.settle.sent ?? {}).some(({ state }) => state === 'waiting'),
      TOLD_MS,
    )
    await product.kill()
    graph.reset()
    product = await startProduct(dir, environment)
    await eventually(() => timesRead(receipt) === 1, TOLD_MS)
    await eventually(async () => (await desk('show', receipt)).stdout.includes('resident told'))
    await settled()
    await product.kill()
    product = await startProduct(dir, environment)
    await deliver(product, delivery(USER, 'menu'))
    await eventually(() => textsRead().length > 1)
    expect([timesRead(receipt), (await closedTurns()).length]).toEqual([1, 1])
  }, 150_000)

  test('whoever is not told reads nothing; an erased request is not there; what is no order gets one line', async () => {
    const receipt = await asks()
    expect((await desk('close', receipt, '--reason', 'not-needed')).stdout).toContain('The resident is not told.')
    await deliver(product, delivery(USER, library.say('da', 'person')))
    await eventually(async () => (await desk('list')).stdout.includes('contact'))
    const [other = ''] = /H-[0-9A-Z]{4}/.exec((await desk('list')).stdout) ?? []
    expect(other).not.toBe(receipt)
    await runCommand('cli/conversations', ['erase', `messenger:104857600000001:${USER}`], environment)
    await eventually(async () => (await desk('list', '--all')).stdout === 'There are no such requests.\n')
    for (const args of [
      ['show', other],
      ['close', other, '--reason', 'helped', '--tell'],
    ]) {
      const { code, stderr } = await desk(...args)
      expect([code, stderr]).toEqual([1, expect.stringMatching(`^There is no request ${other}: .*\n$`)])
    }
    const wrong = await desk('close', other)
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringMatching(/^Write: npm run help-desk -- close RECEIPT --reason .*\n$/)])
    expect(timesRead(receipt) + timesRead(other)).toBe(0)
  })
})

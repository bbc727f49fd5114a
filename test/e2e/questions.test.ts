/** `npm run questions` beside a running server and without one: what it lists and changes, and that the asker reads the answer on the page. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { connectClient, type DirectLineClient } from '../directline-client.js'
import { starterLibrary } from '../library.js'
import { type Environment, eventually, type Product, runCommand, startProduct } from './product.js'
import { dropDatabases, FIRST_STORE } from './stores.js'

const TEXT = 'gøffel bræzzø'
const ANSWER = 'preparedness/water-boil'
const library = await starterLibrary()
const say = (key: string) => library.say('da', key)

afterAll(dropDatabases)

describe.each(FIRST_STORE)('on %s', (_, makeStore) => {
  let dir: string
  let environment: Environment
  let product: Product
  let clients: DirectLineClient[]
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'opgang-questions-'))
    environment = { ...makeStore(), DATA_DIR: dir }
    product = await startProduct(dir, environment)
    clients = []
  })
  afterEach(async () => {
    for (const client of clients) client.end()
    expect(product.output.join('\n')).not.toContain(TEXT)
    await product.stop()
    rmSync(dir, { recursive: true })
  })

  const questions = (...args: string[]) => runCommand('cli/questions', args, environment)
  const idIn = (listed: string) => /^q[\w-]{21}/m.exec(listed)?.[0] ?? ''
  const lastText = ({ received }: DirectLineClient) => received.findLast(({ type }) => type === 'message')
  const textsOf = ({ received }: DirectLineClient) => received.map((activity) => (activity.type === 'message' ? (activity.text ?? '') : ''))

  async function resident(): Promise<DirectLineClient> {
    const grant = (await (await fetch(`${product.url}/directline/tokens/generate`, { method: 'POST' })).json()) as { token: string }
    const client = connectClient({ domain: `${product.url}/directline`, webSocket: true, token: grant.token })
    clients.push(client)
    return client
  }

  const write = (client: DirectLineClient, text: string, value?: unknown) =>
    client.post({ type: 'message', text, ...(value === undefined ? {} : { value }) })

  async function asks(client: DirectLineClient): Promise<void> {
    await write(client, 'dansk')
    await eventually(() => textsOf(client).length > 1)
    await write(client, TEXT)
    const wish = () => {
      const last = lastText(client)
      return last?.type === 'message' ? last.suggestedActions?.actions.find(({ title }) => title === say('question.tell-me')) : undefined
    }
    await eventually(() => wish() !== undefined)
    await write(client, say('question.tell-me'), wish()?.value)
    await eventually(() => textsOf(client).some((text) => text.includes(say('question.tell-me.thanks'))))
  }

  test('beside the server: the asker reads the answer at once, and the list says so', async () => {
    const client = await resident()
    await asks(client)
    let listed = ''
    await eventually(async () => {
      listed = (await questions()).stdout
      return listed.includes('want to be told: 1')
    })
    expect(listed).toContain(`da: \u2068${TEXT}\u2069`)
    const refused = await questions('answer', idIn(listed), 'preparedness/nowhere')
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('preparedness has no nowhere; choose one of')])
    const unknown = await questions('answer', 'q0', ANSWER)
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('There is no question q0')])
    const linked = await questions('answer', idIn(listed), ANSWER)
    expect([linked.code, linked.stdout]).toEqual([0, expect.stringContaining('1 question is linked to preparedness/water-boil')])
    await eventually(() => textsOf(client).some((text) => text.includes('Du spurgte')))
    await eventually(async () => (await questions('--state', 'answered')).stdout.includes(idIn(listed)))
    expect((await questions()).stdout).toBe('There are no such questions.\n')
    expect((await questions('show', idIn(listed))).stdout).toContain(`(answered: ${ANSWER})`)
  })

  test('without a server: linked in the store, told when it starts, once also over a kill', async () => {
    const client = await resident()
    await asks(client)
    await product.stop()
    const { stdout } = await questions('--all')
    expect((await questions('answer', idIn(stdout), ANSWER)).stdout).toContain('Askers who wait to be told: 1.')
    expect((await questions('--state', 'linked')).stdout).toContain('(can be told now)')
    product = await startProduct(dir, environment)
    const told = async () =>
      (await runCommand('cli/log', ['--json'], environment)).stdout.split('\n').filter((row) => row.includes('"type":"answered"'))
    await eventually(async () => (await told()).length > 0)
    await product.kill()
    product = await startProduct(dir, environment)
    await eventually(async () => (await questions('--state', 'answered')).stdout.includes(idIn(stdout)))
    expect(await told()).toHaveLength(1)
  })

  test('votes are listed with small cells hidden, and what is no order gets the usage', async () => {
    const client = await resident()
    await write(client, 'dansk')
    await eventually(() => textsOf(client).length > 1)
    await write(client, 'Skal jeg koge vandet?')
    const yes = () => {
      const last = lastText(client)
      return last?.type === 'message' ? last.suggestedActions?.actions.find(({ title }) => title === say('useful.yes')) : undefined
    }
    await eventually(() => yes() !== undefined)
    await write(client, say('useful.yes'), yes()?.value)
    await eventually(async () => (await questions('useful')).stdout.includes('· da · useful <5 · not useful 0'))
    for (const args of [
      ['answer'],
      ['answer', 'q1'],
      ['answer', 'q1', 'a/b/c'],
      ['show'],
      ['--state', 'old'],
      ['--what'],
      ['mend', 'q1'],
    ]) {
      const { code, stderr } = await questions(...args)
      expect([args, code, stderr]).toEqual([args, 1, expect.stringContaining('Usage: npm run questions')])
    }
  })
})

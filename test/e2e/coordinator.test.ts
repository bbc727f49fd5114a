/** A coordinator on a running server: made by a word from the command line, called by an alarm in the chat, which one tap takes. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type GraphStub, startGraphStub } from '../graph-stub.js'
import { starterLibrary } from '../library.js'
import { deliver, delivery, messengerSettings, newPeople, requestsFor } from './pair.js'
import { type Environment, eventually, type Product, runCommand, startProduct } from './product.js'
import { dropDatabases, FIRST_STORE } from './stores.js'

const [RESIDENT = '', SANNE = ''] = newPeople(2)
/** Long, for a busy computer. */
const READ_MS = 40_000
const library = await starterLibrary()

afterAll(dropDatabases)

describe.each(FIRST_STORE)('on %s', (_, makeStore) => {
  let dir: string
  let environment: Environment
  let graph: GraphStub
  let product: Product
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'opgang-coordinator-'))
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
  const messagesTo = (who: string) =>
    requestsFor(graph, who).map(({ body }) => body['message'] as { text: string; quick_replies?: { title: string; payload: string }[] })
  const reads = (who: string, text: RegExp) => eventually(() => messagesTo(who).some((one) => text.test(one.text)), READ_MS)
  async function says(who: string, ...texts: string[]) {
    for (const text of texts) await deliver(product, delivery(who, text))
  }
  async function taps(who: string, title: string) {
    const button = messagesTo(who)
      .flatMap(({ quick_replies: replies = [] }) => replies)
      .find((one) => one.title === title)
    await deliver(product, delivery(who, title, button?.payload))
  }

  test('is called, takes the case, looks at it and closes it', async () => {
    await says(SANNE, 'dansk')
    const { code, stdout } = await desk('coordinator', 'demo', 'probe')
    expect(code).toBe(0)
    const word = /^OPG-\w{4}-\w{4}/.exec(stdout)?.[0] ?? ''
    await says(SANNE, word.toLowerCase())
    await reads(SANNE, /^Velkommen som koordinator/)
    expect((await desk('on-call', 'demo')).stdout).toMatch(/^probe +probe +at any time$/m)
    await says(RESIDENT, word)
    await reads(RESIDENT, /Det ord virker ikke/)

    await says(RESIDENT, 'dansk', 'menu', library.say('da', 'person'))
    await reads(SANNE, /^Alarm\. Nogen vil tale med en ansat\./)
    await taps(SANNE, 'Tag den')
    await reads(SANNE, /^Du har H-\w{4} nu/)
    await taps(SANNE, 'Vis')
    await reads(SANNE, /^H-\w{4}: Tal med en ansat\.\nNu: hos de ansatte\.[^]*taget af en ansat \(koordinator\)$/)
    const receipt =
      /H-\w{4}/.exec(
        messagesTo(SANNE)
          .map(({ text }) => text)
          .join('\n'),
      )?.[0] ?? ''
    expect((await desk('show', receipt)).stdout).toContain('taken by one of the staff (by the coordinator)')
    await taps(SANNE, 'Mere')
    await reads(SANNE, /^Hvad vil du gøre med H-/)
    await taps(SANNE, 'Luk')
    await reads(SANNE, /^Hvorfor lukker du H-/)
    await taps(SANNE, 'Beboeren er hjulpet')
    await reads(SANNE, /er lukket: beboeren er hjulpet/)
  })

  test('the list of who is on call is kept from the command line, and what is wrong is said', async () => {
    expect((await desk('on-call', 'demo', '--add', 'karim', '--name', 'Karim', '--hours', 'mon-fri 8-16')).stdout).toContain('added')
    expect((await desk('on-call', 'demo')).stdout).toMatch(/^karim +Karim +mon-fri 08:00-16:00$/m)
    expect((await desk('on-call', 'demo', '--remove', 'karim')).stdout).toContain('not on the list')
    const [, applicant = ''] = /^(\S+) .*\(demo\)/m.exec((await desk('approve')).stdout) ?? []
    expect((await desk('approve', applicant, '--refuse')).stdout).toContain(`${applicant} is refused`)
    expect((await desk('approve', applicant)).stderr).toContain('answered before')
    for (const args of [
      ['approve', 'c9'],
      ['coordinator', 'nowhere'],
      ['volunteer', 'nobody'],
      ['on-call', 'demo', '--remove', 'karim'],
    ]) {
      const wrong = await desk(...args)
      expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringMatching(/^(There is no|Nobody with)/)])
    }
  })
})

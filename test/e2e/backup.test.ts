/** Backup and restore of the running product, on every store that there is. */
import { spawn } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { KEY_PURPOSES } from '../../src/app/ports.js'
import { UNSENT_MS } from '../../src/app/unsent.js'
import type { Store, Stored } from '../../src/store/collection.js'
import { type OneTimeDocument, openCollections, type TurnDocument } from '../../src/store/collections.js'
import { openKeys } from '../../src/store/keys.js'
import { backUpLines } from '../../src/store/line-backup.js'
import { openBackup } from '../../src/store/open-backup.js'
import { openStore } from '../../src/store/open-store.js'
import { openSqliteStore } from '../../src/store/sqlite.js'
import { backUpSqlite } from '../../src/store/sqlite-backup.js'
import { storePages } from '../../src/store/store-pages.js'
import { becomes } from '../becomes.js'
import { type GraphStub, startGraphStub } from '../graph-stub.js'
import { ROOT, starterLibrary } from '../library.js'
import { HASSAN as HASSANS_CHAT, openStage, says } from '../stage.js'
import { eventually, type Product, runCommand, startProduct } from './product.js'
import { dropDatabases, FIRST_STORE } from './stores.js'

const PAGE = '104857600000001'
const SECRET = 'secret-of-the-test'
/** So many that restoring them takes a while. */
const HANDOFFS = 20_000
const APP = '555000111222333'
const [AMINA, HASSAN, OLD, YOUNG] = ['9400000000000001', '9400000000000002', '9400000000000003', '9400000000000004'] as const
const idOf = (user: string) => `messenger:${PAGE}:${user}`

let dir: string
let graph: GraphStub
let product: Product | undefined
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'opgang-backup-'))
  graph = await startGraphStub({ appSecret: SECRET, appId: APP })
})
afterEach(async () => {
  await product?.stop()
  await graph.close()
  rmSync(dir, { recursive: true })
})

afterAll(dropDatabases)

const data = () => join(dir, 'data')
const environmentOf = (more: Record<string, string>) => ({
  DATA_DIR: data(),
  MESSENGER_PAGES: `${PAGE}=token-of-page`,
  MESSENGER_APP_ID: APP,
  MESSENGER_APP_SECRET: SECRET,
  MESSENGER_VERIFY_TOKEN: 'verify',
  GRAPH_API_URL: graph.url,
  ...more,
})
type Place = ReturnType<typeof environmentOf> & { MONGODB_URI?: string }

let stamp = Date.now()
async function write(user: string, text: string): Promise<void> {
  const messaging = [
    { sender: { id: user }, recipient: { id: PAGE }, timestamp: ++stamp, message: { mid: `m_${randomBytes(6).toString('hex')}`, text } },
  ]
  const body = JSON.stringify({ object: 'page', entry: [{ id: PAGE, time: stamp, messaging }] })
  const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`
  const order = { method: 'POST', body, headers: { 'x-hub-signature-256': signature } }
  // As Meta does: what a busy start cannot store in time comes again.
  await becomes(async () => (await fetch(`${product?.url}/webhooks/messenger`, order)).status, 200)
}

const toUser = (user: string) => graph.messages().filter(({ body }) => (body['recipient'] as { id: string }).id === user)

const storeOf = (place: Place, readOnly: boolean) => openStore({ dir: place.DATA_DIR, mongodbUri: place.MONGODB_URI, readOnly })

async function reading<R>(place: Place, look: (store: Store) => Promise<R>): Promise<R> {
  const store = await storeOf(place, true)
  try {
    return await look(store)
  } finally {
    await store.close()
  }
}

/** Without heartbeats: they come and go with the servers. */
async function everything(place: Place): Promise<Map<string, Stored>> {
  return reading(place, async (store) => {
    const all = new Map<string, Stored>()
    for await (const { collection, documents } of storePages(store)) {
      // A link that signs staff in does not come back; each start without staff makes one, and says so in the record.
      const kept = documents.filter((one) => collection !== 'oneTimes' || (one as OneTimeDocument).opens.what !== 'staff')
      for (const document of ['instances', 'audit'].includes(collection) ? [] : kept) all.set(`${collection} ${document._id}`, document)
    }
    return all
  })
}

const turnsOf = (place: Place, user: string) =>
  reading(place, (store) => openCollections(store).turns.find({ conversation: idOf(user) }, { sort: ['seq'], limit: 100 }))

/** As if the turns of a person had been committed before; nothing may run on the store meanwhile. */
async function age(place: Place, user: string, ms: number): Promise<void> {
  const store = await storeOf(place, false)
  const { turns } = openCollections(store)
  for (const turn of await turns.find({ conversation: idOf(user) }, { sort: ['seq'], limit: 100 })) {
    expect(await turns.replace({ ...turn, at: turn.at - ms })).toBe('ok')
  }
  await store.close()
}

/** Amina and Hassan were answered; two others wait for an answer that Graph does not take, one of them for long. */
async function fourTalks(place: Place): Promise<void> {
  product = await startProduct(data(), place)
  for (const user of [AMINA, HASSAN]) {
    await write(user, 'dansk')
    await write(user, 'min hund hedder Fido')
  }
  await eventually(() => [AMINA, HASSAN].every((user) => toUser(user).length >= 3))
  await eventually(async () => (await Promise.all([AMINA, HASSAN].map((user) => turnsOf(place, user)))).flat().every(isDone))
  hold()
  for (const user of [OLD, YOUNG]) await write(user, 'dansk')
  await eventually(() => [OLD, YOUNG].every((user) => toUser(user).length === 1))
  await product.kill()
  await age(place, OLD, UNSENT_MS + 60_000)
}
const isDone = ({ settle }: TurnDocument) => settle.state === 'done'
const hold = () =>
  graph.answerWith(({ body }) =>
    [OLD, YOUNG].includes((body['recipient'] as { id: string } | undefined)?.id as typeof OLD) ? 'hang' : undefined,
  )

async function erase(place: Place, user: string): Promise<void> {
  await write(user, 'slet mig')
  await write(user, 'ja')
  await eventually(async () => (await turnsOf(place, user)).every(({ erased }) => erased))
  await eventually(() => existsSync(join(data(), 'erased.log')))
}

describe.each(FIRST_STORE)('on %s', (_, settings) => {
  test('what was there is there again; who was erased since is not; old answers are listed and young ones sent', async () => {
    const place: Place = environmentOf(settings())
    const file = join(dir, 'backup')
    await fourTalks(place)
    const before = await everything(place)
    product = await startProduct(data(), place)

    const backup = await runCommand('cli/backup', [file], place)
    expect([backup.code, backup.stdout]).toEqual([0, expect.stringMatching(/backup holds \d+ turns, .*Keep it as private/)])
    expect(backup.stderr.includes('mongodump')).toBe(place.MONGODB_URI !== undefined)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const refused = await runCommand('cli/restore', [file], place)
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/another server uses|holds \w+ already/)])
    await erase(place, AMINA)
    await product.kill()

    const again: Place = { ...place, ...settings() }
    renameSync(data(), join(dir, 'lost'))
    const order = [file, '--erased', join(dir, 'lost', 'erased.log')]
    const restored = await runCommand('cli/restore', order, again)
    expect([restored.stderr, restored.code]).toEqual(['', 0])
    expect(restored.stdout).toContain('erased again: 1.')
    expect(restored.stdout).toContain('will not be sent: 2.')
    expect(restored.stdout.split('\n').filter((line) => line.startsWith('  '))).toEqual([`  ${idOf(OLD)}: 2`])
    // The lost folder's log is in the new one's from now on.
    expect(hashesIn(data())).toEqual(hashesIn(join(dir, 'lost')))

    const after = await everything(again)
    const changed = [...before]
      .filter(([key, document]) => JSON.stringify(after.get(key)) !== JSON.stringify(document))
      .map(([, document]) => document)
    // Her contact, her conversation, and her question that nobody could answer.
    expect(after.size).toBe(before.size - 3)
    const person = (document: Stored) => ('conversation' in document ? document.conversation : document._id)
    const amina = (await turnsOf(again, AMINA)).map(({ erased, event }) => [erased, 'text' in event])
    expect(amina.length).toBeGreaterThanOrEqual(2)
    expect(amina.every(([erased, words]) => erased === true && words === false)).toBe(true)
    const contact = before.get(`conversations ${idOf(AMINA)}`) as { contact?: string } | undefined
    const expected = [idOf(AMINA), contact?.contact, idOf(OLD), idOf(YOUNG)]
    expect(changed.map(person).filter((one) => !expected.includes(one as string))).toEqual([])
    const [old] = await turnsOf(again, OLD)
    expect(old?.settle).toMatchObject({ state: 'open', sent: { 0: { state: 'listed', reason: 'restored' } } })
    expect(after.has(`contacts ${old?.contact}`)).toBe(false)

    const taken = await runCommand('cli/restore', [file], again)
    expect([taken.code, taken.stderr]).toEqual([1, expect.stringMatching(/holds [\w.]+ already/)])

    graph.reset()
    product = await startProduct(data(), again)
    await eventually(async () => [...(await turnsOf(again, YOUNG)), ...(await turnsOf(again, OLD))].every(isDone), 30_000)
    // What its turn decided about the person is still applied: only the words are too old.
    expect((await everything(again)).get(`contacts ${old?.contact}`)).toMatchObject({ language: { code: 'da', chosen: true } })
    expect([toUser(YOUNG).length, toUser(OLD).length, toUser(HASSAN).length]).toEqual([2, 0, 0])
    await write(HASSAN, 'menu')
    await eventually(() => toUser(HASSAN).length === 1)
    expect((await turnsOf(again, HASSAN)).map(({ seq }) => seq)).toEqual([1, 2, 3])
  })

  test('a restore that was killed leaves nothing that a server would start on', async () => {
    const place: Place = environmentOf(settings())
    const file = join(dir, 'backup')
    await manyHandoffs(file)
    await killedRestore(place, file)
    const { code, stderr } = await runCommand('main', [], { ...place, PORT: '0' })
    expect([code, stderr]).toEqual([1, expect.stringMatching(/a restore into .* was interrupted/)])
    const again = await runCommand('cli/restore', [file], place)
    if (place.MONGODB_URI === undefined) expect([again.code, (await everything(place)).size]).toEqual([0, HANDOFFS + KEY_PURPOSES.length])
    else expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('drop the database and restore once more')])
  })

  test('a cut file is refused before anything is written', async () => {
    const place: Place = environmentOf(settings())
    const file = join(dir, 'backup')
    product = await startProduct(data(), place)
    await write(AMINA, 'dansk')
    expect((await runCommand('cli/backup', [file], place)).code).toBe(0)
    await product.stop()
    const whole = readFileSync(file)
    writeFileSync(file, whole.subarray(0, Math.floor(whole.length / 2)))
    const empty: Place = { ...place, ...settings(), DATA_DIR: join(dir, 'empty') }
    const { code, stderr } = await runCommand('cli/restore', [file], empty)
    expect([code, stderr]).toEqual([1, expect.stringContaining('take another backup')])
    expect(stderr).not.toMatch(/\n\s+at /)
    expect(existsSync(empty.DATA_DIR)).toBe(false)
    writeFileSync(file, whole)
    expect((await runCommand('cli/restore', [file], empty)).code).toBe(0)
    expect((await turnsOf(empty, AMINA)).length).toBeGreaterThan(0)
  })
})

/** Kills a restore as soon as it has begun to write. */
async function killedRestore(place: Place, file: string): Promise<void> {
  const child = spawn(process.execPath, ['dist/cli/restore.js', file], { cwd: ROOT, env: { PATH: process.env['PATH'] ?? '', ...place } })
  const begun = async () =>
    place.MONGODB_URI === undefined
      ? existsSync(join(data(), 'restoring', 'opgang.db'))
      : reading(place, async (store) => (await openCollections(store).keys.get('restoring')) !== undefined)
  await eventually(begun)
  child.kill('SIGKILL')
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
}

async function manyHandoffs(file: string): Promise<void> {
  const store = await openSqliteStore({ dir: join(dir, 'source') })
  const { handoffs, keys } = openCollections(store)
  await openKeys(keys, () => 'k'.repeat(43))
  const more = { conversation: 'web:x', receipt: 'H-1', task: 'errand', network: '', note: '', area: 'demo', language: 'da' } as const
  const added = Array.from({ length: HANDOFFS }, (_, at) =>
    handoffs.insert({ ...more, _id: `h${at}`, version: 1, contact: `c${at}`, openedAt: at, state: 'open' }),
  )
  await Promise.all(added)
  await store.close()
  await backUpSqlite(join(dir, 'source'), file)
}

const hashesIn = (folder: string) =>
  readFileSync(join(folder, 'erased.log'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[1])

test('a backup made while a server commits holds every conversation without a gap, and the server goes on meanwhile', async () => {
  const stage = await openStage({ library: await starterLibrary(), dir: data() })
  const people = Array.from({ length: 20 }, (_, at) => ({ channel: 'web' as const, account: '', user: `person-${at}` }))
  for (let round = 0; round < 40; round++) await Promise.all(people.map((person) => stage.turns.receive(person, says(`Fido ${round}`))))
  const command = { ended: false }
  const file = join(dir, 'backup')
  const result = runCommand('cli/backup', [file], { DATA_DIR: data() }).finally(() => void (command.ended = true))
  let meanwhile = 0
  while (!command.ended) {
    await Promise.all(people.map((person) => stage.turns.receive(person, says('imens'))))
    meanwhile += people.length
  }
  const { code, stderr } = await result
  expect([code, stderr]).toEqual([0, ''])
  const places = new Map<string, number[]>()
  const backup = await openBackup(file)
  for await (const { collection, documents } of backup.pages()) {
    for (const { conversation, seq } of collection === 'turns' ? (documents as TurnDocument[]) : []) {
      places.set(conversation, [...(places.get(conversation) ?? []), seq])
    }
  }
  await backup.close()
  expect(meanwhile).toBeGreaterThan(people.length)
  expect(places.size).toBe(people.length)
  const counts = [...places.values()].map((seqs) => seqs.toSorted((a, b) => a - b))
  for (const seqs of counts) expect(seqs).toEqual(seqs.map((_, at) => at + 1))
  const total = counts.flat().length
  expect(total).toBeGreaterThanOrEqual(40 * people.length)
  expect(total).toBeLessThan(40 * people.length + meanwhile)
  expect(await stage.store.probe()).toBeUndefined()
  await stage.close()
  expect(readdirSync(dir).toSorted()).toEqual(['backup', 'data'])
})

test('lines of JSON restore into the embedded store too; a half line of erased.log is told and passed over', async () => {
  const stage = await openStage({ library: await starterLibrary(), dir: data() })
  for (const text of ['dansk', 'min hund hedder Fido']) await stage.turns.receive(HASSANS_CHAT, says(text))
  await stage.settler.idle()
  const file = join(dir, 'backup')
  await backUpLines(stage.store, file, Date.now())
  await stage.close()
  const target = environmentOf({ DATA_DIR: join(dir, 'target') })
  mkdirSync(target.DATA_DIR)
  writeFileSync(join(target.DATA_DIR, 'erased.log'), '2026-01-01T00:00')
  const { code, stderr } = await runCommand('cli/restore', [file], target)
  expect([code, stderr]).toEqual([0, expect.stringMatching(/erased\.log: line 1 is not whole/)])
  expect(await everything(target)).toEqual(await everything(environmentOf({})))
})

test('both commands say how they are used', async () => {
  for (const [command, args] of [
    ['backup', []],
    ['backup', ['a', 'b']],
    ['restore', []],
    ['restore', ['a', '--eraser', 'b']],
  ] as const) {
    const { code, stderr } = await runCommand(`cli/${command}`, args, { DATA_DIR: data() })
    expect([code, stderr]).toEqual([1, expect.stringContaining(`Usage: npm run ${command} -- FILE`)])
  }
  const { code, stderr } = await runCommand('cli/restore', ['none', '--erased', join(dir, 'none.log')], { DATA_DIR: data() })
  expect([code, stderr]).toEqual([1, expect.stringContaining('none.log is not there')])
})

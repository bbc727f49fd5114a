/** `npm run restore -- FILE [--erased FILE]…`: a backup of either store into the empty place that the settings name. */
import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type RestoreDeps, type Restored, restore } from '../app/restore.js'
import { type Config, readConfig, readEnvironment } from '../config.js'
import type { Backup } from '../store/backup.js'
import { openCollections } from '../store/collections.js'
import { erasedLogOf, openErasedLog, readErasedLog } from '../store/erased-log.js'
import { readKeys } from '../store/keys.js'
import { openBackup } from '../store/open-backup.js'
import { openRestorePlace, type RestorePlace } from '../store/restore-place.js'

const USAGE = `Usage: npm run restore -- FILE [--erased FILE]…
  FILE     a file made by npm run backup; DATA_DIR, or the database of MONGODB_URI, must be empty
  --erased erased.log of another instance; the one in DATA_DIR is read anyway\n`
const TORN = 'is not whole and is passed over; an erasure that was cut off is repeated at the next start, and written anew'

await main().catch((error: unknown) => fail(`${error instanceof Error ? error.message : String(error)}\n`))

async function main(): Promise<void> {
  const read = readConfig(readEnvironment())
  if ('problems' in read) return fail(`${read.problems.join('\n')}\n`)
  const order = orderOf(process.argv.slice(2))
  if (order === undefined) return fail(USAGE)
  const erased = await erasedHashes(read.config.DATA_DIR, order.erased)
  const backup = await openBackup(order.file)
  try {
    tell(await fill(read.config, backup, erased))
  } finally {
    await backup.close()
  }
}

function orderOf(args: string[]): { file: string; erased: readonly string[] } | undefined {
  try {
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { erased: { type: 'string', multiple: true } } })
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) return undefined
    return { file: resolve(file), erased: (values.erased ?? []).map((name) => resolve(name)) }
  } catch {
    // An option that there is not: the usage says which there are.
    return undefined
  }
}

interface Erased {
  readonly all: ReadonlySet<string>
  /** Those that the log in DATA_DIR knows already. */
  readonly own: ReadonlySet<string>
}

/** Of the log in DATA_DIR, where there is one, and of those that were named, which must be there. */
async function erasedHashes(dir: string, named: readonly string[]): Promise<Erased> {
  const own = await hashesOf(erasedLogOf(dir))
  const all = new Set(own)
  for (const file of named) {
    const hashes = await hashesOf(file)
    if (hashes === undefined) throw new Error(`${file} is not there; name the erased.log of another instance`)
    for (const hash of hashes) all.add(hash)
  }
  return { all, own: own ?? new Set() }
}

async function hashesOf(file: string): Promise<ReadonlySet<string> | undefined> {
  const log = await readErasedLog(file)
  for (const line of log?.torn ?? []) process.stderr.write(`${file}: line ${line} ${TORN}\n`)
  return log?.hashes
}

async function fill(config: Config, backup: Backup, erased: Erased): Promise<Restored> {
  const { DATA_DIR: dir, MONGODB_URI: mongodbUri } = config
  const place = await openRestorePlace({ dir, mongodbUri })
  try {
    const restored = await restore(backup.pages(), depsOf(place, erased, dir))
    await place.finish()
    return restored
  } catch (error) {
    await place.abandon()
    throw error
  }
}

function depsOf(place: RestorePlace, erased: Erased, dir: string): RestoreDeps {
  const collections = openCollections(place.store)
  const now = () => Date.now()
  return {
    collections,
    time: { now },
    keys: () => readKeys(collections.keys, () => randomBytes(32).toString('base64url')),
    erased: erased.all,
    erasedLog: openErasedLog(dir, now, erased.own),
    scrub: () => place.store.scrub(),
    sends: (conversation) => conversation.startsWith('messenger:'),
  }
}

function tell({ documents, listed, erasedAgain }: Restored): void {
  const messages = [...listed.values()].reduce((sum, count) => sum + count, 0)
  const lines = [
    `${documents} documents are restored. The server may start.`,
    ...(erasedAgain === 0 ? [] : [`Contacts that were erased since the backup, and are erased again: ${erasedAgain}.`]),
    ...(messages === 0
      ? []
      : [`Messages that waited for more than 10 minutes and will not be sent: ${messages}. Tell these people yourselves:`]),
    ...[...listed].map(([conversation, count]) => `  ${conversation}: ${count}`),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

function fail(text: string): void {
  process.stderr.write(text)
  process.exitCode = 1
}

/** `npm run backup -- FILE`: everything in the store as one file, also while a server runs. */
import { resolve } from 'node:path'
import { readConfig, readEnvironment } from '../config.js'
import type { BackupCounts } from '../store/backup.js'
import { backUpLines } from '../store/line-backup.js'
import { openStore } from '../store/open-store.js'
import { backUpSqlite } from '../store/sqlite-backup.js'

const USAGE = 'Usage: npm run backup -- FILE   (a new file; it will hold what people wrote)\n'
const NO_SNAPSHOT = `This is not a consistent snapshot: what is written meanwhile may be missing or half there. On a replica set use instead,
with an address that names no database:
  mongodump --uri="$MONGODB_URI" --oplog --gzip --archive=FILE
`

const [name, ...more] = process.argv.slice(2)
const read = readConfig(readEnvironment())
if ('problems' in read) fail(`${read.problems.join('\n')}\n`)
else if (name === undefined || more.length > 0) fail(USAGE)
else await backUp(resolve(name)).catch((error: unknown) => fail(`${error instanceof Error ? error.message : String(error)}\n`))

async function backUp(file: string): Promise<void> {
  if ('problems' in read) return
  const { DATA_DIR: dir, MONGODB_URI: mongodbUri } = read.config
  const counts = mongodbUri === undefined ? await backUpSqlite(dir, file) : await backUpMongo({ dir, mongodbUri }, file)
  process.stdout.write(`${file} holds ${told(counts)}. Keep it as private as the store.\n`)
}

async function backUpMongo(place: { dir: string; mongodbUri: string }, file: string): Promise<BackupCounts> {
  process.stderr.write(NO_SNAPSHOT)
  const store = await openStore({ ...place, readOnly: true })
  try {
    return await backUpLines(store, file, Date.now())
  } finally {
    await store.close()
  }
}

function told(counts: BackupCounts): string {
  const parts = Object.entries(counts).map(([collection, count]) => `${count} ${collection}`)
  return parts.length === 0 ? 'nothing' : parts.join(', ')
}

function fail(text: string): void {
  process.stderr.write(text)
  process.exitCode = 1
}

/**
 * A backup as lines of JSON, through the port: a header, a line for each document, and a last line with their number and the SHA-256 of
 * all bytes before it, so that a file that was cut or changed is known. It is read while others write, so it is no single state of the store.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Instant } from '../core/types.js'
import {
  type Backup,
  type BackupCounts,
  type BackupPage,
  BackupUnusable,
  type CollectionName,
  countDocuments,
  isCollection,
} from './backup.js'
import type { Store, Stored } from './collection.js'
import { COLLECTIONS } from './collections.js'
import { writeWhole } from './private-file.js'
import { storePages } from './store-pages.js'

export const LINES_FORMAT = 'opgang-backup'
/** Grows when the lines change their form. */
const VERSION = 1
/** Documents handed on at once. */
const PAGE = 500
const NEWLINE = 10

interface Header {
  readonly format: typeof LINES_FORMAT
  readonly version: number
  readonly at: string
  readonly collections: readonly string[]
}
interface Line {
  readonly collection: CollectionName
  readonly document: Stored
}
interface End {
  readonly documents: number
  readonly sha256: string
}

/** Writes every document of `store` to `file`. Rejects when `file` is there, and like the store. */
export function backUpLines(store: Store, file: string, now: Instant): Promise<BackupCounts> {
  return writeWhole(file, async (partial) => {
    const out = await open(partial, 'w')
    const hash = createHash('sha256')
    const write = async (lines: readonly object[]) => {
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
      hash.update(text)
      await out.appendFile(text)
    }
    try {
      await write([
        { format: LINES_FORMAT, version: VERSION, at: new Date(now).toISOString(), collections: Object.keys(COLLECTIONS) } satisfies Header,
      ])
      const counts = await countDocuments(written(storePages(store), write))
      const documents = Object.values(counts).reduce((sum, count) => sum + count, 0)
      await write([{ documents, sha256: hash.copy().digest('hex') } satisfies End])
      return counts
    } finally {
      await out.close()
    }
  })
}

async function* written(pages: AsyncIterable<BackupPage>, write: (lines: readonly Line[]) => Promise<void>): AsyncGenerator<BackupPage> {
  for await (const page of pages) {
    await write(page.documents.map((document) => ({ collection: page.collection, document })))
    yield page
  }
}

/** Reads such a file to its end before anything is restored from it. Rejects with {@link BackupUnusable}. */
export async function openLineBackup(file: string): Promise<Backup> {
  await countDocuments(linePages(file))
  return { pages: () => linePages(file), close: async () => undefined }
}

async function* linePages(file: string): AsyncGenerator<BackupPage> {
  let documents: Stored[] = []
  let collection: CollectionName = 'turns'
  for await (const line of documentLines(file)) {
    if (documents.length === PAGE || line.collection !== collection) {
      if (documents.length > 0) yield { collection, documents }
      documents = []
      collection = line.collection
    }
    documents.push(line.document)
  }
  if (documents.length > 0) yield { collection, documents }
}

/** The lines between the header and the last one, which must agree with what was read. */
async function* documentLines(file: string): AsyncGenerator<Line> {
  const hash = createHash('sha256')
  let number = 0
  let end: End | undefined
  for await (const bytes of wholeLines(file)) {
    number++
    if (end !== undefined) throw new BackupUnusable(file, 'something follows its last line; take another backup')
    const line = lineOf(file, bytes, number)
    if ('sha256' in line) end = checkedEnd(file, line, { documents: number - 2, sha256: hash.digest('hex') })
    else hash.update(bytes).update('\n')
    if ('document' in line) yield line
  }
  if (end === undefined)
    throw new BackupUnusable(file, number === 0 ? 'it is empty' : 'it was cut, its last line is missing; take another backup')
}

/** Lines by their newline alone: text may hold other signs that some readers take for the end of a line. What follows the last newline is none. */
async function* wholeLines(file: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(file)) {
    rest = Buffer.concat([rest, chunk as Buffer])
    let from = 0
    for (let to = rest.indexOf(NEWLINE); to !== -1; to = rest.indexOf(NEWLINE, from)) {
      yield rest.subarray(from, to)
      from = to + 1
    }
    rest = rest.subarray(from)
  }
}

function lineOf(file: string, bytes: Buffer, number: number): Header | Line | End {
  const line = parsed(bytes)
  if (number === 1) return checkedHeader(file, line)
  if (typeof line?.['sha256'] === 'string') return line as unknown as End
  const document = line?.['document'] as Partial<Stored> | undefined
  if (isCollection(line?.['collection']) && typeof document?._id === 'string' && typeof document.version === 'number')
    return line as unknown as Line
  throw new BackupUnusable(file, `line ${number} is damaged; take another backup`)
}

function parsed(bytes: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function checkedHeader(file: string, line: Readonly<Record<string, unknown>> | undefined): Header {
  const { format, version, collections } = line ?? {}
  if (format !== LINES_FORMAT || !Array.isArray(collections)) throw new BackupUnusable(file, 'it is no backup of Opgang')
  const unknown = collections.filter((name) => !isCollection(name))
  if (version !== VERSION || unknown.length > 0) {
    const what = unknown.length > 0 ? `collections ${unknown.join(', ')}` : `form ${String(version)}`
    throw new BackupUnusable(file, `this version does not know its ${what}; restore with the version that made it`)
  }
  return line as unknown as Header
}

function checkedEnd(file: string, said: End, read: End): End {
  if (said.documents !== read.documents) {
    throw new BackupUnusable(file, `it holds ${read.documents} documents instead of ${said.documents}; take another backup`)
  }
  if (said.sha256 !== read.sha256)
    throw new BackupUnusable(file, 'its checksum is wrong, it was changed after it was made; take another backup')
  return said
}

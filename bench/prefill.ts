/** A store with many turns, written fast: documents as the product itself made them, rows by its own code, indexes last. */
import { randomBytes } from 'node:crypto'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextMacrotask } from 'node:timers/promises'
import Database from 'libsql'
import type { CollectionDeclaration, Stored } from '../src/store/collection.js'
import { COLLECTIONS, type ConversationDocument, openCollections, type TurnDocument } from '../src/store/collections.js'
import { openSqliteStore } from '../src/store/sqlite.js'
import { columnPaths, createStatements, insertSql } from '../src/store/sqlite-query.js'
import { columnReader, rowOf } from '../src/store/sqlite-row.js'
import type { Person } from './people.js'

/** Turns of one conversation of a large store. */
export const TURNS_EACH = 50
/** Turns are spread over these days before now: none is old enough to be blanked. */
const DAYS = 20
const DAY_MS = 86_400_000
const ROWS_A_TRANSACTION = 20_000
const CONTACT_BYTES = 16
const KEY_BYTES = 32

/** A person's conversation so far, to be made again for others. */
interface Pattern {
  readonly contact: Stored
  readonly conversation: ConversationDocument
  /** The first chooses the language, the rest are whole rounds of the walk. */
  readonly turns: readonly TurnDocument[]
}

/** Reads what the product stored of these people, one a language. */
export async function readPatterns(dir: string, people: readonly Person[]): Promise<readonly Pattern[]> {
  const store = await openSqliteStore({ dir, readOnly: true })
  try {
    const { turns, conversations, contacts } = openCollections(store)
    return await Promise.all(
      people.map(async ({ page, id, walk }) => {
        const conversation = await conversations.get(`messenger:${page}:${id}`)
        const contact = await contacts.get(conversation?.contact ?? '')
        if (conversation === undefined || contact === undefined) throw new Error(`The store has nothing of person ${id}`)
        const first = { sort: ['seq'], limit: walk.steps.length + 1 }
        return { contact, conversation, turns: await turns.find({ conversation: conversation._id }, first) }
      }),
    )
  } finally {
    await store.close()
  }
}

export interface PrefillOrder {
  readonly dir: string
  readonly patterns: readonly Pattern[]
  /** They are among those who wrote; more are made up until `turns` are stored. */
  readonly people: readonly Person[]
  readonly turns: number
  readonly turnsEach: number
  readonly now: number
}

/** Makes the store of a directory that has none. The people have then taken the steps that were stored. */
export async function prefill(order: PrefillOrder): Promise<void> {
  mkdirSync(order.dir, { recursive: true, mode: 0o700 })
  const file = join(order.dir, 'opgang.db')
  closeSync(openSync(file, 'wx', 0o600))
  const database = new Database(file)
  try {
    // Nothing is promised of a file that is being made; the product sets its own when it opens it.
    database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000')
    for (const declaration of Object.values(COLLECTIONS)) database.exec(createStatements(declaration)[0] ?? '')
    await writeAll(database, order)
    for (const sql of Object.values(COLLECTIONS).flatMap((declaration) => createStatements(declaration).slice(1))) {
      database.exec(sql)
      await nextMacrotask()
    }
  } finally {
    database.close()
  }
  for (const person of order.people) person.steps = order.turnsEach - 1
}

/** In steps of a second or so: between them the program can be stopped. */
async function writeAll(database: Database.Database, order: PrefillOrder): Promise<void> {
  const rows = conversationsOf(order)
  for (let done = false; !done; ) {
    database.exec('BEGIN')
    for (let count = 0; count < ROWS_A_TRANSACTION && !done; count++) {
      const next = rows.next()
      done = next.done === true
      if (!next.done) insert(database, next.value)
    }
    database.exec('COMMIT')
    await nextMacrotask()
  }
}

interface Made {
  readonly into: CollectionDeclaration
  readonly doc: Stored
}

const statements = new WeakMap<Database.Database, Map<string, Database.Statement>>()

function insert(database: Database.Database, { into, doc }: Made): void {
  const known = statements.get(database) ?? new Map<string, Database.Statement>()
  statements.set(database, known)
  const statement = known.get(into.name) ?? database.prepare(insertSql(into))
  known.set(into.name, statement)
  statement.run([...rowOf(doc, doc.version), ...columnReader(columnPaths(into))(doc)])
}

/** Turn by turn over all conversations, as they would have come. */
function* conversationsOf({ patterns, people, turns, turnsEach, now }: PrefillOrder): Generator<Made> {
  const count = Math.ceil(turns / turnsEach)
  const contacts = Array.from({ length: count }, () => randomText(CONTACT_BYTES))
  for (const [at, contact] of contacts.entries()) {
    const pattern = patternOf(patterns, at)
    yield { into: COLLECTIONS.contacts, doc: { ...pattern.contact, _id: contact } }
    const user = userOf(people, pattern, at)
    const conversation = { ...pattern.conversation, ...user, contact }
    yield { into: COLLECTIONS.conversations, doc: conversation }
  }
  for (let seq = 1; seq <= turnsEach; seq++) {
    for (const [at, contact] of contacts.entries()) {
      const pattern = patternOf(patterns, at)
      const made = turnOf(pattern, seq, now - DAYS * DAY_MS * (1 - seq / (turnsEach + 1)))
      const doc: TurnDocument = { ...made, conversation: userOf(people, pattern, at)._id, contact }
      yield { into: COLLECTIONS.turns, doc }
    }
  }
}

function turnOf({ turns }: Pattern, seq: number, at: number): TurnDocument {
  const model = turns[seq === 1 ? 0 : 1 + ((seq - 2) % (turns.length - 1))]
  if (model === undefined) throw new RangeError('The pattern has no turns')
  const id = randomText(CONTACT_BYTES)
  return { ...model, _id: id, seq, key: randomText(KEY_BYTES), at: Math.round(at), event: { ...model.event, id: `m:${id}` } }
}

function patternOf(patterns: readonly Pattern[], at: number): Pattern {
  const pattern = patterns[at % patterns.length]
  if (pattern === undefined) throw new RangeError('There are no patterns')
  return pattern
}

function userOf(people: readonly Person[], { conversation }: Pattern, at: number): Pick<ConversationDocument, '_id' | 'account' | 'user'> {
  const { page, id } = people[at] ?? { page: conversation.account, id: `8${String(at).padStart(15, '0')}` }
  return { _id: `messenger:${page}:${id}`, account: page, user: id }
}

/** Random bytes are fetched in large pieces: a million small ones take longer than all else. */
let pool = Buffer.alloc(0)
function randomText(bytes: number): string {
  if (pool.length < bytes) pool = randomBytes(65_536)
  const text = pool.subarray(0, bytes).toString('base64url')
  pool = pool.subarray(bytes)
  return text
}

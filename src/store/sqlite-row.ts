/** A document as a row, with a checksum that is verified whenever the row is read. */
import { crc32 } from 'node:zlib'
import type { Stored } from './collection.js'
import type { Bound } from './sqlite-connection.js'
import { StoreDamaged } from './sqlite-fault.js'

/** What a column holds; null where the document has nothing, or more than a plain value. */
export type Column = Bound | null

/** Values of the columns `id, version, checksum, doc`. `doc` is the JSON of everything but the version. */
export type Row = readonly [id: string, version: number, checksum: number, doc: string]

export function rowOf(doc: Stored, version: number): Row {
  const { version: _, ...rest } = doc
  const json = JSON.stringify(rest)
  return [doc._id, version, checksum(doc._id, version, json), json]
}

/** Reads paths of a document as its columns hold them: true and false as 1 and 0, as SQLite's own reading of JSON does. */
export function columnReader(paths: readonly string[]): (doc: Stored) => Column[] {
  const names = paths.map((path) => path.split('.'))
  return (doc) => names.map((parts) => columnOf(doc, parts))
}

function columnOf(doc: Stored, parts: readonly string[]): Column {
  let value: unknown = doc
  for (const part of parts) value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined
  if (typeof value === 'string' || typeof value === 'number') return value
  return typeof value === 'boolean' ? Number(value) : null
}

/** @param row columns `id, version, doc, checksum`, text as blobs. Throws {@link StoreDamaged} when a byte of it is not what was written. */
export function documentOf(table: string, row: readonly unknown[]): Stored {
  const [id, version, doc, sum] = row
  if (!(isBytes(id) && isBytes(doc) && typeof version === 'number') || checksum(id, version, doc) !== sum) {
    const name = isBytes(id) ? Buffer.from(id).toString() : String(id)
    throw new StoreDamaged(`the row "${name}" of ${table} in opgang.db is damaged`)
  }
  return { ...(JSON.parse(Buffer.from(doc).toString()) as Stored), version }
}

function checksum(id: string | Uint8Array, version: number, doc: string | Uint8Array): number {
  return crc32(doc, crc32(`\n${version}\n`, crc32(id)))
}

function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value)
}

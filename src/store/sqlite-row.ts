/** A document as a row, with a checksum that is verified whenever the row is read. */
import { crc32 } from 'node:zlib'
import type { Stored } from './collection.js'
import { StoreDamaged } from './sqlite-fault.js'

/** Values of the columns `id, version, doc, checksum`. `doc` is the JSON of everything but the version. */
export type Row = readonly [id: string, version: number, doc: string, checksum: number]

export function rowOf(doc: Stored, version: number): Row {
  const { version: _, ...rest } = doc
  const json = JSON.stringify(rest)
  return [doc._id, version, json, checksum(doc._id, version, json)]
}

/** @param row the same columns with text as blobs. Throws {@link StoreDamaged} when a byte of it is not what was written. */
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

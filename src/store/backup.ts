/** A backup as a restore reads it, whatever store it was made from. */
import type { Stored } from './collection.js'
import { COLLECTIONS } from './collections.js'

export type CollectionName = keyof typeof COLLECTIONS

export interface BackupPage {
  readonly collection: CollectionName
  readonly documents: readonly Stored[]
}

/** A file that was read to its end and found whole. */
export interface Backup {
  /** Every document, a page at a time. */
  pages(): AsyncIterable<BackupPage>
  close(): Promise<void>
}

/** Documents by collection. */
export type BackupCounts = Readonly<Partial<Record<CollectionName, number>>>

/** The file cannot be restored; the message says why and what to do. */
export class BackupUnusable extends Error {
  constructor(file: string, why: string, options?: { cause?: unknown }) {
    super(`${file} cannot be restored: ${why}`, options)
    this.name = 'BackupUnusable'
  }
}

export function isCollection(name: unknown): name is CollectionName {
  return typeof name === 'string' && Object.hasOwn(COLLECTIONS, name)
}

/** Reads a backup to its end. Whatever checks its documents throws on the way. */
export async function countDocuments(pages: AsyncIterable<BackupPage>): Promise<BackupCounts> {
  const counts: Partial<Record<CollectionName, number>> = {}
  for await (const { collection, documents } of pages) counts[collection] = (counts[collection] ?? 0) + documents.length
  return counts
}

/** Tells a backup's form by its first bytes. */
import { open } from 'node:fs/promises'
import { type Backup, BackupUnusable } from './backup.js'
import { LINES_FORMAT, openLineBackup } from './line-backup.js'
import { openSqliteBackup } from './sqlite-backup.js'
import { codeOf } from './sqlite-fault.js'

/** First bytes of every SQLite file (https://www.sqlite.org/fileformat2.html#the_database_header), and of ours. */
const SQLITE = 'SQLite format 3\0'
const LINES = `{"format":"${LINES_FORMAT}"`

/** Reads `file` to its end; rejects with {@link BackupUnusable} unless every document in it is as it was written. */
export async function openBackup(file: string): Promise<Backup> {
  const head = await headOf(file)
  if (head.startsWith(SQLITE)) return openSqliteBackup(file)
  if (head.startsWith(LINES)) return openLineBackup(file)
  throw new BackupUnusable(file, head === '' ? 'it is empty; take another backup' : 'it is no backup of Opgang')
}

async function headOf(file: string): Promise<string> {
  try {
    const handle = await open(file, 'r')
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(LINES.length), 0, LINES.length, 0)
      return buffer.subarray(0, bytesRead).toString('latin1')
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw new BackupUnusable(file, `it cannot be read (${codeOf(cause)}); name a file that this user may read`, { cause })
  }
}

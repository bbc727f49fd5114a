/** What went wrong with the embedded store, in words that say what to do next. */
import { StoreUnavailable } from './collection.js'

/**
 * The embedded store could not be opened. `fault` tells why: `directory` (cannot be made, read or written), `damaged` (not a database, or
 * a torn one), `locked` (another server uses it), `empty` (opened for reading, but nothing was ever stored), `taken`
 * (a restore needs an empty one), `restoring` (a
 * restore into it has not come to its end).
 */
export class StoreNotOpened extends StoreUnavailable {
  constructor(
    readonly fault: 'directory' | 'damaged' | 'locked' | 'empty' | 'taken' | 'restoring',
    reason: string,
    options?: { cause?: unknown },
  ) {
    super(reason, options)
    this.name = 'StoreNotOpened'
  }
}

/** Bytes on the disk are not what was written. `reason` says where, and the way back. */
export class StoreDamaged extends StoreUnavailable {
  constructor(
    readonly where: string,
    options?: { cause?: unknown },
  ) {
    super(`${where}; ${RESTORE}`, options)
    this.name = 'StoreDamaged'
  }
}

/** The way back from damage; part of every reason that speaks of damage. */
const RESTORE = 'stop the server, put the newest backup in its place, and start again'

/** Reasons by SQLite's primary result code (https://www.sqlite.org/rescode.html). */
const REASONS: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'the disk is full; make room, nothing of the refused writes was kept',
  SQLITE_BUSY: 'another program is writing to opgang.db; end that program',
  SQLITE_IOERR: 'the disk cannot be read or written; check the disk and its free space, nothing of the refused writes was kept',
  SQLITE_READONLY:
    'opgang.db may not be written; run as the user who owns the file, and check that the disk is not mounted for reading only',
  SQLITE_CANTOPEN: 'opgang.db or a file beside it cannot be opened; run as the user who owns the directory',
}

/** The code of SQLite's errors and the system's, for example `SQLITE_BUSY`, `ENOENT`; empty when it has none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** The error of the port for an error of the database. */
export function unavailable(error: unknown): StoreUnavailable {
  if (error instanceof StoreUnavailable) return error
  const code = codeOf(error)
  const text = error instanceof Object && 'message' in error ? String(error.message) : String(error)
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code) || text.includes('malformed JSON')) {
    return new StoreDamaged(`opgang.db is damaged or not a database (${text})`, { cause: error })
  }
  // An extended code such as SQLITE_IOERR_WRITE begins with its primary code.
  const known = REASONS[code.split('_').slice(0, 2).join('_')]
  return new StoreUnavailable(known === undefined ? `the database answered "${text}" ${code}`.trim() : `${known} (${code})`, {
    cause: error,
  })
}

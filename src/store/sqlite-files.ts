/** The directory of the embedded store: made for the owner alone, one server at a time. */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { StoreUnavailable } from './collection.js'
import { Connection } from './sqlite-connection.js'
import { codeOf, StoreDamaged, StoreNotOpened } from './sqlite-fault.js'

const DATA = 'opgang.db'
const LOCK = 'lock.db'
/** For the owner alone: the store holds what people wrote. */
const DIRECTORY_MODE = 0o700
const FILE_MODE = 0o600

/** Frees the directory for another server. The operating system does the same when the program ends in any way. */
export type Release = () => void

/** Makes the directory and its files, mode 0700 and 0600. Throws {@link StoreNotOpened} `directory`. */
export function makeFiles(dir: string): void {
  try {
    makeDirectory(dir)
    for (const name of [DATA, LOCK]) makeFile(join(dir, name))
  } catch (error) {
    throw noDirectory(dir, error)
  }
}

/**
 * Takes the directory for this server: a second file with an exclusive transaction that is open as long as the program lives.
 * Throws {@link StoreNotOpened} `locked` when another server has it.
 */
export function lockDirectory(dir: string): Release {
  const connection = opened(dir, join(dir, LOCK))
  try {
    // Nothing is ever written to it: no journal beside it.
    connection.rows('PRAGMA journal_mode = MEMORY')
    connection.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    connection.close()
    const locked = error instanceof Error && codeOf(error.cause) === 'SQLITE_BUSY'
    if (!locked)
      throw new StoreNotOpened('directory', `${join(dir, LOCK)} cannot be locked; remove that file, or name a directory on a local disk`, {
        cause: error,
      })
    throw new StoreNotOpened('locked', `another server uses ${dir}; end it, or give this one a directory of its own`, { cause: error })
  }
  return () => connection.close()
}

/**
 * Takes a directory that holds no data, as {@link lockDirectory} does. Throws {@link StoreNotOpened} `taken` when it holds some: also a log
 * without its data file, which SQLite would add to any file that takes its place.
 */
export function lockEmptyDirectory(dir: string): Release {
  try {
    makeDirectory(dir)
    makeFile(join(dir, LOCK))
  } catch (error) {
    throw noDirectory(dir, error)
  }
  const release = lockDirectory(dir)
  const taken = [DATA, `${DATA}-wal`, `${DATA}-shm`].find((name) => existsSync(join(dir, name)) && !isEmptyData(dir, name))
  if (taken === undefined) return release
  release()
  throw new StoreNotOpened('taken', `${dir} holds ${taken} already; name an empty DATA_DIR, or move opgang.db and the files beside it away`)
}

/** What a start that was refused leaves: a data file in which nothing was ever stored. */
function isEmptyData(dir: string, name: string): boolean {
  return name === DATA && statSync(join(dir, name)).size === 0
}

/** Where a restore fills a store of its own before the data file gets its place in `dir`. */
export function restoringFolder(dir: string): string {
  return join(dir, 'restoring')
}

/** Throws {@link StoreNotOpened} `restoring` when a restore into `dir` has not come to its end. */
export function refuseInterruptedRestore(dir: string): void {
  if (!existsSync(dataFile(restoringFolder(dir)))) return
  const advice = `wait for it, or restore once more, or remove ${restoringFolder(dir)}`
  throw new StoreNotOpened('restoring', `a restore into ${dir} is under way, or was interrupted; ${advice}`)
}

/** Opens the data file of a directory that is locked, for reading and writing. Throws {@link StoreNotOpened} `damaged` or `directory`. */
export function openData(dir: string): Connection {
  return readable(dir, opened(dir, join(dir, DATA)), (connection) => {
    // WAL: readers do not wait for the writer. FULL: an acknowledged write outlives a power failure. temp_store: no words in files elsewhere.
    // The log is copied back at 16 MB instead of 4: a page that many turns change is then copied once (measured: 10 % less work a turn).
    const settings = ['journal_mode = WAL', 'synchronous = FULL', 'secure_delete = ON', 'temp_store = MEMORY', 'wal_autocheckpoint = 4000']
    for (const setting of settings) connection.rows(`PRAGMA ${setting}`)
  })
}

/** Opens the data file beside a server or without one, for reading only. Throws {@link StoreNotOpened} `empty`, `damaged` or `directory`. */
export function openForReading(dir: string): Connection {
  const file = join(dir, DATA)
  if (!existsSync(file) || statSync(file).size === 0) {
    throw new StoreNotOpened('empty', `nothing was ever stored in ${dir}; start the server once, or name the directory that it uses`)
  }
  return readable(dir, opened(dir, `${pathToFileURL(file).href}?mode=ro`), (connection) => {
    connection.rows('PRAGMA temp_store = MEMORY')
  })
}

export function makeDirectory(dir: string): void {
  mkdirSync(dir, { recursive: true, mode: DIRECTORY_MODE })
}

/** Opens a copy of a data file, for reading only. */
export function openCopy(file: string): Connection {
  return readable(dirname(file), opened(dirname(file), `${pathToFileURL(file).href}?mode=ro`), (connection) => {
    connection.rows('PRAGMA temp_store = MEMORY')
  })
}

export function dataFile(dir: string): string {
  return join(dir, DATA)
}

/**
 * Never opens a file that is there: closing any descriptor of a file drops all locks that this program has on it (POSIX `fcntl`),
 * also those of a store that is open already.
 */
function makeFile(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'wx', FILE_MODE))
  if ((statSync(file).mode & 0o777) !== FILE_MODE) chmodSync(file, FILE_MODE)
}

function opened(dir: string, file: string): Connection {
  try {
    return new Connection(file)
  } catch (error) {
    throw noDirectory(dir, error)
  }
}

function readable(dir: string, connection: Connection, prepare: (connection: Connection) => void): Connection {
  try {
    prepare(connection)
    connection.rows('SELECT count(*) FROM sqlite_master')
    return connection
  } catch (error) {
    connection.close()
    if (!(error instanceof StoreDamaged)) throw noDirectory(dir, error)
    throw new StoreNotOpened('damaged', `${error.reason} (in ${dir})`, { cause: error })
  }
}

function noDirectory(dir: string, cause: unknown): StoreNotOpened {
  const why = codeOf(cause) || (cause instanceof StoreUnavailable ? cause.reason : String(cause))
  const advice = 'name a directory that this user may write, on a disk with room'
  return new StoreNotOpened('directory', `the directory ${dir} cannot be used (${why}); ${advice}`, { cause })
}

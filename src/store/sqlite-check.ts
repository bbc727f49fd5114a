/** Looks over the whole data file without holding up the server. */
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { StoreDamaged } from './sqlite-fault.js'

/** SQLite's own check of the file's structure, in a program of its own: it takes seconds on a large file, and a torn file may end libsql. */
const PROGRAM = `
const [, libsql, file] = process.argv
const Database = require(libsql)
process.stdout.write(String(new Database(file).prepare('PRAGMA quick_check(1)').raw().all()[0][0]))
`

export interface Check {
  /** What is wrong, in {@link StoreDamaged}'s words; nothing when all is well or the check was stopped. */
  readonly found: Promise<StoreDamaged | undefined>
  stop(): void
}

export function checkFile(file: string): Check {
  const libsql = createRequire(import.meta.url).resolve('libsql')
  const stopped = new AbortController()
  const found = new Promise<StoreDamaged | undefined>((resolve) => {
    const args = ['-e', PROGRAM, libsql, `${pathToFileURL(file).href}?mode=ro`]
    execFile(process.execPath, args, { signal: stopped.signal, killSignal: 'SIGKILL' }, (error, answer, said) => {
      const fine = stopped.signal.aborted || answer === 'ok'
      const found = answer || /^\w*Error: (.+)$/m.exec(said)?.[1] || `it ended with ${error?.signal ?? error?.code}`
      resolve(fine ? undefined : new StoreDamaged(`opgang.db did not pass its check (${found})`))
    })
  })
  return { found, stop: () => stopped.abort() }
}

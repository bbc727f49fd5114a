/** Files that hold what people wrote: for the owner alone, and whole on the disk before they get their name. */
import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { codeOf } from './sqlite-fault.js'

export const FILE_MODE = 0o600

/**
 * Makes `file` by filling `<file>.partial`, which is empty and the owner's alone when `fill` gets its path. It is synced and renamed when
 * `fill` resolves, and removed when it rejects. Never writes over a file that is there: rejects with what to do.
 */
export async function writeWhole<R>(file: string, fill: (partial: string) => Promise<R>): Promise<R> {
  const partial = `${file}.partial`
  if (existsSync(file)) throw new Error(`${file} is there already and is not written over; name another file`)
  await makeEmpty(partial)
  try {
    const result = await fill(partial)
    await sync(partial)
    await rename(partial, file)
    await sync(dirname(file))
    return result
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

/** A new name in a folder outlives a power failure only once the folder itself was synced. */
export async function sync(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

async function makeEmpty(partial: string): Promise<void> {
  try {
    await (await open(partial, 'wx', FILE_MODE)).close()
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') {
      throw new Error(`${partial} is there: another backup is being written, or one was interrupted; remove it when none is running`, {
        cause,
      })
    }
    throw new Error(`${partial} cannot be written (${codeOf(cause)}); name a file in a folder that this user may write`, { cause })
  }
}

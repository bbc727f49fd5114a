/** The disk of DATA_DIR: may it be written, is there room. */
import { randomBytes } from 'node:crypto'
import { rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from '../../store/sqlite-fault.js'
import { bad, doubtful, type Finding, good } from './finding.js'

/** Below either there is little time to react (ours): years of turns, or what logs of other programs may grow by. */
const FREE_MIN = 1024 ** 3
const SHARE_MIN = 0.05

export async function checkDisk(dir: string): Promise<Finding> {
  const trial = join(dir, `doctor-${randomBytes(6).toString('hex')}`)
  try {
    await writeFile(trial, '', { flag: 'wx', mode: 0o600 })
    await rm(trial)
    const { bavail, blocks, bsize } = await statfs(dir)
    return judgeRoom(dir, { free: bavail * bsize, total: blocks * bsize })
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return bad(`Disk: ${dir} is not there; start the server once, or set DATA_DIR to its folder`)
    return bad(`Disk: ${dir} cannot be written (${codeOf(error)}); run this and the server as the user who owns it, on a disk with room`)
  }
}

/** @param room in bytes. */
export function judgeRoom(dir: string, { free, total }: { free: number; total: number }): Finding {
  const left = `${(free / FREE_MIN).toFixed(1)} GB (${Math.floor((100 * free) / total)} %) free`
  if (free < FREE_MIN || free < SHARE_MIN * total) return doubtful(`Disk: ${dir} has only ${left}; make room before it is full`)
  return good(`Disk: ${dir} can be written, ${left}`)
}

/** One core for the server, another for the generator, so that neither takes the other's time. */
import type { spawnSync } from 'node:child_process'

export interface Cores {
  /** Goes before the server's command; empty where nothing can be pinned. */
  readonly server: readonly string[]
  /** Why nothing is pinned. */
  readonly note?: string
}

/** Pins this process to its last core, and says how to pin a server to the first. */
export function chooseCores(run: typeof spawnSync, pid = process.pid): Cores {
  const asked = run('taskset', ['-cp', String(pid)], { encoding: 'utf8' })
  if (asked.status !== 0) return { server: [], note: 'taskset is absent: nothing is pinned to a core, and numbers will differ more.' }
  const cores = coresIn(asked.stdout)
  const [first, last] = [cores[0], cores.at(-1)]
  if (first === undefined || last === undefined || first === last) {
    return { server: [], note: 'There is one core only: server and generator share it, and numbers will differ more.' }
  }
  // All threads: the ones that Node has made already too.
  const pinned = run('taskset', ['-acp', String(last), String(pid)], { encoding: 'utf8' })
  if (pinned.status !== 0) return { server: [], note: `taskset refused to pin the generator: ${pinned.stderr.trim()}` }
  return { server: ['taskset', '-c', String(first)] }
}

/** The list at the end of taskset's answer, such as `0-3,8`. */
export function coresIn(answer: string): number[] {
  const list = /([\d,-]+)\s*$/.exec(answer)?.[1] ?? ''
  return list
    .split(',')
    .filter((part) => part !== '')
    .flatMap((part) => {
      const [from = 0, to = from] = part.split('-').map(Number)
      return Array.from({ length: to - from + 1 }, (_, at) => from + at)
    })
}

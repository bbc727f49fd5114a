/** `nlu phrasings FOLDER`: how well the promised answers are found by texts that somebody wrote without seeing their questions. */
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { describeProblem } from '../app/live-library.js'
import { findTopics, type Phrasing } from '../app/phrasings.js'
import type { Clock } from '../core/types.js'
import { aligned } from './aligned.js'
import { loadLibrary } from './library.js'

const USAGE = 'Usage: npm run nlu -- phrasings FOLDER [--misses]   (FOLDER holds <language>.jsonl, a line {"topic","text"} each)'
const Line = z.object({ topic: z.string(), text: z.string().min(1) })
/** Noon of the day that drills play. */
const DRILL = Date.parse('2020-03-25T11:00:00Z')

/** Prints a table by language; `--misses` also prints what was not found first. Resolves to the exit code. */
export async function nluPhrasings(args: readonly string[], print: (line: string) => void): Promise<number> {
  const [folder, option] = args
  if (folder === undefined || (option !== undefined && option !== '--misses')) {
    print(USAGE)
    return 1
  }
  const built = await loadLibrary()
  if ('problems' in built) {
    for (const problem of built.problems) print(`${problem.severity}: ${describeProblem(problem)}`)
    return 1
  }
  const files = await filesIn(folder)
  const rows: string[][] = [['language', 'asked', 'top-1 %', 'top-3 %', 'wrong %']]
  for (const file of files) {
    const language = basename(file, '.jsonl')
    const found = findTopics(built.library, language, await phrasingsOf(join(folder, file)), drillClock())
    rows.push([language, String(found.asked), ...[found.top1, found.top3, found.wrong].map((share) => (100 * share).toFixed(1))])
    for (const { topic, text, found: instead, shown } of option === '--misses' ? found.misses : []) {
      print(`${language} ${topic} ${shown ? 'SHOWN' : 'asked'} ${instead.join(' ')}: ${text}`)
    }
  }
  for (const line of aligned(rows)) print(line)
  return 0
}

function drillClock(): Clock {
  return { now: Date.now(), contentNow: DRILL, drill: true }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new Error(`The folder ${folder} cannot be read: name one that holds <language>.jsonl`, { cause })
  })
  const files = names.filter((name) => name.endsWith('.jsonl')).toSorted()
  if (files.length === 0) throw new Error(`There is no <language>.jsonl in ${folder}: name a folder that holds them`)
  return files
}

/** Undefined for what is no JSON: the line is told then. */
function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Lines of a file; throws with the line that is none. */
async function phrasingsOf(file: string): Promise<readonly Phrasing[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '')
  return lines.map((line, at) => {
    const read = Line.safeParse(jsonOf(line))
    if (!read.success) throw new Error(`${file}:${at + 1} is no phrasing: write {"topic":"water-boil","text":"…"}`)
    return read.data
  })
}

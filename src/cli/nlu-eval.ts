/** `nlu eval`: how well the questions of the library in force are told apart, and what that costs. */
import { leaveOut } from '../app/check-examples.js'
import { describeProblem } from '../app/live-library.js'
import type { Library } from '../core/library.js'
import { trainRanker } from '../core/match/rank.js'
import type { LanguageCode } from '../core/types.js'
import { aligned } from './aligned.js'
import { loadLibrary } from './library.js'

const USAGE = 'Usage: npm run nlu -- eval [LANGUAGE …]'
/** Below, a node is found by luck; below the second number it is found less well than it could be (docs/matching.md). */
const FEW = 3
const GOOD = 5
/** Buttons of "did you mean". */
const BUTTONS = 3

/** Prints a table of the languages named, or of all: leave-one-out top-1 and top-3, questions a node, time. Resolves to the exit code. */
export async function nluEval(args: readonly string[], print: (line: string) => void): Promise<number> {
  const built = await loadLibrary()
  if ('problems' in built) {
    for (const problem of built.problems) print(`${problem.severity}: ${describeProblem(problem)}`)
    return 1
  }
  const { library } = built
  const codes = library.languages.map(({ code }) => code)
  if (args.some((code) => !codes.includes(code))) {
    print(`${USAGE}   (${codes.join(' ')})`)
    return 1
  }
  const rows = codes.filter((code) => args.length === 0 || args.includes(code)).map((code) => rowOf(library, code))
  for (const line of aligned([HEAD, ...rows])) print(line)
  print(`Left out: a fifth of the questions at a time. ${FEW}- and ${GOOD}-: nodes with fewer questions than that.`)
  return 0
}

const HEAD = ['language', 'nodes', 'questions', 'a node', `${FEW}-`, `${GOOD}-`, 'top-1 %', 'top-3 %', 'training ms', 'µs a match']

function rowOf(library: Library, language: LanguageCode): string[] {
  const examples = library.matcher.examples(language)
  const questions = examples.filter(({ kind }) => kind === 'question')
  const names = questions.map(nameOf)
  const nodes = [...new Set(names)].map((name) => names.filter((other) => other === name).length)
  const left = leaveOut(examples, language)
  const within = (places: number) =>
    left.filter(({ example, ranked }) => ranked.slice(0, places).some((one) => nameOf(one) === nameOf(example))).length
  const fewerThan = (least: number) => String(nodes.filter((count) => count < least).length)
  return [
    language,
    String(nodes.length),
    String(questions.length),
    ratio(questions.length, nodes.length),
    fewerThan(FEW),
    fewerThan(GOOD),
    ratio(100 * within(1), left.length),
    ratio(100 * within(BUTTONS), left.length),
    ...costs(examples, language),
  ]
}

const nameOf = ({ dialog, node }: { dialog: string; node: string }): string => `${dialog}/${node}`

function ratio(part: number, whole: number): string {
  return whole === 0 ? '–' : (part / whole).toFixed(1)
}

/** Milliseconds of processor time to train, microseconds of it to match each of the questions once. */
function costs(examples: ReturnType<Library['matcher']['examples']>, language: LanguageCode): [string, string] {
  if (examples.length === 0) return ['–', '–']
  const start = process.cpuUsage()
  const rank = trainRanker(examples, language)
  const trained = process.cpuUsage(start)
  const matching = process.cpuUsage()
  for (const { text } of examples) rank(text)
  const matched = process.cpuUsage(matching)
  const micros = (used: NodeJS.CpuUsage) => used.user + used.system
  return [(micros(trained) / 1000).toFixed(0), (micros(matched) / examples.length).toFixed(0)]
}

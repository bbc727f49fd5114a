/**
 * `npm run chat`: talk to the bot in the terminal. `-- --language ar --area demo --clock 2020-03-25T10:00` begin elsewhere,
 * `-- --record test/transcripts/name.chat` keeps the talk as a transcript, which is a test from then on.
 */
import { writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { describeProblem } from '../app/live-library.js'
import { createPlayer, type Player, START } from '../app/transcript.js'
import type { Library } from '../core/library.js'
import { loadLibrary } from './library.js'

const text = { type: 'string' } as const
const { values } = parseArgs({ options: { language: text, area: text, clock: text, channel: text, record: text } })
const { record, ...settings } = values

const built = await loadLibrary()
if ('problems' in built) {
  for (const problem of built.problems) process.stderr.write(`${describeProblem(problem)}\n`)
  process.exitCode = 1
} else {
  await begin(built.library).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  })
}

async function begin(library: Library): Promise<void> {
  const lines = await talk(createPlayer(settings, library))
  const opening = Object.entries(settings).map(([name, value]) => `${name}: ${value}`)
  if (record !== undefined) await writeFile(record, `${[...opening, ...lines].join('\n')}\n`)
}

/** Reads lines until the input ends; returns the transcript. `[Title]` taps a button. */
async function talk(player: Player): Promise<string[]> {
  const input = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' })
  const lines: string[] = []
  process.stdout.write('Type, or tap a button with [its title]. End with Ctrl-D.\n')
  const take = (line: string) => {
    const answer = hear(player, line)
    if (answer !== undefined) lines.push(`> ${line}`, ...answer)
    input.prompt()
  }
  if (settings.language === undefined) take(START)
  else input.prompt()
  for await (const line of input) take(line)
  process.stdout.write('\n')
  return lines
}

/** A button that is not there is said, not recorded. */
function hear(player: Player, line: string): readonly string[] | undefined {
  try {
    const answer = player.hear(line)
    show(answer)
    return answer
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return undefined
  }
}

function show(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`)
}

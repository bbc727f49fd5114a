/** `npm run bench`: measures the product beside its contenders, prints the table, and fails when a gate is missed. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chooseCores } from './cores.js'
import { type Measured, measureAll } from './measure-all.js'
import { measureLayers } from './measure-layers.js'
import { describeMiss, missedGates, missedTargets } from './measures.js'
import { explained, reportText } from './report.js'
import { FULL, QUICK } from './sizes.js'
import { readWalks } from './walk.js'
import { writeReadme } from './write-readme.js'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const HELP = `Measures what a message costs, beside Express and node:http.

Usage: npm run bench -- [--quick] [--write] [--dir FOLDER]

  --quick  fewer messages, about 90 seconds
  --write  puts the table and the pictures into bench/README.md
  --dir    a folder on the disk to measure, for the stores; the system's temporary folder when absent
`

try {
  await main()
} catch (error) {
  process.stderr.write(`The benchmark stopped: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean' }, write: { type: 'boolean' }, dir: { type: 'string' }, help: { type: 'boolean' } },
  })
  if (values.help) return void process.stdout.write(HELP)
  const dir = mkdtempSync(join(values.dir ?? tmpdir(), 'opgang-bench-'))
  // However it ends: contenders end themselves in the same way.
  process.on('exit', () => rmSync(dir, { recursive: true, force: true }))
  for (const signal of SIGNALS) process.on(signal, () => process.exit(128 + constants.signals[signal]))
  const cores = chooseCores(spawnSync)
  const sizes = values.quick ? QUICK : FULL
  const start = performance.now()
  const say = (line: string) => void process.stderr.write(`${((performance.now() - start) / 1000).toFixed(0).padStart(4)} s  ${line}\n`)
  if (cores.note !== undefined) say(cores.note)
  const all = await measureAll({ dir, sizes, pin: cores.server, walks: await readWalks(), say })
  say('What a message costs by layer')
  const layers = await measureLayers({ dir, pin: cores.server })
  const measured = explained(all, layers)
  process.stdout.write(reportText(measured, layers))
  if (values.write) writeReadme(measured, layers)
  judge(measured)
}

function judge({ results }: Measured): void {
  const missed = missedGates(results)
  for (const result of missed) process.stderr.write(`${describeMiss(result)}\n`)
  const short = missedTargets(results).length
  process.stdout.write(
    `${missed.length === 0 ? 'Every gate is kept' : `${missed.length} gates are missed`}, ${short} targets are not reached.\n`,
  )
  process.exit(missed.length === 0 ? 0 : 1)
}

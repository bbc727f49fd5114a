/** `node scripts/run.mjs <command> [arguments]`: builds what changed, then runs dist/cli/<command>.js. Only the command writes to stdout. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { resolve } from 'node:path'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
const root = resolve(import.meta.dirname, '..')
const [command, ...args] = process.argv.slice(2)

const build = spawnSync(process.execPath, [resolve(root, 'scripts/build.mjs'), '--if-changed'], { stdio: ['ignore', 2, 2] })
if (build.status !== 0) process.exit(build.status ?? 1)

const settings = resolve(root, '.env')
const program = spawn(
  process.execPath,
  [...(existsSync(settings) ? [`--env-file=${settings}`] : []), resolve(root, 'dist/cli', `${command}.js`), ...args],
  { stdio: 'inherit' },
)
// A terminal sends Ctrl-C to the whole group; the command decides what it means, and we leave when it does.
for (const signal of SIGNALS) process.on(signal, () => program.kill(signal))
program.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))

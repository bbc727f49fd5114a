/** `npm run check`: everything that can be said about the project without running it for its users. Fails when any step fails. */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
/** What the programs in dist/ are asked needs a build, so this step comes before the others. */
const FIRST = ['build', 'scripts/build.mjs', '--if-changed']
const STEPS = [
  ['types', 'node_modules/typescript/bin/tsc', '-p', '.'],
  [
    'lint',
    'node_modules/oxlint/bin/oxlint',
    '--type-aware',
    '--deny-warnings',
    '--report-unused-disable-directives',
    'src',
    'test',
    'bench',
    'scripts',
    'vite.config.ts',
  ],
  ['format', 'node_modules/@biomejs/biome/bin/biome', 'check'],
  ['architecture', 'scripts/test.mjs', 'test/architecture.test.ts'],
  ['unused', 'node_modules/knip/bin/knip.js', '--no-progress'],
  ['dialogs', 'dist/cli/dialogs.js', 'check'],
  ['settings', 'dist/cli/env-example.js', '--check'],
  ['lock', 'scripts/complete-lock.mjs', '--check'],
  ['holes', 'scripts/audit.mjs'],
  ['models', 'scripts/danger-inputs.mjs', '--check'],
]

/** Steps whose words are shown in any case. */
const TELLS = ['holes']

const { FORCE_COLOR: _, ...environment } = process.env
const PLAIN = { ...environment, NO_COLOR: '1' }

/** Runs one step; resolves to whether it passed, after saying so (and why not). */
function run([name, ...args]) {
  const started = performance.now()
  const output = []
  const child = spawn(process.execPath, args, { cwd: ROOT, env: PLAIN, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.on('data', (chunk) => output.push(chunk))
  child.stderr.on('data', (chunk) => output.push(chunk))
  return new Promise((done) => {
    child.on('close', (code) => {
      console.log(`${code === 0 ? '✓' : '✗'} ${name.padEnd(13)}${((performance.now() - started) / 1000).toFixed(1)} s`)
      // What a step could not look at is no failure, and is said all the same.
      if (code !== 0 || TELLS.includes(name)) console.log(Buffer.concat(output).toString().trim().replace(/^/gm, '    '))
      done(code === 0)
    })
  })
}

async function runAll(waiting) {
  const passed = []
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) passed.push(await run(step))
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  return passed
}

const passed = [await run(FIRST), ...(await runAll([...STEPS]))]
const failed = passed.filter((ok) => !ok).length
console.log(failed === 0 ? `All ${passed.length} checks passed` : `${failed} of ${passed.length} checks failed`)
process.exit(failed === 0 ? 0 : 1)

/**
 * `npm test`: builds what changed, because some tests run the built product, then Jest on ES modules. Arguments go to Jest. Without paths the
 * tests that look at the clock run one by one, and behind them, on all cores, those that only compute; then the other servers on all cores.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'

const COMPUTING = 'test/(app|core|bot|cli|workers|[^/]+\\.test\\.ts)'
const PATIENT =
  'test/(e2e/(help-|coordinator|people|questions|backup|messenger|log-words|start|doctor|understanding|console|mode)|outlets|web|bench|http/api|store/(?!mongodb-faults))'
const OUTPUT = '--outputFile='
/** What `--json` counts; the results of two runs are one. */
const COUNTS = ['numPassedTests', 'numFailedTests', 'numRuntimeErrorTestSuites']

const built = spawnSync(process.execPath, ['scripts/build.mjs', '--if-changed'], { stdio: 'inherit' })
if (built.status !== 0) process.exit(built.status ?? 1)

const args = process.argv.slice(2)
const status = await (args.some((arg) => !arg.startsWith('--')) ? jest(args) : both())
if (!process.env.MONGODB_URI)
  console.log('MongoDB was not tested: `npm run mongodb` starts a server for that; then MONGODB_URI=<the address it prints> npm test')
process.exit(status)

async function both() {
  const output = args.find((arg) => arg.startsWith(OUTPUT))?.slice(OUTPUT.length)
  const own = args.filter((arg) => !arg.startsWith(OUTPUT))
  const run = async (at, start, more) => {
    const file = output && `${output}.${at}`
    return { file, status: await start([...own, ...more, ...(file ? [`${OUTPUT}${file}`] : [])]) }
  }
  // Those that look at the clock mostly wait: what only computes takes the time they leave.
  const runs = await Promise.all([
    run(0, behind, ['--maxWorkers=100%', `--testPathPatterns=${COMPUTING}`]),
    run(1, jest, ['--runInBand', `--testPathIgnorePatterns=${COMPUTING}`, `--testPathIgnorePatterns=${PATIENT}`]),
  ])
  runs.push(await run(2, jest, ['--maxWorkers=100%', `--testPathPatterns=${PATIENT}`]))
  if (output)
    writeResults(
      output,
      runs.flatMap(({ file }) => file ?? []),
    )
  return runs.find((one) => one.status !== 0)?.status ?? 0
}

/** A run without results crashed: then there are none of the whole. */
function writeResults(output, files) {
  if (!files.every((file) => existsSync(file))) return
  const results = files.map((file) => JSON.parse(readFileSync(file, 'utf8')))
  for (const file of files) rmSync(file)
  const counts = COUNTS.map((name) => [name, results.reduce((sum, result) => sum + result[name], 0)])
  writeFileSync(output, JSON.stringify(Object.fromEntries(counts)))
}

function jest(more) {
  return ended(start(more, 'inherit'))
}

/** Beside the others, and after them wherever they want the processor; what it says comes when it has ended. */
async function behind(more) {
  const child = start(more, 'pipe')
  setPriority(child.pid, constants.priority.PRIORITY_LOW)
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk))
  const status = await ended(child)
  process.stdout.write(Buffer.concat(said))
  return status
}

function start(more, output) {
  const node = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--config', 'jest.config.json']
  return spawn(process.execPath, [...node, ...more], { stdio: ['inherit', output, output] })
}

function ended(child) {
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)))
}

/**
 * `npm test`: builds what changed, because some tests run the built product, then Jest on ES modules. Arguments go to Jest. Without paths the
 * tests that look at the clock run one by one, and behind them, on all cores, those that only compute; then the other servers on all cores.
 * A few red suites run once more, alone.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants, setPriority, tmpdir } from 'node:os'
import { join, relative } from 'node:path'

const COMPUTING = 'test/(app|core|bot|cli|workers|[^/]+\\.test\\.ts)'
const PATIENT =
  'test/(e2e/(help-|coordinator|people|questions|backup|messenger|log-words|start|doctor|understanding|console|mode)|outlets|web|bench|http/api|store/(?!mongodb-faults))'
const OUTPUT = '--outputFile='
/** More red suites than this are no accident of a busy machine. */
const MOST_AGAIN = 3

const built = spawnSync(process.execPath, ['scripts/build.mjs', '--if-changed'], { stdio: 'inherit' })
if (built.status !== 0) process.exit(built.status ?? 1)

const args = process.argv.slice(2)
const status = await (args.some((arg) => !arg.startsWith('--')) ? jest(args) : both())
if (!process.env.MONGODB_URI)
  console.log('MongoDB was not tested: `npm run mongodb` starts a server for that; then MONGODB_URI=<the address it prints> npm test')
process.exit(status)

async function both() {
  const own = args.filter((arg) => !arg.startsWith(OUTPUT) && arg !== '--json')
  const folder = mkdtempSync(join(tmpdir(), 'test-results-'))
  const run = async (name, begin, more) => {
    const file = join(folder, name)
    await begin([...own, ...more, '--json', `${OUTPUT}${file}`])
    return suitesOf(file)
  }
  // Those that look at the clock mostly wait: what only computes takes the time they leave.
  const runs = await Promise.all([
    run('computing', behind, ['--maxWorkers=100%', `--testPathPatterns=${COMPUTING}`]),
    run('clock', jest, ['--runInBand', `--testPathIgnorePatterns=${COMPUTING}`, `--testPathIgnorePatterns=${PATIENT}`]),
  ])
  runs.push(await run('patient', jest, ['--maxWorkers=100%', `--testPathPatterns=${PATIENT}`]))
  const suites = await onceMore(runs.flat(), (red) => run('again', jest, ['--runInBand', '--runTestsByPath', ...red]))
  rmSync(folder, { recursive: true })
  const counts = countsOf(suites)
  const output = args.find((arg) => arg.startsWith(OUTPUT))?.slice(OUTPUT.length)
  if (output) writeFileSync(output, JSON.stringify(counts))
  return counts.numFailedTests + counts.numRuntimeErrorTestSuites === 0 ? 0 : 1
}

/** A few red suites run once more, alone: what is green then is named as unsteady, so that it is mended, and counts as green. */
async function onceMore(suites, again) {
  const red = suites.filter(({ passed, name }) => !passed && name !== undefined).map(({ name }) => name)
  if (red.length === 0 || red.length > MOST_AGAIN) return suites
  console.log(`Once more, alone: ${red.map((name) => relative('.', name)).join(', ')}`)
  const second = await again(red)
  for (const { passed, name } of second) if (passed) console.log(`Unsteady (red among others, green alone): ${relative('.', name)}`)
  return suites.map((suite) => second.find(({ name }) => name !== undefined && name === suite.name) ?? suite)
}

/** @returns each suite's name and counts; a run without results crashed, and that is one red suite without a name. */
function suitesOf(file) {
  if (!existsSync(file)) return [{ passed: false, tests: [] }]
  const { testResults } = JSON.parse(readFileSync(file, 'utf8'))
  return testResults.map(({ name, status, assertionResults }) => ({
    name,
    passed: status === 'passed',
    tests: assertionResults.map((test) => test.status),
  }))
}

/** As Jest names them: a suite that is red without a red test did not load. */
function countsOf(suites) {
  const tests = suites.flatMap((suite) => suite.tests)
  return {
    numPassedTests: tests.filter((status) => status === 'passed').length,
    numFailedTests: tests.filter((status) => status === 'failed').length,
    numRuntimeErrorTestSuites: suites.filter((suite) => !suite.passed && !suite.tests.includes('failed')).length,
  }
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

/**
 * `npm test`: builds what changed, because some tests run the built product, then Jest on ES modules. Arguments go to Jest. Without paths the
 * tests that only compute run on all cores, and so do those that start servers but do not look at the clock; then the others one by one.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

const COMPUTING = 'test/(app|core|bot|cli|workers|[^/]+\\.test\\.ts)'
const PATIENT =
  'test/(e2e/(help-|coordinator|people|questions|backup|messenger|log-words|start|doctor|understanding|console|mode)|outlets|web|bench|http/api|store/(?!mongodb-faults))'
const OUTPUT = '--outputFile='
/** What `--json` counts; the results of two runs are one. */
const COUNTS = ['numPassedTests', 'numFailedTests', 'numRuntimeErrorTestSuites']

const built = spawnSync(process.execPath, ['scripts/build.mjs', '--if-changed'], { stdio: 'inherit' })
if (built.status !== 0) process.exit(built.status ?? 1)

const args = process.argv.slice(2)
const status = args.some((arg) => !arg.startsWith('--')) ? jest(args) : both()
if (!process.env.MONGODB_URI)
  console.log('MongoDB was not tested: `npm run mongodb` starts a server for that; then MONGODB_URI=<the address it prints> npm test')
process.exit(status)

function both() {
  const output = args.find((arg) => arg.startsWith(OUTPUT))?.slice(OUTPUT.length)
  const own = args.filter((arg) => !arg.startsWith(OUTPUT))
  const runs = [
    ['--maxWorkers=100%', `--testPathPatterns=${COMPUTING}`],
    ['--maxWorkers=100%', `--testPathPatterns=${PATIENT}`],
    ['--runInBand', `--testPathIgnorePatterns=${COMPUTING}`, `--testPathIgnorePatterns=${PATIENT}`],
  ].map((more, at) => {
    const file = output && `${output}.${at}`
    return { file, status: jest([...own, ...more, ...(file ? [`${OUTPUT}${file}`] : [])]) }
  })
  if (output)
    writeResults(
      output,
      runs.flatMap(({ file }) => file ?? []),
    )
  return runs.find((run) => run.status !== 0)?.status ?? 0
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
  const node = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--config', 'jest.config.json']
  return spawnSync(process.execPath, [...node, ...more], { stdio: 'inherit' }).status ?? 1
}

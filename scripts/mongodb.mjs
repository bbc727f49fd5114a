/**
 * `npm run mongodb`: a MongoDB server for the tests, in memory, until Ctrl-C. Its address is the first line it prints; a port may be
 * named: `npm run mongodb -- 27017`. Needs Java 17 and, the first time, Maven. Exits with 1 and one line when the server cannot be had.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
const SERVER = join(ROOT, 'test/mongodb')
const LIBRARIES = join(ROOT, 'node_modules/.cache/mongodb')
/** A copy of the pom beside the libraries tells what they were made from. */
const MADE_FROM = 'pom.xml'
/** A repository that does not answer must not hold up a whole test run. */
const FETCH_MS = 120_000
const INSTEAD = 'to test against a MongoDB of your own: MONGODB_URI=mongodb://127.0.0.1:27017 npm test'

function refuse(why) {
  console.error(`No MongoDB test server: ${why}; ${INSTEAD}`)
  process.exit(1)
}

function has(program, ...args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0
}

function fetchLibraries() {
  const pom = readFileSync(join(SERVER, MADE_FROM), 'utf8')
  const made = join(LIBRARIES, MADE_FROM)
  if (existsSync(made) && readFileSync(made, 'utf8') === pom) return
  if (!has('mvn', '--version')) refuse('Maven (mvn) is missing, which fetches it the first time')
  const next = `${LIBRARIES}-${process.pid}`
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${next}`]
  const { status, stdout } = spawnSync('mvn', ['--quiet', '--batch-mode', '--file', join(SERVER, MADE_FROM), ...goal], {
    encoding: 'utf8',
    timeout: FETCH_MS,
  })
  if (status !== 0) {
    rmSync(next, { recursive: true, force: true })
    refuse(`Maven could not fetch it (${/\[ERROR\] (.*)/.exec(stdout ?? '')?.[1] ?? `no answer in ${FETCH_MS / 1000} s`})`)
  }
  writeFileSync(join(next, MADE_FROM), pom)
  rmSync(LIBRARIES, { recursive: true, force: true })
  renameSync(next, LIBRARIES)
}

if (!has('java', '--version')) refuse('Java is missing')
fetchLibraries()
// slf4j would warn that nobody reads its log.
const program = ['-Dslf4j.internal.verbosity=ERROR', '-cp', join(LIBRARIES, '*'), join(SERVER, 'Server.java'), ...process.argv.slice(2)]
// Its input is a pipe of ours: the server ends with this program, however that ends.
const server = spawn('java', program, { stdio: ['pipe', 'inherit', 'inherit'] })
let stopping = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    stopping = true
    server.stdin.end()
  })
}
server.on('exit', (code) => process.exit(stopping ? 0 : (code ?? 1)))

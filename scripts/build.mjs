/**
 * `npm run build`: src/ → dist/, the pages → dist/web/. `--if-changed` does nothing while dist/ was built from the same
 * sources. Where the development packages are absent (a production image) an existing dist/ is taken as it is.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
const DIST = join(ROOT, 'dist')
/** A build is made beside dist/ and moved there whole, so that a running server never sees half of one. */
const NEXT = `${DIST}-${process.pid}`
const FINGERPRINT = '.fingerprint'
/** Whatever changes what dist/ holds. The rest of locales/, and dialogs/, are read when the program runs. */
const SOURCES = ['src', 'locales', 'scripts/build.mjs', 'vite.config.ts', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json']
const READ_AT_RUN_TIME = /^locales\/(?!.*\/(web|console(-[a-z]+)?)\.json$)/

function filesOf(path) {
  const full = join(ROOT, path)
  if (!existsSync(full)) return []
  if (statSync(full).isFile()) return [path]
  return readdirSync(full).flatMap((name) => filesOf(`${path}/${name}`))
}

function fingerprint() {
  const hash = createHash('sha256')
  const files = SOURCES.flatMap(filesOf).filter((path) => !READ_AT_RUN_TIME.test(path))
  for (const path of files.toSorted((a, b) => (a < b ? -1 : 1)))
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(ROOT, path)))
      .update('\0')
  return hash.digest('hex')
}

function builtFrom() {
  const path = join(DIST, FINGERPRINT)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** Runs a package's command silently; what it said is shown only when it fails. */
function step(name, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'node_modules', name), ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    // React's production build, whatever the environment of whoever builds.
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (status === 0) return
  rmSync(NEXT, { recursive: true, force: true })
  console.error(`${stdout}${stderr}`.trimEnd())
  console.error(`The build stopped at ${args[0] === 'build' ? 'the pages (vite)' : 'the types (tsc)'}; dist/ is as it was.`)
  process.exit(1)
}

function moveIntoPlace() {
  const old = `${NEXT}-old`
  try {
    if (existsSync(DIST)) renameSync(DIST, old)
    renameSync(NEXT, DIST)
  } catch (error) {
    // Another build, begun at the same time from the same sources, was a moment faster: its dist/ stays.
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error
    rmSync(NEXT, { recursive: true, force: true })
  }
  rmSync(old, { recursive: true, force: true })
}

function build(sources) {
  const started = performance.now()
  step('typescript/bin/tsc', '-p', 'tsconfig.build.json', '--noEmitOnError', '--outDir', NEXT)
  const pages = existsSync(join(ROOT, 'vite.config.ts'))
  if (pages) step('vite/bin/vite.js', 'build', '--logLevel', 'warn', '--outDir', join(NEXT, 'web'), '--emptyOutDir')
  writeFileSync(join(NEXT, FINGERPRINT), sources)
  moveIntoPlace()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`Built dist/ in ${seconds} s${pages ? '' : ', without the pages: vite.config.ts does not exist'}`)
}

const ready = existsSync(join(ROOT, 'node_modules/vite'))
if (!ready && builtFrom() === undefined) {
  console.error('Nothing is built and the packages that build it are missing: run npm ci first.')
  process.exit(1)
}
const sources = ready ? fingerprint() : undefined
if (ready && !(process.argv.includes('--if-changed') && builtFrom() === sources)) build(sources)

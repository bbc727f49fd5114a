/**
 * Completes package-lock.json: a registry that lacks the binaries of other platforms makes `npm install` leave them out,
 * and `npm ci` then refuses the lock ("Missing … from lock file"). Run it after every `npm install`.
 * `--check` writes nothing and fails when something is missing.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const LOCK = new URL('../package-lock.json', import.meta.url)
const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/
/** `<os>-<cpu>[-<abi>]` at the end of a package's name; the words are those of `process.platform` and `process.arch`. */
const PLATFORM =
  /(?<os>aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)-(?<cpu>arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|x64)(?:-(?<abi>gnu|musl)?\w*)?$/

function findInstalled(packages, from, name) {
  const folder = from === '' ? '' : `${from}/`
  const path = `${folder}node_modules/${name}`
  if (packages[path] !== undefined) return packages[path]
  return from === '' ? undefined : findInstalled(packages, from.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, ''), name)
}

function platformEntry(parent, name, version) {
  const { os, cpu, abi } = PLATFORM.exec(name)?.groups ?? {}
  if (os === undefined) throw new Error(`${name} names no platform: run npm install where the registry has it, or add its entry by hand`)
  const libc = os === 'linux' && abi !== undefined ? { libc: [abi === 'musl' ? 'musl' : 'glibc'] } : {}
  const dev = parent.dev ? { dev: true } : parent.devOptional ? { devOptional: true } : {}
  return { version, cpu: [cpu], ...dev, ...libc, optional: true, os: [os] }
}

function missingEntries(packages) {
  const missing = {}
  for (const [from, parent] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      const installed = findInstalled(packages, from, name)
      if (!EXACT.test(version) || installed?.version === version) continue
      const path = installed === undefined ? `node_modules/${name}` : `${from}/node_modules/${name}`
      missing[path] = platformEntry(parent, name, version)
    }
  }
  return missing
}

const lock = JSON.parse(readFileSync(LOCK, 'utf8'))
const missing = missingEntries(lock.packages)
const count = Object.keys(missing).length
const check = process.argv.includes('--check')
if (count > 0 && !check) {
  const entries = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => a.localeCompare(b, 'en'))
  writeFileSync(LOCK, `${JSON.stringify({ ...lock, packages: Object.fromEntries(entries) }, null, 2)}\n`)
}
const hosts = Object.values(lock.packages).filter(
  ({ resolved }) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'),
).length
if (hosts > 0)
  console.error(`package-lock.json names a private registry ${hosts} times: run npm install with omit-lockfile-registry-resolved=true`)
console.log(
  count === 0
    ? 'package-lock.json is complete'
    : `package-lock.json ${check ? 'lacks' : 'gained'} ${count} entries${check ? ': run node scripts/complete-lock.mjs' : ''}`,
)
process.exit((check && count > 0) || hosts > 0 ? 1 : 0)

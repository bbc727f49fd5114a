/**
 * Known holes in the packages that the product runs on: fails when the registry names one that is serious. A registry that knows no
 * advisories, and a machine without one, are said and not failed: nothing was looked at then. `--report FILE` reads an answer of
 * `npm audit --json` instead of asking.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

const SERIOUS = ['high', 'critical']
const { values } = parseArgs({ options: { report: { type: 'string' } } })

function ask() {
  // The production tree alone: what only builds and tests is never reached by anybody from outside.
  const { stdout } = spawnSync('npm', ['audit', '--json', '--omit=dev'], { encoding: 'utf8', timeout: 60_000 })
  return stdout
}

function read(text) {
  try {
    return JSON.parse(text)
  } catch {
    // No answer, or a page of a proxy: neither is a report.
    return {}
  }
}

const { vulnerabilities } = read(values.report === undefined ? ask() : readFileSync(values.report, 'utf8'))
if (vulnerabilities === undefined) {
  console.log('The registry answered with no advisories: the packages were not looked at. Run `npm audit --omit=dev` where one does.')
} else {
  const serious = Object.values(vulnerabilities).filter(({ severity }) => SERIOUS.includes(severity))
  for (const { name, severity, range, fixAvailable } of serious) {
    const mend =
      fixAvailable === false ? 'no version without it yet: leave the package or what reaches it' : 'a mended version exists: npm update'
    console.log(`${name} ${range}: ${severity}; ${mend}`)
  }
  console.log(`${serious.length} serious of ${Object.keys(vulnerabilities).length} known holes in what the product runs on`)
  process.exitCode = serious.length === 0 ? 0 : 1
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './root.js'

/** Packages that a message passes through. */
const PACKAGES = ['express', 'botbuilder', 'libsql', 'winston'] as const

/** Product and packages with their versions. */
export function versions(): string {
  const own = versionIn('package.json')
  return [`opgang ${own}`, ...PACKAGES.map((name) => `${name} ${versionIn(`node_modules/${name}/package.json`)}`)].join(', ')
}

function versionIn(path: string): string {
  return (JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as { version: string }).version
}

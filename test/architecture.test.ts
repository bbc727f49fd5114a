import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { RULES } from './architecture/rules.js'
import { readSource } from './architecture/source.js'

type RuleName = keyof typeof RULES

const ROOT = join(import.meta.dirname, '..')
const SOURCES = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => readSource(`src/${path}`, readFileSync(join(ROOT, 'src', path), 'utf8')))

/** Each rule with samples that break it, by the path they would have: a rule that cannot fail proves nothing. */
const BREACHES: readonly (readonly [rule: RuleName, samples: Readonly<Record<string, string>>])[] = [
  ['layers', { 'src/core/turn.ts': `import { receive } from '../app/turns.js'` }],
  ['layers', { 'src/bot/bot.ts': `export * from '../http/server.js'` }],
  ['layers', { 'src/http/health.ts': `const store = await import('../store/sqlite.js')` }],
  ['layers', { 'src/app/turns.ts': `import type { SqliteStore } from '../store/sqlite.js'` }],
  ['layers', { 'src/app/turns.ts': `let log: import('../log.js').Logger` }],
  ['layers', { 'src/web/chat/chat.ts': `import { Receive } from '../../app/ports.js'` }],
  ['layers', { 'src/app/turns.ts': `import { chat } from '../cli/chat.js'` }],
  ['layers', { 'src/web/chat/chat.ts': `import common from '../../../locales/da/common.json'` }],
  ['knownFolders', { 'src/helpers/text.ts': '' }],
  ['coreIsPure', { 'src/core/turn.ts': `import { z } from 'zod'` }],
  ['coreIsPure', { 'src/core/turn.ts': `import type { Hash } from 'node:crypto'` }],
  ['coreIsPure', { 'src/core/turn.ts': 'const now = Date.now()' }],
  ['coreIsPure', { 'src/core/turn.ts': 'const now = new Date()' }],
  ['coreIsPure', { 'src/core/turn.ts': 'const today = new Date().getDay()' }],
  ['coreIsPure', { 'src/core/turn.ts': 'const id = [Math.random()]' }],
  ['coreIsPure', { 'src/core/turn.ts': 'const id = f({ a: crypto.randomUUID() })' }],
  ['coreIsPure', { 'src/core/turn.ts': 'const { now } = performance' }],
  ['coreIsPure', { 'src/core/turn.ts': 'const pid = () => process.pid' }],
  ['coreIsPure', { 'src/core/turn.ts': 'setTimeout(retry)' }],
  ['decidingNeverWaits', { 'src/core/turn.ts': 'export async function decideTurn() {}' }],
  ['decidingNeverWaits', { 'src/core/dialog/interpret.ts': 'const next = await read()' }],
  ['timeIsAnArgument', { 'src/app/turns.ts': 'const at = Date.now()' }],
  ['packagesStayAtHome', { 'src/app/turns.ts': `import express from 'express'` }],
  ['packagesStayAtHome', { 'src/http/server.ts': `import { WebSocketServer } from 'ws'` }],
  ['packagesStayAtHome', { 'src/app/turns.ts': `import type { Activity } from 'botbuilder'` }],
  ['packagesStayAtHome', { 'src/app/texts-of.ts': `import i18next from 'i18next'` }],
  ['packagesStayAtHome', { 'src/app/turns.ts': `await import('@microsoft/recognizers-text-number')` }],
  ['packagesStayAtHome', { 'src/store/sqlite.ts': `import { MongoClient } from 'mongodb'` }],
  ['packagesStayAtHome', { 'src/http/page.ts': `import { createRoot } from 'react-dom/client'` }],
  ['settingsInOnePlace', { 'src/main.ts': 'const port = process.env.PORT' }],
  ['settingsInOnePlace', { 'src/main.ts': `const port = process.env['PORT']` }],
  ['settingsInOnePlace', { 'src/main.ts': `import { env } from 'node:process'` }],
  ['forBrowsers', { 'src/web/chat/chat.ts': `import { join } from 'node:path'` }],
  ['fileForm', { 'src/app/turns.ts': 'f()\n'.repeat(301) }],
  ['fileForm', { 'src/app/dialogTree.ts': '' }],
  ['fileForm', { 'src/app/index.ts': '' }],
  ['fileForm', { 'src/app/turns.ts': 'export default 1' }],
  ['fileForm', { 'src/app/turns.ts': 'const a = 1; export { a as default }' }],
  ['noCycles', { 'src/a.ts': `import './b.js'`, 'src/b.tsx': `import { c } from './c.js'`, 'src/c.ts': `export * from './a.js'` }],
]

/** What looks like a breach and is none. */
const ALLOWED: readonly (readonly [rule: RuleName, samples: Readonly<Record<string, string>>])[] = [
  ['layers', { 'src/app/turns.ts': `import { COLLECTIONS } from '../store/collections.js'; import type { Turn } from '../core/types.js'` }],
  [
    'layers',
    { 'src/main.ts': `import { openStore } from './store/sqlite.js'`, 'src/cli/log.ts': `import { serve } from '../http/server.js'` },
  ],
  ['layers', { 'src/web/shared/texts.ts': `import danish from '../../../locales/da/web.json'` }],
  [
    'coreIsPure',
    { 'src/core/turn.ts': `// Date.now()\nconst day = new Date(now); const text = 'process.env'; const say = { process: 1 }.process` },
  ],
  ['decidingNeverWaits', { 'src/core/turn.ts': 'export function decideTurn() {}' }],
  ['packagesStayAtHome', { 'src/bot/directline/router.ts': `import { Router } from 'express'` }],
  ['settingsInOnePlace', { 'src/config.ts': 'const port = process.env.PORT' }],
  ['fileForm', { 'src/app/turns.ts': `/**\n${' * word\n'.repeat(400)} */\n${'// word\n\n'.repeat(400)}export const a = 1` }],
  ['noCycles', { 'src/a.ts': `import type { B } from './b.js'`, 'src/b.ts': `import './a.js'` }],
]

const breachesOf = (rule: RuleName, samples: Readonly<Record<string, string>>) =>
  RULES[rule](Object.entries(samples).map(([path, text]) => readSource(path, text)))

describe('the source', () => {
  test.each(Object.entries(RULES))('%s', (_name, rule) => {
    expect(SOURCES.length).toBeGreaterThan(0)
    expect(rule(SOURCES)).toEqual([])
  })
})

describe('the rules', () => {
  test.each(BREACHES)('%s finds breach %#', (rule, samples) => {
    expect(breachesOf(rule, samples)).toHaveLength(1)
  })

  test.each(ALLOWED)('%s allows sample %#', (rule, samples) => {
    expect(breachesOf(rule, samples)).toEqual([])
  })

  test('every rule is shown to fail', () => {
    expect(new Set(BREACHES.map(([rule]) => rule))).toEqual(new Set(Object.keys(RULES)))
  })
})

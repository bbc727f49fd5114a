/** One node of a dialog file: what it says, the one thing it does, where it goes on. */
import { AUDIENCES, type DialogNode, type HandoffOrder, type NodeDoes } from '../types.js'
import { type Cursor, has, inside, isObject, isRecord, items, optional, present, readBoolean, readId, readText, report } from './cursor.js'
import { ASK_KEYS, readAsk } from './parse-ask.js'
import { readBranches } from './parse-branch.js'
import { readFact } from './parse-fact.js'
import { readGoto } from './parse-goto.js'

const DOES = ['ask', 'branch', 'handoff', 'subscribe', 'unsubscribe', 'call'] as const
const HANDOFF_KEYS = ['network', 'note', 'within', 'nobody'] as const
const NODE_KEYS = ['say', ...DOES, ...ASK_KEYS, ...HANDOFF_KEYS, 'goto', 'fact', 'versions', 'sensitive', 'questions'] as const
const DURATION = /^[1-9]\d{0,3}[mhd]$/

export function parseNode(dialog: string, cursor: Cursor): DialogNode {
  if (!isRecord(cursor, NODE_KEYS)) return { say: [], questions: [] }
  if (Object.keys(cursor.value as object).length === 0) report(cursor, 'this node is empty: let it say or do something')
  checkCompany(cursor)
  return present({
    say: optional(cursor, 'say', readSay) ?? [],
    does: readDoes(dialog, cursor),
    goto: optional(cursor, 'goto', (at) => readGoto(dialog, at)),
    fact: optional(cursor, 'fact', readFact),
    versions: optional(cursor, 'versions', readVersions),
    sensitive: optional(cursor, 'sensitive', readBoolean),
    questions: optional(cursor, 'questions', readTexts) ?? [],
  }) as DialogNode
}

/** Keys that mean something only beside another. */
function checkCompany(cursor: Cursor): void {
  const found = DOES.filter((key) => has(cursor, key))
  if (found.length > 1)
    report(
      inside(cursor, found[1] ?? ''),
      `a node does one thing, this one does ${found.join(' and ')}: give one of them a node of its own`,
    )
  const stray = (keys: readonly string[], owner: string) => {
    for (const key of has(cursor, owner) ? [] : keys) {
      if (has(cursor, key)) report(inside(cursor, key), `\`${key}\` belongs to \`${owner}\`, which this node does not have`)
    }
  }
  stray(ASK_KEYS, 'ask')
  stray(HANDOFF_KEYS, 'handoff')
  if (has(cursor, 'fact')) stray(['fact'], 'say')
  if (has(cursor, 'versions') && !has(cursor, 'fact'))
    report(inside(cursor, 'versions'), '`versions` belongs to `fact`: only an answer is told differently to different people')
  if (has(cursor, 'branch') && has(cursor, 'goto'))
    report(inside(cursor, 'goto'), 'a branch says itself where to go: put the place in `else`')
}

function readDoes(dialog: string, cursor: Cursor): NodeDoes | undefined {
  const kind = DOES.find((key) => has(cursor, key))
  switch (kind) {
    case undefined:
      return undefined
    case 'ask':
      return { kind, ask: readAsk(dialog, cursor) }
    case 'branch':
      return { kind, branches: readBranches(dialog, inside(cursor, 'branch')) }
    case 'handoff':
      return { kind, handoff: readHandoff(dialog, cursor) }
    case 'call':
      return { kind, name: readId(inside(cursor, kind)) ?? '' }
    case 'subscribe':
    case 'unsubscribe':
      return { kind, topic: readId(inside(cursor, kind)) ?? '' }
  }
}

function readHandoff(dialog: string, cursor: Cursor): HandoffOrder {
  return present({
    task: readId(inside(cursor, 'handoff')) ?? '',
    network: optional(cursor, 'network', readId),
    note: optional(cursor, 'note', readText),
    within: optional(cursor, 'within', readDuration),
    nobody: optional(cursor, 'nobody', (at) => readGoto(dialog, at)),
  }) as HandoffOrder
}

function readDuration(cursor: Cursor): string | undefined {
  if (typeof cursor.value === 'string' && DURATION.test(cursor.value)) return cursor.value
  return report(cursor, '`within` must be a time such as 30m, 2h or 1d')
}

function readSay(cursor: Cursor): readonly string[] {
  if (!Array.isArray(cursor.value)) return isObject(cursor.value) ? wrongSay(cursor) : [readText(cursor) ?? '']
  return cursor.value.length === 0 ? wrongSay(cursor) : readTexts(cursor)
}

function wrongSay(cursor: Cursor): readonly string[] {
  report(cursor, '`say` must be a text or a list of texts; put a text with a colon in quotes')
  return []
}

/** Only the audiences there are; each says something. */
function readVersions(cursor: Cursor): DialogNode['versions'] {
  if (!isRecord(cursor, AUDIENCES)) return {}
  return present(Object.fromEntries(AUDIENCES.map((audience) => [audience, optional(cursor, audience, readSay)])))
}

function readTexts(cursor: Cursor): readonly string[] {
  return items(cursor).map((item) => readText(item) ?? '')
}

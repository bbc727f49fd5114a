/** A dialog file as a {@link Dialog}, or everything that is wrong with it. Whether places exist is for the checker. */
import type { Dialog, DialogNode, Problem } from '../types.js'
import {
  type Cursor,
  type FileSource,
  guess,
  has,
  ID,
  ID_FORM,
  idEntries,
  inside,
  isRecord,
  openCursor,
  optional,
  readBoolean,
  readText,
  report,
} from './cursor.js'
import { parseNode } from './parse-node.js'

const DIALOG_KEYS = ['name', 'language', 'history', 'nodes'] as const

/** `id` is the file's name without extension; `source.value` the plain object that YAML gave. Strict: an unknown key is a problem. */
export function parseDialog(id: string, source: FileSource): { readonly dialog: Dialog } | { readonly problems: readonly Problem[] } {
  const cursor = openCursor(source)
  const dialog = readDialog(id, cursor)
  return dialog === undefined || cursor.problems.length > 0 ? { problems: cursor.problems } : { dialog }
}

function readDialog(id: string, cursor: Cursor): Dialog | undefined {
  if (!ID.test(id)) report(cursor, `the file's name must be ${ID_FORM}: rename ${id}`)
  if (!isRecord(cursor, DIALOG_KEYS)) return undefined
  const name = readText(inside(cursor, 'name'))
  const language = inside(cursor, 'language')
  if (language.value !== 'da') report(language, '`language` must be da: texts are written in Danish, translations stand in locales/')
  const history = optional(cursor, 'history', readBoolean) ?? false
  const nodes = readNodes(id, cursor)
  return name === undefined ? undefined : { id, name, history, nodes }
}

function readNodes(dialog: string, cursor: Cursor): Record<string, DialogNode> {
  if (!has(cursor, 'nodes')) {
    const near = Object.keys(cursor.value as object).length === 0 ? '' : `: ${guess('nodes', DIALOG_KEYS)}`
    report(cursor, `a dialog needs \`nodes\`, with a node called start${near}`)
    return {}
  }
  const entries = idEntries(inside(cursor, 'nodes'))
  return Object.fromEntries(entries.map(([node, at]) => [node, parseNode(dialog, { ...at, node })]))
}

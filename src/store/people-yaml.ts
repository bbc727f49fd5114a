/** The file of areas, networks and volunteers as YAML: read with the line of each part, and written for people. */
import { isUtf8 } from 'node:buffer'
import { readFile, stat } from 'node:fs/promises'
import { Document, isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument, visit, type YAMLMap } from 'yaml'
import type { Source } from '../app/sources.js'
import type { Problem } from '../core/types.js'

/** 5,000 volunteers are about 2 MB. */
const BYTES_MAX = 8_000_000

/** The file of that name; a problem when it is not there, is too long, or is no YAML. */
export async function readPeopleYaml(file: string): Promise<{ source: Source } | { problems: Problem[] }> {
  const wrong = (message: string, line?: number) => ({
    problems: [{ file, ...(line === undefined ? {} : { line }), message, severity: 'error' as const }],
  })
  try {
    const { size } = await stat(file)
    if (size > BYTES_MAX) return wrong(`has ${size} bytes, more than ${BYTES_MAX}: is it the right file?`)
    const bytes = await readFile(file)
    // Else letters such as æ, ø and ب would become other signs, and names with them.
    if (!isUtf8(bytes)) return wrong('is not saved as UTF-8: save it again, and choose UTF-8 as its encoding', firstOther(bytes))
    return parsePeopleYaml(file, bytes.toString('utf8'))
  } catch (error) {
    return wrong(`cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const LINE_END = 0x0a

/** The first line with what is no UTF-8. */
function firstOther(bytes: Buffer): number {
  for (let line = 1, start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(LINE_END, start)
    const next = end === -1 ? bytes.length : end + 1
    if (!isUtf8(bytes.subarray(start, next))) return line
    start = next
  }
  return 1
}

/** Every value that is no list and no entry is a text, as it was written: `012` stays `012`. An entry that stands twice is a problem. */
export function parsePeopleYaml(file: string, text: string): { source: Source } | { problems: Problem[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'failsafe', uniqueKeys: false })
  const problems: Problem[] = []
  const tell = (offset: number | undefined, message: string) =>
    void problems.push({ file, ...(offset === undefined ? {} : { line: lines.linePos(offset).line }), message, severity: 'error' })
  for (const { code, message, pos } of document.errors) tell(pos[0], unreadable(code, message))
  if (problems.length > 0) return { problems }
  const root = document.contents
  const value = plain(root, (node, message) => tell(node.range?.[0], message), lines)
  return problems.length > 0 ? { problems } : { source: { file, value, lineOf: (path) => lineOf(root, path, lines) } }
}

/** The same for {@link parsePeopleYaml}. Lists of single values stand in one line. */
export function writePeopleYaml(value: unknown): string {
  const document = new Document(texts(value), { schema: 'failsafe', aliasDuplicateObjects: false })
  visit(document, {
    Seq(_, node) {
      if (node.items.every(isScalar)) node.flow = true
    },
  })
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

/** Every single value as the text that is read again: `1` needs no quotes then. */
function texts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(texts)
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, texts(part)]))
}

function unreadable(code: string, message: string): string {
  if (code === 'TAB_AS_INDENT') return 'begins with a tab: write spaces instead'
  return `cannot be read (${message}): look at this line and the one before it: spaces at the beginning, a colon and a space after each name, quotes in pairs`
}

type Tell = (node: ParsedNode, message: string) => void

function plain(node: ParsedNode | null, tell: Tell, lines: LineCounter): unknown {
  if (isSeq(node)) return node.items.map((item) => plain(item, tell, lines))
  if (isMap(node)) return plainMap(node, tell, lines)
  if (isScalar(node)) return String(node.value)
  if (isAlias(node))
    tell(node as ParsedNode, `\`*${node.source}\` points at another place: write the text in quotes, or write out what stands there`)
  return ''
}

function plainMap(node: YAMLMap.Parsed, tell: Tell, lines: LineCounter): Readonly<Record<string, unknown>> {
  const first = new Map<string, ParsedNode>()
  const entries: [string, unknown][] = []
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : undefined
    const before = first.get(name ?? '')
    if (name === undefined) tell(key, 'a name before a colon is a word, no list: write `name: value`')
    else if (before !== undefined)
      tell(key, `\`${name}\` stands twice, first in line ${lines.linePos(before.range[0]).line}: take one away, or give it another name`)
    else {
      first.set(name, key)
      entries.push([name, plain(value, tell, lines)])
    }
  }
  return Object.fromEntries(entries)
}

/** Where the last part of a path stands by its name; what is missing is looked for in what it is missing from. */
function lineOf(root: ParsedNode | null, path: readonly (string | number)[], lines: LineCounter): number | undefined {
  let node: unknown = root
  let offset: number | undefined
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === String(part))
      if (pair === undefined) break
      offset = (pair.key as ParsedNode).range[0]
      node = pair.value
    } else if (isSeq(node)) {
      const item = node.items[Number(part)] as ParsedNode | undefined
      if (item === undefined) break
      offset = item.range[0]
      node = item
    } else break
  }
  return offset === undefined ? undefined : lines.linePos(offset).line
}

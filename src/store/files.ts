/** `dialogs/` and `locales/` as plain values with line positions: nothing is judged here but that a file can be read. */
import { readdir, readFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import type { PackSource, Source, Sources } from '../app/sources.js'
import type { Problem } from '../core/types.js'

const AREAS = 'areas'

export interface Folders {
  readonly dialogs: string
  readonly locales: string
}

/** Every file of both folders, or a problem for each that cannot be read. */
export async function readSources(folders: Folders): Promise<{ sources: Sources } | { problems: Problem[] }> {
  const problems: Problem[] = []
  const read = (folder: string, extension: string) => readFolder(folder, extension, problems)
  const { 'phone-numbers': phoneNumbers, ...own } = await read(folders.dialogs, '.yaml')
  const areas = await read(join(folders.dialogs, AREAS), '.yaml')
  const { dialogs, packs } = await readPacks(folders.dialogs, own, problems)
  const languages = (await list(folders.locales)).filter((name) => !name.includes('.')).toSorted()
  const locales = Object.fromEntries(
    await Promise.all(languages.map(async (code) => [code, await read(join(folders.locales, code), '.json')] as const)),
  )
  const { 'not-offered': notOffered } = await read(folders.locales, '.json')
  if (problems.length > 0) return { problems }
  const lists = { ...(phoneNumbers === undefined ? {} : { phoneNumbers }), ...(notOffered === undefined ? {} : { notOffered }) }
  return { sources: { dialogs, packs, areas, locales, ...lists } }
}

async function readFolder(folder: string, extension: string, problems: Problem[]): Promise<Record<string, Source>> {
  const names = (await list(folder)).filter((name) => extname(name) === extension).toSorted()
  const entries = await Promise.all(
    names.map(async (name) => [basename(name, extension), await readSource(join(folder, name), problems)] as const),
  )
  return Object.fromEntries(entries)
}

/** Every folder of dialogs but the areas is a pack: its dialogs beside `pack.yaml`, which says what it is. Ids are one space over all packs. */
async function readPacks(folder: string, own: Readonly<Record<string, Source>>, problems: Problem[]) {
  const dialogs: Record<string, Source> = { ...own }
  const packs: Record<string, PackSource> = {}
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.flatMap((entry) => (entry.isDirectory() && entry.name !== AREAS ? [entry.name] : [])).toSorted()
  for (const name of names) {
    const { pack, ...inside } = await readFolder(join(folder, name), '.yaml', problems)
    packs[name] = { dialogs: Object.keys(inside), ...(pack === undefined ? {} : { pack }) }
    for (const [id, source] of Object.entries(inside)) {
      const there = dialogs[id]
      if (there === undefined) dialogs[id] = source
      else problems.push({ file: source.file, message: `${there.file} has the same name: give one of them another`, severity: 'error' })
    }
  }
  return { dialogs, packs }
}

/** `locales/glossary.yaml`, for the author's check: no library needs it. */
export function readGlossaryFile(folders: Folders, problems: Problem[]): Promise<Source> {
  return readSource(join(folders.locales, 'glossary.yaml'), problems)
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (cause) {
    throw new Error(`The folder ${folder} cannot be read: start in the folder that holds dialogs/ and locales/`, { cause })
  }
}

/** JSON is read as such, many times faster; where its values stand is looked up only when somebody asks. */
async function readSource(file: string, problems: Problem[]): Promise<Source> {
  const text = await readFile(file, 'utf8')
  const value = extname(file) === '.json' ? parsedJson(text) : undefined
  if (value === undefined) return readYaml(file, text, problems)
  let positions: Source | undefined
  return { file, value, lineOf: (path) => (positions ??= readYaml(file, text, [])).lineOf(path) }
}

/** Undefined for what is no JSON: YAML tells better what is wrong with it. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** YAML reads JSON too, and keeps where each value stands. */
function readYaml(file: string, text: string, problems: Problem[]): Source {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  for (const error of document.errors) {
    problems.push({ file, line: lines.linePos(error.pos[0]).line, message: `cannot be read: ${error.message}`, severity: 'error' })
  }
  const lineOf = (path: readonly (string | number)[]): number | undefined => {
    const node = document.getIn(path, true)
    const range =
      typeof node === 'object' && node !== null && 'range' in node ? (node.range as readonly [number, number, number] | null) : undefined
    return range ? lines.linePos(range[0]).line : undefined
  }
  return { file, value: document.errors.length === 0 ? document.toJS({ maxAliasCount: 0 }) : undefined, lineOf }
}

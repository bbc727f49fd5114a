/** The starter library with one more dialog, `probe`, made for a test: its nodes in Danish, and translations by language. */
import { join } from 'node:path'
import { type BuildOptions, type Built, buildLibrary } from '../src/app/dialogs.js'
import { LibraryProblems } from '../src/app/live-library.js'
import { createRecognize } from '../src/app/recognize.js'
import type { Sources } from '../src/app/sources.js'
import { hash } from '../src/core/hash.js'
import type { Library } from '../src/core/library.js'
import { readSources } from '../src/store/files.js'
import { nodesFile, yamlSource } from './core/dialog/yaml-source.js'
import { NOW, ROOT, tables } from './library.js'

/** Danish text and its translation, by path of the text. */
type Translated = Readonly<Record<string, readonly [danish: string, text: string]>>

const OPTIONS: BuildOptions = { languages: undefined, defaultLanguage: 'da', now: NOW, recognize: createRecognize(), ...tables }

export async function starterSources(root = ROOT): Promise<Sources> {
  const read = await readSources({ dialogs: join(root, 'dialogs'), locales: join(root, 'locales') })
  if ('problems' in read) throw new LibraryProblems(read.problems)
  return read.sources
}

export const build = (sources: Sources, options: Partial<BuildOptions> = {}): ReturnType<typeof buildLibrary> =>
  buildLibrary(sources, { ...OPTIONS, ...options })

/** The library, or an error that names every problem. */
export function built(sources: Sources, options: Partial<BuildOptions> = {}): Built {
  const made = build(sources, options)
  if ('problems' in made) throw new LibraryProblems(made.problems)
  return made
}

/** `history: true` makes `probe` an archive. */
export async function probeLibrary(nodes: string, more: { ar?: Translated; history?: boolean } = {}): Promise<Library> {
  const sources = await shortSources()
  const text = `${more.history ? 'history: true\n' : ''}${nodesFile(nodes)}`
  const dialogs = { ...sources.dialogs, probe: yamlSource(text, 'dialogs/probe.yaml'), doors: doorsTo(nodes) }
  const texts = Object.entries(more.ar ?? {}).map(([path, [danish, ar]]) => [path, { text: ar, state: 'checked', of: hash(danish) }])
  const probe = yamlSource(JSON.stringify(Object.fromEntries(texts)), 'locales/ar/probe.json')
  const locales = more.ar === undefined ? sources.locales : { ...sources.locales, ar: { ...sources.locales['ar'], probe } }
  return built({ ...sources, dialogs, locales }).library
}

/** The starter files with every dialog but `welcome` and `emergency` as one short node: a library of them is built in little time. */
export async function shortSources(): Promise<Sources> {
  const sources = await starterSources()
  const short = yamlSource(nodesFile('start: { say: Kort. }'), 'dialogs/short.yaml')
  const dialogs = Object.fromEntries(
    Object.entries(sources.dialogs).map(([id, source]) => [id, ['welcome', 'emergency'].includes(id) ? source : short]),
  )
  const kept = Object.entries(sources.locales).map(([code, files]) => {
    const own = Object.entries(files).filter(([name]) => name === 'welcome' || name === 'emergency' || !Object.hasOwn(dialogs, name))
    return [code, Object.fromEntries(own)] as const
  })
  return { ...sources, dialogs, packs: {}, locales: Object.fromEntries(kept) }
}

/** A dialog that leads to every node, because a node where nobody can come is refused. */
function doorsTo(nodes: string) {
  const ids = [...nodes.matchAll(/^([a-z-]+):/gm)].map(([, id]) => id)
  const ways = ids.map((id) => `    - { when: { answers.door: ${id} }, goto: probe/${id} }`)
  return yamlSource(nodesFile(['start:', '  branch:', ...ways, '    - { else: probe/start }'].join('\n')), 'dialogs/doors.yaml')
}

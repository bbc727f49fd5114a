/** Packs: folders of dialogs that an area takes or leaves as one. Each says what it is, for whom, and what an area must bring. */
import { z } from 'zod'
import { textPaths } from '../core/dialog/translations.js'
import type { Area, Dialog, Problem } from '../core/types.js'
import { type PackSource, read, type Source } from './sources.js'

const Id = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'write small English letters, digits and dashes')
const PackFile = z.strictObject({
  name: z.string().min(1),
  /** What it is, in a sentence. */
  about: z.string().min(1),
  /** For which areas and residents. */
  for: z.string().min(1),
  made_by: z.string().min(1),
  made_on: z.union([z.iso.date(), z.date().transform((date) => date.toISOString().slice(0, 10))]),
  /** Area variables that its texts name. */
  variables: z.array(z.string().regex(/^[a-z][a-z0-9_]*$/)),
  /** Answers it promises in every language that is written in full. */
  topics: z.array(Id),
})

/** What a folder of dialogs says of itself, and which dialogs are in it. */
export interface Pack extends z.infer<typeof PackFile> {
  readonly id: string
  readonly dialogs: readonly string[]
  readonly source: Source
}

/** A pack as its folder says, or a problem for what is missing or has another form. */
export function readPack(id: string, { pack, dialogs }: PackSource, problems: Problem[]): Pack | undefined {
  if (pack === undefined) {
    const message = 'is missing: say in it what this pack is, for whom, and which area variables it needs'
    problems.push({ file: `dialogs/${id}/pack.yaml`, message, severity: 'error' })
    return undefined
  }
  const value = read(PackFile, pack, problems)
  return value === undefined ? undefined : { id, dialogs, source: pack, ...value }
}

/** Every area brings what a pack needs, a pack names what its texts need, and every topic it promises is an answer of it. */
export function checkPacks(packs: readonly Pack[], dialogs: Readonly<Record<string, Dialog>>, areas: readonly Area[]): readonly Problem[] {
  return packs.flatMap((pack) => {
    const own = pack.dialogs.flatMap((id) => dialogs[id] ?? [])
    return [...lackingAreas(pack, areas), ...unlikeTexts(pack, own), ...unknownTopics(pack, own)]
  })
}

function lackingAreas(pack: Pack, areas: readonly Area[]): Problem[] {
  return areas.flatMap(({ id, variables }) => {
    const lacking = pack.variables.filter((name) => !Object.hasOwn(variables, name))
    if (lacking.length === 0) return []
    const message = `the area ${id} lacks ${lacking.join(', ')}, which the pack ${pack.name} needs: add it under \`variables\``
    return [{ file: `dialogs/areas/${id}.yaml`, message, severity: 'error' }]
  })
}

function unlikeTexts(pack: Pack, dialogs: readonly Dialog[]): Problem[] {
  const texts = dialogs.flatMap((dialog) => textPaths(dialog).map(({ text }) => text))
  const named = new Set(texts.flatMap((text) => [...text.matchAll(/\{\{\s*area\.([\w-]+)\s*\}\}/g)].map(([, name = '']) => name)))
  const unlisted = [...named].filter((name) => !pack.variables.includes(name))
  const unused = pack.variables.filter((name) => !named.has(name))
  return [
    ...unlisted.map((name) => problemAt(pack, 'variables', `its texts name {{area.${name}}}: add ${name} to \`variables\``)),
    ...unused.map((name) =>
      problemAt(pack, 'variables', `no text of it names {{area.${name}}}: take ${name} out of \`variables\``, 'warning'),
    ),
  ]
}

function unknownTopics(pack: Pack, dialogs: readonly Dialog[]): Problem[] {
  const answers = new Set(dialogs.flatMap(({ nodes }) => Object.keys(nodes).filter((id) => nodes[id]?.fact !== undefined)))
  return pack.topics
    .filter((topic) => !answers.has(topic))
    .map((topic) =>
      problemAt(pack, 'topics', `it promises ${topic}, and no answer of it has that name: write it, or take it out of \`topics\``),
    )
}

function problemAt({ source }: Pack, key: string, message: string, severity: Problem['severity'] = 'error'): Problem {
  const line = source.lineOf([key])
  return { file: source.file, ...(line === undefined ? {} : { line }), message, severity }
}

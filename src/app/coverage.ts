/** What is there of every answer that the packs promise: in which languages, in which state, how well it is found and how it reads. */
import { compileNode } from '../core/dialog/translations.js'
import { MENU } from '../core/draft.js'
import { AUDIENCES, type DialogNode, type Goto, type LanguageCode, type TextState } from '../core/types.js'
import type { Built } from './dialogs.js'
import { lix, type Reading, readingOf } from './lix.js'

/** Languages that every promised answer is written in: those that most lists of 2020–22 asked for, and English as a bridge. */
export const FULL_LANGUAGES: readonly LanguageCode[] = ['da', 'en', 'ar', 'so', 'tr', 'ur', 'fa']
/** Phrasings a language below which a promised answer is not found well enough. */
const EXAMPLES_MIN = 8
/** From the main menu, by buttons alone. */
const TAPS_MAX = 3

/** One promised answer. */
export interface Topic extends Goto {
  /** Taps from the main menu; undefined when no button leads there. */
  readonly taps: number | undefined
  readonly reading: Reading
  readonly audiences: readonly string[]
  /** By language: the worst state of its texts, and its examples. */
  readonly languages: Readonly<Record<LanguageCode, { readonly state: TextState | 'missing'; readonly examples: number }>>
}

/** The promised answers in the order of the packs. */
export function coverage({ packs, library, translations }: Pick<Built, 'packs' | 'library' | 'translations'>): readonly Topic[] {
  const taps = tapsFromMenu(library.dialogs)
  return packs.flatMap((pack) =>
    pack.topics.flatMap((topic) => {
      const dialog = pack.dialogs.map((id) => library.dialogs[id]).find((one) => one !== undefined && Object.hasOwn(one.nodes, topic))
      const node = dialog?.nodes[topic]
      if (dialog === undefined || node === undefined) return []
      const languages = FULL_LANGUAGES.map((code) => {
        const own = translations[code]?.[dialog.id]
        const examples = code === 'da' ? node.questions : (own?.questions[topic] ?? [])
        return [code, { state: compileNode(dialog, topic, code, own)?.state ?? 'missing', examples: examples.length }] as const
      })
      return [
        {
          dialog: dialog.id,
          node: topic,
          taps: taps.get(`${dialog.id}/${topic}`),
          reading: readingOf(danishOf(node)),
          audiences: AUDIENCES.filter((audience) => node.versions?.[audience] !== undefined),
          languages: Object.fromEntries(languages),
        },
      ]
    }),
  )
}

/** What an answer lacks, in words; nothing when it is whole. */
export function lacks(topic: Topic): readonly string[] {
  const { taps, node } = topic
  const far = taps === undefined || taps > TAPS_MAX ? [`${node} is not reached in ${TAPS_MAX} taps from the main menu: add a button`] : []
  return [
    ...far,
    ...Object.entries(topic.languages).flatMap(([code, { state, examples }]) => [
      ...(state === 'missing' ? [`${node} is not written in ${code}: translate every text of it`] : []),
      ...(state === 'outdated' ? [`${node} in ${code} is of an older Danish text: translate it anew`] : []),
      ...(examples < EXAMPLES_MIN ? [`${node} has ${examples} questions in ${code}: write at least ${EXAMPLES_MIN}`] : []),
    ]),
  ]
}

/** Mean LIX of the promised answers in Danish. */
export function averageLix(topics: readonly Topic[]): number {
  return topics.reduce((sum, { reading }) => sum + lix(reading), 0) / Math.max(1, topics.length)
}

function danishOf({ say, versions = {} }: DialogNode): readonly string[] {
  return [...say, ...AUDIENCES.flatMap((audience) => versions[audience] ?? [])]
}

/** Buttons from the main menu to every node; what follows without a tap costs none. */
function tapsFromMenu(dialogs: Built['library']['dialogs']): ReadonlyMap<string, number> {
  const taps = new Map<string, number>()
  let reached: readonly Goto[] = [MENU]
  for (let count = 0; reached.length > 0; count++) {
    const next: Goto[] = []
    const open = [...reached]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const key = `${at.dialog}/${at.node}`
      const node = dialogs[at.dialog]?.nodes[at.node]
      if (node === undefined || taps.has(key)) continue
      taps.set(key, count)
      if (node.does?.kind === 'ask') next.push(...node.does.ask.quickReplies.map(({ goto }) => goto))
      else open.push(...(node.does?.kind === 'branch' ? node.does.branches.map(({ goto }) => goto) : []), ...(node.goto ? [node.goto] : []))
    }
    reached = next
  }
  return taps
}

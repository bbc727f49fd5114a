/** The glossary: Danish words of housing and authorities with one fixed translation, held against the translations of the dialogs. */
import { z } from 'zod'
import { textPaths } from '../core/dialog/translations.js'
import { normalize } from '../core/language/normalize.js'
import type { Dialog, LanguageCode, Problem } from '../core/types.js'
import type { Built } from './dialogs.js'
import { read, type Source } from './sources.js'

const Words = z.array(z.string().min(1)).min(1)
const GlossaryFile = z.array(
  z.strictObject({
    da: z.string().min(1),
    /** Other forms of the Danish word. */
    forms: z.array(z.string().min(1)).default([]),
    /** Stands on doors, letters or screens: a translation names it in brackets at first use. */
    shown: z.boolean().default(false),
    en: Words,
    ar: Words,
    so: Words,
    tr: Words,
    ur: Words,
    fa: Words,
  }),
)

export type Term = z.infer<typeof GlossaryFile>[number]
const TRANSLATED = ['en', 'ar', 'so', 'tr', 'ur', 'fa'] as const

export function readGlossary(source: Source, problems: Problem[]): readonly Term[] {
  return read(GlossaryFile, source, problems) ?? []
}

/** Where a translation does not use the fixed word for a term that its Danish text has, or lacks the Danish word in brackets. Warnings: an ending may hide a word. */
export function checkGlossary(
  terms: readonly Term[],
  { library, translations }: Pick<Built, 'library' | 'translations'>,
): readonly Problem[] {
  return TRANSLATED.flatMap((language) => {
    const looked = terms.map((term) => lookedFor(term, language))
    return Object.values(library.dialogs).flatMap((dialog) =>
      pieces(dialog).flatMap((piece) => checkPiece(piece, looked, { language, texts: translations[language]?.[dialog.id]?.texts ?? {} })),
    )
  })
}

interface LookedFor {
  readonly term: Term
  readonly danish: readonly string[]
  readonly translated: readonly string[]
  /** A name that is the same everywhere is its own translation, and needs no brackets. */
  readonly bracketed: boolean
}

function lookedFor(term: Term, language: (typeof TRANSLATED)[number]): LookedFor {
  const danish = [term.da, ...term.forms].map((word) => ` ${normalize(word, 'da')} `)
  const translated = term[language].map((word) => normalize(word, language))
  return { term, danish, translated, bracketed: term.shown && !term[language].some((word) => word.toLowerCase() === term.da.toLowerCase()) }
}

/** What is read at once: a node's own texts, and each of its versions. Titles are too short for brackets. */
interface Piece {
  readonly dialog: string
  readonly name: string
  readonly texts: readonly { readonly path: string; readonly text: string }[]
}

function pieces(dialog: Dialog): readonly Piece[] {
  const byName = new Map<string, { path: string; text: string }[]>()
  for (const { path, text } of textPaths(dialog)) {
    const [node = '', part = '', audience = ''] = path.split('.')
    if (path === 'name' || part === 'quick_replies') continue
    const name = part === 'versions' ? `${node}.versions.${audience}` : node
    byName.set(name, [...(byName.get(name) ?? []), { path, text }])
  }
  return [...byName].map(([name, texts]) => ({ dialog: dialog.id, name, texts }))
}

function checkPiece(
  { dialog, name, texts }: Piece,
  looked: readonly LookedFor[],
  own: { readonly language: LanguageCode; readonly texts: Readonly<Record<string, { readonly text: string }>> },
): Problem[] {
  const translated = texts.map(({ path }) => own.texts[path]?.text)
  // What is not translated yet is told by the rule of whole translations.
  if (translated.includes(undefined)) return []
  const danish = ` ${texts.map(({ text }) => normalize(text, 'da')).join(' ')} `
  const whole = translated.join(' ')
  const normal = normalize(whole, own.language)
  const tell = (message: string): Problem => ({
    file: `locales/${own.language}/${dialog}.json`,
    language: own.language,
    message: `${name}: ${message}`,
    severity: 'warning',
  })
  return looked
    .filter((one) => one.danish.some((form) => danish.includes(form)))
    .flatMap(({ term, translated: words, bracketed }) => [
      ...(words.some((word) => normal.includes(word))
        ? []
        : [tell(`"${term.da}" has a fixed translation: write ${term[own.language as 'en'][0]}`)]),
      ...(!bracketed || namesInBrackets(whole, term)
        ? []
        : [tell(`write (${term.da}) after its translation, as it stands on doors and letters`)]),
    ])
}

const INVISIBLE = /\p{Cf}/gu

function namesInBrackets(text: string, { da, forms }: Term): boolean {
  const plain = text.replace(INVISIBLE, '').toLowerCase()
  return [da, ...forms].some((word) => plain.includes(`(${word.toLowerCase()}`))
}

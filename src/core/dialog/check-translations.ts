/** Rules about translations as a whole: what is missing, outdated or left over. All are warnings: an answer falls back to another language. */
import { EMERGENCY } from '../draft.js'
import type { Dialog, LanguageCode, Problem } from '../types.js'
import { type CheckInput, otherLanguages, problem } from './check-input.js'
import { stateOf, textPaths } from './translations.js'

/** One line a dialog and language with what is missing or outdated. */
export function translationsComplete(input: CheckInput): readonly Problem[] {
  return input.dialogs.flatMap((dialog) => otherLanguages(input, dialog.id).flatMap((language) => incomplete(input, dialog, language)))
}

function incomplete(input: CheckInput, dialog: Dialog, language: LanguageCode): Problem[] {
  const texts = input.translations[language]?.[dialog.id]?.texts
  const paths = textPaths(dialog)
  const missing = paths.filter(({ path }) => texts?.[path] === undefined).map(({ path }) => path)
  const outdated = paths
    .filter(({ path, text }) => texts?.[path] !== undefined && stateOf(texts[path], text) === 'outdated')
    .map(({ path }) => path)
  const counts = [count(missing, 'missing'), count(outdated, 'outdated')].filter((part) => part !== '')
  if (counts.length === 0) return []
  const message = `${language}: of ${paths.length} texts of ${dialog.id} ${counts.join(' and ')}: translate them, until then these answers are shown in another language`
  return [problem(input, { dialog: dialog.id, language, path: [] }, message, 'warning')]
}

function count(paths: readonly string[], word: string): string {
  const [first] = paths
  if (first === undefined) return ''
  return `${paths.length} ${paths.length === 1 ? 'is' : 'are'} ${word} (${first}${paths.length === 1 ? '' : ', …'})`
}

/** A translation of a text that is no more. */
export function translationsBelong(input: CheckInput): readonly Problem[] {
  return otherLanguages(input, EMERGENCY).flatMap((language) =>
    Object.entries(input.translations[language] ?? {}).flatMap(([id, { texts, questions }]) => {
      const dialog = input.dialogs.find((candidate) => candidate.id === id)
      if (dialog === undefined)
        return [problem(input, { dialog: id, language, path: [] }, `there is no dialog ${id}: remove this file or rename it`, 'warning')]
      const known = new Set(textPaths(dialog).map(({ path }) => path))
      const left = Object.keys(texts).filter((path) => !known.has(path))
      const nodes = Object.keys(questions).filter((node) => !Object.hasOwn(dialog.nodes, node))
      return [...left, ...nodes.map((node) => `${node}.questions`)].map((path) =>
        problem(
          input,
          { dialog: id, language, path: [path] },
          `\`${path}\` is in ${id} no more: remove it or give it its new path`,
          'warning',
        ),
      )
    }),
  )
}

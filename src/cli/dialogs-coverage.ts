/** `npm run --silent dialogs -- coverage`: what there is of every answer that the packs promise, by language, and what is missing. */
import { averageLix, coverage, FULL_LANGUAGES, lacks, type Topic } from '../app/coverage.js'
import type { Built } from '../app/dialogs.js'
import { describeProblem } from '../app/live-library.js'
import { lix } from '../app/lix.js'
import { stateOf, textPaths } from '../core/dialog/translations.js'
import type { LanguageCode } from '../core/types.js'
import { aligned } from './aligned.js'
import { loadLibrary } from './library.js'

/** Names of the columns before the languages. */
const HEAD = ['topic', 'audiences', 'taps', 'words', 'LIX']

/** Prints the table of this folder; resolves to 1 when a promised answer lacks anything in one of the languages that are written in full. */
export async function dialogsCoverage(print: (line: string) => void): Promise<number> {
  const built = await loadLibrary()
  if ('problems' in built) {
    for (const problem of built.problems) print(`${problem.severity}: ${describeProblem(problem)}`)
    return 1
  }
  return printCoverage(built, print)
}

/** The table of a library; returns the exit code. */
export function printCoverage(built: Built, print: (line: string) => void): 0 | 1 {
  const topics = coverage(built)
  for (const line of aligned([[...HEAD, ...FULL_LANGUAGES], ...topics.map(rowOf)], 2)) print(line)
  print(`${topics.length} answers, ${sum(topics, ({ reading }) => reading.words)} Danish words, mean LIX ${averageLix(topics).toFixed(1)}.`)
  print('By language: the worst state of an answer\u2019s texts, and its questions.')
  print('')
  for (const line of aligned([['all texts', 'missing', 'outdated', 'machine', 'checked', 'phrase cards'], ...languageRows(built)]))
    print(line)
  const missing = topics.flatMap(lacks)
  for (const line of missing) print(`missing: ${line}`)
  return missing.length === 0 ? 0 : 1
}

function rowOf({ node, audiences, taps, reading, languages }: Topic): string[] {
  return [
    node,
    audiences.length === 0 ? '\u2013' : audiences.join(' '),
    String(taps ?? '\u2013'),
    String(reading.words),
    lix(reading).toFixed(0),
    ...FULL_LANGUAGES.map((code) => `${languages[code]?.state} ${languages[code]?.examples}`),
  ]
}

/** Texts of all dialogs by state in every language that has any, with its phrase cards. */
function languageRows({ library, translations, phraseCards }: Built): string[][] {
  const texts = Object.values(library.dialogs).flatMap((dialog) =>
    textPaths(dialog).map(({ path, text }) => ({ dialog: dialog.id, path, text })),
  )
  return Object.keys(translations)
    .filter((code) => code !== 'da')
    .map((code: LanguageCode) => {
      const states = texts.map(({ dialog, path, text }) => {
        const translated = translations[code]?.[dialog]?.texts[path]
        return translated === undefined ? 'missing' : stateOf(translated, text)
      })
      const count = (state: string) => String(states.filter((one) => one === state).length)
      return [code, ...['missing', 'outdated', 'machine', 'checked'].map(count), String(Object.keys(phraseCards[code] ?? {}).length)]
    })
}

function sum(topics: readonly Topic[], value: (topic: Topic) => number): number {
  return topics.reduce((total, topic) => total + value(topic), 0)
}

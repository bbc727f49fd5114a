/** Gathers what the answers of every language are learnt from, and trains the matcher on it. */
import type { Translations } from '../core/dialog/translations.js'
import type { Library } from '../core/library.js'
import { buildMatcher, type LearntFrom } from '../core/match/matcher.js'
import type { Dialog, LanguageCode } from '../core/types.js'
import type { Compiling } from './compile.js'

/** So much of an answer is an example of its question (docs/matching.md, what is learnt from). */
const ANSWER_MAX = 400

/** One model a language that has examples, of the questions, the titles and the answers of nodes that can be asked for. */
export function compileMatcher(
  { dialogs, translations, languages }: Compiling,
  texts: Library['texts'],
  title: Library['title'],
): ReturnType<typeof buildMatcher> {
  const examples = languages.map((language) => {
    const own = (dialog: Dialog) => examplesOf(dialog, { language, translations: translations[language]?.[dialog.id], texts, title })
    return [language, unambiguous(Object.values(dialogs).flatMap(own))] as const
  })
  return buildMatcher(Object.fromEntries(examples))
}

interface Of {
  readonly language: LanguageCode
  readonly translations: Translations | undefined
  readonly texts: Library['texts']
  readonly title: Library['title']
}

/** Only nodes that the language has questions for: a menu is no answer, and a Danish text is no example of another language. */
function examplesOf(dialog: Dialog, { language, translations, texts, title }: Of): LearntFrom[] {
  return Object.entries(dialog.nodes).flatMap(([node, { questions }]) => {
    const own = language === 'da' ? questions : (translations?.questions[node] ?? [])
    if (own.length === 0) return []
    const at = { dialog: dialog.id, node }
    const shown = texts(dialog.id, node, language)
    const said = shown.language === language ? [shown.say, ...Object.values(shown.versions)] : []
    const answers = said.map((bubbles) => withoutValues(bubbles.join(' ')).slice(0, ANSWER_MAX)).filter((text) => text !== '')
    return [
      ...own.map((text) => ({ ...at, text, kind: 'question' as const })),
      { ...at, text: title(dialog.id, node, language), kind: 'title' as const },
      ...answers.map((text) => ({ ...at, text, kind: 'answer' as const })),
    ]
  })
}

/** `{{area.office_phone}}` stands for a value, and its name is nobody's word. */
function withoutValues(text: string): string {
  return text.replace(/\{\{[^{}]*\}\}/g, ' ')
}

/** A title that two nodes have (the name of their dialog) says nothing about either. */
function unambiguous(examples: readonly LearntFrom[]): readonly LearntFrom[] {
  const titles = new Map<string, number>()
  for (const { kind, text } of examples) if (kind === 'title') titles.set(text, (titles.get(text) ?? 0) + 1)
  return examples.filter(({ kind, text }) => kind !== 'title' || titles.get(text) === 1)
}

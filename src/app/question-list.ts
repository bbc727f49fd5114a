/** Questions as staff read them in a terminal: groups, each text in its own language, what came near, and who waits. */
import { copenhagenTime } from '../core/copenhagen.js'
import { isolated } from '../core/language/isolated.js'
import type { Library } from '../core/library.js'
import type { Guess } from '../core/question-types.js'
import type { Count } from '../store/collection.js'
import type { QuestionDocument } from '../store/collections.js'
import type { Waiting } from './answer-back.js'
import type { QuestionGroup } from './question-groups.js'

/** Questions of one group that are shown with their words. */
const SHOWN_MAX = 20
/** Neighbours of one group, best first. */
const NEIGHBOURS_MAX = 5
/** Cells below it could point at somebody in a small area; our own choice, as is usual in statistics of small areas. */
const CELL_MIN = 5

/** A group in lines. `waiting` says of each question whose asker waits what is in the way. */
export function showGroup(group: QuestionGroup<QuestionDocument>, library: Library, waiting: ReadonlyMap<string, Waiting>): string {
  const { questions } = group
  const newest = Math.max(...questions.map(({ askedAt }) => askedAt))
  const wishes = questions.filter(({ wish, told }) => wish && !told).length
  const head = [
    group.id,
    group.state,
    `${questions.length}×`,
    list(questions.map(({ language }) => language)),
    list(questions.map(({ area }) => area)),
    `newest ${copenhagenTime(newest)}`,
    `want to be told: ${wishes}`,
  ]
  const shown = questions.slice(-SHOWN_MAX).map((question) => showQuestion(question, waiting.get(question._id)))
  const more = questions.length > SHOWN_MAX ? [`  and ${questions.length - SHOWN_MAX} older`] : []
  return [head.join(' · '), ...shown, ...more, ...showNeighbours(questions, library)].join('\n')
}

function showQuestion({ _id, language, text, kept, missing, answer, state }: QuestionDocument, waiting: Waiting | undefined): string {
  const words = kept ? isolated(printable(text)) : '(its words are gone by age)'
  const notes = [
    ...(missing ? ['missed in the first neighbour'] : []),
    ...(answer === undefined ? [] : [`${state}: ${answer.dialog}/${answer.node}`]),
    ...(waiting === undefined ? [] : [waiting === 'ready' ? 'can be told now' : `waiting: ${waiting}`]),
  ]
  return [`  ${_id}  ${language}: ${words}`, ...notes.map((note) => `(${note})`)].join('  ')
}

/** Answers in every language are the same places, so they are named in Danish, which staff read. */
function showNeighbours(questions: readonly QuestionDocument[], library: Library): string[] {
  const best = new Map<string, Guess>()
  for (const guess of questions.flatMap(({ guesses }) => guesses)) {
    const place = `${guess.dialog}/${guess.node}`
    if ((best.get(place)?.score ?? 0) < guess.score) best.set(place, guess)
  }
  return [...best]
    .toSorted(([, a], [, b]) => b.score - a.score)
    .slice(0, NEIGHBOURS_MAX)
    .map(([place, { dialog, node, score }]) => `  near: ${place} ${score.toFixed(2)}  ${titleOf(library, dialog, node)}`)
}

function titleOf(library: Library, dialog: string, node: string): string {
  const known = Object.hasOwn(library.dialogs, dialog) && Object.hasOwn(library.dialogs[dialog]?.nodes ?? {}, node)
  return known ? library.title(dialog, node, 'da') : '(is no more)'
}

/** Control characters would act on the terminal of whoever reads. */
function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ')
}

function list(values: readonly string[]): string {
  return [...new Set(values)].toSorted().join(', ')
}

/** Votes by answer, text and language, counted by `dialog, node, text, language, useful`: one line each, small cells hidden. */
export function showVotes(counts: readonly Count[]): string {
  const rows = new Map<string, { yes: number; no: number }>()
  for (const { by, count } of counts) {
    const [dialog, node, text, language, useful] = by
    const key = `${dialog}/${node} · text ${text} · ${language}`
    const row = rows.get(key) ?? { yes: 0, no: 0 }
    rows.set(key, useful === true ? { ...row, yes: row.yes + count } : { ...row, no: row.no + count })
  }
  if (rows.size === 0) return 'Nobody has said yet whether an answer was useful.'
  const lines = [...rows]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { yes, no }]) => `${key} · useful ${cell(yes)} · not useful ${cell(no)}`)
  return lines.join('\n')
}

function cell(count: number): string {
  return count > 0 && count < CELL_MIN ? `<${CELL_MIN}` : String(count)
}

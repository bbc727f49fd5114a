/** Are the answers' examples told apart? Each is left out once, the rest is learnt, and the example is asked for. */

import type { Library } from '../core/library.js'
import type { LearntFrom } from '../core/match/matcher.js'
import { type Ranked, trainRanker } from '../core/match/rank.js'
import { BUTTONS_FROM } from '../core/match/zones.js'
import type { Goto, LanguageCode, Problem } from '../core/types.js'

/** Below this an answer is found by luck (docs/matching.md, what an author does). */
const TOO_FEW = 3
/** Learning anew for each example would take minutes; a fifth of them is left out at a time. */
const FOLDS = 5
/** From here the other answer is likelier than all the rest together. */
const CLEARLY = 0.5
const MEND = 'add questions of that kind here, or tell the two apart'

const nameOf = ({ dialog, node }: Goto): string => `${dialog}/${node}`

/** One question asked of a model that has not seen it. */
export interface LeftOut {
  readonly example: LearntFrom
  /** Best first. */
  readonly ranked: readonly Ranked[]
}

/** Asks every question of a language, each of a model that learnt from the rest, its own fifth left out. */
export function leaveOut(examples: readonly LearntFrom[], language: LanguageCode): readonly LeftOut[] {
  const folds = new Map(examples.filter(({ kind }) => kind === 'question').map((example, at) => [example, at % FOLDS]))
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const left = examples.filter((example) => folds.get(example) === fold)
    if (left.length === 0) return []
    const rank = trainRanker(
      examples.filter((example) => folds.get(example) !== fold),
      language,
    )
    return left.map((example) => ({ example, ranked: rank(example.text) }))
  })
}

/**
 * A warning for every two nodes of which one clearly wins questions of the other when they are left out, and for each node that
 * has some questions in a language but fewer than {@link TOO_FEW}. Takes seconds: for the author's check, not for a start.
 */
export function checkExamples(library: Library): readonly Problem[] {
  return library.languages.flatMap(({ code }) => {
    const examples = library.matcher.examples(code)
    return [...tooFew(examples, code), ...mixedUp(leaveOut(examples, code), code)]
  })
}

function tooFew(examples: readonly LearntFrom[], language: LanguageCode): Problem[] {
  const counts = new Map<string, { readonly example: LearntFrom; count: number }>()
  for (const example of examples.filter(({ kind }) => kind === 'question')) {
    const name = nameOf(example)
    const counted = counts.get(name) ?? { example, count: 0 }
    counted.count += 1
    counts.set(name, counted)
  }
  return [...counts.values()]
    .filter(({ count }) => count < TOO_FEW)
    .map(({ example, count }) =>
      warning(example, language, `has ${count} of at least ${TOO_FEW} questions: add questions as people would ask them`),
    )
}

/**
 * One warning for each pair, with the question that is lost most clearly. What no button would show is won by nobody, and a single question
 * that is lost by a little still finds its answer among the buttons.
 */
function mixedUp(left: readonly LeftOut[], language: LanguageCode): Problem[] {
  const pairs = new Map<string, { lost: LearntFrom; to: Ranked; count: number }>()
  for (const { example, ranked } of left) {
    const [best] = ranked
    if (best === undefined || best.score < BUTTONS_FROM || nameOf(best) === nameOf(example)) continue
    const pair = `${nameOf(example)} ${nameOf(best)}`
    const before = pairs.get(pair)
    const clearest = before === undefined || best.score > before.to.score ? { lost: example, to: best } : before
    pairs.set(pair, { lost: clearest.lost, to: clearest.to, count: (before?.count ?? 0) + 1 })
  }
  return [...pairs.values()]
    .filter(({ count, to }) => count >= 2 || to.score >= CLEARLY)
    .toSorted((a, b) => b.to.score - a.to.score)
    .map(({ lost, to, count }) => {
      const more = count === 1 ? '' : ` and ${count - 1} more`
      const share = `probability ${to.score.toFixed(2)}`
      return warning(lost, language, `“${lost.text}”${more} would be taken for ${nameOf(to)} (${share}): ${MEND}`)
    })
}

function warning({ dialog, node }: LearntFrom, language: LanguageCode, message: string): Problem {
  const file = language === 'da' ? `dialogs/${dialog}.yaml` : `locales/${language}/${dialog}.json`
  return { file, node, language, message, severity: 'warning' }
}

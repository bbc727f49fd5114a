/** May this answer be shown, and what stands beside it: facts are judged by the content's clock, never by the server's. */
import { formatDate } from './copenhagen.js'
import type { Library } from './library.js'
import type { Area, Clock, Dialog, Fact, FactLine, LanguageCode } from './types.js'

/**
 * `show`: serve it · `unconfirmed`: serve it with a word that it is · `past`: serve it as history ·
 * `ended`, `not-begun`, `hidden`: never serve it, say why instead.
 */
export type Verdict = 'show' | 'unconfirmed' | 'past' | 'ended' | 'not-begun' | 'hidden'

export function judgeFact(fact: Fact, dialog: Dialog, clock: Clock, area: Area): Verdict {
  const outside = whereOutside(fact, clock)
  if (dialog.history && (outside !== undefined || !clock.drill)) return 'past'
  if (outside !== undefined) return outside
  if (!fact.confirm) return 'show'
  return area.demo || clock.drill ? 'unconfirmed' : 'hidden'
}

function whereOutside(fact: Fact, clock: Clock): 'ended' | 'not-begun' | undefined {
  if (fact.until !== undefined && clock.contentNow >= fact.until) return 'ended'
  if (fact.from !== undefined && clock.contentNow < fact.from) return 'not-begun'
  return undefined
}

/** "Rule · Danish Health Authority · checked 20 March 2020", in the language of the answer. */
export function factLine(fact: Fact, language: LanguageCode, library: Library): FactLine {
  const values = {
    kind: library.say(language, `fact.${fact.kind}`),
    owner: library.say(language, `owner.${fact.owner}`),
    date: formatDate(fact.checked, language),
  }
  return { kind: fact.kind, line: library.say(language, 'fact.line', values), source: fact.source }
}

/** The sentence that opens an answer of the past. */
export function historyOpening(fact: Fact, language: LanguageCode, library: Library): string {
  if (fact.from === undefined) return library.say(language, 'history.plain')
  const from = formatDate(fact.from, language)
  if (fact.until === undefined) return library.say(language, 'history.from', { from })
  return library.say(language, 'history.between', { from, until: lastDay(fact.until, language) })
}

/** What is said instead of an answer that may not be shown. */
export function insteadOfFact(
  fact: Fact,
  verdict: 'ended' | 'not-begun' | 'hidden',
  language: LanguageCode,
  place: { library: Library; area: Area },
): string {
  const { library, area } = place
  const phone = area.variables['office_phone'] ?? ''
  if (verdict === 'hidden') return library.say(language, 'fact.unconfirmed', { phone })
  const date = verdict === 'ended' ? lastDay(fact.until ?? 0, language) : formatDate(fact.from ?? 0, language)
  return library.say(language, `fact.${verdict}`, { date, phone })
}

/** `until` is the first instant outside: the last day that people know is the one before. */
function lastDay(until: number, language: LanguageCode): string {
  return formatDate(until - 1, language)
}

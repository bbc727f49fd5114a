/** What came of an act, in words. */
import type { Reason } from '../../../core/callout-types.js'
import { Refusal } from '../api.js'
import type { Outcome } from '../notice.js'
import type { Texts } from '../texts.js'
import type { ActOutcome } from './outbox.js'
import { momentOf } from './times.js'
import { happened, reasonWords } from './words.js'

/** What `changed-meanwhile` says beside its words. */
interface Meanwhile {
  readonly what: string
  readonly by?: string
  readonly who?: string
  readonly at?: number
}

function isMeanwhile(more: unknown): more is Meanwhile {
  return typeof more === 'object' && more !== null && 'what' in more && typeof more.what === 'string'
}

/** Why a volunteer cannot be asked. */
function isWhy(more: unknown): more is { readonly why: readonly Reason[] } {
  return typeof more === 'object' && more !== null && 'why' in more && Array.isArray(more.why)
}

export function outcomeWords(texts: Texts, { order, refused }: ActOutcome): Outcome {
  if (refused === undefined) return { done: texts.say(`board.done.${order.act.do}`) }
  const { more, words } = refused
  if (refused.code === 'changed-meanwhile' && isMeanwhile(more)) return { failed: meanwhileWords(texts, more) }
  if (!isWhy(more) || words === undefined) return { failed: refused }
  const reason = texts.say('board.because', { why: more.why.map((one) => reasonWords(texts, one)).join(', ') })
  const { language } = texts
  return { failed: new Refusal(refused.code, chosenWords(words.message[language], `${reason} ${words.advice[language]}`)) }
}

function meanwhileWords(texts: Texts, { what, by, who, at }: Meanwhile): Refusal {
  const { say } = texts
  const first = happened(texts, { what, ...(by === undefined ? {} : { by }), ...(who === undefined ? {} : { who }) })
  const line = at === undefined ? first : `${first} (${momentOf(texts, at, Date.now())})`
  return new Refusal('changed-meanwhile', chosenWords(say('board.meanwhile', { what: line }), say('board.meanwhile.do')))
}

/** Words that are of the reader's language already. */
export function chosenWords(message: string, advice = ''): NonNullable<Refusal['words']> {
  return { message: { da: message, en: message }, advice: { da: advice, en: advice } }
}

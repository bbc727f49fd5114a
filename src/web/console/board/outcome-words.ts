/** What came of an act, in words. */
import { Refusal } from '../api.js'
import type { Outcome } from '../notice.js'
import type { Texts } from '../texts.js'
import type { ActOutcome } from './outbox.js'
import { momentOf } from './times.js'
import { happened } from './words.js'

/** What `changed-meanwhile` says beside its words. */
interface Meanwhile {
  readonly what: string
  readonly who?: string
  readonly at?: number
}

function isMeanwhile(more: unknown): more is Meanwhile {
  return typeof more === 'object' && more !== null && 'what' in more && typeof more.what === 'string'
}

export function outcomeWords(texts: Texts, { order, refused }: ActOutcome): Outcome {
  const { say } = texts
  if (refused === undefined) return { done: say(`board.done.${order.act.do}`) }
  if (refused.code !== 'changed-meanwhile' || !isMeanwhile(refused.more)) return { failed: refused }
  const { what, who, at } = refused.more
  const first = happened(texts, { what, by: 'staff', ...(who === undefined ? {} : { who }) })
  const line = at === undefined ? first : `${first} (${momentOf(texts, at, Date.now())})`
  return { failed: new Refusal(refused.code, chosenWords(say('board.meanwhile', { what: line }), say('board.meanwhile.do'))) }
}

/** Words that are of the reader's language already. */
export function chosenWords(message: string, advice = ''): NonNullable<Refusal['words']> {
  return { message: { da: message, en: message }, advice: { da: advice, en: advice } }
}

/** What a message says about the language of its conversation: when to follow it, when to offer, when to leave all as it is. */
import type { LanguageCode } from '../types.js'
import type { Detect, Detection, Guess } from './detect.js'

export interface LanguageState {
  readonly code: LanguageCode
  /** Whether the resident chose it, by a button or by its name. */
  readonly chosen: boolean
}

export type LanguageDecision =
  | { readonly do: 'keep' }
  /** A whole sentence, and sure: answer in that language from now on. */
  | { readonly do: 'switch'; readonly to: LanguageCode }
  /** Stay, with one button in that language; at most once in a conversation. */
  | { readonly do: 'offer'; readonly to: LanguageCode }
  /** The first message, and unsure: answer in the area's language and show the list of languages. */
  | { readonly do: 'ask' }
  /** Surely a language that is not offered: say so in it, and offer those we have. */
  | { readonly do: 'not-offered'; readonly language: LanguageCode }

export interface LanguageQuestion {
  readonly text: string
  /** Undefined at the first message. */
  readonly current: LanguageState | undefined
  /** Language of the profile or of the link that was followed. */
  readonly locale?: LanguageCode
  readonly areaDefault: LanguageCode
  readonly offered: readonly LanguageCode[]
  readonly detect: Detect
}

export interface LanguageAnswer {
  readonly decision: LanguageDecision
  /** The text's own likely language among the offered ones: the one to match it in, whatever the conversation's is. */
  readonly likely: LanguageCode
  readonly detection: Detection
}

/** Nats, measured on the development split (docs/language.md): they cost nothing where a whole sentence is in another language. */
const PRIOR = { current: 5, chosen: 8, locale: 2, area: 1 }
/** The conversation's weight where only matching is at stake: it settles single words, and gives way to two. */
const PRIOR_FOR_MATCHING = 3
/** Of texts accepted at this probability, more than 99 in 100 are right. */
const SURE = 0.95
const CLEAR = 0.6
/** Fewer words never switch: `ja` and `tak` are words of three languages. */
const SENTENCE_WORDS = 3
/** A single word must be this clear to be worth a button: names are single words. */
const SINGLE_WORD_CLEAR = 0.99

/** Decides by the text alone: nothing is remembered, and whether a button was offered before is the caller's to know. */
export function decideLanguage(question: LanguageQuestion): LanguageAnswer {
  const { text, current, offered, detect } = question
  const stay = question.current?.code ?? offeredLocale(question) ?? question.areaDefault
  const forMatching = detect(text, { candidates: offered, priors: priors(question, PRIOR_FOR_MATCHING) })
  const sticky = current?.chosen ? PRIOR.chosen : PRIOR.current
  const detection = detect(text, { candidates: offered, priors: priors(question, sticky) })
  const romanised = detection.romanised !== undefined && offered.includes(detection.romanised) ? detection.romanised : undefined
  const decision = romanised === undefined ? decide(question, detection) : decideRomanised(current, romanised)
  return { decision, likely: romanised ?? likelyOf(forMatching, offered, stay), detection }
}

function offeredLocale({ locale, offered }: LanguageQuestion): LanguageCode | undefined {
  return locale !== undefined && offered.includes(locale) ? locale : undefined
}

function priors({ current, locale, areaDefault }: LanguageQuestion, sticky: number): Record<LanguageCode, number> {
  const nats: Record<LanguageCode, number> = {}
  const add = (code: LanguageCode | undefined, amount: number) => {
    if (code !== undefined) nats[code] = (nats[code] ?? 0) + amount
  }
  add(current?.code, sticky)
  add(locale, PRIOR.locale)
  add(areaDefault, PRIOR.area)
  return nats
}

/** Latin letters for Arabic ones are a sign of the language, not of its probability: never more than an offer. */
function decideRomanised(current: LanguageState | undefined, language: LanguageCode): LanguageDecision {
  return current?.code === language ? { do: 'keep' } : { do: 'offer', to: language }
}

function decide(question: LanguageQuestion, { ranked, words }: Detection): LanguageDecision {
  const { current, offered } = question
  const best = ranked[0]
  const sentence = words >= SENTENCE_WORDS && best !== undefined && best.p >= SURE
  if (sentence && !offered.includes(best.language)) return { do: 'not-offered', language: best.language }
  if (current === undefined) return sentence ? { do: 'switch', to: best.language } : decideFirst(question, best)
  if (best === undefined || best.language === current.code) return { do: 'keep' }
  if (sentence) return { do: 'switch', to: best.language }
  const clear = best.p >= (words === 1 ? SINGLE_WORD_CLEAR : CLEAR)
  return clear && offered.includes(best.language) ? { do: 'offer', to: best.language } : { do: 'keep' }
}

/** An unsure first message: the language of the profile, unless the text speaks against it. */
function decideFirst(question: LanguageQuestion, best: Guess | undefined): LanguageDecision {
  const locale = offeredLocale(question)
  return locale !== undefined && (best === undefined || best.language === locale) ? { do: 'switch', to: locale } : { do: 'ask' }
}

function likelyOf({ ranked }: Detection, offered: readonly LanguageCode[], stay: LanguageCode): LanguageCode {
  const best = ranked[0]
  return best !== undefined && offered.includes(best.language) ? best.language : stay
}

/**
 * Words for numbers, dates, yes and no: our own lists first, then Microsoft's recognizers-text for the languages it knows.
 *
 * The packages are CommonJS bundles of 20–200 ms each, so each is loaded at the first text that needs it. They answer in
 * English when they do not know a culture unless told not to ("jeg har 3 børn" was three billion), find a yes inside "not sure", and take
 * seconds on long runs of digits and slashes: so they are asked in a culture they have, about at most 64 characters, after such runs were refused.
 */
import { createRequire } from 'node:module'
import { isQuestion } from '../core/asking-words.js'
import { copenhagenDate } from '../core/copenhagen.js'
import type { Recognize } from '../core/expect.js'
import { endsOf, type Phrases, reach } from '../core/language/made-of.js'
import { normalize } from '../core/language/normalize.js'
import { redact } from '../core/redact.js'
import type { Instant, LanguageCode } from '../core/types.js'
import { NUMBER_WORDS } from './number-words.js'
import { YES_NO_FILLER } from './yes-no-filler.js'
import { NO_EMOJI, YES_EMOJI, YES_NO_WORDS } from './yes-no-words.js'

/** Measured: 160 characters of `1/1/1/…` took 5.3 s in the date recogniser, a normal sentence 4.7 ms. */
const TEXT_MAX = 64
const HOSTILE_RUN = /\d{12,}|(?:[\d\s]*[/\\.,:;+-]){6,}/
/** Cultures that the recognisers have; others are ours alone. */
const YES_NO_CULTURES: Readonly<Record<LanguageCode, string>> = {
  de: 'de-de',
  es: 'es-es',
  fr: 'fr-fr',
  pt: 'pt-br',
  nl: 'nl-nl',
  zh: 'zh-cn',
  ja: 'ja-jp',
}
const NUMBER_CULTURES: Readonly<Record<LanguageCode, string>> = { en: 'en-us', es: 'es-es', fr: 'fr-fr', pt: 'pt-br', zh: 'zh-cn' }
const DATE_CULTURES: Readonly<Record<LanguageCode, string>> = { en: 'en-us', es: 'es-es', fr: 'fr-fr', zh: 'zh-cn' }
/** Telephone numbers look alike in every culture but the Chinese. */
const PHONE_CULTURE = 'en-us'
/** Languages that everybody here meets: their yes and no count after the reader's own. */
const BRIDGES: readonly LanguageCode[] = ['da', 'en']
/** What the bridges would read as the opposite: a Pole who says "no" may well agree. */
const UNCLEAR: Readonly<Record<LanguageCode, readonly string[]>> = { pl: ['no'] }

const load = createRequire(import.meta.url)

type Choice = typeof import('@microsoft/recognizers-text-choice')
type Numbers = typeof import('@microsoft/recognizers-text-number')
type Sequence = typeof import('@microsoft/recognizers-text-sequence')
type DateTime = typeof import('@microsoft/recognizers-text-date-time')

/** Reads words in any of our languages; safe on any text, never throws. */
export function createRecognize(): Recognize {
  return read
}

const read: Recognize = (kind, text, { language, now }) => {
  if (text.length > TEXT_MAX || HOSTILE_RUN.test(text)) return undefined
  const [base = language] = language.split('-')
  switch (kind) {
    case 'yes_no':
      return yesNo(text, base)
    case 'number':
      return numberWord(text, base) ?? recognizedNumber(text, NUMBER_CULTURES[base])
    case 'date':
      return recognizedDate(text, DATE_CULTURES[base], now)
    case 'phone':
      return recognizedPhone(text)
  }
}

function yesNo(text: string, language: LanguageCode): boolean | undefined {
  const emoji = text.replace(/[\p{Emoji_Modifier}\uFE0F\s!.]/gu, '')
  if (YES_EMOJI.includes(emoji)) return true
  if (NO_EMOJI.includes(emoji)) return false
  if (UNCLEAR[language]?.includes(normalize(text, language))) return undefined
  for (const code of new Set([language, ...BRIDGES])) {
    const answer = listed(normalize(text, code), code, !isQuestion(text))
    if (answer !== undefined) return answer
  }
  return recognizedBoolean(text, YES_NO_CULTURES[language])
}

/** A yes or a no, and behind it only what adds nothing; a question goes on with more than that. */
function listed(message: string, language: LanguageCode, more: boolean): boolean | undefined {
  const words = phrasesOf(language)
  if (words === undefined || message === '') return undefined
  const said = message.split(' ')
  const [yes, no] = [words.yes, words.no].map(({ leads, behind }) =>
    reach(said, endsOf(said, 0, leads), more ? behind : []).has(said.length),
  )
  return yes === no ? undefined : yes
}

interface YesNo {
  readonly leads: Phrases
  readonly behind: Phrases
}

const known = new Map<LanguageCode, Readonly<Record<'yes' | 'no', YesNo>>>()

/** What a language says yes and no with, in words as they are compared; made at the first text in it. */
function phrasesOf(language: LanguageCode): Readonly<Record<'yes' | 'no', YesNo>> | undefined {
  const words = YES_NO_WORDS[language]
  const found = known.get(language)
  if (found !== undefined || words === undefined) return found
  const { friendly = [], ...more } = YES_NO_FILLER[language] ?? { yes: [], no: [] }
  const split = (list: readonly string[]) => list.map((phrase) => normalize(phrase, language).split(' '))
  const one = (is: 'yes' | 'no') => ({ leads: split(words[is]), behind: split([...words[is], ...friendly, ...more[is]]) })
  const made = { yes: one('yes'), no: one('no') }
  known.set(language, made)
  return made
}

/** The whole message, or nothing: a yes inside a sentence may be its opposite. */
function recognizedBoolean(text: string, culture: string | undefined): boolean | undefined {
  if (culture === undefined) return undefined
  const { recognizeBoolean } = load('@microsoft/recognizers-text-choice') as Choice
  const [found] = recognizeBoolean(text, culture, undefined, false)
  const value: unknown = found?.resolution['value']
  const whole = found !== undefined && normalize(found.text, 'en') === normalize(text, 'en')
  return whole && typeof value === 'boolean' ? value : undefined
}

/** One number word in the text. The word for one is often an article too, so it must be the whole message. */
function numberWord(text: string, language: LanguageCode): number | undefined {
  const message = normalize(text, language)
  const values = (NUMBER_WORDS[language] ?? []).map((words) => words.map((word) => normalize(word, language)))
  const whole = values.findIndex((words) => words.includes(message))
  if (whole >= 0) return whole
  const found = message.split(' ').flatMap((word) => values.flatMap((words, value) => (value !== 1 && words.includes(word) ? [value] : [])))
  return found.length === 1 ? found[0] : undefined
}

function recognizedNumber(text: string, culture: string | undefined): number | undefined {
  if (culture === undefined) return undefined
  const { recognizeNumber } = load('@microsoft/recognizers-text-number') as Numbers
  const [found, ...others] = recognizeNumber(text, culture, undefined, false)
  const value = Number(found?.resolution?.['value'] ?? Number.NaN)
  return others.length === 0 && Number.isFinite(value) ? value : undefined
}

/** A day by its name; of a weekday's two readings the one to come. */
function recognizedDate(text: string, culture: string | undefined, now: Instant): string | undefined {
  if (culture === undefined) return undefined
  const { recognizeDateTime } = load('@microsoft/recognizers-text-date-time') as DateTime
  const [year = 0, month = 1, day = 1] = copenhagenDate(now).split('-').map(Number)
  const noon = 12
  const [found, ...others] = recognizeDateTime(text, culture, undefined, new Date(year, month - 1, day, noon), false)
  if (found?.typeName !== 'datetimeV2.date' || others.length > 0) return undefined
  const values: readonly { value?: string }[] = found.resolution?.['values'] ?? []
  return values.at(-1)?.value
}

/** A number written in an uncommon way. The recogniser takes a CPR number for one: such a text is nothing to it. */
function recognizedPhone(text: string): string | undefined {
  if (redact(text).redacted.length > 0) return undefined
  const { SequenceRecognizer } = load('@microsoft/recognizers-text-sequence') as Sequence
  const [found, ...others] = new SequenceRecognizer(PHONE_CULTURE).getPhoneNumberModel(PHONE_CULTURE, false).parse(text)
  return found !== undefined && others.length === 0 ? found.text : undefined
}

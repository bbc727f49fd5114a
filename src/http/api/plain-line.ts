/** What a text that staff type into one field may hold. */
import { z } from 'zod'
import { redact } from '../../core/redact.js'

/**
 * One line of whole characters, and none that turns the words around it: no control characters, line or paragraph separators, halves of
 * surrogate pairs, or embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX #9).
 */
export const PLAIN_LINE = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]*$/u

/** The same where control characters and separators are refused with words of their own. */
export const WHOLE_TEXT = /^[^\p{Cs}\u202A-\u202E\u2066-\u2069]*$/u

/** A name of one line, kept without CPR and card numbers: they are masked as in what residents write. */
export function plainLine(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(PLAIN_LINE)
    .transform((text) => redact(text).text)
}

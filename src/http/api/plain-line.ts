/** What a text that staff type into one field may hold. */

/**
 * One line of whole characters, and none that turns the words around it: no control characters, line or paragraph separators, halves of
 * surrogate pairs, or embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX #9).
 */
export const PLAIN_LINE = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]*$/u

/** The same where control characters and separators are refused with words of their own. */
export const WHOLE_TEXT = /^[^\p{Cs}\u202A-\u202E\u2066-\u2069]*$/u

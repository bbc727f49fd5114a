/**
 * The digits people type: a phone's keyboard gives the digits of its script, and a person means the same number by them.
 */

/** Code points of zero; the digits 1–9 follow each (Unicode, general category Nd). */
const ZEROS: readonly number[] = [
  0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0, 0x1810,
  0xff10, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6,
]

/** Value 0–9 of a character of any script we know, or undefined when it is no digit. */
export function digitValue(character: string): number | undefined {
  const code = character.codePointAt(0) ?? 0
  const zero = ZEROS.find((start) => code >= start && code <= start + 9)
  return zero === undefined ? undefined : code - zero
}

/** The text with every digit as 0–9. Lengths may change: fullwidth and native digits become one code unit each. */
export function foldDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit) ?? digit))
}

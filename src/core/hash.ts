/** Looked up once: in the worlds that tests run in, a look-up for every letter took far longer than the work. */
const { imul } = Math

/**
 * A short name for a text: 53 bits, 11 characters of base36, the same for ever on every machine. It tells texts apart; it
 * protects nothing. Translations store it for the Danish they were made from, so changing it would make every translation outdated.
 *
 * Two multiply-and-xor lanes over UTF-16 code units (constants of MurmurHash3 and xxHash), mixed into one number at the end.
 */
export function hash(text: string): string {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    high = imul(high ^ unit, 2654435761)
    low = imul(low ^ unit, 1597334677)
  }
  const mixedHigh = mix(high) ^ mixOther(low)
  const mixedLow = mix(low) ^ mixOther(high)
  const number = 4294967296 * (2097151 & mixedLow) + (mixedHigh >>> 0)
  return number.toString(36).padStart(HASH_LENGTH, '0')
}

/** 36^11 is the first power of 36 above 2^53. */
const HASH_LENGTH = 11

function mix(lane: number): number {
  return imul(lane ^ (lane >>> 16), 2246822507)
}

function mixOther(lane: number): number {
  return imul(lane ^ (lane >>> 13), 3266489909)
}

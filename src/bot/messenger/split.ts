/** Cuts texts where a reader would: between sentences, else words, else what the eye sees as one character. */

/** Units to try, coarse to fine. None cuts inside an emoji or an Arabic letter with its marks. */
const UNITS = ['sentence', 'word', 'grapheme'] as const
type Unit = (typeof UNITS)[number]

/** Parts of at most `max` UTF-16 units each, without the white space at their edges; direction marks stay. Empty text gives no part. */
export function splitText(text: string, max: number, language: string): string[] {
  return pack(text, max, language, UNITS)
    .map((part) => withoutEnd(part).replace(/^[ \t\r\n]+/, ''))
    .filter((part) => part !== '')
}

/** White space at a part's end is not sent, so it does not count. */
function withoutEnd(text: string): string {
  return text.replace(/[ \t\r\n]+$/, '')
}

function pack(text: string, max: number, language: string, [unit, ...finer]: readonly Unit[]): string[] {
  if (text.length <= max) return [text]
  // One character longer than a whole message is no writing; it is cut between code points.
  const segments = unit === undefined ? [...text] : segmentsOf(text, unit, language)
  const parts: string[] = []
  let current = ''
  for (const segment of segments) {
    const length = withoutEnd(segment).length
    if (current !== '' && current.length + length > max) {
      parts.push(current)
      current = ''
    }
    if (length <= max) {
      current += segment
      continue
    }
    const pieces = pack(segment, max, language, finer)
    current = pieces.pop() ?? ''
    parts.push(...pieces)
  }
  return current === '' ? parts : [...parts, current]
}

/** A title of at most `max` UTF-16 units; a longer one is cut between characters and ends in `…`. */
export function cutTitle(title: string, max: number, language: string): string {
  if (title.length <= max) return title
  let cut = ''
  for (const segment of segmentsOf(title, 'grapheme', language)) {
    if (cut.length + segment.length > max - 1) break
    cut += segment
  }
  return `${cut.trimEnd()}…`
}

function segmentsOf(text: string, granularity: Unit, language: string): string[] {
  return Array.from(segmenter(language, granularity).segment(text), ({ segment }) => segment)
}

const segmenters = new Map<string, Intl.Segmenter>()

/** Kept, because making one costs a hundred times what using it does. A language that Node does not know gets the root rules. */
function segmenter(language: string, granularity: Unit): Intl.Segmenter {
  const locale = Intl.Segmenter.supportedLocalesOf(/^[a-z]{2,3}$/.test(language) ? language : 'und')[0]
  const key = `${locale}:${granularity}`
  const kept = segmenters.get(key) ?? new Intl.Segmenter(locale, { granularity })
  segmenters.set(key, kept)
  return kept
}

/** Plain text as a page shows it: paragraphs, links that can be followed, and numbers that keep their order in any direction. */

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  /** Digits in groups, such as a telephone number or a time, or the number of a request: must be isolated from the direction of the text around it. */
  | { readonly kind: 'number'; readonly text: string }

const SAFE_PROTOCOLS = new Set(['http:', 'https:', 'tel:'])
/**
 * A web address up to the first blank or quote, the number of a request, or a run of digits in groups. A time, a date or an amount is one run: in two
 * pieces "10.00" would read "00.10" from right to left. From one time to another is two, which follow each other as the text runs.
 */
const MARKED = /(https?:\/\/[^\s<>"'«»“”]+)|((?<![\p{L}\p{N}])H-[2-9A-Z]{4}(?![\p{L}\p{N}])|\+?\d(?:(?:[\u00A0 -]*|[.,:/])\d)*)/giu
/** What ends a sentence is not part of the address before it. */
const TRAILING = /[.,;:!?)\]}،؛؟۔]+$/u

/** The host of an address, for people to read; the address itself when it has none. */
export function hostOf(address: string): string {
  return /^https?:\/\/([^/?#]+)/i.exec(address)?.[1] ?? address
}

/** The address when a page may link to it (http, https, tel); undefined for anything else. */
export function safeHref(address: string): string | undefined {
  try {
    return SAFE_PROTOCOLS.has(new URL(address).protocol) ? address : undefined
  } catch {
    return undefined
  }
}

/** Address that rings `number`: digits and a leading plus only. */
export function telHref(number: string): string {
  return `tel:${number.replace(/(?!^\+)\D/g, '')}`
}

/** Blank lines part paragraphs; single newlines stay in the text. */
export function paragraphs(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
}

/** The pieces of one paragraph, in order; together they are the paragraph. */
export function pieces(paragraph: string): Piece[] {
  const found: Piece[] = []
  let from = 0
  for (const match of paragraph.matchAll(MARKED)) {
    const piece = match[1] === undefined ? numberPiece(match[0]) : linkPiece(match[1])
    if (piece === undefined) continue
    if (match.index > from) found.push({ kind: 'text', text: paragraph.slice(from, match.index) })
    found.push(piece)
    from = match.index + piece.text.length
  }
  if (from < paragraph.length) found.push({ kind: 'text', text: paragraph.slice(from) })
  return found
}

function numberPiece(text: string): Piece | undefined {
  return text.length < 2 ? undefined : { kind: 'number', text }
}

function linkPiece(raw: string): Piece | undefined {
  const text = raw.replace(TRAILING, '')
  const href = safeHref(text)
  return href === undefined ? undefined : { kind: 'link', text, href }
}

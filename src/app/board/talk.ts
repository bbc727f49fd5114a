/** The words that crossed between the two of a request, as staff read them. Only what each was meant to read: never a door. */
import type { TalkLine } from '../../core/board-types.js'
import type { Library } from '../../core/library.js'
import { isCard } from '../../core/talking-cards.js'
import type { Instant, LanguageCode } from '../../core/types.js'
import type { HandoffDocument, TurnDocument } from '../../store/collections.js'
import type { BoardDeps } from './board-deps.js'

/** Newest lines of each side. */
const LINES_MAX = 500
/** Words may arrive a little after the talk has ended. */
const LATE_MS = 3_600_000
const EVIDENCE_MAX = 20
/** From here on the words are marked as of that language. */
const SURE = 0.9

type Side = TalkLine['side']

/**
 * In the order in which they arrived; words of somebody erased, and words that are too old to be kept, are not there. Of a talk that was reported
 * also what was kept for those who decide. Throws `StoreUnavailable`.
 */
export async function talkOf(deps: BoardDeps, document: HandoffDocument, language: LanguageCode): Promise<readonly TalkLine[]> {
  const { contact, handoff } = document
  if (handoff === undefined || handoff.relays.length === 0) return []
  const writers = new Map<string, Side>(handoff.relays.map(({ volunteer }) => [volunteer, 'helper']))
  if (contact !== '') writers.set(contact, 'resident')
  const library = deps.library.current()
  const lines: TalkLine[] = []
  for (const [writer, side] of writers)
    for (const turn of await wordsOf(deps, document, writer)) lines.push(...lineOf(turn, { side, library, language }))
  const kept = handoff.reports.length === 0 ? [] : await evidenceOf(deps, document._id, { library, language })
  const read = new Set(lines.map(placeOf))
  return [...lines, ...kept.filter((line) => !read.has(placeOf(line)))].toSorted((a, b) => a.at - b.at)
}

function placeOf({ at, side }: TalkLine): string {
  return `${at} ${side}`
}

/** Turns that hold what this person wrote to the other: they stand in the other's conversation. */
async function wordsOf({ collections }: BoardDeps, { _id, handoff }: HandoffDocument, writer: string): Promise<TurnDocument[]> {
  const relays = handoff?.relays ?? []
  const ends = relays.map(({ until = Number.MAX_SAFE_INTEGER - LATE_MS }) => until)
  const at = { from: Math.min(...relays.map(({ from }) => from)), below: Math.max(...ends) + LATE_MS }
  const found = await collections.turns.find({ from: writer, at }, { sort: ['from', 'at'], descending: true, limit: LINES_MAX })
  return found.filter(({ event }) => event.type === 'relayed' && event.handoff === _id)
}

interface Reading {
  readonly library: Library
  /** Of whoever reads the phrase cards. */
  readonly language: LanguageCode
}

function lineOf({ at, event }: TurnDocument, { side, library, language }: Reading & { readonly side: Side }): readonly TalkLine[] {
  if (event.type !== 'relayed') return []
  const { words } = event
  if ('text' in words) return words.text === '' ? [] : [{ at, side, text: words.text, ...languageOf(library, words.text) }]
  return [{ at, side, text: cardText(words.card, words.value, { library, language }), language }]
}

function languageOf({ detect, languages }: Library, text: string): { readonly language?: LanguageCode } {
  const [best] = detect(text, { candidates: languages.map(({ code }) => code) }).ranked
  return best === undefined || best.p < SURE ? {} : { language: best.language }
}

function cardText(card: string, value: string | number = '…', { library, language }: Reading): string {
  return isCard(card) ? library.say(language, `card.${card}`, { number: value, time: value, amount: value }) : `[${card}]`
}

async function evidenceOf({ collections }: BoardDeps, handoff: string, reading: Reading): Promise<readonly TalkLine[]> {
  const found = await collections.evidence.find({ handoff }, { sort: ['handoff'], limit: EVIDENCE_MAX })
  const lines = found.flatMap((one) => one.lines).filter(({ text }) => text !== '')
  const each = new Map(lines.map((line) => [`${line.at} ${line.side} ${line.text}`, line]))
  return [...each.values()].map((line) => ({ ...line, ...readEvidence(line, reading) }))
}

/** A card is kept as `[card value]`. */
function readEvidence({ text }: { readonly text: string; readonly at: Instant }, reading: Reading): Pick<TalkLine, 'text' | 'language'> {
  const [, card = '', value] = /^\[([a-z-]{1,40})(?: (.{1,20}))?\]$/.exec(text) ?? []
  if (!isCard(card)) return { text, ...languageOf(reading.library, text) }
  return { text: cardText(card, value, reading), language: reading.language }
}

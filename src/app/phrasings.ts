/** Does what people write find the promised answers? Phrasings by somebody who never saw the answers' own questions, asked of the matcher. */
import { judgeFact } from '../core/facts.js'
import type { Library } from '../core/library.js'
import { zonesOf } from '../core/match/zones.js'
import type { Clock, Goto, LanguageCode } from '../core/types.js'

/** Buttons of "did you mean". */
const BUTTONS = 3

/** One text that somebody wrote because they needed `topic`. */
export interface Phrasing {
  readonly topic: string
  readonly text: string
}

/** Shares of all phrasings, 0–1. `wrong`: an answer was shown at once that was not the one. `lost`: none of the guesses was. */
export interface Found {
  readonly asked: number
  readonly top1: number
  readonly top3: number
  readonly wrong: number
  readonly misses: readonly (Phrasing & { readonly found: readonly string[]; readonly shown: boolean })[]
}

/** Asks each phrasing as a resident would at that time: an archive's answers are found only while a drill makes them hold. */
export function findTopics(library: Library, language: LanguageCode, phrasings: readonly Phrasing[], clock: Clock): Found {
  const asked = phrasings.map((phrasing) => {
    const ranked = library.matcher.match(phrasing.text, language).filter((one) => isOffered(library, one, clock))
    const [best] = ranked
    const shown = best !== undefined && best.direct && best.score >= zonesOf(library.dialogs[best.dialog]?.nodes[best.node]?.fact).answer
    return { ...phrasing, found: ranked.slice(0, BUTTONS).map(({ node }) => node), shown }
  })
  const share = (holds: (one: (typeof asked)[number]) => boolean) => asked.filter(holds).length / Math.max(1, asked.length)
  return {
    asked: asked.length,
    top1: share(({ topic, found }) => found[0] === topic),
    top3: share(({ topic, found }) => found.includes(topic)),
    wrong: share(({ topic, found, shown }) => shown && found[0] !== topic),
    misses: asked.filter(({ topic, found }) => found[0] !== topic),
  }
}

function isOffered(library: Library, { dialog: id, node }: Goto, clock: Clock): boolean {
  const dialog = library.dialogs[id]
  const fact = dialog?.nodes[node]?.fact
  const area = library.areas[library.defaultArea]
  if (dialog === undefined || !dialog.history || area === undefined) return true
  return fact !== undefined && judgeFact(fact, dialog, clock, area) !== 'past'
}

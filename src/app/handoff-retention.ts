/**
 * How long a closed request names somebody: {@link RETENTION_DAYS} from its closing, as turns do from when they were said. Then contact,
 * conversation, note and what staff noted go; task, area, language, times and reason stay. An open request stays whole: somebody waits for it.
 */
import { RETENTION_DAYS } from '../core/language-choice.js'
import type { Collection } from '../store/collection.js'
import type { HandoffDocument } from '../store/collections.js'
import { blankInPages } from './blank-in-pages.js'
import type { Time } from './ports.js'

const DAY = 24 * 60 * 60 * 1000

export interface HandoffRetentionDeps {
  readonly handoffs: Collection<HandoffDocument>
  readonly time: Pick<Time, 'now'>
  readonly scrub: () => Promise<void>
}

/** Takes note and contact out of what was closed too long ago; returns how many. Throws `StoreUnavailable`. */
export async function blankHandoffs({ handoffs, time, scrub }: HandoffRetentionDeps): Promise<number> {
  const where = { 'closed.kept': true, 'closed.at': { below: time.now() - RETENTION_DAYS * DAY } }
  const blanked = await blankInPages(handoffs, { where, by: 'closed.at' }, blank)
  if (blanked > 0) await scrub()
  return blanked
}

function blank(document: HandoffDocument): HandoffDocument {
  const { closed, door: _, doorTurns: __, helperAlias: ___, callBack: ____, staffNotes: _____, feedback = [], ...named } = document
  const { details, handoff, ...rest } = named
  const words = {
    contact: '',
    conversation: '',
    note: '',
    ...(details === undefined ? {} : { details: { ...details, alias: '' } }),
    ...(handoff === undefined ? {} : { handoff: { ...handoff, resident: '' } }),
    feedback: feedback.map(({ words: _words, ...vote }) => vote),
  }
  if (closed === undefined) return { ...rest, ...words }
  return { ...rest, ...words, closed: { ...closed, kept: false, tell: closed.tell === 'waiting' ? 'missed' : closed.tell } }
}

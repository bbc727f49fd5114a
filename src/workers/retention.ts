/** Takes the words out of old turns; the log keeps that something was said, when, and which answer was read. */

import { blankHandoffs } from '../app/handoff-retention.js'
import { blankTalks, effectWithoutWords, eventWithoutWords } from '../app/handoffs/blank.js'
import type { Log, Time } from '../app/ports.js'
import { blankQuestions } from '../app/question-retention.js'
import { RETENTION_DAYS } from '../core/language-choice.js'
import type { HelpSession } from '../core/request-types.js'
import type { Effect, Event, Session } from '../core/types.js'
import type { Collection } from '../store/collection.js'
import type {
  AlarmDocument,
  EvidenceDocument,
  HandoffDocument,
  OneTimeDocument,
  QuestionDocument,
  TurnDocument,
} from '../store/collections.js'
import type { AuditDocument, LoginDocument, PresenceDocument } from '../store/staff-documents.js'
import { isMine, type RecurringDeps } from './recurring.js'

const DAY = 24 * 60 * 60 * 1000
/** Small slices, so that no turn waits long behind them. */
const SLICE = 100
const EVERY_MS = 60 * 60 * 1000
/** How often it is looked whether the hour has come: an instance that died leaves its turn to another. */
const LOOK_MS = 60_000

export interface RetentionDeps {
  readonly turns: Collection<TurnDocument>
  readonly time: Time
  readonly log: Log
  readonly scrub: () => Promise<void>
}

/** All that is blanked by age. */
interface BlankAllDeps extends RetentionDeps {
  readonly questions: Collection<QuestionDocument>
  readonly handoffs: Collection<HandoffDocument>
  readonly alarms: Collection<AlarmDocument>
  readonly evidence: Collection<EvidenceDocument>
  readonly oneTimes: Collection<OneTimeDocument>
  readonly logins: Collection<LoginDocument>
  readonly presences: Collection<PresenceDocument>
  /** Days that the words of talks are kept, and of those that were reported. */
  readonly talkDays: number
  readonly reportedTalkDays: number
  readonly audit: Collection<AuditDocument>
  /** Days that it is kept who of the staff did and saw what. */
  readonly auditDays: number
}

/** Runs once an hour, in one of the instances, until `signal` is aborted. */
export async function runRetention(deps: BlankAllDeps & RecurringDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      if (await isMine(deps, 'retention', EVERY_MS)) await blankAll(deps)
    } catch (error) {
      deps.log.error('blanking old turns failed and is tried again in an hour', { error })
    }
    await deps.time.sleep(LOOK_MS, signal)
  }
}

async function blankAll(deps: BlankAllDeps): Promise<void> {
  const talks = await blankTalks(deps, deps.time.now() - deps.talkDays * DAY)
  const blanked = { questions: await blankQuestions(deps), handoffs: await blankHandoffs(deps), turns: await blankOld(deps), talks }
  const old = { at: { below: deps.time.now() - deps.reportedTalkDays * DAY } }
  while ((await deps.evidence.remove(old, SLICE)) === SLICE);
  for (const state of ['acknowledged', 'over'])
    while ((await deps.alarms.remove({ state, 'about.at': { below: deps.time.now() - RETENTION_DAYS * DAY } }, SLICE)) === SLICE);
  // A link that came too late is told from one that never was, for as long as anybody would try it.
  const over = { until: { below: deps.time.now() - RETENTION_DAYS * DAY } }
  while ((await deps.oneTimes.remove(over, SLICE)) === SLICE);
  while ((await deps.audit.remove({ at: { below: deps.time.now() - deps.auditDays * DAY } }, SLICE)) === SLICE);
  for (const passing of [deps.logins, deps.presences])
    while ((await passing.remove({ until: { below: deps.time.now() } }, SLICE)) === SLICE);
  if (Object.values(blanked).some((count) => count > 0)) deps.log.info('old turns, questions and requests were blanked', blanked)
}

/** Blanks what is older than {@link RETENTION_DAYS} and forgets the keys of those erased as long ago; returns how many were blanked. */
export async function blankOld(deps: RetentionDeps): Promise<number> {
  const below = deps.time.now() - RETENTION_DAYS * DAY
  let blanked = 0
  for (let after: number[] | undefined; ; ) {
    const page = await deps.turns.find(
      { erased: false, kept: true, at: { below } },
      { sort: ['at'], limit: SLICE, ...(after ? { after } : {}) },
    )
    for (const turn of page) blanked += await blank(deps, turn)
    const last = page.at(-1)
    if (last === undefined || page.length < SLICE) break
    // Of turns of one millisecond some may be on the next page; those that are blank by now are not found again.
    after = [page[0]?.at === last.at ? last.at : last.at - 1]
  }
  while ((await deps.turns.remove({ erased: true, kept: false, at: { below } }, SLICE)) === SLICE);
  if (blanked > 0) await deps.scrub()
  return blanked
}

/** A conversation's last turn keeps its session, because the talk goes on from there, until a newer turn exists. */
async function blank(deps: RetentionDeps, turn: TurnDocument): Promise<0 | 1> {
  // Two instances may be at it: a page may hand out what another blanked after it was found.
  if (!turn.kept || turn.settle.state === 'open') return 0
  const [newest] = await deps.turns.find({ conversation: turn.conversation }, { sort: ['seq'], descending: true, limit: 1 })
  const isLast = newest?._id === turn._id
  const session = isLast ? withoutWords(turn.session) : { language: turn.session.language, answers: {}, told: {} }
  const next = { ...turn, event: blankEvent(turn.event), effects: turn.effects.map(blankEffect), session, kept: isLast }
  if (isLast && JSON.stringify(next) === JSON.stringify(turn)) return 0
  return (await deps.turns.replace(next)) === 'ok' ? 1 : 0
}

function withoutWords(session: Session): Session {
  const { pendingText: _, guessed: __, asked: ___, danger: ____, child: _____, ...rest } = session
  return { ...rest, answers: {}, ...(rest.help === undefined ? {} : { help: helpWithoutWords(rest.help) }) }
}

/** What was being written goes; requests, offers and talks that are open stay. */
function helpWithoutWords(help: HelpSession): HelpSession {
  const { question: _, intake: __, signUp: ___, past: ____, ...open } = help
  return open
}

function blankEvent(event: Event): Event {
  if (event.type === 'tap' && event.action !== undefined && 'question' in event.action) {
    return { ...event, text: '', action: { ...event.action, question: '' } }
  }
  return eventWithoutWords(event)
}

function blankEffect(effect: Effect): Effect {
  if (effect.type === 'call') return { ...effect, values: {} }
  // A question's name is made from its words.
  if (effect.type === 'question') return { ...effect, question: '', text: '' }
  if (effect.type === 'tell-me') return { ...effect, question: '' }
  return effectWithoutWords(effect)
}

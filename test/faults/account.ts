/** Accounts for every message of a run. Pure: evidence in, counts out, and a sentence for each thing that must not be. */
import { type Evidence, type GraphCall, groupBy, isTaken, type Outgoing, outgoing, type Row, type Written, wholeId } from './evidence.js'

export interface Account {
  readonly acknowledged: number
  /** Acknowledged, and the person was never told what it led to, without a reason that stands in the store. Must be 0. */
  readonly lost: number
  /** Told twice what was to be told once, by what excuses it. */
  readonly twice: {
    /** A kill fell between Meta's taking and our noting, and no echo came before the second. */
    readonly byKill: number
    /** Meta's answer was cut off, and no echo came before the second. */
    readonly byCut: number
    /** Neither. Must be 0. */
    readonly unexcused: number
  }
  /** Answers, and turns, that are not in the order of acknowledgement. Must be 0. */
  readonly outOfOrder: number
  /** Answers to something else, to somebody else, or to nothing. Must be 0. */
  readonly wrong: number
  /** Written and never acknowledged although the product was well at the end, or never settled. Must be 0. */
  readonly unfinished: number
  /** In the store for staff, as unknown twice; `unseen` of them never reached the person. */
  readonly listed: number
  readonly unseen: number
  /** Refused by Meta for good, as the store says. */
  readonly refused: number
  /** One sentence for each that must not be. */
  readonly problems: readonly string[]
}

/** What was answered whole must be noted this soon; a kill later than that excuses nothing (ours, wide enough for a busy machine). */
export const NOTED_WITHIN_MS = 3000
/** What was on its way when the product was killed is taken up to this much later (ours). */
export const ON_ITS_WAY_MS = 500
/** An echo that is acknowledged this shortly before a second sending may cross it (ours). */
export const CROSSING_MS = 1000

type Kind = 'lost' | 'unexcused' | 'outOfOrder' | 'wrong' | 'unfinished'
interface Problem {
  readonly kind: Kind
  readonly text: string
}
type Told = 'told' | 'seen' | 'unseen' | 'refused' | 'lost'

export function account(evidence: Evidence): Account {
  const said = outgoing(evidence)
  const acknowledged = evidence.written.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined)
  const fates = said.map((message) => fateOf(message, evidence.kills))
  const repeats = said.flatMap((message) => repeatsOf(message, evidence.kills))
  const given = new Set(
    givenUp(
      said.filter((_, at) => fates[at] === 'unseen'),
      evidence.kills,
    ),
  )
  const problems: Problem[] = [
    ...withoutTurn(acknowledged, evidence.rows),
    ...said.filter((message, at) => fates[at] === 'lost' || given.has(message)).map(lost),
    ...repeats.filter(({ excuse }) => excuse === undefined).map(({ story }) => unexcused(story)),
    ...disorder(evidence, said),
    ...wrong(evidence, said),
    ...unfinished(evidence),
  ]
  const count = (kind: Kind) => problems.filter((problem) => problem.kind === kind).length
  const fate = (...wanted: Told[]) => fates.filter((told) => wanted.includes(told)).length
  const excused = (excuse: Excuse) => repeats.filter((repeat) => repeat.excuse === excuse).length
  return {
    acknowledged: acknowledged.length,
    lost: count('lost'),
    twice: { byKill: excused('kill'), byCut: excused('cut'), unexcused: count('unexcused') },
    outOfOrder: count('outOfOrder'),
    wrong: count('wrong'),
    unfinished: count('unfinished'),
    listed: fate('seen', 'unseen'),
    unseen: fate('unseen'),
    refused: fate('refused'),
    problems: problems.map(({ kind, text }) => `${NAMES[kind]}: ${text}`),
  }
}

/** False when anything is there that must not be, or nothing was there to be counted. */
export function isClean({ acknowledged, lost, twice, outOfOrder, wrong, unfinished: open }: Account): boolean {
  return acknowledged > 0 && lost + twice.unexcused + outOfOrder + wrong + open === 0
}

const NAMES: Readonly<Record<Kind, string>> = {
  lost: 'lost',
  unexcused: 'answered twice',
  outOfOrder: 'out of order',
  wrong: 'wrong',
  unfinished: 'unfinished',
}

function unexcused(text: string): Problem {
  return { kind: 'unexcused', text }
}

function lost({ id, row, state }: Outgoing): Problem {
  return { kind: 'lost', text: `${id}, in ${row.conversation} #${row.seq}, never reached Meta and the store says "${state}"` }
}

function unfinished({ written, rows }: Evidence): Problem[] {
  const never = written.filter(({ acknowledgedAt }) => acknowledgedAt === undefined).map(({ event }) => `${event} was never acknowledged`)
  const open = rows
    .filter(({ settle }) => settle.state !== 'done')
    .map(({ conversation, seq, settle }) => `${conversation} #${seq} is still open, with ${JSON.stringify(settle)}`)
  return [...never, ...open].map((text) => ({ kind: 'unfinished', text }))
}

/** An acknowledged message has one turn; two would be two answers. */
function withoutTurn(acknowledged: readonly Written[], rows: readonly Row[]): Problem[] {
  const byEvent = groupBy(rows, ({ event }) => event.id)
  return acknowledged.flatMap(({ event }): Problem[] => {
    const turns = byEvent.get(event) ?? []
    if (turns.length > 1) return [unexcused(`${event} has ${turns.length} turns`)]
    if (turns.length === 0) return [{ kind: 'lost', text: `${event} was acknowledged and has no turn` }]
    const answered = turns[0]?.effects.some(({ type }) => type === 'message')
    return answered ? [] : [{ kind: 'lost', text: `${event} was acknowledged and its turn says nothing` }]
  })
}

/** What became of a message: told at least once, or why not. A reason must be one that the run gave. */
function fateOf({ row, state, calls }: Outgoing, kills: readonly number[]): Told {
  const seen = calls.some(isTaken)
  if (state === 'listed') {
    // Unknown twice: each time a call without an answer, or a kill.
    const doubts = kills.filter((kill) => kill >= row.event.at).length + unanswered(calls)
    if (doubts >= 2) return seen ? 'seen' : 'unseen'
  }
  if (seen) return 'told'
  return state === 'refused' && calls.some(({ fate }) => fate === 'refused') ? 'refused' : 'lost'
}

function unanswered(calls: readonly GraphCall[]): number {
  return calls.filter(({ answeredAt }) => answeredAt === undefined).length
}

/**
 * Of what a kill left unsent in a conversation, one turn at most can have been on its way, so only that may be listed without having
 * reached Meta: what was listed with it in the same life was given up without a doubt.
 */
function givenUp(unseen: readonly Outgoing[], kills: readonly number[]): Outgoing[] {
  const byKill = unseen.filter(({ calls }) => unanswered(calls) < 2)
  const lifeOf = ({ row, notedAt }: Outgoing) => `${row.conversation} ${kills.filter((kill) => kill < notedAt).length}`
  return [...groupBy(byKill, lifeOf).values()].flatMap((group) => group.filter(({ row }) => row.turn !== group[0]?.row.turn))
}

type Excuse = 'kill' | 'cut'
interface Repeat {
  readonly excuse: Excuse | undefined
  /** What happened, in times since the first sending. */
  readonly story: string
}

/** Every sending of a part after its first that Meta took. */
function repeatsOf({ calls, state }: Outgoing, kills: readonly number[]): Repeat[] {
  const parts = [...groupBy(calls.filter(isTaken), ({ id }) => id).values()]
  return parts.flatMap((taken) => {
    const story = `${storyOf(taken, kills)}; the store says "${state}"`
    return taken.slice(1).map((again, at) => ({ excuse: excuseOf(taken.slice(0, at + 1), again, kills), story }))
  })
}

function storyOf(taken: readonly GraphCall[], kills: readonly number[]): string {
  const start = taken[0]?.at ?? 0
  const end = taken.at(-1)?.at ?? 0
  const seconds = (at: number | undefined) => (at === undefined ? 'never' : `${((at - start) / 1000).toFixed(1)} s`)
  const times = taken.map(
    ({ at, answeredAt, echoedAt }) => `taken ${seconds(at)}, answered ${seconds(answeredAt)}, echoed ${seconds(echoedAt)}`,
  )
  const between = kills.filter((kill) => kill >= start - ON_ITS_WAY_MS && kill <= end).map(seconds)
  return `${taken[0]?.id} to ${taken[0]?.person}: ${times.join('; ')}; kills ${between.join(', ') || 'none'}`
}

function excuseOf(before: readonly GraphCall[], again: GraphCall, kills: readonly number[]): Excuse | undefined {
  const shown = before.some(({ echoedAt }) => echoedAt !== undefined && echoedAt < again.at - CROSSING_MS)
  const first = before.at(-1)
  // Sent once more at most: a third sending has no excuse.
  if (shown || first === undefined || before.length > 1) return undefined
  const noted = (first.answeredAt ?? Number.POSITIVE_INFINITY) + NOTED_WITHIN_MS
  if (kills.some((kill) => kill >= first.at - ON_ITS_WAY_MS && kill <= Math.min(noted, again.at))) return 'kill'
  return first.answeredAt === undefined ? 'cut' : undefined
}

/** Turns follow the order of acknowledgement, and what reached a person follows the order of turns. */
function disorder({ written, rows, calls }: Evidence, said: readonly Outgoing[]): Problem[] {
  const place = new Map(said.map(({ id }, at) => [id, at]))
  const turnOf = (call: GraphCall) => said[place.get(wholeId(call.id)) ?? -1]?.row.seq ?? 0
  const known = calls.filter((call) => isTaken(call) && place.has(wholeId(call.id)))
  return [...groupBy(known, ({ person }) => person).values()]
    .flatMap((line) => [
      ...firstsOf(line)
        .filter((call, at, firsts) => at > 0 && (place.get(wholeId(call.id)) ?? 0) < (place.get(wholeId(firsts[at - 1]?.id ?? '')) ?? 0))
        .map(({ id, person }) => late(`${id} reached ${person} after what was said later`)),
      ...line
        .filter((call, at) => at > 0 && turnOf(call) < turnOf(line[at - 1] ?? call))
        .map(({ id, person }) => late(`${id} reached ${person} after the answer to a later message`)),
    ])
    .concat(committedLate(written, rows))
}

function firstsOf(line: readonly GraphCall[]): GraphCall[] {
  const seen = new Set<string>()
  return line.filter(({ id }) => !seen.has(id) && seen.add(id))
}

function late(text: string): Problem {
  return { kind: 'outOfOrder', text }
}

/** Only what was acknowledged before the next was delivered has an order: of two on their way at once either may be first. */
function committedLate(written: readonly Written[], rows: readonly Row[]): Problem[] {
  const seqOf = new Map(rows.map(({ event, seq }) => [event.id, seq]))
  return [...groupBy(written, ({ person }) => person).values()].flatMap((line) =>
    line
      .filter((next, at) =>
        line.slice(0, at).some((before) => isBefore(before, next) && (seqOf.get(before.event) ?? 0) > (seqOf.get(next.event) ?? Infinity)),
      )
      .map(({ event }) => late(`${event} has a turn before that of a message acknowledged earlier`)),
  )
}

function isBefore(one: Written, other: Written): boolean {
  if (one.delivery === other.delivery) return one.number < other.number
  return one.acknowledgedAt !== undefined && one.acknowledgedAt <= other.deliveredAt
}

/** Every turn answers the message it is about; every request to Graph its turn, its text and its person. */
function wrong({ written, rows, calls }: Evidence, said: readonly Outgoing[]): Problem[] {
  const byEvent = new Map(written.map((message) => [message.event, message]))
  const byId = new Map(said.map((message) => [message.id, message]))
  const turns = rows.flatMap(({ event, conversation, seq, effects }) => {
    const asked = byEvent.get(event.id)
    if (asked === undefined) return [`${conversation} #${seq} is about ${event.id}, which nobody wrote`]
    const fits = conversation.endsWith(`:${asked.person}`) && event.text === asked.text
    const answers = effects.some((effect) => effect.type === 'message' && effect.message.text.includes(asked.answer))
    return fits && answers ? [] : [`${conversation} #${seq} does not answer ${event.id}`]
  })
  const requests = calls.flatMap(({ id, person, text }) => {
    const meant = byId.get(wholeId(id))
    if (meant === undefined) return [`Graph was asked to send ${id}, which no turn says`]
    return meant.row.conversation.endsWith(`:${person}`) && meant.text.includes(text) ? [] : [`${id} is not what ${person} was to be told`]
  })
  return [...turns, ...requests].map((text) => ({ kind: 'wrong', text }))
}

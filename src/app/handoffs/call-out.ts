/** Decides who is asked next for a request, keeps their places, and gives the command. Any number of instances may do it at once. */
import { decideCallOut, keptLog, NAMED_MAX } from '../../core/callout.js'
import {
  type CallOutDecision,
  type CallOutRequest,
  type CallOutSettings,
  DEFAULT_SETTINGS,
  type LogLine,
  type Volunteer,
  type Wish,
} from '../../core/callout-types.js'
import { asked } from '../../core/handoff.js'
import { reportedPairs } from '../../core/handoff-report.js'
import type { Handoff, HandoffCommand } from '../../core/handoff-types.js'
import { hash } from '../../core/hash.js'
import type { Network, Places } from '../../core/places-types.js'
import type { Instant } from '../../core/types.js'
import type { Volunteering } from '../../core/volunteer-types.js'
import type { Where } from '../../store/collection.js'
import type { ContactDocument, FollowUp, HandoffDocument } from '../../store/collections.js'
import { amend, command } from './change.js'
import type { HandoffsDeps } from './deps.js'
import { noteLoad, reserve } from './load.js'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 3_600_000
const PAGE = 500
/** Looks for one wave: a network has a handful of others behind it, and a place that is lost is looked for once more. */
const ROUNDS = 20

/** Networks with an account whose people do this task in this area, the wanted one first. */
export function networksFor({ networks }: Places, { task, area, network }: { task: string; area: string; network: string }): Network[] {
  const able = Object.values(networks).filter((one) => one.external === undefined && one.tasks.includes(task) && one.areas.includes(area))
  return able.toSorted((a, b) => Number(b.id === network) - Number(a.id === network) || (a.id < b.id ? -1 : 1))
}

/** The settings of a network, or those that hold where it has none. */
export function settingsOf(network: Network | undefined): CallOutSettings {
  return { ...DEFAULT_SETTINGS, ...network?.settings }
}

/** Who is asked next for a waiting request; `id` names the occasion. Nothing is done for one that does not wait. Throws `StoreUnavailable`. */
export async function callOut(deps: HandoffsDeps, { handoff, id }: { readonly handoff: string; readonly id: string }): Promise<void> {
  // Why nobody of the networks before was asked belongs to what comes of it.
  const before: LogLine[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const document = await deps.handoffs.get(handoff)
    if (document?.handoff === undefined || !isWaiting(document.handoff) || document.applied?.[id] !== undefined) return
    const networks = networksFor(deps.places(), document)
    const [network] = networks
    const decision = await decide(deps, document, networks)
    if (decision.step === 'network') {
      before.push(...decision.log)
      await amend(deps, { handoff, id: `${id}:${decision.network}` }, (known) => {
        if (known.network !== document.network) return undefined
        return { change: { network: decision.network, triedNetworks: [...(known.triedNetworks ?? []), document.network] } }
      })
      continue
    }
    const whole = { ...decision, log: [...decision.log, ...before] }
    if (await carryOut(deps, { document, decision: whole, id, settings: settingsOf(network) })) return
  }
  throw new Error('A request changed under every look at who is asked for it; it is looked at again')
}

/** While a wave is out nobody else is asked: its end, or the last who declines, opens the next. */
function isWaiting({ state, frozen }: Handoff): boolean {
  return frozen !== true && (state === 'open' || state === 'handed-back')
}

/** What a decision rests on is as it was: of two who decide at once one is heard, the other looks again. */
export function asDecided(document: HandoffDocument): (known: HandoffDocument) => boolean {
  const basis = ({ handoff, details, network, task, area }: HandoffDocument) => JSON.stringify([handoff, details, network, task, area])
  const before = basis(document)
  return (known) => basis(known) === before
}

/** The next step for a request that waits, or as it would be if it did; of its networks the first is asked. Throws `StoreUnavailable`. */
export async function decide(deps: HandoffsDeps, document: HandoffDocument, networks: readonly Network[]): Promise<CallOutDecision> {
  const [network, ...others] = networks
  const now = deps.time.now()
  const tried = new Set(document.triedNetworks)
  const otherNetworks = others.map((one) => one.id).filter((one) => !tried.has(one))
  const question = {
    request: requestOf(document, { otherNetworks, reportedWith: await reportedWith(deps, document.contact) }),
    settings: settingsOf(network),
    neighbours: deps.places().places[document.area]?.neighbours ?? [],
    seed: Number.parseInt(hash(`${document._id} ${document.handoff?.wave ?? 0}`).slice(0, SEED_LENGTH), 36),
    now,
  }
  if (network === undefined) return decideCallOut({ ...question, volunteers: [] })
  const asking = { document, now }
  const decision = decideCallOut({ ...question, ...(await whoMatters(deps, network, { ...asking, asked: question.request.asked })) })
  // When somebody could be asked is known from the hours of those who are off duty as well.
  const isNobody = decision.step === 'staff' && decision.why === 'nobody-eligible'
  return isNobody ? decideCallOut({ ...question, volunteers: await volunteersOf(deps, network, asking) }) : decision
}

/** 36^8 is below 2^53. */
const SEED_LENGTH = 8

/** A request as a decision sees it. Throws for one that has no details to call out by. */
export function requestOf(
  document: HandoffDocument,
  others: Pick<CallOutRequest, 'reportedWith' | 'otherNetworks'> = { reportedWith: [], otherNetworks: [] },
): CallOutRequest {
  const { handoff, details, task, area, language } = document
  if (handoff === undefined || details === undefined) throw new Error(`Request ${document.receipt} has no details to call out by`)
  const { asked: askedNow, declinedBy } = asked(handoff)
  return {
    resident: handoff.resident,
    task,
    minor: handoff.minor,
    language,
    otherLanguages: details.otherLanguages,
    area,
    ...(details.stairwell === undefined ? {} : { stairwell: details.stairwell }),
    urgent: details.when === 'now',
    wishes: details.wishes,
    kept: details.kept,
    openedAt: handoff.callOutAt ?? document.openedAt,
    waves: handoff.wave,
    asked: askedNow,
    declinedBy,
    ...others,
  }
}

/** With whom a resident shares a report, in any of their requests. */
export async function reportedWith({ handoffs }: Pick<HandoffsDeps, 'handoffs'>, resident: string): Promise<readonly string[]> {
  const own = await handoffs.find({ contact: resident }, { sort: ['contact'], limit: PAGE })
  return own.flatMap(({ handoff }) => (handoff === undefined ? [] : reportedPairs(handoff)))
}

/**
 * Of a large network those who are on duty, and those who were asked and may still say yes; the others are counted, among them who promised
 * nothing yet: reading five hundred to ask three takes longer than all else. Of a small one everybody.
 */
async function whoMatters(
  deps: HandoffsDeps,
  network: Network,
  { asked: waitedFor, ...asking }: Asking & { readonly asked: readonly string[] },
): Promise<{ readonly volunteers: readonly Volunteer[]; readonly offDuty?: number }> {
  const all = (await deps.contacts.count(approvedOf(network)))[0]?.count ?? 0
  if (all <= NAMED_MAX) return { volunteers: await volunteersOf(deps, network, asking) }
  const onDuty = await volunteersOf(deps, network, asking, { 'volunteer.openUntil': { from: asking.now + 1 } })
  const known = new Set(onDuty.map(({ id }) => id))
  const missing = waitedFor.filter((id) => !known.has(id))
  const others = missing.length === 0 ? [] : await volunteersOf(deps, network, asking, { _id: { in: missing } })
  const volunteers = [...onDuty, ...others]
  return { volunteers, offDuty: Math.max(0, all - volunteers.length) }
}

function approvedOf({ id }: Network): Where {
  return { 'volunteer.network': id, 'volunteer.state': 'approved' }
}

/** Those of a network whom staff have approved and who promised confidentiality, everybody or those for whom `also` holds. */
export async function volunteersOf(
  { contacts }: Pick<HandoffsDeps, 'contacts'>,
  network: Network,
  asking: Asking,
  also: Where = {},
): Promise<readonly Volunteer[]> {
  const where = { ...approvedOf(network), ...also }
  const found: Volunteer[] = []
  for (let after: (string | number)[] | undefined; ; ) {
    const page = await contacts.find(where, { sort: ['_id'], limit: PAGE, ...(after ? { after } : {}) })
    found.push(...page.flatMap((contact) => volunteerOf(contact, settingsOf(network), asking)))
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return found
    after = [last._id]
  }
}

export interface Asking {
  readonly document: HandoffDocument
  readonly now: Instant
}

/**
 * A volunteer as a decision sees them; none for one who has not promised confidentiality. A place that was kept for an offer of this request
 * which was never made does not count: whoever decides again decides the same.
 */
export function volunteerOf(
  { _id, volunteer }: ContactDocument,
  settings: CallOutSettings,
  { document, now }: Asking,
): readonly Volunteer[] {
  if (volunteer?.promise === undefined) return []
  const { load, paused, lastFinished, dutySince, openUntil, gender, stairwell } = volunteer
  const wasAsked = document.handoff?.offers.some((offer) => offer.volunteer === _id) ?? false
  const counts = (handoff: string) => wasAsked || handoff !== document._id
  const lately = load.lately.filter(({ handoff, at }) => counts(handoff) && now - at < settings.fairShareDays * DAY_MS)
  return [
    {
      id: _id,
      ...said(volunteer),
      paused: paused !== undefined,
      activeTasks: Object.keys(load.tasks).length,
      openOffers: Object.keys(load.offers).filter(counts).length,
      tasksLately: lately.filter(({ took }) => took).length,
      offersLately: lately.length,
      ...(stairwell === undefined ? {} : { stairwell }),
      ...(gender === undefined ? {} : { gender }),
      ...(dutySince === undefined ? {} : { dutySince }),
      ...(openUntil === undefined ? {} : { openUntil }),
      ...(lastFinished === undefined ? {} : { lastFinished }),
    },
  ]
}

function said({ languages, area, tasks, hours, vetting, adult }: Volunteering) {
  return { languages, area, tasks, hours, vetting, adult }
}

interface Decided {
  readonly document: HandoffDocument
  readonly decision: Exclude<CallOutDecision, { step: 'network' }>
  readonly id: string
  readonly settings: CallOutSettings
}

/** False when the places were gone before they could be kept: it is decided anew. */
async function carryOut(deps: HandoffsDeps, { document, decision, id, settings }: Decided): Promise<boolean> {
  const handoff = document._id
  const decisions = logged(document, decision, deps.time.now())
  const order = { handoff, id, by: { as: 'timer' } as const, when: asDecided(document), also: { decisions } }
  const give = async (wanted: HandoffCommand) => !('moved' in (await command(deps, { ...order, command: wanted })))
  switch (decision.step) {
    case 'wave':
      return offer(deps, { document, decision, id, settings })
    case 'wait':
      if (waitsUntil(document) === decision.until) return true
      return give({ type: 'wait', until: decision.until, afresh: decision.why === 'quiet-hours' })
    case 'widen':
      if (document.widenAsked?.includes(decision.wish) === true && waitsUntil(document) !== undefined) return true
      await askToWiden(deps, { document, id, wish: decision.wish, free: decision.free, also: order.also })
      return give({ type: 'wait', until: deps.time.now() + settings.t1 * MINUTE_MS, afresh: false })
    case 'staff':
      return give({ type: 'to-staff', why: decision.why })
  }
}

/** When it is looked at again by itself: what waits for just that already is not written anew. */
function waitsUntil({ handoff }: HandoffDocument): Instant | undefined {
  return handoff?.timers.find(({ timer }) => timer === 'T1')?.due
}

/** The decisions of a request with one more. */
export function logged({ decisions = [] }: HandoffDocument, decision: CallOutDecision, at: Instant) {
  const isNobody = decision.step === 'staff' && decision.why === 'nobody-eligible'
  const nobody = isNobody ? { nobody: decision.nextAt === undefined ? {} : { nextAt: decision.nextAt } } : {}
  return [...decisions, { at, step: decision.step, log: keptLog(decision.log), ...nobody }]
}

async function offer(deps: HandoffsDeps, { document, decision, id, settings }: Decided): Promise<boolean> {
  if (decision.step !== 'wave') return true
  const handoff = document._id
  const kept: string[] = []
  for (const volunteer of decision.volunteers)
    if (await reserve(deps, { handoff, volunteer, loadCap: settings.loadCap })) kept.push(volunteer)
  if (kept.length === 0) return false
  const given = await command(deps, {
    handoff,
    id,
    by: { as: 'timer' },
    when: asDecided(document),
    command: { type: 'offer', volunteers: kept, deadline: decision.deadline },
    also: { decisions: logged(document, decision, deps.time.now()) },
  })
  // Somebody else asked others meanwhile, or it is over: their places are free again.
  if (!('document' in given) || given.again === true) for (const volunteer of kept) await noteLoad(deps, { handoff, volunteer })
  return !('moved' in given)
}

interface Widening {
  readonly document: HandoffDocument
  readonly id: string
  readonly wish: Wish
  readonly free: number
  readonly also: Partial<HandoffDocument>
}

async function askToWiden(deps: HandoffsDeps, { document, id, wish, free, also }: Widening): Promise<void> {
  const follows: readonly FollowUp[] = [{ type: 'news', contact: document.contact, news: { what: 'widen', wish, free } }]
  if (document.widenAsked?.includes(wish) === true) return
  await amend(deps, { handoff: document._id, id: `${id}:widen:${wish}` }, (known) => ({
    change: { ...also, widenAsked: [...(known.widenAsked ?? []), wish] },
    follows,
  }))
}

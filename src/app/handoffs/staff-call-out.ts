/** Staff have somebody asked now: the next ones, or one volunteer of their choice; also where somebody else has it. */
import { decideCallOut } from '../../core/callout.js'
import type { CallOutDecision, CallOutSettings, LogLine } from '../../core/callout-types.js'
import type { By, Handoff, HandoffCommand, HandoffEvent } from '../../core/handoff-types.js'
import type { HandoffDocument } from '../../store/collections.js'
import { asDecided, decide, logged, networksFor, reportedWith, requestOf, settingsOf, volunteerOf } from './call-out.js'
import { type Changed, command, isHeld, transitions } from './change.js'
import type { HandoffsDeps } from './deps.js'
import { noteLoad, reserve } from './load.js'
import type { StaffOrder, StaffOutcome } from './staff-order.js'

/** Looks at who can be asked, while others take their places. */
const ROUNDS = 20

/** Also of a coordinator in the chat. */
interface AskOrder extends Omit<StaffOrder, 'act' | 'by'> {
  readonly act: Extract<StaffOrder['act'], { readonly do: 'ask-more' | 'reassign' }>
  readonly by: By
}

/** Nothing changes where nobody can be asked: whoever has it keeps it. Throws `StoreUnavailable`. */
export async function callOutForStaff(deps: HandoffsDeps, order: AskOrder): Promise<StaffOutcome> {
  for (let round = 0; round < ROUNDS; round++) {
    const stored = await deps.handoffs.get(order.handoff)
    if (stored === undefined) return { refused: 'gone' }
    if (stored.handoff === undefined) return { refused: 'plain' }
    if (!order.when(stored)) return { moved: true }
    const outcome = await lookOnce(deps, order, { ...stored, handoff: stored.handoff })
    if (outcome !== 'again') return outcome
  }
  throw new Error('A request changed under every look at who is asked for it; it is tried again')
}

type Ruled = HandoffDocument & { readonly handoff: Handoff }

async function lookOnce(deps: HandoffsDeps, order: AskOrder, stored: Ruled): Promise<StaffOutcome | 'again'> {
  const steps = stepsToWaiting(stored.handoff, order.act)
  const after = transitions(stored.handoff, steps, order.by, deps.time.now())
  if ('refused' in after) return after
  // Whoever goes back to waiting begins with every network: one that had nobody may have somebody now.
  const waiting = { ...stored, handoff: after.handoff, ...(steps.length === 0 ? {} : { triedNetworks: [] }) }
  const to = order.act.do === 'reassign' ? order.act.to : undefined
  const decided = to === undefined ? await decideNext(deps, waiting) : await decideOne(deps, waiting, to)
  if (decided === undefined) return { refused: 'cannot-be-asked', why: [] }
  const { decision } = decided
  if (decision.step === 'wave') return offer(deps, order, { stored, steps, decided: { ...decided, decision } })
  if (to !== undefined) return { refused: 'cannot-be-asked', why: decision.log[0]?.why ?? [] }
  return waitOrRefuse(deps, order, { stored, steps, decision })
}

/** What makes it wait for volunteers; what the rules do not allow, they refuse. */
function stepsToWaiting(handoff: Handoff, { do: act }: AskOrder['act']): readonly HandoffCommand[] {
  const { state } = handoff
  if (state === 'open' || state === 'offered' || state === 'handed-back') return []
  const toStaff = { type: 'to-staff', why: 'asked-for-staff' } as const
  return [...(act === 'reassign' && isHeld(handoff) ? [toStaff] : []), { type: 'reopen' }]
}

interface Decided<D extends CallOutDecision = CallOutDecision> {
  readonly decision: D
  readonly settings: CallOutSettings
  /** Which network is asked, after which others. */
  readonly asks: Pick<HandoffDocument, 'network' | 'triedNetworks'>
}

/** One network after another, until there is anything but the next to go to; why nobody of those before was asked belongs to it. */
async function decideNext(deps: HandoffsDeps, waiting: HandoffDocument): Promise<Decided> {
  const before: LogLine[] = []
  for (let current = waiting; ; ) {
    const networks = networksFor(deps.places(), current)
    const decision = await decide(deps, current, networks)
    const { network, triedNetworks = [] } = current
    if (decision.step !== 'network') {
      const whole = { ...decision, log: [...decision.log, ...before] }
      return { decision: whole, settings: settingsOf(networks[0]), asks: { network, triedNetworks } }
    }
    before.push(...decision.log)
    current = { ...current, network: decision.network, triedNetworks: [...triedNetworks, network] }
  }
}

/** The same rules for the one whom staff choose; undefined for nobody who helps here. */
async function decideOne(deps: HandoffsDeps, waiting: HandoffDocument, to: string): Promise<Decided | undefined> {
  const now = deps.time.now()
  const contact = await deps.contacts.get(to)
  const own = networksFor(deps.places(), waiting).find(({ id }) => id === contact?.volunteer?.network)
  if (contact?.volunteer?.state !== 'approved' || own === undefined) return undefined
  const settings = settingsOf(own)
  const volunteers = volunteerOf(contact, settings, { document: waiting, now })
  if (volunteers.length === 0) return undefined
  const request = requestOf(waiting, { reportedWith: await reportedWith(deps, waiting.contact), otherNetworks: [] })
  const neighbours = deps.places().places[waiting.area]?.neighbours ?? []
  const { network, triedNetworks = [] } = waiting
  return {
    decision: decideCallOut({ request, settings, volunteers, neighbours, seed: 0, now }),
    settings,
    asks: { network, triedNetworks },
  }
}

interface Standing {
  readonly stored: Ruled
  readonly steps: readonly HandoffCommand[]
}

type Wave = Extract<CallOutDecision, { readonly step: 'wave' }>

async function offer(
  deps: HandoffsDeps,
  order: AskOrder,
  { stored, steps, decided }: Standing & { readonly decided: Decided<Wave> },
): Promise<StaffOutcome | 'again'> {
  const { decision, settings, asks } = decided
  const { _id: handoff } = stored
  const kept: string[] = []
  for (const volunteer of decision.volunteers)
    if (await reserve(deps, { handoff, volunteer, loadCap: settings.loadCap })) kept.push(volunteer)
  // Their places went to others meanwhile.
  if (kept.length === 0) return 'again'
  const isAsDecided = asDecided(stored)
  const { id, by, when, before } = order
  const given = await command(deps, {
    ...{ handoff, id, by, before, first: steps, adapt: kindly },
    command: { type: 'offer', volunteers: kept, deadline: decision.deadline },
    when: (known) => when(known) && isAsDecided(known),
    also: { ...asks, decisions: logged(stored, decision, deps.time.now()) },
  })
  const isDone = 'document' in given && given.again !== true
  if (!isDone) for (const volunteer of kept) await noteLoad(deps, { handoff, volunteer })
  return 'moved' in given ? 'again' : outcomeOf(given)
}

/** Where it waits already, nothing comes of asking; else it waits as any other does, unless that would come back to staff at once. */
async function waitOrRefuse(
  deps: HandoffsDeps,
  { handoff, id, by, when, before }: AskOrder,
  { steps, decision }: Standing & { readonly decision: CallOutDecision },
): Promise<StaffOutcome> {
  const last = steps.at(-1)
  if (last === undefined || decision.step === 'staff')
    return { refused: decision.step === 'wait' && decision.why === 'quiet-hours' ? 'quiet-hours' : 'nobody-now' }
  return outcomeOf(await command(deps, { handoff, id, by, when, before, first: steps.slice(0, -1), adapt: kindly, command: last }))
}

/** Staff know; the resident reads only where it stands in the end; and whoever had it, that all is well. */
function kindly(events: readonly HandoffEvent[]): readonly HandoffEvent[] {
  return events.flatMap((event) => {
    if (event.type === 'alarm' || (event.type === 'tell' && event.what === 'with-staff')) return []
    return event.type === 'tell' && event.what === 'relay-ended' ? [{ ...event, what: 'handed-on' as const }] : [event]
  })
}

/** How a command ended, for staff. */
export function outcomeOf(given: Changed): StaffOutcome {
  if ('refused' in given) return { refused: given.refused }
  return 'moved' in given ? { moved: true } : { done: true }
}

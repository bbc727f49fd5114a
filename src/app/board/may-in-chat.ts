/** Which acts of a coordinator a request takes now in the chat, and which ends: what is offered there. Each is judged again when it is given. */
import { transition } from '../../core/handoff.js'
import type { By, HandoffCommand, HandoffRefusal } from '../../core/handoff-types.js'
import type { ChatAct, ChatEnd } from '../../core/help-types.js'
import type { Places } from '../../core/places-types.js'
import type { Instant } from '../../core/types.js'
import type { HandoffDocument } from '../../store/collections.js'
import { isDanger } from './board-place.js'

interface Asked {
  readonly by: By
  readonly now: Instant
  readonly networks: Places['networks']
}

/** By trying each on the rules, where nothing is changed. */
export function mayInChat({ handoff, area, task, state, details }: HandoffDocument, { by, now, networks }: Asked): readonly ChatAct[] {
  const takes = (command: HandoffCommand) => handoff !== undefined && !('refused' in transition(handoff, command, by, now))
  const report = handoff?.reports.find(({ decided }) => decided === undefined)
  const network = Object.values(networks).find((one) => one.external !== undefined && one.areas.includes(area) && one.tasks.includes(task))
  const calm = !isDanger(task)
  const acts: Readonly<Record<ChatAct, boolean>> = {
    take: takes({ type: 'take' }),
    write: calm && state === 'open' && details?.behalf === undefined,
    // Both ask volunteers again: more of them, or after it was given to others.
    'ask-more': handoff?.state !== 'passed-on' && takes({ type: 'reopen' }),
    reopen: handoff?.state === 'passed-on' && takes({ type: 'reopen' }),
    'pass-on': calm && network !== undefined && takes({ type: 'pass-on', network: network.id, consent: true }),
    close: takes({ type: 'done' }) || takes({ type: 'cancel' }),
    decide: report !== undefined && takes({ type: 'decide-report', about: report.about, outcome: 'may-go-on' }),
  }
  return (Object.keys(acts) as ChatAct[]).filter((act) => acts[act])
}

/** How it can end now, by the same rules; where it cannot, why not. */
export function endsInChat({ handoff }: HandoffDocument, { by, now }: Omit<Asked, 'networks'>): Ends {
  if (handoff === undefined) return { refused: 'gone' }
  const refusal = (type: 'done' | 'cancel') => {
    const outcome = transition(handoff, { type }, by, now)
    return 'refused' in outcome ? outcome.refused : undefined
  }
  const [helped, notNeeded] = [refusal('done'), refusal('cancel')]
  if (helped !== undefined && notNeeded !== undefined) return { refused: notNeeded }
  return { ends: [...(helped === undefined ? (['helped'] as const) : []), ...(notNeeded === undefined ? (['not-needed'] as const) : [])] }
}

type Ends = { readonly ends: readonly ChatEnd[] } | { readonly refused: HandoffRefusal | 'gone' }

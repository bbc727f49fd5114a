/** What a network without an account answers to a request that was passed on to it: by the link of a mail. */
import { amend, command } from './change.js'
import type { HandoffsDeps } from './deps.js'

export interface CaseAnswer {
  /** The same when it is given again. */
  readonly id: string
  readonly handoff: string
  readonly network: string
  readonly yes: boolean
}

/** A yes is told to the resident; a no brings it back to staff. `over`: it is with somebody else by now, or was answered before. */
export async function takeCaseAnswer(deps: HandoffsDeps, { id, handoff, network, yes }: CaseAnswer): Promise<'done' | 'gone' | 'over'> {
  const document = await deps.handoffs.get(handoff)
  if (document?.handoff === undefined) return 'gone'
  if (document.applied?.[id] !== undefined) return 'done'
  if (document.handoff.state !== 'passed-on' || document.handoff.passedTo !== network) return 'over'
  if (!yes) {
    const given = await command(deps, { handoff, id, by: { as: 'timer' }, command: { type: 'to-staff', why: 'network-said-no' } })
    return 'refused' in given ? 'over' : 'done'
  }
  // Of two letters with a link each, one yes counts.
  const taken = await amend(deps, { handoff, id }, ({ history = [], contact, handoff: rules }) => {
    if (rules?.state !== 'passed-on' || rules.passedTo !== network || history.some(({ what }) => what === 'network-took-it'))
      return undefined
    return {
      change: { history: [...history, { at: deps.time.now(), what: 'network-took-it' }] },
      follows: [{ type: 'news', contact, news: { what: 'network-took-it', network } }],
    }
  })
  return taken === undefined ? 'over' : 'done'
}

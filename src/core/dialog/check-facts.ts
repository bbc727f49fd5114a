/** Rules about what answers rest on, and about the functions that dialogs call. */
import { formatDate } from '../copenhagen.js'
import type { Problem } from '../types.js'
import { allNodes, type CheckInput, inNode, problem } from './check-input.js'

/** A fact that has ended is told, and never served; in an archive it is meant to have ended. */
export function factsInForce(input: CheckInput): readonly Problem[] {
  return allNodes(input).flatMap((at) => {
    const until = at.value.fact?.until
    if (until === undefined || until > input.now || at.history) return []
    const message = `the fact of node ${at.node} ended ${formatDate(until - 1, 'en')}: nobody sees this answer until it has a new date or text`
    return [problem(input, inNode(at, 'fact', 'until'), message, 'warning')]
  })
}

/** The owner of a fact has a name that can be shown. */
export function ownersKnown(input: CheckInput): readonly Problem[] {
  return allNodes(input).flatMap((at) => {
    const owner = at.value.fact?.owner
    if (owner === undefined || input.owners.includes(owner)) return []
    return [
      problem(
        input,
        inNode(at, 'fact', 'owner'),
        `node ${at.node}: the owner ${owner} has no name: add owner.${owner} to locales/da/common.json`,
      ),
    ]
  })
}

/** A call names a function that the program has. */
export function callsKnown(input: CheckInput): readonly Problem[] {
  return allNodes(input).flatMap((at) => {
    const name = at.value.does?.kind === 'call' ? at.value.does.name : undefined
    if (name === undefined || input.callNames.includes(name)) return []
    const known = input.callNames.length === 0 ? 'there is none' : `there is ${input.callNames.join(', ')}`
    return [problem(input, inNode(at, 'call'), `node ${at.node} calls ${name}, which there is not: ${known}`)]
  })
}

/** Rules about where dialogs lead. */
import { EMERGENCY } from '../draft.js'
import type { Goto, Problem } from '../types.js'
import { allNodes, type CheckInput, inNode, keyOf, type NodeAt, problem } from './check-input.js'

/** A way out of a node, and where it stands in the file. */
interface Way {
  readonly to: Goto
  readonly path: readonly (string | number)[]
}

/** Every dialog begins somewhere. */
export function startsExist(input: CheckInput): readonly Problem[] {
  return input.dialogs
    .filter(({ nodes }) => !Object.hasOwn(nodes, 'start'))
    .map(({ id }) => problem(input, { dialog: id, path: ['nodes'] }, `the dialog ${id} has no node called start: add one`))
}

/** Every quick reply, goto, branch, give_up and nobody leads to a node that there is. */
export function placesExist(input: CheckInput): readonly Problem[] {
  const known = nodesByKey(input)
  return allNodes(input).flatMap((at) =>
    waysOut(at)
      .filter(({ to }) => !known.has(keyOf(to)))
      .map(({ to, path }) => {
        const place = to.dialog === at.dialog ? to.node : keyOf(to)
        return problem(input, inNode(at, ...path), `node ${at.node} leads to ${place}, which there is not: add that node or name another`)
      }),
  )
}

/** Somebody can come to every node: from a dialog's start, from another dialog, by asking, or by words of danger. */
export function nodesReachable(input: CheckInput): readonly Problem[] {
  const known = nodesByKey(input)
  const seen = new Set<string>()
  const open = allNodes(input).filter(isEntry)
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(keyOf(at))) continue
    seen.add(keyOf(at))
    open.push(...waysOut(at).flatMap(({ to }) => known.get(keyOf(to)) ?? []))
  }
  return allNodes(input)
    .filter((at) => !seen.has(keyOf(at)))
    .map((at) =>
      problem(input, inNode(at), `nobody can come to node ${at.node}: let another node lead to it, give it questions, or remove it`),
    )
}

/** A loop waits for a person somewhere. Only a question waits: a handoff goes on in the same turn, a call as soon as its result is there. */
export function loopsHaveQuestion(input: CheckInput): readonly Problem[] {
  const known = nodesByKey(input)
  const told = new Set<string>()
  return allNodes(input).flatMap((at) => {
    const loop = told.has(keyOf(at)) ? undefined : loopFrom(at, known)
    if (loop === undefined) return []
    for (const { node, dialog } of loop) told.add(keyOf({ node, dialog }))
    const names = [...loop, at].map(({ node }) => node).join(' → ')
    return [
      problem(input, inNode(at), `this goes in circles without a question (${names}): ask something in one of these nodes or lead out`),
    ]
  })
}

/** The way from a node back to itself over nodes that do not wait, or undefined. */
function loopFrom(start: NodeAt, known: ReadonlyMap<string, NodeAt>): readonly NodeAt[] | undefined {
  const seen = new Set<string>()
  const open: (readonly NodeAt[])[] = [[start]]
  for (let way = open.pop(); way !== undefined; way = open.pop()) {
    const last = way.at(-1)
    const next = last === undefined ? [] : goesOn(last).flatMap((to) => known.get(keyOf(to)) ?? [])
    if (next.some((node) => keyOf(node) === keyOf(start))) return way
    for (const node of next.filter((found) => !seen.has(keyOf(found)))) {
      seen.add(keyOf(node))
      open.push([...way, node])
    }
  }
  return undefined
}

/** Wherever a turn enters, something is said before it ends. A handoff speaks for itself; a call's words come with its result. */
export function turnsSaySomething(input: CheckInput): readonly Problem[] {
  const known = nodesByKey(input)
  const silent = new Map<string, { end: NodeAt; entry: NodeAt }>()
  for (const entry of entries(input, known)) {
    for (const end of silentEnds(entry, known)) if (!silent.has(keyOf(end))) silent.set(keyOf(end), { end, entry })
  }
  return [...silent.values()].map(({ end, entry }) => {
    const way = end.node === entry.node ? `node ${end.node}` : `the way from node ${entry.node} to node ${end.node}`
    return problem(input, inNode(end), `${way} ends without a word to the person: let it say something or lead on`)
  })
}

function silentEnds(entry: NodeAt, known: ReadonlyMap<string, NodeAt>): readonly NodeAt[] {
  const seen = new Set<string>()
  const ends: NodeAt[] = []
  const open = [entry]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(keyOf(at)) || speaks(at)) continue
    seen.add(keyOf(at))
    const next = goesOn(at)
    if (next.length === 0) ends.push(at)
    open.push(...next.flatMap((to) => known.get(keyOf(to)) ?? []))
  }
  return ends
}

/** Where a turn can begin: starts, what can be asked for, and whatever follows a question or a result. */
function entries(input: CheckInput, known: ReadonlyMap<string, NodeAt>): readonly NodeAt[] {
  return allNodes(input).flatMap((at) => {
    const own = isEntry(at) ? [at] : []
    const kind = at.value.does?.kind
    const led = kind === 'ask' || kind === 'handoff' ? waysOut(at).flatMap(({ to }) => known.get(keyOf(to)) ?? []) : []
    return [...own, ...led]
  })
}

function isEntry({ dialog, node, value }: NodeAt): boolean {
  return node === 'start' || value.questions.length > 0 || dialog === EMERGENCY
}

function speaks({ value }: NodeAt): boolean {
  const kind = value.does?.kind
  return value.say.length > 0 || kind === 'ask' || kind === 'handoff'
}

/** A branch always finds a way. */
export function branchesEndInElse(input: CheckInput): readonly Problem[] {
  return allNodes(input).flatMap((at) => {
    const { does } = at.value
    if (does?.kind !== 'branch') return []
    const early = does.branches.findIndex(({ when }, index) => when === undefined && index < does.branches.length - 1)
    if (early >= 0)
      return [problem(input, inNode(at, 'branch', early + 1), `node ${at.node}: nothing after \`else\` is ever reached: put \`else\` last`)]
    if (does.branches.at(-1)?.when === undefined) return []
    return [problem(input, inNode(at, 'branch'), `node ${at.node}: the branch has no \`else\`: add one, last, for everybody else`)]
  })
}

function nodesByKey(input: CheckInput): ReadonlyMap<string, NodeAt> {
  return new Map(allNodes(input).map((at) => [keyOf(at), at]))
}

/** Where the same walk goes on without a person's doing. */
function goesOn({ value }: NodeAt): readonly Goto[] {
  if (value.does?.kind === 'ask') return []
  if (value.does?.kind === 'branch') return value.does.branches.map(({ goto }) => goto)
  return value.goto === undefined ? [] : [value.goto]
}

function waysOut({ value }: NodeAt): readonly Way[] {
  const goto = value.goto === undefined ? [] : [{ to: value.goto, path: ['goto'] }]
  switch (value.does?.kind) {
    case 'ask': {
      const { quickReplies, giveUp } = value.does.ask
      const replies = quickReplies.map(({ id, goto: to }) => ({ to, path: ['quick_replies', id] }))
      return [...replies, ...(giveUp === undefined ? [] : [{ to: giveUp, path: ['give_up'] }]), ...goto]
    }
    case 'branch':
      return value.does.branches.map((branch, index) => ({ to: branch.goto, path: ['branch', index] }))
    case 'handoff': {
      const { nobody } = value.does.handoff
      return [...goto, ...(nobody === undefined ? [] : [{ to: nobody, path: ['nobody'] }])]
    }
    default:
      return goto
  }
}

/** The lists of the board, a page at a time: the store reads no more requests than are shown. */
import { BOARD_LISTS, type BoardList, type RequestPage } from '../../core/board-types.js'
import type { Areas } from '../../core/staff-types.js'
import type { LanguageCode } from '../../core/types.js'
import type { Collection, Where } from '../../store/collection.js'
import type { AlarmDocument, HandoffDocument } from '../../store/collections.js'
import type { BoardDeps } from './board-deps.js'
import { onBoard } from './board-place.js'
import { namesOf } from './names.js'
import { rowOf } from './request-row.js'

/** What of the board is asked for. */
export interface ListOrder {
  readonly list: BoardList
  readonly areas: Areas
  readonly safeguarding: boolean
  readonly language?: LanguageCode | undefined
  readonly task?: string | undefined
  /** Where the page before ended. */
  readonly after?: ListPlace | undefined
  readonly size: number
}

/** The last line of a page, by what the list is in the order of. */
export interface ListPlace {
  readonly danger: boolean
  readonly at: number
  readonly id: string
}

/** More alarms than a page of requests has. */
const ALARMS_MAX = 1000

/** One page. Danger first while it is open, for those who may see it; then who waits longest, or what was closed last. Throws `StoreUnavailable`. */
export async function listRequests(deps: BoardDeps, order: ListOrder): Promise<RequestPage> {
  const counts = await countLists(deps, order)
  const found = await findPage(deps.collections.handoffs, order)
  const page = found.slice(0, order.size)
  const last = found.length > order.size ? page.at(-1) : undefined
  const nameOf = await namesOf(
    deps,
    page.flatMap(({ handoff }) => handoff?.staff ?? []),
  )
  const alarms = await unseenAlarms(deps, page, order.safeguarding)
  const now = deps.time.now()
  return {
    rows: page.map((document) => rowOf(document, { nameOf, alarm: alarms.get(document._id), now })),
    ...(last === undefined ? {} : { next: writePlace(last) }),
    counts,
  }
}

/** The place behind a line, for the address of the next page. */
function writePlace({ _id, board }: HandoffDocument): string {
  return `${board?.danger === true ? 1 : 0}.${board?.at ?? 0}.${_id}`
}

/** Reads what {@link RequestPage.next} holds; undefined when it is nothing of ours. */
export function readPlace(written: string): ListPlace | undefined {
  const [, danger, at, id] = /^([01])\.(\d{1,15})\.(.{1,200})$/u.exec(written) ?? []
  return id === undefined ? undefined : { danger: danger === '1', at: Number(at), id }
}

type Handoffs = Collection<HandoffDocument>

/** One more than the page holds, so that it is known whether another follows. */
async function findPage(handoffs: Handoffs, order: ListOrder): Promise<readonly HandoffDocument[]> {
  const { list, after, safeguarding, size } = order
  const kinds = safeguarding ? [true, false] : [false]
  if (list === 'closed') {
    const both = await Promise.all(kinds.map((danger) => findKind(handoffs, order, { danger, after })))
    return both
      .flat()
      .toSorted(newestFirst)
      .slice(0, size + 1)
  }
  const found: HandoffDocument[] = []
  for (const danger of kinds) {
    // Danger stands before the rest: behind one of the rest there is none.
    if (danger && after?.danger === false) continue
    const from = after?.danger === danger ? after : undefined
    found.push(...(await findKind(handoffs, { ...order, size: size - found.length }, { danger, after: from })))
    if (found.length > size) break
  }
  return found
}

function findKind(
  handoffs: Handoffs,
  order: ListOrder,
  { danger, after }: { readonly danger: boolean; readonly after: ListPlace | undefined },
): Promise<HandoffDocument[]> {
  const page = { sort: ['board.at', '_id'], descending: order.list === 'closed', limit: order.size + 1 }
  return handoffs.find(
    { 'board.list': order.list, 'board.danger': danger, ...filterOf(order) },
    { ...page, ...(after === undefined ? {} : { after: [after.at, after.id] }) },
  )
}

function newestFirst(a: HandoffDocument, b: HandoffDocument): number {
  return (b.board?.at ?? 0) - (a.board?.at ?? 0) || (a._id < b._id ? 1 : -1)
}

function filterOf({ areas, language, task }: Pick<ListOrder, 'areas' | 'language' | 'task'>): Where {
  return {
    ...(areas === 'all' ? {} : { area: { in: areas } }),
    ...(language === undefined ? {} : { language }),
    ...(task === undefined ? {} : { task }),
  }
}

async function countLists(deps: BoardDeps, order: ListOrder): Promise<RequestPage['counts']> {
  const { handoffs } = deps.collections
  const count = () => handoffs.count(filterOf(order), ['board.list', 'board.danger'])
  let groups = await count()
  if (groups.some(({ by: [list] }) => list === null)) {
    await placeAll(handoffs)
    groups = await count()
  }
  const seen = groups.filter(({ by: [, danger] }) => order.safeguarding || danger !== true)
  const of = (list: BoardList) => seen.filter(({ by: [one] }) => one === list).reduce((sum, { count: number }) => sum + number, 0)
  return Object.fromEntries(BOARD_LISTS.map((list) => [list, of(list)])) as Record<BoardList, number>
}

const SLICE = 200

/** Requests that an older version of the program wrote have no place yet; the first look at the board gives them theirs. */
async function placeAll(handoffs: Handoffs): Promise<void> {
  for (const state of ['open', 'closed'] as const) {
    for (let after: (string | number)[] | undefined; ; ) {
      const page = await handoffs.find({ state }, { sort: ['openedAt', '_id'], limit: SLICE, ...(after ? { after } : {}) })
      // One that changed meanwhile has its place by that.
      await Promise.all(page.filter(({ board }) => board === undefined).map((one) => handoffs.replace(onBoard(one))))
      const last = page.at(-1)
      if (last === undefined || page.length < SLICE) break
      after = [last.openedAt, last._id]
    }
  }
}

/** By request, the first alarm that nobody has seen; one of danger only for those who may see it. */
async function unseenAlarms(
  { collections }: BoardDeps,
  page: readonly HandoffDocument[],
  safeguarding: boolean,
): Promise<ReadonlyMap<string, AlarmDocument>> {
  if (page.length === 0) return new Map()
  const where = { 'about.handoff': { in: page.map(({ _id }) => _id) }, state: { in: ['open', 'nobody'] } }
  const found = await collections.alarms.find(where, { sort: ['about.handoff'], limit: ALARMS_MAX })
  const seen = found.filter(({ about }) => safeguarding || about.why !== 'danger')
  const latestFirst = seen.toSorted((a, b) => b.about.at - a.about.at)
  return new Map(latestFirst.flatMap((alarm) => (alarm.about.handoff === undefined ? [] : [[alarm.about.handoff, alarm] as const])))
}

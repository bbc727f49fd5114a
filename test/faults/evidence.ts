/** What is known after a run: what was acknowledged, what Graph was asked, what the store holds, and when the product was killed. */
import type { Effect } from '../../src/core/types.js'
import type { Settle } from '../../src/store/collections.js'

/** One message that a person wrote. Times are milliseconds since 1970, by the clock of the run. */
export interface Written {
  readonly person: string
  /** Id of the event that it becomes. */
  readonly event: string
  readonly text: string
  /** What the answer must hold. */
  readonly answer: string
  /** Its place among what this person wrote. */
  readonly number: number
  /** Messages of one delivery are acknowledged together; their order is that of their numbers. */
  readonly delivery: string
  /** When it was delivered for the first time. */
  readonly deliveredAt: number
  /** When the first 200 came. */
  readonly acknowledgedAt?: number
}

/** One request to Graph that carried a message. */
export interface GraphCall {
  /** Metadata: `<turn>.<index>`, and `/<part>` for a part before the last. */
  readonly id: string
  readonly person: string
  readonly text: string
  readonly at: number
  /** `taken`: the person got it. `put off`: refused for now. `lost`: the connection was cut and nobody got it. */
  readonly fate: 'taken' | 'put off' | 'refused' | 'lost'
  /** When its answer was given whole; absent when it was cut off. */
  readonly answeredAt?: number
  /** When its echo was answered 200; absent when none was sent, or none arrived. */
  readonly echoedAt?: number
}

/** A turn as `npm run log -- --json` prints it. */
export interface Row {
  readonly turn: string
  readonly conversation: string
  readonly seq: number
  readonly event: { readonly id: string; readonly at: number; readonly text: string }
  readonly effects: readonly Effect[]
  readonly settle: Settle
}

export interface Evidence {
  readonly written: readonly Written[]
  readonly calls: readonly GraphCall[]
  readonly rows: readonly Row[]
  /** When the product was killed. */
  readonly kills: readonly number[]
}

/** A message that was to go out, and the requests that carried it, oldest first. */
export interface Outgoing {
  readonly row: Row
  readonly id: string
  readonly text: string
  readonly state: string
  /** When the store says that this became so, in milliseconds since 1970. */
  readonly notedAt: number
  readonly calls: readonly GraphCall[]
}

/** Everything the turns of the store say, in order of conversation, seq and index. */
export function outgoing({ rows, calls }: Evidence): Outgoing[] {
  const byId = groupBy(calls, ({ id }) => wholeId(id))
  return rows
    .toSorted((a, b) => (a.conversation === b.conversation ? a.seq - b.seq : a.conversation < b.conversation ? -1 : 1))
    .flatMap((row) =>
      row.effects.flatMap((effect, index) => {
        if (effect.type !== 'message') return []
        const id = `${row.turn}.${index}`
        const { state, at } = row.settle.sent[index] ?? { state: 'unsent', at: 0 }
        return [{ row, id, text: effect.message.text, state, notedAt: at, calls: byId.get(id) ?? [] }]
      }),
    )
}

/** The message that a part belongs to. */
export function wholeId(id: string): string {
  return id.split('/')[0] ?? id
}

export function isTaken({ fate }: GraphCall): boolean {
  return fate === 'taken'
}

export function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const group = groups.get(keyOf(one))
    if (group === undefined) groups.set(keyOf(one), [one])
    else group.push(one)
  }
  return groups
}

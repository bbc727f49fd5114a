/**
 * Deliveries that arrive together, put in order: the system may hand over connections that are ready in another order than their data
 * came. What one turn of the event loop reads is gathered, and each person's events are heard oldest first, by the platform's time.
 */
import type { MetaEvent } from './envelope.js'

interface Waiting {
  readonly event: MetaEvent
  readonly at: number
  readonly heard: (taken: boolean) => void
}

/** Hears the events of one delivery; false when one of them could not be taken and all of it is to be delivered again. */
export type Gather = (events: readonly MetaEvent[]) => Promise<boolean>

/**
 * @param hear one event; false when it could not be taken. Must not throw.
 * @param afterThisTurn runs work when everything that is ready was read.
 */
export function createGather(hear: (event: MetaEvent) => Promise<boolean>, afterThisTurn: (work: () => void) => void): Gather {
  let people = new Map<string, Waiting[]>()
  /** What is being heard of each person: what came later waits behind all of it. */
  const tails = new Map<string, Promise<void>>()
  const hearAll = () => {
    const lines = people
    people = new Map()
    for (const [person, line] of lines) {
      const tail = (tails.get(person) ?? Promise.resolve()).then(() => hearInOrder(line, hear))
      tails.set(person, tail)
      void tail.then(() => tails.get(person) === tail && tails.delete(person))
    }
  }
  return async (events) => {
    if (events.length > 0 && people.size === 0) afterThisTurn(hearAll)
    const heard = events.map((event) => new Promise<boolean>((resolve) => join(people, event, resolve)))
    return (await Promise.all(heard)).every(Boolean)
  }
}

/** An event without a time keeps its place behind the one before. */
function join(people: Map<string, Waiting[]>, event: MetaEvent, heard: Waiting['heard']): void {
  const key = `${event.page}:${event.user}`
  const line = people.get(key) ?? []
  people.set(key, line)
  line.push({ event, at: event.sentAt ?? line.at(-1)?.at ?? 0, heard })
}

/** After one that could not be taken the later ones of that person wait for the redelivery too, so that they stay in order. */
async function hearInOrder(line: readonly Waiting[], hear: (event: MetaEvent) => Promise<boolean>): Promise<void> {
  let taken = true
  for (const { event, heard } of line.toSorted((a, b) => a.at - b.at)) {
    taken = taken && (await hear(event))
    heard(taken)
  }
}

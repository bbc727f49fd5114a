/** A request that staff closed: the one line that its resident reads. */
import { change, type Draft, phrase } from './draft.js'
import { thank } from './questions.js'
import type { Event } from './types.js'

/**
 * Tells somebody that their request is closed; an open question stands again below. Says nothing, and that it was not told, while a
 * person has the thread or a command is out.
 */
export function tellClosed(draft: Draft, { handoff, receipt }: Extract<Event, { type: 'closed' }>, silent: boolean): void {
  const told = !silent && draft.session.place?.waitsForCall !== true
  if (told) thank(draft, phrase(draft, 'handoff.closed', { receipt }))
  const { requests, ...help } = draft.session.help ?? {}
  const others = requests?.filter((one) => one.handoff !== handoff) ?? []
  if (told && requests !== undefined) change(draft, { help: others.length === 0 ? help : { ...help, requests: others } })
  draft.effects.push({ type: 'closed-told', handoff, told })
}

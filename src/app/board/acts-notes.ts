/** Private notes of staff about a request: nobody else ever reads them. */
import type { ConsoleDeps } from '../console-deps.js'
import { amend } from '../handoffs/change.js'

/** Of one request; each is read with it. */
const NOTES_MAX = 100
/** A note is taken back right after it was written, not when others may have acted on it. Milliseconds. */
export const NOTE_BACK_MS = 10 * 60_000

export type NoteRefusal = 'notes-full' | 'note-gone' | 'note-not-yours' | 'note-late'

interface NoteOrder {
  readonly handoff: string
  readonly id: string
  readonly contact: string
  readonly before: () => Promise<void>
}

type Noted = { readonly done: true } | { readonly refused: NoteRefusal | 'gone' }
type NotesDeps = Pick<ConsoleDeps, 'collections' | 'ids' | 'time'>

/** Notes stand beside each other: two may write at once. Throws `StoreUnavailable`. */
export async function addNote(
  { collections: { handoffs }, ids, time }: NotesDeps,
  { handoff, id, contact, before, text }: NoteOrder & { readonly text: string },
): Promise<Noted> {
  const made = { id: ids.next(), at: time.now(), by: contact, text }
  const noted = await amend({ handoffs, time }, { handoff, id }, ({ staffNotes = [], closed }) => {
    if (staffNotes.length >= NOTES_MAX || closed?.kept === false) return undefined
    return { change: { staffNotes: [...staffNotes, made] }, before }
  })
  if (noted !== undefined) return { done: true }
  const known = await handoffs.get(handoff)
  return { refused: known === undefined || known.closed?.kept === false ? 'gone' : 'notes-full' }
}

/** One's own, soon after. Throws `StoreUnavailable`. */
export async function takeBackNote(
  { collections: { handoffs }, time }: NotesDeps,
  { handoff, id, contact, before, note }: NoteOrder & { readonly note: string },
): Promise<Noted> {
  let refused: NoteRefusal | 'gone' = 'gone'
  const taken = await amend({ handoffs, time }, { handoff, id }, ({ staffNotes = [] }) => {
    const known = staffNotes.find((one) => one.id === note)
    if (known === undefined) return refuse('note-gone')
    if (known.by !== contact) return refuse('note-not-yours')
    if (time.now() - known.at >= NOTE_BACK_MS) return refuse('note-late')
    return { change: { staffNotes: staffNotes.filter((one) => one.id !== note) }, before }
  })
  return taken === undefined ? { refused } : { done: true }

  function refuse(why: NoteRefusal): undefined {
    refused = why
  }
}

/** What this tab keeps of a member of staff, and when it goes. */
import type { QueryClient } from '@tanstack/react-query'
import { call } from './api.js'
import { forgetOthers } from './board/drafts.js'
import { emptyOutbox } from './board/use-outbox.js'
import { DRAFT } from './places/draft.js'

const NOBODY = ''

/** Signs somebody out: what they did goes out before, and nothing of theirs stays, neither what was read nor what was typed. */
export async function signOut(client: QueryClient, where: 'DELETE session' | 'DELETE session/all'): Promise<void> {
  await emptyOutbox()
  await call(where)
  client.clear()
  forgetOthers(NOBODY)
}

/** Somebody else, or nobody, is signed in now: what was read goes; what was typed waits for whoever typed it. */
export function forgetRead(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== DRAFT })
}

/** This member of staff is signed in: what others typed in this tab goes. */
export function forgetDraftsOfOthers(client: QueryClient, staff: string): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] === DRAFT && queryKey[1] !== staff })
  forgetOthers(staff)
}

/** What is being written, kept in the tab until the server has it; of one member of staff, and gone with their request. */
import { useSyncExternalStore } from 'react'
import { browserStore } from '../../shared/browser-store.js'

const PREFIX = 'opgang-board.'
const store = browserStore(() => sessionStorage)
const listeners = new Set<() => void>()

/** Where something of this member of staff is kept. */
export function keptAs(staff: string, name: string): string {
  return `${PREFIX}${staff}.${name}`
}

/** Kept for as long as the tab is open. */
export function tabStore(): typeof store {
  return store
}

/** Forgets what others wrote in this tab before. */
export function forgetOthers(staff: string): void {
  dropKeys((key) => key.startsWith(PREFIX) && !key.startsWith(keptAs(staff, '')))
}

/** Something that this member of staff typed or did here has not been sent. */
export function hasUnsent(staff: string): boolean {
  try {
    return Object.keys(sessionStorage).some((key) => key.startsWith(keptAs(staff, '')) && key !== keptAs(staff, 'filters'))
  } catch {
    // Storage is closed to pages here: what was typed is gone with the page.
    return false
  }
}

/** Forgets what was written about a request that is erased. */
export function forgetDraftsOf(staff: string, request: string): void {
  dropKeys((key) => key.startsWith(keptAs(staff, `${request}.`)))
}

function dropKeys(gone: (key: string) => boolean): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (gone(key)) sessionStorage.removeItem(key)
  } catch {
    // Storage is closed to pages here: nothing was kept beyond this page.
  }
}

/** Empty where nothing is kept. */
export function draftOf(key: string): string {
  return store.getItem(key) ?? ''
}

/** Empty texts are not kept. */
export function setDraft(key: string, text: string): void {
  if (text === '') store.removeItem(key)
  else store.setItem(key, text)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** A text that survives a reload, and the way to change it. */
export function useDraft(key: string): readonly [string, (text: string) => void] {
  return [useSyncExternalStore(subscribe, () => draftOf(key)), (text) => setDraft(key, text)]
}

/**
 * Puts a backup's documents into an empty store: old messages are listed instead of sent, and whoever was erased since is erased again.
 */
import type { Collection, Stored } from '../store/collection.js'
import type { Collections, OneTimeDocument, TurnDocument } from '../store/collections.js'
import { eraseContact, erasureHash } from './erasure.js'
import type { ErasedLog, Keys, Time } from './ports.js'
import { listUnsent } from './unsent.js'

export interface RestoreDeps {
  readonly collections: Collections
  readonly time: Pick<Time, 'now'>
  /** The keys that were restored: they say who is meant by a hash. */
  readonly keys: () => Promise<Keys>
  /** Hashes of contacts that were erased. */
  readonly erased: ReadonlySet<string>
  readonly erasedLog: ErasedLog
  readonly scrub: () => Promise<void>
  /** Whether messages of that conversation must be sent; on other channels they are delivered by being read. */
  readonly sends: (conversation: string) => boolean
}

export interface RestorePage {
  readonly collection: keyof Collections
  readonly documents: readonly Stored[]
}

export interface Restored {
  readonly documents: number
  /** Conversations with messages that will not be sent, and how many. */
  readonly listed: ReadonlyMap<string, number>
  readonly erasedAgain: number
}

/** Throws when a document is there already: somebody else writes into the store. */
export async function restore(pages: AsyncIterable<RestorePage>, deps: RestoreDeps): Promise<Restored> {
  const people = new Set<string>()
  const listed = new Map<string, { contact: string; count: number }>()
  let documents = 0
  for await (const page of pages) {
    const restored = page.documents
      .filter((document) => mayComeBack(page.collection, document))
      .map((document) => {
        for (const contact of contactsOf(page.collection, document)) people.add(contact)
        return page.collection === 'turns' ? withoutOldMessages(document as TurnDocument, deps, listed) : document
      })
    await insertAll(deps.collections[page.collection], restored)
    documents += restored.length
  }
  const gone = await eraseAgain(people, deps)
  const told = [...listed].filter(([, { contact }]) => !gone.has(contact))
  return { documents, listed: new Map(told.map(([conversation, { count }]) => [conversation, count])), erasedAgain: gone.size }
}

/** Who was signed in then is not signed in now, and a link that was used since does not work again: staff sign in anew. */
function mayComeBack(collection: keyof Collections, document: Stored): boolean {
  if (collection === 'logins') return false
  return collection !== 'oneTimes' || (document as OneTimeDocument).opens.what !== 'staff'
}

function withoutOldMessages(turn: TurnDocument, deps: RestoreDeps, listed: Map<string, { contact: string; count: number }>): TurnDocument {
  if (!deps.sends(turn.conversation)) return turn
  const restored = listUnsent(turn, deps.time.now())
  if (restored === turn) return turn
  const count = Object.entries(restored.settle.sent).filter(([index, sent]) => sent !== turn.settle.sent[Number(index)]).length
  listed.set(turn.conversation, { contact: turn.contact, count: count + (listed.get(turn.conversation)?.count ?? 0) })
  return restored
}

async function insertAll(collection: Collection<Stored>, documents: readonly Stored[]): Promise<void> {
  const outcomes = await Promise.all(documents.map((document) => collection.insert(document)))
  if (outcomes.includes('duplicate'))
    throw new Error('A document was in the store already: something else writes into it; end that, and restore once more')
}

function contactsOf(collection: keyof Collections, document: Stored): string[] {
  if (collection === 'contacts') return [document._id]
  return 'contact' in document && typeof document.contact === 'string' && document.contact !== '' ? [document.contact] : []
}

/** The contacts that were erased since the backup was made. */
async function eraseAgain(people: ReadonlySet<string>, deps: RestoreDeps): Promise<Set<string>> {
  if (deps.erased.size === 0) return new Set()
  const keys = await deps.keys()
  const gone = new Map(
    [...people].map((contact) => [contact, erasureHash(keys, contact)] as const).filter(([, hash]) => deps.erased.has(hash)),
  )
  for (const [contact, hash] of gone) {
    await eraseContact(deps.collections, contact)
    // Known here too from now on, wherever it was known from.
    await deps.erasedLog.append(hash)
  }
  if (gone.size > 0) await deps.scrub()
  return new Set(gone.keys())
}

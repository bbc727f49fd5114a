/** Blanking by age, a page at a time, so that no turn waits long behind it. */
import type { Collection, Stored, Where } from '../store/collection.js'

const SLICE = 100

/**
 * Replaces what `where` finds, oldest first by the path `by`; returns how many. What is blank must not be found again; what changed meanwhile
 * is, by the next page or the next hour. Throws `StoreUnavailable`.
 */
export async function blankInPages<T extends Stored>(
  collection: Collection<T>,
  { where, by }: { readonly where: Where; readonly by: string },
  blank: (document: T) => T,
): Promise<number> {
  for (let blanked = 0; ; ) {
    const page = await collection.find(where, { sort: [by], limit: SLICE })
    const outcomes = await Promise.all(page.map((document) => collection.replace(blank(document))))
    const done = outcomes.filter((outcome) => outcome === 'ok').length
    blanked += done
    if (page.length < SLICE || done === 0) return blanked
  }
}

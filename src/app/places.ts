/** Areas and networks in memory, as the store has them: turns read them and never wait. */
import { isDeepStrictEqual } from 'node:util'
import { type Network, NO_PLACES, type Place, type Places } from '../core/places-types.js'
import type { Collection, Stored } from '../store/collection.js'
import type { NetworkDocument, PlaceDocument } from '../store/collections.js'

export interface PlacesStore {
  readonly places: Collection<PlaceDocument>
  readonly networks: Collection<NetworkDocument>
}

export interface PlacesSource {
  /** The same object until something changed. */
  current(): Places
  /** For the start: resolves when the store has been read. */
  load(): Promise<void>
  /** Reads again what others may have changed; resolves with whether anything had. Throws `StoreUnavailable`. */
  follow(): Promise<boolean>
}

/** More than a region has: one look is one find of each collection. */
const PAGE = 1000

export function createPlacesSource(store: PlacesStore): PlacesSource {
  let known: PlaceDocuments = { places: [], networks: [] }
  let places = NO_PLACES
  const follow = async () => {
    const read = await allPlaces(store)
    // By content, not by version: what was removed and made anew begins with the same version.
    if (isDeepStrictEqual(read, known)) return false
    known = read
    places = placesOf(read)
    return true
  }
  return {
    current: () => places,
    async load() {
      await follow()
    },
    follow,
  }
}

export interface PlaceDocuments {
  readonly places: readonly PlaceDocument[]
  readonly networks: readonly NetworkDocument[]
}

/** Every place and network, in the order of their ids. */
export async function allPlaces(store: PlacesStore): Promise<PlaceDocuments> {
  const [places, networks] = await Promise.all([all(store.places), all(store.networks)])
  return { places, networks }
}

async function all<T extends Stored>(collection: Collection<T>): Promise<readonly T[]> {
  const found: T[] = []
  for (let after: string[] | undefined; ; ) {
    const page = await collection.find({}, { sort: ['_id'], limit: PAGE, ...(after === undefined ? {} : { after }) })
    found.push(...page)
    const last = page.at(-1)
    if (page.length < PAGE || last === undefined) return found
    after = [last._id]
  }
}

function placesOf({ places, networks }: PlaceDocuments): Places {
  return { places: byId<Place>(places), networks: byId<Network>(networks) }
}

function byId<T extends { readonly id: string }>(documents: readonly (Stored & Omit<T, 'id'>)[]): Readonly<Record<string, T>> {
  return Object.fromEntries(
    documents.map((document) => {
      const { _id: id, version: _, ...rest } = document
      return [id, { id, ...rest } as unknown as T]
    }),
  )
}

/** Changing places from the console: what others do at the same moment, and what other instances see of it. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createPlacesSource } from '../../src/app/places.js'
import { changePlace, type Leader, listPlaces, type PlacesBoardDeps } from '../../src/app/places-board.js'
import { changeNetwork, removeNetwork } from '../../src/app/places-board-networks.js'
import { type Collection, StoreUnavailable } from '../../src/store/collection.js'
import type { HandoffDocument, PlaceDocument } from '../../src/store/collections.js'
import { type ConsoleStage, openConsole } from '../console-stage.js'
import { starterLibrary } from '../library.js'

const library = await starterLibrary()
const EVERYWHERE: Leader = { id: 'staff', areas: 'all' }
const SANNE = { id: 'sanne', name: 'Sanne', mail: 'sanne@example.org', hours: [] }
const WISH = { seen: 1, stairwells: ['1', '3'], neighbours: ['birkehaven'], officeHours: [], onCall: [SANNE] }
const NETWORK = { seen: 0, kind: 'board', names: { da: 'Bestyrelsen' }, areas: ['demo'], tasks: ['talk'], settings: {} }

let stage: ConsoleStage
let deps: PlacesBoardDeps
beforeEach(async () => {
  stage = await openConsole(library)
  deps = { accounts: stage.accounts, work: stage.work, areas: () => ['demo', 'birkehaven'].map((id) => ({ id, name: id })) }
})
afterEach(() => stage.close())

const places = () => stage.work.collections.places
/** With another way of writing places. */
function writing(replace: (doc: PlaceDocument) => Promise<'ok' | 'conflict'>): PlacesBoardDeps {
  const { work } = deps
  const real = places()
  const changed: Collection<PlaceDocument> = {
    insert: (doc) => real.insert(doc),
    get: (id) => real.get(id),
    find: (where, page) => real.find(where, page),
    remove: (where, limit) => real.remove(where, limit),
    count: (where, by) => real.count(where, by),
    replace,
  }
  return { ...deps, work: { ...work, collections: { ...work.collections, places: changed } } }
}
async function onBothLists(): Promise<void> {
  for (const id of ['demo', 'birkehaven']) {
    const known = await places().get(id)
    if (known !== undefined) await places().replace({ ...known, onCall: [SANNE] })
  }
}

test('another instance has the change with its next look', async () => {
  const other = createPlacesSource(stage.work.collections)
  await other.load()
  await changePlace(deps, EVERYWHERE, 'demo', WISH)
  expect(other.current().places['demo']?.onCall).toEqual([])
  expect(await other.follow()).toBe(true)
  expect(other.current().places['demo']?.onCall).toEqual([SANNE])
})

test('a person’s new name comes onto the other list also when somebody writes there at that moment', async () => {
  await onBothLists()
  let disturbed = false
  const busy = writing(async (doc) => {
    if (doc._id === 'birkehaven' && !disturbed) {
      disturbed = true
      const known = await places().get('birkehaven')
      if (known !== undefined) await places().replace({ ...known, stairwells: ['12', '14'] })
    }
    return places().replace(doc)
  })
  await changePlace(busy, EVERYWHERE, 'demo', { ...WISH, seen: 2, onCall: [{ ...SANNE, name: 'Sanne Holm' }] })
  expect(await places().get('birkehaven')).toMatchObject({ stairwells: ['12', '14'], onCall: [{ ...SANNE, name: 'Sanne Holm' }] })
})

test('a store that goes away between the two lists leaves nothing that the next change does not mend', async () => {
  await onBothLists()
  const away = writing((doc) => (doc._id === 'demo' ? places().replace(doc) : Promise.reject(new StoreUnavailable('away'))))
  const renamed = { ...WISH, seen: 2, onCall: [{ ...SANNE, name: 'Sanne Holm' }] }
  await expect(changePlace(away, EVERYWHERE, 'demo', renamed)).rejects.toThrow(StoreUnavailable)
  // Who has not changed is not held against the other list, so that the rest of the area can be changed.
  expect(await changePlace(deps, EVERYWHERE, 'demo', { ...renamed, seen: 3, stairwells: ['1', '3', '5'] })).toMatchObject({ seen: 4 })
  expect((await places().get('birkehaven'))?.onCall).toEqual([SANNE])
  await changePlace(deps, EVERYWHERE, 'birkehaven', { ...WISH, seen: 2, stairwells: ['12'], neighbours: [], onCall: renamed.onCall })
  expect((await listPlaces(deps, 'all')).places.map(({ onCall }) => onCall[0]?.name)).toEqual(['Sanne Holm', 'Sanne Holm'])
})

test('a network stays while any open request names it, however many there are', async () => {
  const request = {
    version: 1,
    contact: 'c',
    conversation: 'c',
    task: 'talk',
    note: '',
    area: 'demo',
    language: 'da',
    state: 'open',
  } as const
  await changeNetwork(deps, EVERYWHERE, 'board', NETWORK)
  const open = Array.from({ length: 501 }, (_, at): HandoffDocument => {
    const last = at === 500 ? { passOn: { network: 'board', by: { contact: 'x', as: 'staff' } } } : {}
    return { _id: `h${at}`, receipt: `H-${at}`, openedAt: at, network: 'neighbours', ...request, ...last } as HandoffDocument
  })
  for (const one of open) await stage.work.collections.handoffs.insert(one)
  expect(await removeNetwork(deps, EVERYWHERE, 'board')).toBe('has-requests')
  await stage.work.collections.handoffs.remove({ _id: 'h500' }, 1)
  expect(await removeNetwork(deps, EVERYWHERE, 'board')).toBeUndefined()
})

test('names in languages that are not offered now are kept', async () => {
  await stage.work.collections.networks.insert({ _id: 'old', version: 1, ...NETWORK, kind: 'board', names: { da: 'Gammel', xx: 'Old' } })
  const wish = { ...NETWORK, seen: 1, names: { da: 'Ny', xx: 'Old' } }
  expect(await changeNetwork(deps, EVERYWHERE, 'old', wish)).toMatchObject({ names: { da: 'Ny', xx: 'Old' }, seen: 2 })
  expect(await changeNetwork(deps, EVERYWHERE, 'new', { ...wish, seen: 0 })).toMatchObject({ problems: [{ at: 'names.xx' }] })
})

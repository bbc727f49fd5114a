/** Areas and networks in memory follow the store, and the demo comes into an empty one, once. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createPlacesSource } from '../../src/app/places.js'
import { seedDemo } from '../../src/app/places-demo.js'
import { DEFAULT_SETTINGS } from '../../src/core/callout-types.js'
import { NETWORK_KINDS, NO_PLACES } from '../../src/core/places-types.js'
import type { Store } from '../../src/store/collection.js'
import { type Collections, openCollections } from '../../src/store/collections.js'
import { openStore } from '../../src/store/open-store.js'
import { parsePeopleYaml, readPeopleYaml } from '../../src/store/people-yaml.js'
import { dropDatabases, STORES } from '../e2e/stores.js'
import { NOW, ROOT, starterLibrary } from '../library.js'

const library = await starterLibrary()
const DEMO = join(ROOT, 'demo/people.yaml')
const NABOER = { kind: 'neighbours', names: { da: 'Naboerne' }, areas: ['demo'], tasks: ['visit'], settings: {} } as const
const DEMO_AREA = { stairwells: ['1'], neighbours: [], officeHours: [], onCall: [] }

afterAll(dropDatabases)

describe.each(STORES)('on %s', (_, makeStore) => {
  let dir: string
  let store: Store
  let all: Collections
  const logged: string[] = []
  beforeEach(async () => {
    logged.length = 0
    dir = await mkdtemp(join(tmpdir(), 'opgang-places-'))
    store = await openStore({ dir, mongodbUri: makeStore()['MONGODB_URI'] })
    all = openCollections(store)
  })
  afterEach(async () => {
    await store.close()
    await rm(dir, { recursive: true })
  })
  const note = (message: string) => void logged.push(message)
  const log = { info: note, warn: note, error: note }
  const seed = (more: Partial<Parameters<typeof seedDemo>[0]> = {}) =>
    seedDemo({ ...all, library, time: { now: () => NOW }, log, read: readPeopleYaml, file: DEMO, ...more })

  test('what is in the store is in memory after a load, and what others change after a look', async () => {
    const source = createPlacesSource(all)
    expect(source.current()).toBe(NO_PLACES)
    await all.places.insert({ _id: 'demo', version: 1, ...DEMO_AREA })
    await source.load()
    expect(source.current()).toEqual({ places: { demo: { id: 'demo', ...DEMO_AREA } }, networks: {} })
    await all.networks.insert({ _id: 'naboer', version: 1, ...NABOER })
    expect(source.current().networks).toEqual({})
    expect(await source.follow()).toBe(true)
    expect(source.current().networks).toEqual({ naboer: { id: 'naboer', ...NABOER } })
    const onCall = [{ id: 'sanne', name: 'Sanne', hours: [] }]
    await all.places.replace({ _id: 'demo', version: 1, ...DEMO_AREA, onCall })
    expect(await source.follow()).toBe(true)
    expect(source.current().places['demo']?.onCall).toEqual(onCall)
    await all.networks.remove({ _id: 'naboer' }, 1)
    expect([await source.follow(), source.current().networks]).toEqual([true, {}])
  })

  test('nothing changed is the same object; removed and made anew is seen', async () => {
    const source = createPlacesSource(all)
    await all.networks.insert({ _id: 'naboer', version: 1, ...NABOER })
    await source.load()
    const before = source.current()
    expect([await source.follow(), source.current() === before]).toEqual([false, true])
    await all.networks.remove({ _id: 'naboer' }, 1)
    await all.networks.insert({ _id: 'naboer', version: 1, ...NABOER, tasks: ['walk'] })
    expect([await source.follow(), source.current().networks['naboer']?.tasks]).toEqual([true, ['walk']])
  })

  describe('the demo', () => {
    test('comes once, however many start', async () => {
      expect(await Promise.all([seed(), seed(), seed()])).toContain(true)
      const source = createPlacesSource(all)
      await source.load()
      const { places, networks } = source.current()
      expect(Object.keys(places)).toEqual(Object.keys(library.areas).toSorted())
      expect(await seed()).toBe(false)
      expect((await all.contacts.find({}, { sort: ['_id'], limit: 100 })).map(({ version }) => version)).toEqual(Array(12).fill(1))
      expect(Object.values(networks)).toHaveLength(9)
      expect(logged.filter((line) => !line.includes('was imported'))).toEqual([])
    })

    test('that was cut off is made whole by the next start', async () => {
      const cut = { ...all.places, find: all.places.find.bind(all.places), get: () => Promise.reject(new Error('killed')) }
      await expect(seed({ places: cut })).rejects.toThrow('killed')
      expect(await seed()).toBe(true)
      expect((await all.places.find({}, { sort: ['_id'], limit: 9 })).length).toBe(2)
    })

    test('stays away from a store that has areas, and from areas of real people', async () => {
      const real = {
        ...library,
        areas: { ...library.areas, real: { ...library.areas['demo'], id: 'real', demo: false } },
      } as typeof library
      expect(await seed({ library: real })).toBe(false)
      await all.places.insert({ _id: 'demo', version: 1, ...DEMO_AREA })
      expect(await seed()).toBe(false)
      expect(await all.contacts.find({}, { sort: ['_id'], limit: 1 })).toEqual([])
    })

    test('comes also where some of its languages are not offered', async () => {
      expect(await seed({ library: { ...library, languages: library.languages.filter(({ code }) => code === 'da') } })).toBe(true)
    })

    test('that cannot be read stops no start, and says why', async () => {
      expect(await seed({ file: join(dir, 'none.yaml') })).toBe(false)
      expect(await seed({ read: async (file) => parsePeopleYaml(file, 'areas: [') })).toBe(false)
      expect(logged.every((line) => line.startsWith('the demo was left out: '))).toBe(true)
      expect(logged.length).toBeGreaterThan(1)
    })

    test('says openly that it is one, and shows what there is to see', async () => {
      await seed()
      const contacts = await all.contacts.find({}, { sort: ['_id'], limit: 100 })
      const volunteers = contacts.flatMap(({ volunteer }) => volunteer ?? [])
      for (const { alias } of volunteers) expect(alias).toMatch(/ \(demo\)$/)
      const networks = await all.networks.find({}, { sort: ['_id'], limit: 100 })
      for (const { names, external } of networks) {
        expect(Object.keys(names).toSorted()).toEqual(library.languages.map(({ code }) => code).toSorted())
        for (const name of Object.values(names)) expect(name).toMatch(/ \(demo\)$/)
        expect(external ?? { phone: '(demo)' }).toEqual({ phone: expect.stringMatching(/\(demo\)$/) })
      }
      const kinds = NETWORK_KINDS.filter((kind) => kind !== 'professionals')
      expect(new Set(networks.map(({ kind }) => kind))).toEqual(new Set(kinds))
      expect(new Set(volunteers.flatMap(({ languages }) => languages))).toEqual(new Set(['da', 'en', 'ar', 'so', 'tr', 'ur', 'fa']))
      expect(new Set(volunteers.map(({ area }) => area))).toEqual(new Set(['demo', 'sondervang']))
      expect(volunteers.filter(({ state }) => state === 'applied')).toHaveLength(1)
      // A request for medicine in Somali has more people to ask than one wave takes.
      const free = volunteers.filter(
        ({ tasks, network, state }) => tasks.includes('medicine') && network === 'naboholdet' && state === 'approved',
      )
      expect(free.length).toBeGreaterThan(DEFAULT_SETTINGS.k)
      expect(free.filter(({ languages }) => languages.includes('so')).length).toBeGreaterThan(1)
    })
  })
})

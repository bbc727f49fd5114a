/** Files of people on a real store of each kind: imported, written again, imported over people at work, by several at once. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { describeProblem } from '../../src/app/live-library.js'
import { type PeopleFile, readPeople } from '../../src/app/people-file.js'
import { exportPeople } from '../../src/app/people-file-export.js'
import { importPeople } from '../../src/app/people-file-import.js'
import { NO_LOAD, type Volunteering } from '../../src/core/volunteer-types.js'
import type { Store } from '../../src/store/collection.js'
import { type Collections, type ContactDocument, openCollections } from '../../src/store/collections.js'
import { openStore } from '../../src/store/open-store.js'
import { parsePeopleYaml, writePeopleYaml } from '../../src/store/people-yaml.js'
import { keepRecent } from '../../src/store/recent.js'
import { dropDatabases, STORES } from '../e2e/stores.js'
import { NOW } from '../library.js'

const WORLD = { areas: ['birk', 'vang'], languages: ['da', 'so'], today: '2026-11-23' }
const AREAS = `areas:
  birk: { stairwells: [1, 2], neighbours: [vang], office_hours: [mon-fri 10:00-14:00], on_call: [{ id: sanne, name: Sanne, hours: [mon 8-24] }] }
  vang: { stairwells: [012], neighbours: [birk] }
`
const NETWORKS = `networks:
  naboer: { kind: neighbours, names: { da: Naboerne, so: Deriska }, areas: [birk, vang], tasks: [shopping, homework], settings: { first_wave: 5, quiet: none } }
  kors: { kind: red-cross, names: { da: Korset }, areas: [birk], tasks: [visit], external: { phone: 70 12 34 56 } }
`
const FATMA = `  fatma:
    network: naboer
    alias: Fatma
    languages: [so, da]
    area: birk
    stairwell: 1
    tasks: [shopping, homework]
    hours: ['sat,sun 10:00-14:00']
    gender: woman
    vetting: [{ kind: children, valid_to: 2027-05-01 }]
    adult: true
    promise: { version: '1', language: so, on: 2026-03-01 }
    approved: true
`
const YUSUF = '  yusuf: { network: naboer, alias: Yusuf, languages: [da], area: vang, tasks: [shopping], adult: true, approved: false }\n'
const WHOLE = `${AREAS}${NETWORKS}volunteers:\n${FATMA}${YUSUF}`
const AT_WORK: Partial<Volunteering> = {
  paused: 'report',
  dutySince: NOW,
  openUntil: NOW + 1000,
  lastFinished: NOW - 1000,
  load: { offers: { h1: NOW }, tasks: { h2: NOW }, lately: [{ handoff: 'h1', at: NOW, took: false }] },
}

function fileOf(text: string): PeopleFile {
  const parsed = parsePeopleYaml('people.yaml', text)
  const found = 'problems' in parsed ? parsed : readPeople(parsed.source, WORLD)
  if ('problems' in found) throw new Error(found.problems.map(describeProblem).join('\n'))
  return found.file
}

afterAll(dropDatabases)

describe.each(STORES)('on %s', (_, makeStore) => {
  let dir: string
  let store: Store
  let all: Collections
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'opgang-people-'))
    store = keepRecent(await openStore({ dir, mongodbUri: makeStore()['MONGODB_URI'] }))
    all = openCollections(store)
  })
  afterEach(async () => {
    await store.close()
    await rm(dir, { recursive: true })
  })

  const imports = async (text: string, removeMissing = false) => (await importPeople(all, fileOf(text), { removeMissing })).join('\n')
  const exported = async () => writePeopleYaml(await exportPeople(all))
  const contact = async (id: string) => (await all.contacts.get(id)) as ContactDocument & { volunteer: Volunteering }
  const edit = async (id: string, change: Partial<Volunteering>) => {
    const now = await contact(id)
    expect(await all.contacts.replace({ ...now, volunteer: { ...now.volunteer, ...change } })).toBe('ok')
  }
  /** Everything in the three collections. */
  const stored = async () =>
    JSON.stringify([await all.places.find({}, ALL), await all.networks.find({}, ALL), await all.contacts.find({}, ALL)])
  const ALL = { sort: ['_id'], limit: 10_000 }

  test('everything is written down as it was read', async () => {
    expect(await imports(WHOLE)).toBe(
      [
        'Areas: 2 added (birk, vang), 0 changed, 0 unchanged.',
        'Networks: 2 added (naboer, kors), 0 changed, 0 unchanged.',
        'Volunteers: 2 added (fatma, yusuf), 0 changed, 0 unchanged.',
      ].join('\n'),
    )
    expect(await all.places.get('birk')).toEqual({
      ...{ _id: 'birk', version: 1, stairwells: ['1', '2'], neighbours: ['vang'] },
      officeHours: [{ days: [1, 2, 3, 4, 5], from: 600, until: 840 }],
      onCall: [{ id: 'sanne', name: 'Sanne', hours: [{ days: [1], from: 480, until: 0 }] }],
    })
    expect(await all.networks.get('naboer')).toMatchObject({ settings: { t1: 5, quiet: { from: 0, until: 0 } } })
    expect(await contact('volunteer:fatma')).toEqual({
      ...{ _id: 'volunteer:fatma', version: 1, applied: [] },
      volunteer: {
        ...{ file: 'fatma', state: 'approved', network: 'naboer', alias: 'Fatma', languages: ['so', 'da'], area: 'birk', stairwell: '1' },
        ...{ tasks: ['shopping', 'homework'], hours: [{ days: [6, 7], from: 600, until: 840 }], gender: 'woman', adult: true },
        vetting: [{ kind: 'children', validTo: '2027-05-01' }],
        promise: { what: 'confidentiality', version: '1', language: 'so', at: Date.parse('2026-02-28T23:00Z') },
        load: NO_LOAD,
      },
    })
    expect((await contact('volunteer:yusuf')).volunteer).toMatchObject({ state: 'applied' })
  })

  test('what is written is the same each time, and importing it changes nothing', async () => {
    await imports(WHOLE)
    // One who signed up in the chat: days out of order, a promise in the middle of a day; and one who was refused.
    const signedUp: Volunteering = {
      ...{
        network: 'naboer',
        alias: 'true',
        languages: ['so'],
        area: 'vang',
        stairwell: '012',
        tasks: ['shopping'],
        vetting: [],
        adult: true,
      },
      ...{ state: 'applied', hours: [{ days: [3, 1, 2], from: 600, until: 600 }], load: NO_LOAD },
      promise: { what: 'confidentiality', version: 'abc', language: 'so', at: NOW },
    }
    const chat = { version: 1, applied: [], consents: [], area: 'vang' }
    await all.contacts.insert({ _id: 'aB3_-xyzAB3_-xyzAB3_-x', ...chat, volunteer: signedUp })
    await all.contacts.insert({ _id: 'bB3_-xyzAB3_-xyzAB3_-x', ...chat, volunteer: { ...signedUp, state: 'refused' } })
    await all.contacts.insert({ _id: 'cB3_-xyzAB3_-xyzAB3_-x', ...chat })
    await edit('volunteer:fatma', AT_WORK)
    const [before, text] = [await stored(), await exported()]
    expect(text).toContain('aB3_-xyzAB3_-xyzAB3_-x:')
    for (const word of ['bB3_', 'cB3_', 'load', 'duty', 'paused', 'h1']) expect(text).not.toContain(word)
    expect(await imports(text)).toBe(
      [
        'Areas: 0 added, 0 changed, 2 unchanged.',
        'Networks: 0 added, 0 changed, 2 unchanged.',
        'Volunteers: 0 added, 0 changed, 3 unchanged.',
      ].join('\n'),
    )
    expect(await stored()).toBe(before)
    expect(await exported()).toBe(text)
  })

  test('over a volunteer at work, what they say of themselves changes, and nothing that the program keeps', async () => {
    await imports(WHOLE)
    await edit('volunteer:fatma', AT_WORK)
    const changed = WHOLE.replace('alias: Fatma', 'alias: Fatma B')
      .replace('    gender: woman\n', '')
      .replace('[shopping, homework]\n    hours', '[shopping]\n    hours')
    expect(await imports(changed)).toContain('Volunteers: 0 added, 1 changed (fatma), 1 unchanged.')
    const { volunteer } = await contact('volunteer:fatma')
    expect(volunteer).toMatchObject({ ...AT_WORK, alias: 'Fatma B', tasks: ['shopping'], state: 'approved', file: 'fatma' })
    expect(volunteer).not.toHaveProperty('gender')
  })

  test('a promise that was given stays, to the moment, and approval follows the file', async () => {
    await imports(WHOLE)
    const promise = { what: 'confidentiality', version: '1', language: 'so', at: Date.parse('2026-03-01T10:11:12Z') }
    await edit('volunteer:fatma', { promise })
    await imports(WHOLE.replace('alias: Fatma', 'alias: F'))
    expect((await contact('volunteer:fatma')).volunteer.promise).toEqual(promise)
    await imports(WHOLE.replace(/ {4}promise.*\n {4}approved: true/, '    approved: false'))
    expect((await contact('volunteer:fatma')).volunteer).toMatchObject({ promise, state: 'applied' })
    await edit('volunteer:fatma', { state: 'refused' })
    await imports(WHOLE.replace('approved: true', 'approved: false'))
    expect((await contact('volunteer:fatma')).volunteer.state).toBe('refused')
    await imports(WHOLE)
    expect((await contact('volunteer:fatma')).volunteer.state).toBe('approved')
  })

  test('a list of who is on call that the file leaves out stays', async () => {
    await imports(WHOLE)
    expect(await imports(WHOLE.replace(/, on_call: \[.*\] }/, ' }'))).toContain('Areas: 0 added, 0 changed, 2 unchanged')
    await imports(WHOLE.replace(/on_call: \[.*\] }/, 'on_call: [] }'))
    expect((await all.places.get('birk'))?.onCall).toEqual([])
  })

  test('two imports at once end as one', async () => {
    await Promise.all([imports(WHOLE), imports(WHOLE), imports(WHOLE)])
    const text = await exported()
    expect((await contact('volunteer:fatma')).version).toBe(1)
    const other = WHOLE.replace('alias: Fatma', 'alias: Other')
    const lines = await Promise.all([imports(other), imports(other), edit('volunteer:yusuf', AT_WORK)])
    expect(lines.join('\n').match(/1 changed \(fatma\)/g)).toHaveLength(1)
    expect(await exported()).toBe(text.replace('alias: Fatma', 'alias: Other'))
    expect((await contact('volunteer:yusuf')).volunteer).toMatchObject(AT_WORK)
  })

  test('a change between look and write is not lost', async () => {
    await imports(WHOLE)
    let once = true
    const contacts = {
      ...bound(all.contacts),
      replace: async (doc: ContactDocument) => {
        if (once) await edit('volunteer:fatma', AT_WORK)
        once = false
        return all.contacts.replace(doc)
      },
    }
    await importPeople({ ...all, contacts }, fileOf(WHOLE.replace('alias: Fatma', 'alias: Late')), { removeMissing: false })
    expect((await contact('volunteer:fatma')).volunteer).toMatchObject({ ...AT_WORK, alias: 'Late' })
  })

  describe('what the file leaves out', () => {
    const LESS = `areas:\n  birk: { stairwells: [1] }\n${NETWORKS.replace('[birk, vang]', '[birk]')}`

    test('stays, and is told', async () => {
      await imports(WHOLE)
      const report = await imports(LESS)
      expect(report).toContain('Not in the file, and left as they are: areas vang.')
      expect(report).toContain('Not in the file, and left as they are: volunteers fatma, yusuf.\nWith --remove-missing they are removed.')
      expect((await contact('volunteer:yusuf')).volunteer.alias).toBe('Yusuf')
    })

    test('is removed when asked for, but for whoever has a task and what is used', async () => {
      await imports(WHOLE)
      await edit('volunteer:fatma', { load: { ...NO_LOAD, tasks: { h1: NOW } } })
      const report = await imports(LESS.replace(/ {2}naboer.*\n/, ''), true)
      expect(report).toContain('Removed: volunteers yusuf.')
      expect(report).toContain('Not removed: fatma, has 1 open task: hand it on first.')
      expect(report).toContain('Not removed: naboer, has volunteers.')
      expect(report).toContain('Not removed: vang, naboer helps there.')
      expect(await contact('volunteer:yusuf')).toBeUndefined()
      await edit('volunteer:fatma', { load: NO_LOAD })
      expect(await imports(LESS.replace(/ {2}naboer.*\n/, ''), true)).toContain(
        'Removed: areas vang.\nRemoved: networks naboer.\nRemoved: volunteers fatma.',
      )
      expect([await all.contacts.find({}, ALL), (await all.places.find({}, ALL)).length]).toEqual([[], 1])
    })

    test('an open request keeps its area and network', async () => {
      await imports(WHOLE)
      const request = { contact: 'c', conversation: 'web:c', receipt: 'H-1', task: 'visit', note: '', language: 'da', openedAt: NOW }
      await all.handoffs.insert({ _id: 'h', version: 1, ...request, network: 'naboer', area: 'vang', state: 'open' })
      const report = await imports(LESS.replace(/ {2}naboer.*\n/, ''), true)
      expect(report).toContain('Not removed: naboer, has open requests.')
      expect(report).toContain('Not removed: vang, ')
      expect(report).toContain('Removed: volunteers fatma, yusuf.')
      expect(await imports(LESS, true)).toContain('Not removed: vang, has open requests.')
    })

    test('who signed up in the chat loses the role, and stays a person', async () => {
      await imports(WHOLE)
      const { volunteer } = await contact('volunteer:yusuf')
      await all.contacts.insert({
        _id: 'aB3_-xyzAB3_-xyzAB3_-x',
        version: 1,
        applied: ['a'],
        area: 'vang',
        volunteer: { ...volunteer, file: 'chat' },
      })
      await imports(WHOLE, true)
      expect(await contact('aB3_-xyzAB3_-xyzAB3_-x')).toEqual({ _id: 'aB3_-xyzAB3_-xyzAB3_-x', version: 2, applied: ['a'], area: 'vang' })
    })
  })

  describe('an imported volunteer who came into the chat', () => {
    const CHAT = 'aB3_-xyzAB3_-xyzAB3_-x'
    beforeEach(async () => {
      await imports(WHOLE)
      const { volunteer, ...rest } = await contact('volunteer:fatma')
      await all.contacts.replace(rest)
      await all.contacts.insert({ _id: CHAT, version: 1, applied: [], volunteer })
    })

    test('is the same one in the file', async () => {
      expect(await exported()).not.toContain(CHAT)
      expect(await imports(WHOLE.replace('alias: Fatma', 'alias: Here'))).toContain('1 changed (fatma)')
      expect((await contact(CHAT)).volunteer.alias).toBe('Here')
      expect(await contact('volunteer:fatma')).not.toHaveProperty('volunteer')
    })

    test('and had everything erased is not brought back', async () => {
      await all.contacts.remove({ _id: CHAT }, 1)
      expect(await imports(WHOLE)).toContain('Not brought back, they stopped in the chat or had everything erased: fatma.')
      expect(await exported()).not.toContain('fatma')
    })
  })

  test('who signed up in a chat that is not known here is left out', async () => {
    const text = `${WHOLE}${YUSUF.replace('yusuf', 'aB3_-xyzAB3_-xyzAB3_-x')}`
    expect(await imports(text)).toContain('Left out, their chat is not known here: aB3_-xyzAB3_-xyzAB3_-x.')
    expect(await all.contacts.get('aB3_-xyzAB3_-xyzAB3_-x')).toBeUndefined()
  })

  test('a thousand volunteers are read, imported and written', async () => {
    const many = Array.from({ length: 1000 }, (_, at) => FATMA.replace('fatma', `v${at}`)).join('')
    const text = `${AREAS}${NETWORKS}volunteers:\n${many}`
    expect(await imports(text)).toContain('Volunteers: 1000 added (v0, v1, v2, v3, v4 and 995 more)')
    const written = await exported()
    expect(fileOf(written).volunteers.size).toBe(1000)
    expect(await imports(written)).toContain('0 added, 0 changed, 1000 unchanged')
  })
})

/** A collection's methods without their object. */
function bound(collection: Collections['contacts']): Collections['contacts'] {
  return {
    insert: (doc, within) => collection.insert(doc, within),
    get: (id, within) => collection.get(id, within),
    find: (where, page, within) => collection.find(where, page, within),
    replace: (doc, within) => collection.replace(doc, within),
    remove: (where, limit) => collection.remove(where, limit),
    count: (where, by) => collection.count(where, by),
  }
}

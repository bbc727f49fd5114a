/** Areas and networks over the API: what is seen, what is refused and in which words, and that a change is in force at once. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { useOneTime } from '../../../src/app/one-times.js'
import { NO_LOAD, type Volunteering } from '../../../src/core/volunteer-types.js'
import type { AlarmDocument } from '../../../src/store/collections.js'
import { only } from '../../accounts-stage.js'
import { type ConsoleStage, openConsole } from '../../console-stage.js'
import { starterLibrary } from '../../library.js'

const library = await starterLibrary()
const SANNE = { id: 'sanne', name: 'Sanne', mail: 'sanne@example.org', hours: [{ days: [1, 2, 3], from: 480, until: 960 }] }
const PLACE = { seen: 1, stairwells: ['1', '3'], neighbours: ['birkehaven'], officeHours: [], onCall: [SANNE] }
const NETWORK = { seen: 0, kind: 'fathers-group', names: { da: 'Fædrene' }, areas: ['demo'], tasks: ['walk'], settings: {} }
const TOWN_NEIGHBOURS = {
  kind: 'neighbours',
  names: { da: 'Naboer', en: 'Neighbours' },
  areas: ['demo', 'birkehaven'],
  tasks: ['shopping', 'medicine', 'talk'],
  settings: {},
}

let stage: ConsoleStage
let everywhere: string
let inDemo: string
beforeEach(async () => {
  stage = await openConsole(library)
  everywhere = (await stage.staff('Everywhere', only('coordinator'))).token
  inDemo = (await stage.staff('In demo', only('coordinator', ['demo']))).token
})
afterEach(() => stage.close())

const list = async (token: string) => (await stage.ask('GET /api/places', { token })).body
const putPlace = (token: string, of: string, body: object) => stage.ask('PUT /api/places/:area', { token, of, body })
const putNetwork = (token: string, of: string, body: object) => stage.ask('PUT /api/networks/:network', { token, of, body })
const remove = (token: string, of: string) => stage.ask('DELETE /api/networks/:network', { token, of })
const problemsOf = ({ body }: { body: { code: string; more?: { problems: { at: string }[] } } }) => [
  body.code,
  ...(body.more?.problems ?? []).map(({ at }) => at),
]
async function audited(): Promise<string[]> {
  const lines = await stage.accounts.audit.find({}, { sort: ['at', '_id'], limit: 99 })
  return lines.filter(({ what }) => what.startsWith('place') || what.startsWith('network')).map((l) => `${l.what} ${l.about} ${l.area}`)
}
async function addVolunteer(more: Partial<Volunteering>): Promise<void> {
  const volunteer: Volunteering = {
    ...{ network: 'neighbours', alias: 'Fatma', languages: ['da'], area: 'demo', tasks: ['talk'], hours: [], vetting: [] },
    ...{ adult: true, state: 'approved', load: NO_LOAD, ...more },
  }
  await stage.work.collections.contacts.insert({ _id: `contact-${more.alias ?? 'fatma'}`, version: 1, applied: [], volunteer })
}

describe('what is seen', () => {
  test('the areas of the caller, kept or not, and the networks that help there, as far as they help there', async () => {
    await stage.work.collections.places.remove({ _id: 'birkehaven' }, 1)
    const all = await list(everywhere)
    expect(all.places).toEqual([
      { id: 'birkehaven', name: 'birkehaven', stairwells: [], neighbours: [], officeHours: [], onCall: [], seen: 0 },
      { id: 'demo', name: 'demo', stairwells: ['1', '3'], neighbours: ['birkehaven'], officeHours: [], onCall: [], seen: 1 },
    ])
    expect(all.networks.map(({ id, areas, elsewhere }: Record<string, unknown>) => [id, areas, elsewhere])).toEqual([
      ['neighbours', ['demo', 'birkehaven'], undefined],
      ['red-cross', ['demo'], undefined],
    ])
    expect(all.languages[0]).toEqual({ code: expect.any(String), name: expect.any(String), dir: expect.any(String) })
    const some = await list(inDemo)
    expect(some.places.map(({ id }: { id: string }) => id)).toEqual(['demo'])
    expect(some.areas.map(({ id }: { id: string }) => id)).toEqual(['demo', 'birkehaven'])
    expect(some.networks[0]).toMatchObject({ id: 'neighbours', areas: ['demo'], elsewhere: true })
    const asked = await stage.ask('GET /api/places', { token: inDemo, query: '?area=birkehaven' })
    expect([asked.status, asked.body.code]).toEqual([403, 'foreign-area'])
  })
})

describe('changing an area', () => {
  test('is in force at once, wakes alarms that nobody had, and stands in the log', async () => {
    const alarm: AlarmDocument = {
      ...{ _id: 'a', version: 1, area: 'demo', state: 'nobody', tried: [], due: 9e15 },
      about: { at: 1, why: 'nobody-free', area: 'demo' } as unknown as AlarmDocument['about'],
    }
    await stage.work.collections.alarms.insert(alarm)
    const done = await putPlace(inDemo, 'demo', { ...PLACE, stairwells: ['1', ' 3 ', '12 A', '1'] })
    expect([done.status, done.body]).toEqual([200, { id: 'demo', name: 'demo', ...PLACE, stairwells: ['1', '3', '12 A'], seen: 2 }])
    expect(stage.work.places.current().places['demo']?.onCall).toEqual([SANNE])
    expect((await stage.work.collections.alarms.get('a'))?.due).toBe(stage.work.time.now())
    expect(await audited()).toEqual(['place-changed demo demo'])
    expect((await list(inDemo)).places[0]).toEqual(done.body)
  })

  test('of which nothing was kept makes it, and keeps the order of the list', async () => {
    await stage.work.collections.places.remove({ _id: 'birkehaven' }, 1)
    const onCall = [{ id: 'torben', name: 'Torben', hours: [] }, SANNE]
    const done = await putPlace(everywhere, 'birkehaven', { ...PLACE, seen: 0, neighbours: ['demo'], onCall })
    expect([done.status, done.body.seen, done.body.onCall]).toEqual([200, 1, onCall])
    const again = await putPlace(everywhere, 'birkehaven', { ...PLACE, seen: 1, neighbours: ['demo'], onCall: onCall.toReversed() })
    expect(again.body.onCall).toEqual(onCall.toReversed())
  })

  test('is refused when another was faster, and for another area', async () => {
    await putPlace(everywhere, 'demo', PLACE)
    const late = await putPlace(inDemo, 'demo', { ...PLACE, onCall: [] })
    expect([late.status, late.body.code]).toEqual([409, 'changed-meanwhile'])
    const both = await Promise.all([1, 2].map((n) => putPlace(everywhere, 'demo', { ...PLACE, seen: 2, stairwells: ['1', '3', `${n}0`] })))
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    for (const area of ['birkehaven', 'atlantis']) {
      const foreign = await putPlace(inDemo, area, {})
      expect([foreign.status, foreign.body.code]).toEqual([403, 'foreign-area'])
    }
    const unknown = await putPlace(everywhere, 'atlantis', PLACE)
    expect([unknown.status, unknown.body.code]).toEqual([404, 'not-found'])
    expect((await audited()).filter((line) => !line.endsWith('demo'))).toEqual([])
  })

  test('every field that cannot stay is named, with what to write instead, and nothing is changed', async () => {
    const refused = await putPlace(everywhere, 'demo', {
      ...PLACE,
      stairwells: ['1', '3', 'x'.repeat(21)],
      neighbours: ['demo', 'atlantis'],
      onCall: [SANNE, { ...SANNE, name: ' ' }, { id: 'T!', name: 'T', mail: 'nobody', hours: [] }],
    })
    expect(refused.status).toBe(400)
    expect(problemsOf(refused)).toEqual([
      'needs-mending',
      ...['stairwells', 'neighbours', 'onCall.1.name', 'onCall.2.id', 'onCall.2.mail', 'onCall.1.id'],
    ])
    for (const { message } of refused.body.more.problems)
      expect(message).toEqual({ da: expect.stringMatching(/^[^$]+\.$/), en: expect.stringMatching(/^[^$]+\.$/) })
    expect((await list(everywhere)).places[1].seen).toBe(1)
    expect(await audited()).toEqual([])
    for (const wrong of [
      { officeHours: [{ days: [8], from: 0, until: 1 }] },
      { officeHours: [{ days: [1], from: 0, until: 1440 }] },
      { id: 'x' },
    ])
      expect(problemsOf(await putPlace(everywhere, 'demo', { ...PLACE, ...wrong }))).toEqual(['unreadable'])
  })

  test('a stairwell in which volunteers live stays until they have another', async () => {
    await addVolunteer({ stairwell: '3' })
    await addVolunteer({ alias: 'Yusuf', area: 'birkehaven', stairwell: '1' })
    const refused = await putPlace(everywhere, 'demo', { ...PLACE, stairwells: [] })
    expect(problemsOf(refused)).toEqual(['needs-mending', 'stairwells'])
    expect(refused.body.more.problems[0].message.da).toContain('opgang 3.')
    expect((await putPlace(everywhere, 'demo', { ...PLACE, stairwells: ['3'] })).status).toBe(200)
  })

  test('one person has one name and one mail, in all areas of whoever changes it', async () => {
    await putPlace(everywhere, 'demo', PLACE)
    const there = { seen: 1, stairwells: ['12'], neighbours: ['demo'], officeHours: [], onCall: [{ ...SANNE, hours: [] }] }
    await putPlace(everywhere, 'birkehaven', there)
    const other = { ...SANNE, name: 'Sanne Holm', mail: 'holm@example.org' }
    // Whoever leads only one of the two cannot change it in the other.
    expect(problemsOf(await putPlace(inDemo, 'demo', { ...PLACE, seen: 2, onCall: [other] }))).toEqual(['needs-mending', 'onCall.0.id'])
    expect((await putPlace(everywhere, 'demo', { ...PLACE, seen: 2, onCall: [other] })).status).toBe(200)
    expect((await list(everywhere)).places[0].onCall).toEqual([{ ...other, hours: [] }])
    expect((await audited()).filter((line) => line.endsWith('birkehaven'))).toHaveLength(2)
    // Somebody new with an id that is another's is refused, also by whoever leads both.
    await putPlace(everywhere, 'demo', { ...PLACE, seen: 3, onCall: [] })
    const stranger = { ...SANNE, name: 'Sanne Lund' }
    expect(problemsOf(await putPlace(everywhere, 'demo', { ...PLACE, seen: 4, onCall: [stranger] }))).toEqual([
      'needs-mending',
      'onCall.0.id',
    ])
  })
})

describe('a word for a coordinator', () => {
  test('makes whoever types it coordinator under that name of the list', async () => {
    const early = await stage.ask('POST /api/places/:area/word', { token: inDemo, of: 'demo', body: { onCall: 'sanne' } })
    expect([early.status, early.body.code]).toEqual([409, 'not-on-call'])
    await putPlace(inDemo, 'demo', PLACE)
    const { status, body } = await stage.ask('POST /api/places/:area/word', { token: inDemo, of: 'demo', body: { onCall: 'sanne' } })
    expect([status, body]).toEqual([200, { word: expect.stringMatching(/^OPG-\w{4}-\w{4}$/), until: stage.work.time.now() + 15 * 60_000 }])
    expect(await audited()).toContain('place-word demo demo')
    const deps = { ...stage.work.collections, keys: stage.work.keys, ids: stage.work.ids, time: stage.work.time }
    expect(await useOneTime(deps, body.word, 'someone')).toEqual({ is: 'coordinator', area: 'demo' })
    expect((await deps.contacts.get('someone'))?.coordinator).toEqual({ areas: ['demo'], onCall: 'sanne' })
    expect((await deps.places.get('demo'))?.onCall).toEqual([SANNE])
    const foreign = await stage.ask('POST /api/places/:area/word', { token: inDemo, of: 'birkehaven', body: { onCall: 'sanne' } })
    expect([foreign.status, foreign.body.code]).toEqual([403, 'foreign-area'])
  })
})

describe('networks', () => {
  test('are made and changed, in force at once, with a line in the log for every area before and after', async () => {
    const made = await putNetwork(everywhere, 'fathers', { ...NETWORK, settings: { k: 5, quiet: { from: 1320, until: 420 } } })
    expect([made.status, made.body]).toEqual([
      200,
      { id: 'fathers', ...NETWORK, settings: { k: 5, quiet: { from: 1320, until: 420 } }, seen: 1 },
    ])
    const external = { mail: 'fathers@example.org', phone: '70 12 34 56' }
    const moved = await putNetwork(everywhere, 'fathers', { ...NETWORK, seen: 1, areas: ['birkehaven'], external })
    expect([moved.status, moved.body.seen]).toEqual([200, 2])
    expect(stage.work.places.current().networks['fathers']).toEqual({
      ...{ id: 'fathers', kind: 'fathers-group', names: { da: 'Fædrene' }, areas: ['birkehaven'], tasks: ['walk'] },
      ...{ settings: {}, external },
    })
    expect((await audited()).toSorted()).toEqual([
      ...['network-changed fathers birkehaven', 'network-changed fathers demo', 'network-changed fathers demo'],
    ])
  })

  test('an id that is taken, a change that came late, and one that is not there', async () => {
    for (const token of [everywhere, inDemo]) expect(problemsOf(await putNetwork(token, 'neighbours', NETWORK))).toEqual(['network-taken'])
    await putNetwork(everywhere, 'neighbours', { ...TOWN_NEIGHBOURS, seen: 1 })
    expect(problemsOf(await putNetwork(everywhere, 'neighbours', { ...TOWN_NEIGHBOURS, seen: 1 }))).toEqual(['changed-meanwhile'])
    expect(problemsOf(await putNetwork(everywhere, 'none', { ...NETWORK, seen: 1 }))).toEqual(['not-found'])
    const twice = await Promise.all([1, 2].map(() => putNetwork(everywhere, 'fathers', NETWORK)))
    expect(twice.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  })

  test('all its areas, before and after, must be the caller’s', async () => {
    expect(problemsOf(await putNetwork(inDemo, 'neighbours', { ...TOWN_NEIGHBOURS, areas: ['demo'], seen: 1 }))).toEqual(['foreign-area'])
    expect(problemsOf(await putNetwork(inDemo, 'fathers', { ...NETWORK, areas: ['demo', 'birkehaven'] }))).toEqual(['foreign-area'])
    expect(problemsOf(await remove(inDemo, 'neighbours'))).toEqual(['foreign-area'])
    const { token } = await stage.staff('In Birkehaven', only('administrator', ['birkehaven']))
    const there = { ...NETWORK, areas: ['birkehaven'], seen: 1 }
    expect(problemsOf(await putNetwork(token, 'red-cross', there))).toEqual(['not-found'])
    expect(problemsOf(await remove(token, 'red-cross'))).toEqual(['not-found'])
    expect(await audited()).toEqual([])
  })

  test('every field that cannot stay is named, with the limits that a file has', async () => {
    const wrong = {
      ...{ seen: 0, kind: 'club', names: { da: '', xx: 'x' }, areas: [], tasks: ['keys'] },
      ...{ settings: { k: 21, t1: 30, t4: 1.5, quiet: { from: 60, until: 60 } }, external: { mail: 'nobody', phone: 'none' } },
    }
    const refused = await putNetwork(everywhere, 'Bad id', wrong)
    expect(problemsOf(refused)).toEqual([
      ...['needs-mending', 'id', 'kind', 'names.da', 'names.xx', 'areas', 'tasks'],
      ...['settings.k', 'settings.t4', 'external.mail', 'external.phone', 'settings'],
    ])
    const said = (at: string) => refused.body.more.problems.find((one: { at: string }) => one.at === at).message.da
    expect(said('settings.k')).toBe('Skriv et helt tal fra 1 til 20.')
    expect(said('settings')).toContain('30, 20 og 45')
    expect(problemsOf(await putNetwork(everywhere, 'fathers', { ...NETWORK, external: {} }))).toEqual(['needs-mending', 'external'])
    await addVolunteer({})
    const external = { phone: '70 12 34 56' }
    expect(problemsOf(await putNetwork(everywhere, 'neighbours', { ...TOWN_NEIGHBOURS, seen: 1, external }))).toEqual([
      'needs-mending',
      'external',
    ])
  })

  test('one is removed when nobody belongs to it and no open request names it', async () => {
    await addVolunteer({ state: 'applied' })
    expect(problemsOf(await remove(everywhere, 'neighbours'))).toEqual(['network-has-people'])
    const request = {
      _id: 'h',
      version: 1,
      contact: 'c',
      conversation: 'c',
      receipt: 'H-4F7K',
      task: 'talk',
      note: '',
      area: 'demo',
      language: 'da',
    }
    await stage.work.collections.handoffs.insert({ ...request, network: 'red-cross', state: 'open', openedAt: 1 })
    expect(problemsOf(await remove(everywhere, 'red-cross'))).toEqual(['network-has-requests'])
    await stage.work.collections.handoffs.replace({ ...request, network: 'red-cross', state: 'closed', openedAt: 1 })
    expect((await remove(inDemo, 'red-cross')).status).toBe(204)
    expect(stage.work.places.current().networks['red-cross']).toBeUndefined()
    expect(problemsOf(await remove(inDemo, 'red-cross'))).toEqual(['not-found'])
    expect(await audited()).toEqual(['network-removed red-cross demo'])
  })
})

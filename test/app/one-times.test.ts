/** One-time words and answers to applicants on a real store: each works once, also when many do it at once or a crash cuts it off. */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { NEVER } from '../../src/app/alarms-mark.js'
import { decideVolunteer } from '../../src/app/approve.js'
import { makeOneTime, useOneTime, WORD_MINUTES } from '../../src/app/one-times.js'
import { conversationId } from '../../src/app/ports.js'
import { carryOutStaff, type StaffOrder, type StaffOrdersDeps } from '../../src/app/staff-orders.js'
import { NO_LOAD, type Volunteering } from '../../src/core/volunteer-types.js'
import type { AlarmDocument } from '../../src/store/collections.js'
import { NOW } from '../library.js'
import { probeLibrary } from '../probe-library.js'
import { AMINA, HASSAN, openStage, type Stage, says } from '../stage.js'

const MINUTE = 60_000
const library = await probeLibrary('start: { say: Hej. }')
const FARAH: Volunteering = {
  state: 'applied',
  network: 'mothers',
  alias: 'Farah (prøve)',
  languages: ['so'],
  area: 'demo',
  tasks: ['medicine'],
  hours: [],
  adult: true,
  vetting: [],
  load: NO_LOAD,
}
const FORM = /^OPG-[2346789A-HJKMNP-RT-Z]{4}-[2346789A-HJKMNP-RT-Z]{4}$/

let stage: Stage
let deps: StaffOrdersDeps
let count: number
beforeEach(async () => {
  stage = await openStage({ library })
  count = 0
  const ids = { next: () => createHash('sha256').update(String(++count)).digest().subarray(0, 16).toString('base64url') }
  deps = { ...stage.collections, keys: stage.keys, ids, time: stage.time, receive: stage.turns.receive }
})
afterEach(() => stage.close())

const contact = (id: string) => stage.collections.contacts.get(id)
const onCall = async (area = 'demo') => (await stage.collections.places.get(area))?.onCall
const coordinatorWord = (name = 'sanne', area = 'demo') => makeOneTime(deps, { what: 'coordinator', area, onCall: name })
const volunteer = (id: string, more: Partial<Volunteering> = {}) =>
  stage.collections.contacts.insert({ _id: id, version: 1, applied: [], volunteer: { ...FARAH, ...more } })

describe('a word', () => {
  test('has its form, is another each time, and is kept as a hash only', async () => {
    const words = await Promise.all(Array.from({ length: 20 }, () => coordinatorWord()))
    for (const word of words) expect(word).toMatch(FORM)
    expect(new Set(words).size).toBe(20)
    const kept = JSON.stringify(await stage.collections.oneTimes.find({}, { sort: ['_id'], limit: 100 }))
    for (const word of words) expect(kept).not.toContain(word)
  })

  test('makes a coordinator, on the list of who is on call at all hours', async () => {
    expect(await useOneTime(deps, await coordinatorWord(), 'c1')).toEqual({ is: 'coordinator', area: 'demo' })
    expect((await contact('c1'))?.coordinator).toEqual({ areas: ['demo'], onCall: 'sanne' })
    expect(await onCall()).toEqual([{ id: 'sanne', name: 'sanne', hours: [] }])
  })

  test('leaves who is on the list as they are, and adds an area to whoever has one', async () => {
    const entry = { id: 'sanne', name: 'Sanne (prøve)', mail: 'sanne@example.org', hours: [{ days: [1], from: 0, until: 60 }] }
    await carryOutStaff({ ...deps, areas: ['demo', 'far'] }, { act: 'on-call-add', area: 'demo', entry })
    await useOneTime(deps, await coordinatorWord(), 'c1')
    expect(await onCall()).toEqual([entry])
    await useOneTime(deps, await coordinatorWord('coordinator', 'far'), 'c1')
    expect((await contact('c1'))?.coordinator).toEqual({ areas: ['demo', 'far'], onCall: 'sanne' })
    expect((await onCall('far'))?.map(({ id }) => id)).toEqual(['sanne'])
  })

  test('works once: of many who type it at once one has it, and may type it again', async () => {
    const word = await coordinatorWord()
    const people = ['c1', 'c2', 'c3', 'c4']
    const used = await Promise.all(people.map(async (who) => (await useOneTime(deps, word, who)).is))
    expect(used.toSorted()).toEqual(['coordinator', 'wrong', 'wrong', 'wrong'])
    expect((await useOneTime(deps, word, people[used.indexOf('coordinator')] ?? '')).is).toBe('coordinator')
    expect((await onCall())?.length).toBe(1)
  })

  test('is wrong when mistyped, or after a quarter of an hour', async () => {
    const word = await coordinatorWord()
    expect(await useOneTime(deps, 'OPG-2222-2222', 'c1')).toEqual({ is: 'wrong' })
    stage.time.advance(WORD_MINUTES * MINUTE)
    expect(await useOneTime(deps, word, 'c1')).toEqual({ is: 'wrong' })
    expect(await contact('c1')).toBeUndefined()
  })

  test('of a case is none: its link is for others', async () => {
    const word = await coordinatorWord()
    const [kept] = await stage.collections.oneTimes.find({}, { sort: ['_id'], limit: 1 })
    if (kept !== undefined) await stage.collections.oneTimes.replace({ ...kept, opens: { what: 'case', handoff: 'h', network: 'n' } })
    expect(await useOneTime(deps, word, 'c1')).toEqual({ is: 'wrong' })
  })

  test('tells a new coordinator what reached nobody', async () => {
    const alarm: AlarmDocument = {
      _id: 'a1',
      version: 1,
      area: 'demo',
      about: { why: 'danger', area: 'demo', at: NOW },
      state: 'nobody',
      tried: [],
      due: NOW + 1000 * MINUTE,
    }
    await stage.collections.alarms.insert(alarm)
    await stage.collections.alarms.insert({ ...alarm, _id: 'a2', area: 'far' })
    await useOneTime(deps, await coordinatorWord(), 'c1')
    const due = async (id: string) => (await stage.collections.alarms.get(id))?.due
    expect([await due('a1'), await due('a2')]).toEqual([NOW, NOW + 1000 * MINUTE])
  })
})

describe('the word of an imported volunteer', () => {
  const word = () => makeOneTime(deps, { what: 'volunteer', contact: 'volunteer:farah' })

  test('moves them to whoever types it', async () => {
    await volunteer('volunteer:farah', { state: 'approved' })
    expect(await useOneTime(deps, await word(), 'c1')).toEqual({ is: 'volunteer' })
    expect((await contact('c1'))?.volunteer).toEqual({ ...FARAH, state: 'approved' })
    expect(await contact('volunteer:farah')).not.toHaveProperty('volunteer')
  })

  test('goes on after a crash in between', async () => {
    await volunteer('volunteer:farah')
    const contacts = stage.collections.contacts
    const cut = new Proxy(contacts, {
      get: (target, key: keyof typeof contacts) =>
        key === 'replace' ? () => Promise.reject(new Error('killed')) : target[key].bind(target),
    })
    const typed = await word()
    await expect(useOneTime({ ...deps, contacts: cut }, typed, 'c1')).rejects.toThrow('killed')
    expect(await useOneTime(deps, typed, 'c1')).toEqual({ is: 'volunteer' })
    expect(await contact('volunteer:farah')).not.toHaveProperty('volunteer')
    expect((await contact('c1'))?.volunteer?.alias).toBe(FARAH.alias)
    expect(await useOneTime(deps, typed, 'c1')).toEqual({ is: 'volunteer' })
  })

  test('of two words typed at the same moment by two people one has the place', async () => {
    await volunteer('volunteer:farah')
    const words = [await word(), await word()]
    const used = await Promise.all(words.map(async (typed, at) => (await useOneTime(deps, typed, `c${at}`)).is))
    expect(used.toSorted()).toEqual(['volunteer', 'wrong'])
    const places = await Promise.all(['c0', 'c1', 'volunteer:farah'].map(async (id) => (await contact(id))?.volunteer?.alias))
    expect(places.filter((alias) => alias !== undefined)).toEqual([FARAH.alias])
    // Imported again they are somebody new.
    const [known] = [await contact('volunteer:farah')]
    if (known !== undefined) await stage.collections.contacts.replace({ ...known, volunteer: FARAH })
    expect((await useOneTime(deps, await word(), 'c3')).is).toBe('volunteer')
  })

  test('who took the place and was cut off has it when they go on, whoever typed meanwhile', async () => {
    await volunteer('volunteer:farah')
    const contacts = stage.collections.contacts
    const cut = new Proxy(contacts, {
      get: (target, key: keyof typeof contacts) =>
        key === 'insert' ? () => Promise.reject(new Error('killed')) : target[key].bind(target),
    })
    const [first, second] = [await word(), await word()]
    await expect(useOneTime({ ...deps, contacts: cut }, first, 'c1')).rejects.toThrow('killed')
    expect((await useOneTime(deps, second, 'c2')).is).toBe('wrong')
    expect((await useOneTime(deps, first, 'c1')).is).toBe('volunteer')
    expect([(await contact('c1'))?.volunteer?.alias, (await contact('c2'))?.volunteer]).toEqual([FARAH.alias, undefined])
  })

  test('is wrong once another has the place, and keeps what somebody has open', async () => {
    await volunteer('volunteer:farah')
    const [first, second] = [await word(), await word()]
    const load = { ...NO_LOAD, tasks: { h1: NOW } }
    await volunteer('c1', { load, alias: 'Anden (prøve)' })
    expect((await useOneTime(deps, first, 'c1')).is).toBe('volunteer')
    expect((await contact('c1'))?.volunteer).toMatchObject({ alias: FARAH.alias, load })
    expect((await useOneTime(deps, second, 'c2')).is).toBe('wrong')
    expect((await useOneTime(deps, second, 'c2')).is).toBe('wrong')
  })
})

describe('an applicant', () => {
  const roles = async () => (await stage.log(conversationId(AMINA))).flatMap(({ event }) => (event.type === 'role' ? [event.is] : []))
  async function applies(): Promise<string> {
    await stage.turns.receive(AMINA, says('dansk'))
    await stage.settler.idle()
    const id = (await stage.collections.conversations.get(conversationId(AMINA)))?.contact ?? ''
    const known = await contact(id)
    if (known === undefined) await volunteer(id)
    else await stage.collections.contacts.replace({ ...known, volunteer: FARAH })
    return id
  }

  test.each([
    [true, 'approved'],
    [false, 'refused'],
  ])('is answered %s once, reads it in their chat, and their alarm is over', async (yes, state) => {
    const id = await applies()
    const about = {
      why: 'application',
      area: 'demo',
      at: NOW,
      volunteer: { contact: id, network: 'mothers', languages: [], tasks: [] },
    } as const
    const stands = yes ? { state: 'open' as const, due: NOW } : { state: 'acknowledged' as const, due: NEVER }
    await stage.collections.alarms.insert({ _id: 'a1', version: 1, area: 'demo', about, tried: [], ...stands })
    const answers = await Promise.all([decideVolunteer(deps, { volunteer: id, yes }), decideVolunteer(deps, { volunteer: id, yes })])
    expect(answers.toSorted()).toEqual(['decided-before', 'ok'])
    expect((await contact(id))?.volunteer?.state).toBe(state)
    expect(await roles()).toEqual([state])
    expect((await stage.collections.alarms.get('a1'))?.state).toBe('over')
  })

  test('is told once when the same answer is given again after a crash', async () => {
    const id = await applies()
    const broken = { ...deps, receive: () => Promise.reject(new Error('killed')) }
    await expect(decideVolunteer(broken, { volunteer: id, yes: true, id: 't1.0' })).rejects.toThrow('killed')
    expect(await decideVolunteer(deps, { volunteer: id, yes: true, id: 't1.0' })).toBe('ok')
    expect(await decideVolunteer(deps, { volunteer: id, yes: true, id: 't1.0' })).toBe('ok')
    expect(await roles()).toEqual(['approved'])
  })

  test('is answered by coordinators of their own area only', async () => {
    const id = await applies()
    await stage.collections.contacts.insert({ _id: 'far', version: 1, applied: [], coordinator: { areas: ['far'] } })
    await stage.collections.contacts.insert({ _id: 'near', version: 1, applied: [], coordinator: { areas: ['demo'] } })
    expect(await decideVolunteer(deps, { volunteer: id, yes: true, by: 'far' })).toBe('not-yours')
    expect(await decideVolunteer(deps, { volunteer: id, yes: true, by: 'nobody' })).toBe('not-yours')
    expect(await decideVolunteer(deps, { volunteer: id, yes: true, by: 'near' })).toBe('ok')
  })

  test('that is gone, or never was one, is said', async () => {
    expect(await decideVolunteer(deps, { volunteer: 'c9', yes: true })).toBe('gone')
  })
})

describe('orders of staff', () => {
  const order = (wanted: StaffOrder) => carryOutStaff({ ...deps, areas: ['demo', 'far'] }, wanted)

  test('print a word, where to type it, until when, and what it makes', async () => {
    const line = await order({ act: 'coordinator', area: 'demo' })
    expect(line).toMatch(/^OPG-....-....: .*before 10:15 is coordinator of demo, on its list as coordinator\.$/)
    expect((await useOneTime(deps, line.slice(0, 13), 'c1')).is).toBe('coordinator')
    expect(await order({ act: 'coordinator', area: 'demo' })).toContain('as coordinator-2')
    await volunteer('volunteer:farah')
    expect(await order({ act: 'volunteer-word', volunteer: 'farah' })).toContain('is Farah (prøve) of mothers')
  })

  test('change who is on call', async () => {
    const entry = { id: 'sanne', name: 'Sanne (prøve)', hours: [] }
    expect(await order({ act: 'on-call-add', area: 'demo', entry })).toContain('added')
    expect(await order({ act: 'on-call-add', area: 'demo', entry: { ...entry, mail: 'sanne@example.org' } })).toContain('changed')
    expect(await onCall()).toEqual([{ ...entry, mail: 'sanne@example.org' }])
    expect(await order({ act: 'on-call-remove', area: 'demo', id: 'sanne' })).toContain('not on the list')
    expect(await onCall()).toEqual([])
    expect(await stage.log(conversationId(HASSAN))).toEqual([])
  })

  test.each<[StaffOrder, string]>([
    [{ act: 'coordinator', area: 'nowhere' }, 'there are demo, far'],
    [{ act: 'on-call-add', area: 'nowhere', entry: { id: 'a', name: 'a', hours: [] } }, 'There is no area nowhere'],
    [{ act: 'on-call-remove', area: 'demo', id: 'sanne' }, 'on-call demo` lists who is'],
    [{ act: 'volunteer-word', volunteer: 'farah' }, 'There is no imported volunteer farah'],
    [{ act: 'approve', volunteer: 'c9', yes: true }, 'approve --list'],
  ])('say what to do instead of %j', async (wanted, words) => {
    await expect(order(wanted)).rejects.toThrow(words)
  })

  test('stand in the record, by their area, and what was refused does not', async () => {
    await volunteer('c1')
    await volunteer('volunteer:farah')
    await order({ act: 'on-call-add', area: 'demo', entry: { id: 'a', name: 'a', hours: [] } })
    await order({ act: 'on-call-remove', area: 'demo', id: 'a' })
    await order({ act: 'coordinator', area: 'demo' })
    await order({ act: 'volunteer-word', volunteer: 'farah' })
    await order({ act: 'approve', volunteer: 'c1', yes: false })
    await expect(order({ act: 'approve', volunteer: 'c1', yes: true })).rejects.toThrow('answered before')
    await expect(order({ act: 'on-call-remove', area: 'demo', id: 'a' })).rejects.toThrow('Nobody')
    const lines = await stage.collections.audit.find({ area: 'demo' }, { sort: ['at', '_id'], limit: 20 })
    const acts = lines.map(({ who, what, about }) => `${who}: ${what} ${about}`).toSorted()
    expect(acts).toEqual(
      ['person-refused c1', 'person-word volunteer:farah', 'place-changed demo', 'place-changed demo', 'place-word demo'].map(
        (line) => `command line: ${line}`,
      ),
    )
  })

  test('know areas with people where no server knows all', async () => {
    await expect(carryOutStaff(deps, { act: 'coordinator', area: 'demo' })).rejects.toThrow('start the server first')
    await order({ act: 'on-call-add', area: 'demo', entry: { id: 'a', name: 'a', hours: [] } })
    expect(await carryOutStaff(deps, { act: 'coordinator', area: 'demo' })).toContain('OPG-')
  })

  test('answer applicants, and say when they were answered before', async () => {
    await volunteer('c1')
    expect(await order({ act: 'approve', volunteer: 'c1', yes: false })).toContain('refused')
    await expect(order({ act: 'approve', volunteer: 'c1', yes: true })).rejects.toThrow('answered before')
  })
})

/** What changes is known at once in the process that changed it, and by a look on every other that shares the store. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createLive, type Live } from '../../src/app/board/live.js'
import { createFollow } from '../../src/app/board/live-follow.js'
import { isFor, type Noted, noteOfAudit } from '../../src/app/board/live-notes.js'
import { arrive, depart, PRESENCE_MS } from '../../src/app/board/presence.js'
import { command } from '../../src/app/handoffs/change.js'
import { draftHandoff, transition } from '../../src/core/handoff.js'
import { type Areas, ROLES } from '../../src/core/staff-types.js'
import type { Volunteering } from '../../src/core/volunteer-types.js'
import type { Store } from '../../src/store/collection.js'
import { type Collections, type HandoffDocument, openCollections, type TurnDocument } from '../../src/store/collections.js'
import { observeStore } from '../../src/store/measured-store.js'
import { openStore } from '../../src/store/open-store.js'
import type { StaffDocument } from '../../src/store/staff-documents.js'
import { watchCollections } from '../../src/store/watched-collections.js'
import { only } from '../accounts-stage.js'
import { dropDatabases, STORES } from '../e2e/stores.js'
import { NOW } from '../library.js'
import { type ManualTime, manualTime } from '../manual-time.js'

const HALF_A_MINUTE = 30_000
const SANNE: StaffDocument = {
  _id: 'sanne',
  version: 1,
  name: 'Sanne',
  roles: only('coordinator', ['demo']),
  safeguarding: false,
  passkeys: [],
  state: 'active',
}
const VOLUNTEER: Volunteering = {
  ...{ network: 'mothers', alias: 'Hodan', languages: ['da'], area: 'demo', tasks: [], hours: [], state: 'approved' as const },
  ...{ adult: true, vetting: [], load: { offers: {}, tasks: {}, lately: [] } },
}

function requestOf(id: string, more: Partial<HandoffDocument> = {}): HandoffDocument {
  const draft = draftHandoff({ resident: 'amina', task: 'medicine', minor: false, timings: { t1: 1, t2: 2, t3: 3, t4: 4, t5: 5 } })
  const outcome = transition(draft, { type: 'confirm' }, { as: 'resident', contact: 'amina' }, NOW)
  if ('refused' in outcome) throw new Error(outcome.refused)
  const own = {
    contact: 'amina',
    conversation: 'web:amina',
    receipt: id,
    task: 'medicine',
    network: '',
    note: '',
    area: 'demo',
    language: 'da',
  }
  return { _id: id, version: 1, ...own, state: 'open', openedAt: NOW, handoff: outcome.handoff, ...more }
}

interface Instance {
  readonly collections: Collections
  readonly live: Live
  /** Looks for what others changed, and gives what was told since the last time. */
  look(): Promise<string[]>
  heard(): string[]
  stopListening(): void
}

/** A process on the store; it listens from the start. */
function instanceOn(store: Store, time: ManualTime, shared: boolean): Instance {
  const live = createLive()
  const collections = watchCollections(openCollections(store), live, shared ? time.now : undefined)
  const follow = createFollow({ ...collections, live, time, shared })
  let heard: string[] = []
  const stopListening = live.listen({
    changed: ({ change, areas, danger }: Noted) =>
      void heard.push(`${change.what} ${change.id} of ${String(areas)}${danger === true ? ', danger' : ''}`),
    left: (logins) => void heard.push(`left ${[...logins].join()}`),
    ended: () => void heard.push('ended'),
  })
  const take = () => {
    const taken = heard
    heard = []
    return taken.toSorted()
  }
  return {
    ...{ collections, live, stopListening },
    heard: take,
    async look() {
      await follow()
      return take()
    },
  }
}

afterAll(dropDatabases)

describe.each(STORES)('on %s', (_, makeStore) => {
  let dir: string
  let store: Store
  let time: ManualTime
  const calls: string[] = []
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'opgang-live-'))
    time = manualTime(NOW)
    const opened = await openStore({ dir, mongodbUri: makeStore()['MONGODB_URI'] })
    store = observeStore(opened, { store: ({ collection, operation }) => void calls.push(`${collection}.${operation}`) }, () => 0)
  })
  afterEach(async () => {
    await store.close()
    await rm(dir, { recursive: true })
  })

  test('a command to a request is told when it is carried out, without any wait', async () => {
    const { collections, heard } = instanceOn(store, time, false)
    await collections.handoffs.insert(requestOf('request'))
    expect(heard()).toEqual(['request request of demo'])
    const order = {
      handoff: 'request',
      id: 'staff',
      command: { type: 'to-staff', why: 'asked-for-staff' },
      by: { as: 'resident', contact: 'amina' },
    } as const
    expect(await command({ handoffs: collections.handoffs, time }, order)).toHaveProperty('document')
    expect(heard()).toEqual(['request request of demo'])
    // What was refused changed nothing.
    await command({ handoffs: collections.handoffs, time }, order)
    const known = await collections.handoffs.get('request')
    if (known !== undefined) expect(await collections.handoffs.replace({ ...known, version: 1 })).toBe('conflict')
    expect(await collections.handoffs.insert(requestOf('request'))).toBe('duplicate')
    expect(heard()).toEqual([])
    await collections.handoffs.remove({ contact: 'amina' }, 10)
    expect(heard()).toEqual(['request request of demo'])
  })

  test('nothing is written for others where there are none', async () => {
    const { collections } = instanceOn(store, time, false)
    await collections.handoffs.insert(requestOf('request'))
    expect(await collections.handoffs.get('request')).not.toHaveProperty('changedAt')
  })

  test('what one instance changes another tells once, by the same rules', async () => {
    const [one, other] = [instanceOn(store, time, true), instanceOn(store, time, true)]
    expect(await other.look()).toEqual([])
    const { handoffs, alarms, contacts, staff, networks, audit } = one.collections
    await handoffs.insert(requestOf('plain'))
    await handoffs.insert(requestOf('danger', { task: 'danger', area: 'birkehaven' }))
    const about = { why: 'nobody-eligible', area: 'demo', at: NOW, task: 'danger' } as const
    await alarms.insert({ _id: 'alarm', version: 1, area: 'demo', about, state: 'open', tried: [], due: NOW })
    // Words of danger in a talk about something else.
    const words = { why: 'danger', area: 'demo', at: NOW, task: 'medicine' } as const
    await alarms.insert({ _id: 'words', version: 1, area: 'demo', about: words, state: 'open', tried: [], due: NOW })
    await contacts.insert({ _id: 'resident', version: 1, applied: [] })
    await contacts.insert({ _id: 'hodan', version: 1, applied: [], volunteer: VOLUNTEER })
    await staff.insert(SANNE)
    const network = {
      _id: 'mothers',
      version: 1,
      kind: 'neighbours',
      names: { da: 'Mødre' },
      areas: ['demo'],
      tasks: [],
      settings: {},
    } as const
    await networks.insert(network)
    await audit.insert({ _id: 'line', version: 1, at: NOW, who: 'sanne', what: 'network-changed', about: 'mothers', area: 'demo' })
    const told = [
      'alarm alarm of demo, danger',
      'alarm words of demo, danger',
      'audit line of demo',
      'person hodan of demo',
      'place mothers of demo',
      'request danger of birkehaven, danger',
      'request plain of demo',
      'staff sanne of demo',
    ]
    expect([one.heard(), await other.look()]).toEqual([told, told])
    expect([await one.look(), await other.look()]).toEqual([[], []])
    // Within the same millisecond, and of one who moves to another area.
    const known = await handoffs.get('plain')
    if (known !== undefined) await handoffs.replace({ ...known, note: 'changed' })
    await staff.replace({ ...SANNE, roles: only('coordinator', ['birkehaven']) })
    await networks.remove({ _id: 'mothers' }, 1)
    const then = ['place mothers of demo', 'request plain of demo', 'staff sanne of demo,birkehaven']
    expect([one.heard(), await other.look()]).toEqual([then, then])
    time.advance(2 * HALF_A_MINUTE)
    expect([await one.look(), await other.look()]).toEqual([[], []])
  })

  test('while nobody listens the store is not asked, and what happened then is no news', async () => {
    const [one, other] = [instanceOn(store, time, true), instanceOn(store, time, true)]
    await other.look()
    other.stopListening()
    await one.collections.staff.insert(SANNE)
    calls.length = 0
    expect(await other.look()).toEqual([])
    await other.collections.networks.remove({ _id: 'mothers' }, 1)
    expect(calls).toEqual(['networks.remove'])
    // Where nobody else writes there is nothing to ask for, even while somebody listens.
    const alone = instanceOn(store, time, false)
    calls.length = 0
    await alone.look()
    expect(calls).toEqual([])
  })

  test('who has a request open is known on both, also when they go without a word', async () => {
    const [one, other] = [instanceOn(store, time, true), instanceOn(store, time, true)]
    const deps = { ...one.collections, time }
    await deps.handoffs.insert(requestOf('request'))
    await other.look()
    one.heard()
    expect(await arrive(deps, { request: 'request', staff: SANNE })).toBe(true)
    const news = ['presence request of demo']
    expect([one.heard(), await other.look(), await one.look()]).toEqual([news, news, []])
    time.advance(20_000)
    await arrive(deps, { request: 'request', staff: SANNE })
    expect([await one.look(), await other.look()]).toEqual([[], []])
    expect(await depart(deps, { request: 'request', staff: SANNE })).toBe(true)
    expect([await one.look(), await other.look()]).toEqual([news, news])
    await arrive(deps, { request: 'request', staff: SANNE })
    expect([await one.look(), await other.look()]).toEqual([news, news])
    time.advance(PRESENCE_MS)
    expect([await one.look(), await other.look()]).toEqual([news, news])
  })

  test('words between the two are told to whoever has the request open, and to nobody else', async () => {
    const { collections, heard } = instanceOn(store, time, false)
    await collections.handoffs.insert(requestOf('request'))
    heard()
    const words = (seq: number) => {
      const event = { type: 'relayed', id: 'e', at: NOW, handoff: 'request', receipt: 'H-1', from: 'Hodan', words: { text: 'hej' } }
      return {
        _id: `turn ${seq}`,
        version: 1,
        conversation: 'c',
        seq,
        key: `k${seq}`,
        contact: 'amina',
        at: NOW,
        event,
      } as unknown as TurnDocument
    }
    await collections.turns.insert(words(1))
    expect(heard()).toEqual([])
    await arrive({ ...collections, time }, { request: 'request', staff: SANNE })
    heard()
    await collections.turns.insert(words(2))
    expect(heard()).toEqual(['request request of demo'])
  })

  test('alone, too, whoever goes without a word is gone after 45 s', async () => {
    const alone = instanceOn(store, time, false)
    await alone.collections.handoffs.insert(requestOf('request'))
    await arrive({ ...alone.collections, time }, { request: 'request', staff: SANNE })
    time.advance(PRESENCE_MS - 1)
    await alone.look()
    time.advance(1)
    expect(await alone.look()).toEqual(['presence request of demo'])
  })

  test('a request that is erased while it is open elsewhere is told there', async () => {
    const [one, other] = [instanceOn(store, time, true), instanceOn(store, time, true)]
    await one.collections.handoffs.insert(requestOf('request'))
    await arrive({ ...other.collections, time }, { request: 'request', staff: SANNE })
    await other.look()
    one.heard()
    await one.collections.handoffs.remove({ contact: 'amina' }, 10)
    expect(one.heard()).toEqual(['request request of demo'])
    expect(await other.look()).toEqual(['presence request of demo', 'request request of demo'])
    expect(await other.look()).toEqual([])
  })

  test('who signs out is told with the login, and the end with the end', async () => {
    const { collections, live, heard } = instanceOn(store, time, false)
    await collections.logins.insert({ _id: 'login', version: 1, staff: 'sanne', createdAt: NOW, seenAt: NOW, until: NOW })
    await collections.logins.remove({ staff: 'sanne' }, 10)
    live.close()
    expect(heard()).toEqual(['ended', 'left login'])
    // Whoever comes while the program stops is sent away at once.
    let isSentAway = false
    live.listen({ changed: () => undefined, left: () => undefined, ended: () => (isSentAway = true) })
    expect([live.listening(), isSentAway]).toEqual([false, true])
  })
})

describe('who is told', () => {
  const noted = (what: Noted['change']['what'], more: Partial<Noted> = {}): Noted => ({
    change: { what, id: 'x' },
    areas: ['demo'],
    ...more,
  })
  const WHAT = ['request', 'presence', 'alarm', 'person', 'place', 'staff', 'audit', 'mode'] as const

  test.each(ROLES)('%s: of what the role may ask for, in its areas', (role) => {
    const of = (areas: 'all' | readonly string[]) => WHAT.filter((what) => isFor(noted(what), { ...SANNE, roles: only(role, areas) }))
    const expected = {
      administrator: ['person', 'place', 'staff', 'audit', 'mode'],
      coordinator: ['request', 'presence', 'alarm', 'person', 'place', 'mode'],
      editor: ['mode'],
      translator: ['mode'],
      reader: ['mode'],
    }[role]
    expect([of('all'), of(['demo']), of(['birkehaven'])]).toEqual([expected, expected, ['mode']])
  })

  test('a line about the whole installation whoever reads the record of all areas', () => {
    const line = noteOfAudit({ _id: 'line', area: '' })
    const told = (areas: Areas) => isFor(line, { ...SANNE, roles: only('administrator', areas) })
    expect([told('all'), told(['demo', 'birkehaven'])]).toEqual([true, false])
  })

  test('of danger whoever may see it; of their own presence nobody', () => {
    const safe = { ...SANNE, safeguarding: true }
    expect([isFor(noted('request', { danger: true }), SANNE), isFor(noted('request', { danger: true }), safe)]).toEqual([false, true])
    expect([isFor(noted('presence', { not: 'sanne' }), SANNE), isFor(noted('presence', { not: 'karin' }), SANNE)]).toEqual([false, true])
    expect(isFor(noted('request', { areas: 'all' }), { ...SANNE, roles: [] })).toBe(false)
  })
})

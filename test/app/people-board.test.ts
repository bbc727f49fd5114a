/** What staff do about volunteers, as the engine of requests carries it out, and what a crash in the middle leaves. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { decideVolunteer } from '../../src/app/approve.js'
import type { HandoffAsk, HelpEffect } from '../../src/core/help-types.js'
import { StoreUnavailable } from '../../src/store/collection.js'
import { NOW } from '../library.js'
import { asking, carryOut, type EngineWorld, HOUR, moveIn, openEngine, requesting, settle, volunteerOf } from './engine-world.js'

let world: EngineWorld
let effects = 0
beforeEach(async () => {
  world = await openEngine()
  await moveIn(world, 'Amina')
})
afterEach(() => world.close())

const does = (who: string, effect: Parameters<typeof carryOut>[2]['effect']) =>
  carryOut(world.engine, world.time, { who, id: `effect${++effects}`, effect })
const asks = (who: string, handoff: string, ask: HandoffAsk, as?: Extract<HelpEffect, { type: 'handoff' }>['as']) =>
  does(who, asking(handoff, ask, as))
async function opened(): Promise<string> {
  const result = await does('Amina', requesting())
  return result?.command === 'openHandoff' ? result.handoff : ''
}
const staff = (contact: string, what: 'duty' | 'pause', on: boolean) =>
  world.engine.changeByStaff({ contact, id: `staff${++effects}`, what, on, by: 'staff:s1', before: async () => undefined })
const loadOf = async (who: string) => {
  const { offers, tasks } = (await volunteerOf(world, who)).load
  return [Object.keys(offers).length, Object.keys(tasks).length]
}
const pausesOf = async (who: string) => {
  const { paused, alsoPaused } = await volunteerOf(world, who)
  return [paused, alsoPaused]
}

describe('a pause or the end of a duty by staff', () => {
  test.each(['pause', 'duty'] as const)('%s: what they were only asked goes to the next, what they have stays theirs', async (what) => {
    await moveIn(world, 'Hodan', {})
    const task = await opened()
    await asks('Hodan', task, { type: 'accept' })
    const asked = await opened()
    await settle(world.engine, world.time)
    expect(await loadOf('Hodan')).toEqual([1, 1])
    await moveIn(world, 'Yusuf', {})
    expect(await staff('Hodan', what, what === 'pause')).toBeUndefined()
    await settle(world.engine, world.time)
    expect([await loadOf('Hodan'), await loadOf('Yusuf')]).toEqual([
      [0, 1],
      [1, 0],
    ])
    expect((await world.collections.handoffs.get(task))?.handoff?.assignee).toBe('Hodan')
    expect((await world.collections.handoffs.get(asked))?.handoff?.state).toBe('offered')
  })

  test.each(['pause', 'duty'] as const)('%s: taking an offer back is no "no" of theirs', async (what) => {
    await moveIn(world, 'Hodan', {})
    const asked = await opened()
    await moveIn(world, 'Yusuf', {})
    await staff('Hodan', what, what === 'pause')
    await settle(world.engine, world.time)
    const { history = [], handoff } = (await world.collections.handoffs.get(asked)) ?? {}
    expect(history.map(({ what: happened }) => happened)).toEqual(['confirm', 'offer', 'withdraw-offer', 'offer'])
    expect(history[2]).toMatchObject({ by: 'staff', who: 'staff:s1' })
    expect(handoff?.offers.find(({ volunteer }) => volunteer === 'Hodan')?.state).toBe('withdrawn')
    expect((await volunteerOf(world, 'Hodan')).load.lately).toEqual([])
    expect(world.heard.get('Hodan')?.flatMap((event) => (event.type === 'news' && 'told' in event.news ? [event.news.told] : []))).toEqual([
      'offer-withdrawn',
    ])
    // A yes that comes too late is answered, and takes nothing.
    expect(await asks('Hodan', asked, { type: 'accept' })).toMatchObject({ refused: 'void' })
    // Back again, they are asked like anybody else.
    await does('Hodan', { type: 'volunteer', change: { do: 'pause', on: false } })
    await does('Hodan', { type: 'volunteer', change: { do: 'duty', on: true, openUntil: world.time.now() + 24 * HOUR } })
    await asks('Yusuf', asked, { type: 'decline' })
    await settle(world.engine, world.time)
    expect([await loadOf('Hodan'), await loadOf('Yusuf')]).toEqual([
      [1, 0],
      [0, 0],
    ])
  })

  test('the end of a pause asks them for what waits', async () => {
    // Somebody who may be free soon: else staff would have it, and nobody be asked.
    await moveIn(world, 'Busy', { load: { offers: { one: NOW, two: NOW }, tasks: {}, lately: [] } })
    await moveIn(world, 'Hodan', { paused: 'self' })
    await opened()
    expect(await loadOf('Hodan')).toEqual([0, 0])
    await staff('Hodan', 'pause', false)
    expect(await loadOf('Hodan')).toEqual([1, 0])
  })

  test('the end of a duty is told once, also when it is given twice or its first try broke off', async () => {
    await moveIn(world, 'Hodan', {})
    world.trouble((call, when) => {
      if (call === 'receive' && when === 'after') throw new StoreUnavailable('away')
    })
    await expect(staff('Hodan', 'duty', false)).rejects.toThrow(StoreUnavailable)
    world.trouble(() => undefined)
    for (const _ of [1, 2]) await staff('Hodan', 'duty', false)
    expect(world.heard.get('Hodan')?.map(({ type }) => type)).toEqual(['duty'])
    expect(await volunteerOf(world, 'Hodan')).not.toHaveProperty('openUntil')
  })
})

describe('what staff changed is told in their own chat', () => {
  const heard = (who: string) => (world.heard.get(who) ?? []).flatMap((event) => ('is' in event ? [`${event.type} ${event.is}`] : []))

  test('a pause and its end, each once, also when it is given twice or its first try broke off', async () => {
    await moveIn(world, 'Hodan', {})
    for (const on of [true, false]) {
      world.trouble((call, when) => {
        if (call === 'receive' && when === 'after') throw new StoreUnavailable('away')
      })
      await expect(staff('Hodan', 'pause', on)).rejects.toThrow(StoreUnavailable)
      world.trouble(() => undefined)
      for (const _ of [1, 2]) await staff('Hodan', 'pause', on)
    }
    await staff('Hodan', 'pause', true)
    expect(heard('Hodan')).toEqual(['role break-begun', 'role break-ended', 'role break-begun'])
  })

  test('a break behind a report is not: they know that they are asked for nothing', async () => {
    await moveIn(world, 'Hodan', { paused: 'report' })
    await staff('Hodan', 'pause', true)
    expect(heard('Hodan')).toEqual([])
  })
})

describe('a break and a report', () => {
  beforeEach(async () => {
    await world.collections.contacts.insert({ _id: 'Staff', version: 1, applied: [], coordinator: { areas: ['demo'] } })
  })
  const reported = async () => {
    const handoff = await opened()
    await asks('Hodan', handoff, { type: 'accept' })
    await asks('Amina', handoff, { type: 'report' }, 'resident')
    await settle(world.engine, world.time)
    return async () => {
      await asks('Staff', handoff, { type: 'decide-report', about: '', outcome: 'may-go-on' }, 'coordinator')
      await settle(world.engine, world.time)
    }
  }
  const breaks = (on: boolean) => does('Hodan', { type: 'volunteer', change: { do: 'pause', on } })

  test('a break that began before the report goes on behind it', async () => {
    await moveIn(world, 'Hodan', {})
    const handoff = await opened()
    await asks('Hodan', handoff, { type: 'accept' })
    await breaks(true)
    await asks('Amina', handoff, { type: 'report' }, 'resident')
    await settle(world.engine, world.time)
    expect(await pausesOf('Hodan')).toEqual(['report', 'self'])
    await asks('Staff', handoff, { type: 'decide-report', about: '', outcome: 'may-go-on' }, 'coordinator')
    await settle(world.engine, world.time)
    expect(await pausesOf('Hodan')).toEqual(['self', undefined])
  })

  test('one that began meanwhile too; one that ended meanwhile does not', async () => {
    await moveIn(world, 'Hodan', {})
    const decide = await reported()
    await breaks(true)
    expect(await pausesOf('Hodan')).toEqual(['report', 'self'])
    await breaks(false)
    expect(await pausesOf('Hodan')).toEqual(['report', undefined])
    await staff('Hodan', 'pause', true)
    await decide()
    expect(await pausesOf('Hodan')).toEqual(['self', undefined])
    await staff('Hodan', 'pause', false)
    expect(await pausesOf('Hodan')).toEqual([undefined, undefined])
  })

  test('without a break they go on', async () => {
    await moveIn(world, 'Hodan', {})
    const decide = await reported()
    await decide()
    expect(await pausesOf('Hodan')).toEqual([undefined, undefined])
  })
})

describe('an answer to an applicant', () => {
  const decide = (yes: boolean, id?: string) => {
    const { contacts, conversations, alarms } = world.collections
    const receive: Parameters<typeof decideVolunteer>[0]['receive'] = async ({ user }, event) => {
      if (isAway) throw new StoreUnavailable('away')
      if (!told.some((one) => one.id === event.id)) told.push({ id: event.id, user, is: event.type === 'role' ? event.is : '' })
      return 'committed'
    }
    const deps = { contacts, conversations, alarms, time: world.time, receive }
    return decideVolunteer(deps, { volunteer: 'Hodan', yes, ...(id === undefined ? {} : { id }) })
  }
  let isAway = false
  let told: { id: string; user: string; is: string }[] = []
  beforeEach(async () => {
    isAway = false
    told = []
    await moveIn(world, 'Hodan', { state: 'applied' })
    const volunteer = { contact: 'Hodan', network: 'mothers', languages: ['so'], tasks: ['medicine'] }
    const about = { why: 'application', area: 'demo', at: world.time.now(), volunteer } as const
    const alarm = { _id: 'alarm:1', version: 1, area: 'demo', about, state: 'open', tried: [], due: world.time.now() } as const
    await world.collections.alarms.insert(alarm)
  })
  const alarmIs = async () => (await world.collections.alarms.get('alarm:1'))?.state

  test.each([undefined, 'effect.0'])(
    'whose telling broke off is told by whoever answers again, and the alarm stands until then (%s)',
    async (id) => {
      isAway = true
      await expect(decide(true, id)).rejects.toThrow(StoreUnavailable)
      expect([(await volunteerOf(world, 'Hodan')).state, await alarmIs(), told]).toEqual(['approved', 'open', []])
      isAway = false
      // Another way round is no other answer: they are told the one that stands.
      expect(await decide(false)).toBe('decided-before')
      await decide(true, id)
      expect(told).toEqual([expect.objectContaining({ user: 'Hodan', is: 'approved' })])
      expect(await alarmIs()).toBe('over')
    },
  )

  test('goes to the newest of their chats, and to no other', async () => {
    const at = { createdAt: world.time.now() + HOUR, device: '' }
    const newer = { _id: 'web::newer', version: 1, contact: 'Hodan', channel: 'web', account: '', user: 'newer', ...at } as const
    await world.collections.conversations.insert(newer)
    await decide(true)
    expect(told.map(({ user }) => user)).toEqual(['newer'])
  })

  test('to a second application is another one', async () => {
    await decide(false)
    const known = await world.collections.contacts.get('Hodan')
    if (known?.volunteer !== undefined)
      await world.collections.contacts.replace({ ...known, volunteer: { ...known.volunteer, state: 'applied' } })
    expect(await decide(true)).toBe('ok')
    expect(told.map(({ is }) => is)).toEqual(['refused', 'approved'])
  })

  test('is told to nobody whom a file made a volunteer', async () => {
    await moveIn(world, 'Yusuf', {})
    const { contacts, conversations, alarms } = world.collections
    const receive = () => Promise.reject(new Error('told'))
    const deps = { contacts, conversations, alarms, time: world.time, receive }
    expect(await decideVolunteer(deps, { volunteer: 'Yusuf', yes: true })).toBe('decided-before')
  })
})

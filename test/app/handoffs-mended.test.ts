/** What a request must survive: staff who close it, entries that always fail, people who leave in the middle, places that nothing keeps. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { closeRequest } from '../../src/app/help-desk.js'
import type { HandoffAsk } from '../../src/core/help-types.js'
import type { HandoffDocument } from '../../src/store/collections.js'
import { NOW } from '../library.js'
import { asking, carryOut, type EngineWorld, HOUR, MINUTE, moveIn, openEngine, requesting, settle, volunteerOf } from './engine-world.js'

let world: EngineWorld
let effects = 0
beforeEach(async () => {
  world = await openEngine()
  await moveIn(world, 'Amina')
})
afterEach(() => world.close())

const does = (who: string, effect: Parameters<typeof carryOut>[2]['effect']) =>
  carryOut(world.engine, world.time, { who, id: `effect${++effects}`, effect })
const asks = (who: string, handoff: string, ask: HandoffAsk, as?: 'resident' | 'coordinator') => does(who, asking(handoff, ask, as))
async function opened(more: Parameters<typeof requesting>[0] = {}, who = 'Amina'): Promise<string> {
  const result = await does(who, requesting(more))
  return result?.command === 'openHandoff' ? result.handoff : ''
}
async function known(handoff: string): Promise<HandoffDocument> {
  const found = await world.collections.handoffs.get(handoff)
  if (found === undefined) throw new Error('no handoff')
  return found
}
const heard = (who: string) =>
  (world.heard.get(who) ?? []).map((event) => {
    if (event.type !== 'news') return event.type
    return event.news.what === 'told' ? event.news.told : event.news.what
  })
const offersOf = async (who: string) => Object.keys((await volunteerOf(world, who)).load.offers)

describe('staff close', () => {
  const close = async (handoff: string, reason: 'helped' | 'not-needed') => {
    const { receipt } = await known(handoff)
    const line = await closeRequest(
      { ...world.collections, ids: { next: () => `line-${handoff}` }, time: world.time },
      { act: 'close', receipt, reason, tell: false },
    )
    await settle(world.engine, world.time)
    return line
  }

  test('what somebody is on the way to: the talk ends, they are told not to go, and are free', async () => {
    await moveIn(world, 'Hodan', {})
    const handoff = await opened()
    await asks('Hodan', handoff, { type: 'accept' })
    await asks('Amina', handoff, { type: 'show-door', door: 'Birkevej 7' }, 'resident')
    expect(await close(handoff, 'not-needed')).toContain('is closed: not-needed. The resident is not told.')
    expect(heard('Hodan')).toEqual(['offer', 'talk-begins', 'door', 'talk-ends', 'do-not-go'])
    expect(heard('Amina')).toEqual(['talk-begins', 'talk-ends'])
    expect((await volunteerOf(world, 'Hodan')).load).toMatchObject({ offers: {}, tasks: {} })
    const { state, closed, door, handoff: rules, due } = await known(handoff)
    expect({ state, closed, door, rules, due }).toMatchObject({
      state: 'closed',
      closed: { reason: 'not-needed' },
      rules: { state: 'cancelled' },
    })
    expect([door, due]).toEqual([undefined, undefined])
    await expect(close(handoff, 'helped')).rejects.toThrow('was closed before')
  })

  test('as helped what a helper has: thanks and rest; what is offered: it is over for all who were asked', async () => {
    for (const name of ['Hodan', 'Yusuf']) await moveIn(world, name, {})
    const [held, offered] = [await opened(), await opened()]
    await asks('Hodan', held, { type: 'accept' })
    await close(held, 'helped')
    await close(offered, 'not-needed')
    expect(heard('Hodan')).toEqual(['offer', 'offer', 'talk-begins', 'talk-ends', 'done', 'rest', 'cancelled'])
    expect([await offersOf('Hodan'), await offersOf('Yusuf'), (await known(held)).handoff?.state]).toEqual([[], [], 'done'])
    world.time.advance(50 * MINUTE)
    await settle(world.engine, world.time)
    expect([...world.raised]).toEqual([])
  })
})

describe('nobody else is there', () => {
  const told = (who: string) =>
    (world.heard.get(who) ?? []).flatMap((event) => (event.type === 'news' && event.news.what === 'told' ? [event.news] : []))
  const held = async () => {
    await moveIn(world, 'Hodan', {})
    const handoff = await opened()
    await asks('Hodan', handoff, { type: 'accept' })
    return handoff
  }

  test('handed back: its resident never reads that another is looked for', async () => {
    const handoff = await held()
    await asks('Hodan', handoff, { type: 'hand-back', reason: 'ill' })
    expect(told('Amina')).toMatchObject([{ told: 'handed-back', staff: true }, { told: 'with-staff' }])
  })

  test('nobody came: neither', async () => {
    const handoff = await held()
    await asks('Amina', handoff, { type: 'nobody-came' }, 'resident')
    expect(told('Amina').map((news) => news.told)).toEqual(['with-staff'])
  })

  test('where somebody else can be asked it is said as always', async () => {
    const handoff = await held()
    await moveIn(world, 'Yusuf', {})
    await asks('Hodan', handoff, { type: 'hand-back', reason: 'ill' })
    expect(told('Amina')).toEqual([{ what: 'told', told: 'handed-back', side: 'resident', alias: 'Hodan' }])
  })
})

describe('an entry that always fails', () => {
  test('holds up no deadline, no alarm and no other request; in the end staff are asked to look, once', async () => {
    await moveIn(world, 'Hodan', {})
    const handoff = await opened()
    world.trouble((call, when) => {
      if (call === 'receive' && when === 'before' && world.heard.size > 0) throw new TypeError('a word that breaks the turn')
    })
    const [other] = [await opened({}, 'Amina')]
    for (let minutes = 0; minutes < 90; minutes++) {
      world.time.advance(MINUTE)
      await world.engine.look()
    }
    expect([...world.raised.values()].filter((why) => why.endsWith('nobody-in-time'))).toHaveLength(2)
    expect([(await known(handoff)).outbox, (await known(other)).outbox]).toEqual([[], []])
    const look = [...world.raised].filter(([, why]) => why.endsWith('stuck')).map(([id]) => id)
    expect([look.length > 0, new Set(look).size]).toEqual([true, look.length])
    expect(await offersOf('Hodan')).toEqual([])
  })

  test('a mail to a network that cannot be sent holds up no word to the resident', async () => {
    await moveIn(world, 'Hodan', {})
    const handoff = await opened()
    await asks('Hodan', handoff, { type: 'accept' })
    await asks('Hodan', handoff, { type: 'pass-on', network: 'red-cross' })
    world.trouble((call) => {
      if (call === 'sendCase') throw new Error('no mail now')
    })
    await asks('Amina', handoff, { type: 'pass-on', network: 'red-cross', consent: true }, 'resident')
    expect(heard('Amina')).toContain('passed-on')
    for (let minutes = 0; minutes < 30; minutes++) {
      world.time.advance(MINUTE)
      await world.engine.look()
    }
    // Staff read what to do: nobody has asked for them.
    expect([...world.raised.values()]).toEqual([`${handoff} not-mailed`])
  })

  test('one that another instance made good meanwhile is not looked at for ever', async () => {
    await moveIn(world, 'Hodan', {})
    const handoff = await opened()
    await world.collections.handoffs.replace({ ...(await known(handoff)), due: world.time.now() })
    expect(await world.engine.look()).toBe(1)
    expect(await world.engine.look()).toBe(0)
  })
})

describe('somebody leaves in the middle', () => {
  /** Accepted, and whoever should have carried out what follows died. */
  async function acceptedAndDied(): Promise<string> {
    await moveIn(world, 'Hodan', {})
    const handoff = await opened()
    world.trouble((call) => {
      if (call === 'receive') throw new Error('died')
    })
    world.trouble((call, when) => {
      if (when === 'before' && call.startsWith('contacts.replace')) throw new Error('died')
    })
    await asks('Hodan', handoff, { type: 'accept' })
    world.trouble(() => undefined)
    return handoff
  }

  test('a helper who erases everything before their task is noted hands it back', async () => {
    const handoff = await acceptedAndDied()
    await world.engine.forget('Hodan')
    await settle(world.engine, world.time)
    expect((await known(handoff)).handoff).toMatchObject({ state: 'with-staff' })
    expect((await known(handoff)).handoff?.assignee).toBeUndefined()
  })

  test('a helper who erases everything is named to nobody any more, whether they help now or did', async () => {
    await moveIn(world, 'Hodan', {})
    const [ended, open] = [await opened(), await opened()]
    for (const handoff of [ended, open]) await asks('Hodan', handoff, { type: 'accept' })
    await asks('Hodan', ended, { type: 'done' })
    const began = (await known(ended)).handoff?.relays[0]?.from
    await world.engine.forget('Hodan')
    const erased = (world.heard.get('Amina') ?? []).flatMap((event) =>
      event.type === 'news' && event.news.what === 'other-erased' ? [{ handoff: event.handoff, ...event.news }] : [],
    )
    expect(erased).toEqual([ended, open].map((handoff) => ({ handoff, what: 'other-erased', began })))
    const talk = (world.heard.get('Amina') ?? []).find((event) => event.type === 'news' && event.news.what === 'talk-begins')
    expect(talk).toMatchObject({ news: { talk: { side: 'resident', began } } })
    await world.engine.forget('Hodan')
  })

  test('a resident who erases everything between yes and the first word: the helper reads that they need not go, and no code word', async () => {
    await moveIn(world, 'Hodan', {})
    const handoff = await opened()
    let dead = true
    world.trouble((call, when) => {
      if (dead && when === 'before' && call === 'receive') throw new Error('died')
    })
    await asks('Hodan', handoff, { type: 'accept' })
    dead = false
    await world.engine.forget('Amina')
    expect(heard('Hodan')).toEqual(['offer', 'talk-ends', 'do-not-go', 'other-erased'])
    expect((await volunteerOf(world, 'Hodan')).load).toMatchObject({ offers: {}, tasks: {} })
  })

  test('a door that was not delivered before it went on to others is delivered to nobody', async () => {
    await moveIn(world, 'Hodan', {})
    const handoff = await opened()
    await asks('Hodan', handoff, { type: 'accept' })
    let dead = true
    world.trouble((call, when) => {
      if (dead && when === 'before' && call === 'receive') throw new Error('died')
    })
    await asks('Amina', handoff, { type: 'show-door', door: 'Birkevej 7' }, 'resident')
    await asks('Hodan', handoff, { type: 'hand-back', reason: 'no-time' })
    dead = false
    await settle(world.engine, world.time)
    expect(heard('Hodan').filter((what) => what === 'door')).toEqual([])
    expect(JSON.stringify([await known(handoff), [...world.heard]])).not.toContain('Birkevej')
  })

  test('one who was reported takes no offer that was on its way to them', async () => {
    await moveIn(world, 'Hodan', {})
    const handoff = await opened()
    const contact = await world.collections.contacts.get('Hodan')
    if (contact?.volunteer === undefined) throw new Error('no volunteer')
    await world.collections.contacts.replace({ ...contact, volunteer: { ...contact.volunteer, paused: 'report' } })
    expect(await asks('Hodan', handoff, { type: 'accept' })).toMatchObject({ refused: 'void' })
  })

  test('a question whether it may be passed on is void once it is with somebody else', async () => {
    for (const name of ['Hodan', 'Yusuf']) await moveIn(world, name, {})
    await world.collections.contacts.insert({ _id: 'Staff', version: 1, applied: [], coordinator: { areas: ['demo'] } })
    const handoff = await opened()
    await asks('Hodan', handoff, { type: 'accept' })
    await asks('Staff', handoff, { type: 'pass-on', network: 'red-cross' }, 'coordinator')
    await asks('Hodan', handoff, { type: 'hand-back', reason: 'ill' })
    await settle(world.engine, world.time)
    await asks('Yusuf', handoff, { type: 'accept' })
    const late = await asks('Amina', handoff, { type: 'pass-on', network: 'red-cross', consent: true }, 'resident')
    expect([late, (await known(handoff)).handoff?.assignee]).toMatchObject([{ refused: 'not-yours' }, 'Yusuf'])
  })
})

describe('places', () => {
  test('kept for an offer that was never made are free two minutes later, and whoever waits is looked at', async () => {
    const gone = { gone: NOW, 'gone too': NOW }
    await moveIn(world, 'Hodan', { load: { offers: gone, tasks: {}, lately: [] } })
    const handoff = await opened()
    expect(await offersOf('Hodan')).toEqual(['gone', 'gone too'])
    world.time.advance(2 * MINUTE)
    await world.engine.lookAtDuties()
    await settle(world.engine, world.time)
    expect(await offersOf('Hodan')).toEqual([handoff])
  })

  test('the cap holds for two instances that ask for ten requests at once', async () => {
    await moveIn(world, 'Hodan', {})
    const other = world.another()
    await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        carryOut(at % 2 === 0 ? world.engine : other, world.time, { who: 'Amina', id: `cap${at}`, effect: requesting() }),
      ),
    )
    await Promise.all([settle(world.engine, world.time), other.look()])
    const open = (await Promise.all(Array.from({ length: 10 }, (_, at) => known(`cap${at}`)))).filter(({ handoff }) =>
      handoff?.offers.some(({ state }) => state === 'open'),
    )
    expect([open.length, (await offersOf('Hodan')).length]).toEqual([2, 2])
  })

  test('two who look again at once ask one wave', async () => {
    const handoff = await opened({ wishes: { gender: 'woman' } })
    for (const name of ['Hodan', 'Yusuf', 'Fatima', 'Ali', 'Leyla', 'Sahra']) await moveIn(world, name, { gender: 'woman' })
    expect((await known(handoff)).handoff?.state).toBe('with-staff')
    await world.collections.contacts.insert({ _id: 'Staff', version: 1, applied: [], coordinator: { areas: ['demo'] } })
    world.trouble((call) => {
      if (call === 'contacts.find') throw new Error('later')
    })
    await asks('Staff', handoff, { type: 'reopen' }, 'coordinator')
    world.trouble(() => undefined)
    const duty = (who: string) =>
      carryOut(who === 'Hodan' ? world.engine : world.another(), world.time, {
        who,
        id: `duty ${who}`,
        effect: { type: 'volunteer', change: { do: 'duty', on: true, openUntil: NOW + 24 * HOUR } },
      })
    await Promise.all([duty('Hodan'), duty('Yusuf'), world.engine.look(), duty('Fatima')])
    const offers = (await known(handoff)).handoff?.offers ?? []
    expect([offers.length, new Set(offers.map(({ wave }) => wave)).size]).toEqual([3, 1])
  })

  test('of two reports about one helper, both must be decided before they are asked again', async () => {
    await moveIn(world, 'Hodan', {})
    await moveIn(world, 'Ingrid')
    await world.collections.contacts.insert({ _id: 'Staff', version: 1, applied: [], coordinator: { areas: ['demo'] } })
    const [first, second] = [await opened(), await opened({}, 'Ingrid')]
    for (const handoff of [first, second]) await asks('Hodan', handoff, { type: 'accept' })
    await asks('Amina', first, { type: 'report' }, 'resident')
    await asks('Ingrid', second, { type: 'report' }, 'resident')
    const decide = (handoff: string) => asks('Staff', handoff, { type: 'decide-report', about: '', outcome: 'may-go-on' }, 'coordinator')
    await decide(first)
    expect((await volunteerOf(world, 'Hodan')).paused).toBe('report')
    await decide(second)
    expect((await volunteerOf(world, 'Hodan')).paused).toBeUndefined()
  })
})

test('who comes on duty: waiting requests that this changes nothing for are not written, and none is behind too many of them', async () => {
  await moveIn(world, 'Busy', { languages: ['so', 'da'], load: { offers: { one: NOW, two: NOW }, tasks: {}, lately: [] } })
  const handoffs: string[] = []
  for (let at = 0; at < 30; at++) handoffs.push(await opened())
  const last = await opened({ otherLanguages: ['da'] })
  await moveIn(world, 'Danish', { languages: ['da'] })
  const versions = async () => (await Promise.all(handoffs.map(known))).map(({ version }) => version)
  const before = await versions()
  await does('Danish', { type: 'volunteer', change: { do: 'duty', on: true, openUntil: NOW + 24 * HOUR } })
  await settle(world.engine, world.time)
  expect(await versions()).toEqual(before)
  expect([await offersOf('Danish'), heard('Danish')]).toEqual([[last], ['offer']])
})

/**
 * Small worlds of residents and volunteers who do what chance says, on two instances at once, while calls of the store and of the other parts
 * fail: at the end every request is with somebody or with staff, and nothing was lost, said twice or left over.
 */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Handoffs } from '../../src/app/handoffs/handoffs.js'
import type { HandoffAsk, HelpEffect } from '../../src/core/help-types.js'
import { seededDice } from '../../src/core/match/seeded.js'
import { StoreUnavailable } from '../../src/store/collection.js'
import type { HandoffDocument } from '../../src/store/collections.js'
import { allHandoffs, asking, carryOut, type EngineWorld, HOUR, MINUTE, moveIn, openEngine, requesting } from './engine-world.js'

const WORLDS = 15
const STEPS = 40
/** Of a hundred calls this many fail. */
const FAILS = 2
const CAP = 2

let world: EngineWorld
beforeAll(async () => {
  world = await openEngine()
})
afterEach(() => world.clear())
afterAll(() => world.close())

interface Life {
  readonly engines: readonly [Handoffs, Handoffs]
  readonly residents: string[]
  readonly volunteers: string[]
  readonly requests: string[]
  readonly pick: <T>(of: readonly T[]) => T | undefined
  readonly chance: (percent: number) => boolean
}

async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || tries > 200) throw error
    }
  }
}

let effects = 0

async function does(life: Life, who: string | undefined, effect: Parameters<typeof carryOut>[2]['effect']): Promise<void> {
  if (who === undefined) return
  const id = `e${++effects}`
  // After a crash another instance may carry it out.
  const result = await untilDone(() => carryOut(life.pick(life.engines) ?? life.engines[0], world.time, { who, id, effect }))
  if (result?.command === 'openHandoff') life.requests.push(result.handoff)
}

const VOLUNTEER_ASKS: readonly HandoffAsk[] = [
  ...[1, 2, 3, 4].map(() => ({ type: 'accept' }) as const),
  { type: 'decline' },
  { type: 'on-the-way' },
  { type: 'done' },
  { type: 'hand-back', reason: 'no-time' },
  { type: 'hand-back', reason: 'too-heavy' },
  { type: 'report' },
]
const RESIDENT_ASKS: readonly HandoffAsk[] = [
  { type: 'cancel' },
  { type: 'done' },
  { type: 'nobody-came' },
  { type: 'report' },
  { type: 'to-staff', why: 'asked-for-staff' },
  { type: 'show-door', door: 'Birkevej 7' },
  { type: 'widen', wish: 'gender', yes: true },
]

/** One thing that somebody does. */
async function act(life: Life): Promise<void> {
  const { pick, chance } = life
  const [resident, volunteer, request = ''] = [pick(life.residents), pick(life.volunteers), pick(life.requests)]
  const duty = (on: boolean): HelpEffect => ({
    type: 'volunteer',
    change: { do: 'duty', on, openUntil: world.time.now() + 20 * HOUR },
  })
  if (chance(20)) return does(life, resident, requesting(chance(30) ? { wishes: { gender: 'woman' } } : {}))
  if (chance(50)) return does(life, volunteer, asking(request, pick(VOLUNTEER_ASKS) ?? { type: 'decline' }))
  if (chance(40)) return does(life, resident, asking(request, pick(RESIDENT_ASKS) ?? { type: 'cancel' }, 'resident'))
  if (chance(20)) return does(life, 'Staff', asking(request, { type: 'decide-report', about: '', outcome: 'may-go-on' }, 'coordinator'))
  if (chance(20)) return does(life, 'Staff', asking(request, { type: 'reopen' }, 'coordinator'))
  if (chance(50)) return does(life, volunteer, duty(chance(60)) as Parameters<typeof carryOut>[2]['effect'])
  if (chance(8)) return erase(life, pick([...life.residents, ...life.volunteers]) ?? '')
  return undefined
}

/** As an erasure does: others are told first. */
async function erase(life: Life, who: string): Promise<void> {
  for (const people of [life.residents, life.volunteers]) if (people.includes(who)) people.splice(people.indexOf(who), 1)
  await untilDone(() => life.engines[0].forget(who))
  await world.collections.handoffs.remove({ contact: who }, 100)
  await world.collections.contacts.remove({ _id: who }, 1)
  await world.collections.conversations.remove({ contact: who }, 10)
}

async function passes({ engines }: Life, ms: number): Promise<void> {
  world.time.advance(ms)
  await Promise.all(engines.map((engine) => engine.look().catch(() => undefined)))
  await engines[1].lookAtDuties().catch(() => undefined)
}

async function live(seed: number): Promise<Life> {
  const dice = seededDice(seed)
  const pick = <T>(of: readonly T[]) => of[dice(of.length)]
  const chance = (percent: number) => dice(1000) < percent * 10
  const life: Life = { engines: [world.engine, world.another()], residents: [], volunteers: [], requests: [], pick, chance }
  for (let at = 0; at < 3; at++) life.residents.push(`resident${at}`)
  for (let at = 0; at < 2 + dice(4); at++) life.volunteers.push(`volunteer${at}`)
  for (const name of [...life.residents, 'Staff']) await moveIn(world, name)
  for (const name of life.volunteers) {
    const off = chance(20) ? { paused: 'self' as const } : {}
    await moveIn(world, name, { ...off, gender: chance(50) ? 'woman' : 'man', openUntil: world.time.now() + 20 * HOUR })
  }
  await world.collections.contacts.insert({ _id: 'Staff', version: 1, applied: [], coordinator: { areas: ['demo'] } })
  world.trouble((call) => {
    if (chance(FAILS / 2)) throw new StoreUnavailable(call)
  })
  for (let step = 0; step < STEPS; step++) {
    await Promise.all(Array.from({ length: 1 + dice(3) }, () => act(life)))
    await passes(life, (pick([1000, MINUTE, 5 * MINUTE, 12 * MINUTE, 31 * MINUTE]) ?? 0) + 1)
  }
  world.trouble(() => undefined)
  for (let round = 0; round < 30; round++) await passes(life, 10 * MINUTE)
  return life
}

/** Everything about a request that is not as it must be at the end. */
function wrongs({ handoff, outbox = [], due, door, receipt }: HandoffDocument, volunteers: readonly string[]): string[] {
  if (handoff === undefined) return [`${receipt} has no rules`]
  const { state, assignee = '' } = handoff
  const held = (state === 'accepted' || state === 'on-the-way') && volunteers.includes(assignee)
  const ended = ['done', 'cancelled', 'with-staff', 'passed-on'].includes(state)
  return [
    ...(held || ended ? [] : [`${receipt} is ${state} with ${assignee}`]),
    ...(outbox.length === 0 ? [] : [`${receipt} still has ${outbox.map(({ event }) => event.type).join()}`]),
    ...(due === undefined || due > world.time.now() ? [] : [`${receipt} is due for ever`]),
    ...(door === undefined || held ? [] : [`${receipt} still shows a door`]),
    ...(handoff.offers.some((offer) => offer.state === 'open') ? [`${receipt} has open offers`] : []),
  ]
}

/** What volunteers have by the requests, against what their contacts say. */
async function loads(documents: readonly HandoffDocument[], volunteers: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const name of volunteers) {
    const load = (await world.collections.contacts.get(name))?.volunteer?.load
    const tasks = documents.filter(({ handoff }) => handoff?.assignee === name && ['accepted', 'on-the-way'].includes(handoff.state))
    const noted = Object.keys({ ...load?.offers, ...load?.tasks }).toSorted()
    const real = tasks.map(({ _id }) => _id).toSorted()
    if (String(noted) !== String(real)) found.push(`${name} has ${real.join()}, and ${noted.join()} is noted`)
    if (tasks.length > CAP) found.push(`${name} has ${tasks.length} tasks`)
  }
  return found
}

const SAID_ONCE = new Set([
  'offer',
  'thanks',
  'changed',
  'taken',
  'cancelled',
  'talk-begins',
  'talk-ends',
  'with-staff',
  'looking',
  'handed-back',
  'done',
])

/** Each offer and each talk is told once, and each end of one too; staff who open it again in vain have it again. */
function saidTwice(documents: readonly HandoffDocument[]): string[] {
  const reopened = new Set(documents.flatMap(({ _id, history = [] }) => (history.some(({ what }) => what === 'reopen') ? [_id] : [])))
  return [...world.heard].flatMap(([who, events]) => {
    const state = new Map<string, string>()
    return events.flatMap((event) => {
      if (event.type !== 'news') return []
      const what = event.news.what === 'told' ? event.news.told : event.news.what
      const before = state.get(event.handoff)
      if (SAID_ONCE.has(what)) state.set(event.handoff, what)
      if (what === 'with-staff' && reopened.has(event.handoff)) return []
      return what === before ? [`${who} heard ${what} twice`] : []
    })
  })
}

/** As many calls to staff as the history knows reasons for. */
function alarms(documents: readonly HandoffDocument[]): string[] {
  return documents.flatMap(({ _id, receipt, history = [] }) => {
    const count = (...ids: readonly string[]) => history.filter(({ what }) => ids.includes(what)).length
    const late = [...world.raised.values()].filter((about) => about === `${_id} nobody-in-time`).length
    return late > count('timer-T3', 'to-staff') ? [`${receipt} called staff ${late} times`] : []
  })
}

test('whatever fails, every request ends with somebody or with staff', async () => {
  const found: string[] = []
  for (let seed = 1; seed <= WORLDS; seed++) {
    await world.clear()
    const { volunteers } = await live(seed)
    const documents = await allHandoffs(world)
    const wrong = [
      ...documents.flatMap((document) => wrongs(document, volunteers)),
      ...(await loads(documents, volunteers)),
      ...saidTwice(documents),
      ...alarms(documents),
    ]
    found.push(...wrong.map((line) => `world ${seed}: ${line}`))
  }
  expect(found).toEqual([])
}, 300_000)

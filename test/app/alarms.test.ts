/** Alarms on a real store: told to one after another, seen once, and said to the resident only as it is true. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { conversationId } from '../../src/app/ports.js'
import { StoreUnavailable } from '../../src/store/collection.js'
import { NOW } from '../library.js'
import { HASSAN } from '../stage.js'
import { type AlarmsWorld, HOUR, KARIM, MINUTE, openWorld, SANNE, SANNES_CHAT, VIEW, type WorldOptions } from './alarms-world.js'

let world: AlarmsWorld
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.stage.close())

async function worldOf(options: WorldOptions) {
  await world.stage.close()
  world = await openWorld(options)
}
const raise = (about = VIEW, id = 'a1') => world.alarms.raise({ id, area: about.area, about })
const tos = () => world.letters.map(({ to }) => to.split('@')[0])
const truths = () => world.told.map(({ is, before }) => (before === undefined ? is : `${is} ${new Date(before).toISOString()}`))

describe('telling whoever is on call', () => {
  test('goes to the next after ten minutes, and to nobody while somebody may still answer', async () => {
    await raise()
    await world.passes(10 * MINUTE - 1)
    expect(tos()).toEqual(['sanne'])
    await world.passes(1)
    expect(tos()).toEqual(['sanne', 'karim'])
    await world.passes(10 * MINUTE)
    expect(await world.known()).toMatchObject({ state: 'nobody' })
    expect(tos()).toEqual(['sanne', 'karim'])
  })

  test("begins anew when somebody's hours begin", async () => {
    await raise()
    await world.passes(20 * MINUTE)
    // Tuesday at eight in Denmark.
    const morning = Date.parse('2026-11-24T07:00:00Z')
    expect((await world.known())?.due).toBe(morning)
    world.stage.time.advance(morning - world.stage.time.now() - 1)
    await world.alarms.look()
    expect(tos()).toHaveLength(2)
    world.stage.time.advance(1)
    await world.alarms.look()
    expect(tos()).toEqual(['sanne', 'karim', 'sanne'])
    expect(new Set(world.letters.map(({ id }) => id)).size).toBe(3)
  })

  test('passes over whoever keeps no hours now', async () => {
    world.stage.time.advance(10 * HOUR)
    await raise()
    await world.passes(0)
    expect(tos()).toEqual(['karim'])
  })

  test('is done once by two instances that look at once', async () => {
    await raise()
    const other = world.another()
    await Promise.all([world.alarms.look(), other.look(), world.alarms.look(), other.look()])
    expect(tos()).toEqual(['sanne'])
    await world.passes(10 * MINUTE - 10_000)
    world.stage.time.advance(10_000)
    await Promise.all([other.look(), world.alarms.look(), other.look()])
    expect(tos()).toEqual(['sanne', 'karim'])
    expect(truths()).toEqual(['told'])
  })

  test('is raised once, however often', async () => {
    await Promise.all([raise(), raise(), raise()])
    await world.passes(0)
    await raise()
    await world.passes(0)
    expect(tos()).toEqual(['sanne'])
  })

  test('is done by another after a crash, with the same letter', async () => {
    await raise()
    const broken = world.another({ tellResident: () => Promise.reject(new StoreUnavailable('killed')) })
    await expect(broken.look()).rejects.toThrow('killed')
    await world.alarms.look()
    expect(tos()).toEqual(['sanne'])
    world.stage.time.advance(MINUTE)
    await world.alarms.look()
    expect(tos()).toEqual(['sanne', 'sanne'])
    expect(world.letters[0]?.id).toBe(world.letters[1]?.id)
    expect(truths()).toEqual(['told'])
  })

  test('goes on at once to the next where mail fails and no chat is open', async () => {
    world.mailAnswers('failed')
    await raise()
    await world.passes(0)
    expect(tos()).toEqual(['sanne', 'karim'])
    expect(await world.known()).toMatchObject({ state: 'nobody', due: NOW + 10 * MINUTE })
    world.mailAnswers('sent')
    await world.passes(10 * MINUTE)
    expect(tos()).toEqual(['sanne', 'karim', 'sanne'])
    expect(truths()).toEqual(['not-told 2026-11-24T07:00:00.000Z', 'told'])
  })
})

describe('in the chat', () => {
  test('of Messenger counts once it has arrived', async () => {
    await world.coordinator(SANNES_CHAT, 'sanne')
    world.mailAnswers('failed')
    await raise()
    await world.alarms.look()
    await world.stage.settler.idle()
    expect(truths()).toEqual([])
    await world.passes(10_000)
    expect(truths()).toEqual(['told'])
    expect(await world.heard(SANNES_CHAT)).toEqual(['alarm'])
    expect(tos()).toEqual(['sanne'])
    expect(await world.known()).toMatchObject({ due: NOW + 10 * MINUTE })
  })

  test('that Messenger refuses is not counted, and the next is told at once', async () => {
    await world.coordinator(SANNES_CHAT, 'sanne')
    world.stage.answerWith(() => ({ outcome: 'refused', reason: 'blocked' }))
    world.mailAnswers('failed')
    await raise()
    await world.passes(10_000)
    expect(tos()).toEqual(['sanne', 'karim'])
    expect(truths()).toEqual(['not-told 2026-11-24T07:00:00.000Z'])
  })

  test('of the web page counts when it is acknowledged only', async () => {
    await worldOf({ mail: false, onCall: [SANNE] })
    const sanne = await world.coordinator(HASSAN, 'sanne')
    await raise()
    await world.passes(10 * MINUTE - 1)
    expect(truths()).toEqual([])
    expect(await world.heard(HASSAN)).toEqual(['alarm'])
    expect(await world.alarms.acknowledge('a1', sanne)).toBe('ok')
    expect(truths()).toEqual(['has-it'])
  })

  test('is not written to when its window is closed', async () => {
    await world.coordinator(SANNES_CHAT, 'sanne')
    world.stage.time.advance(25 * HOUR)
    await raise()
    await world.passes(0)
    expect(await world.heard(SANNES_CHAT)).toEqual([])
    expect(tos()).toEqual(['sanne'])
  })

  test('of a coordinator of another area is left alone', async () => {
    const contact = await world.coordinator(SANNES_CHAT, 'sanne')
    const known = await world.stage.collections.contacts.get(contact)
    if (known !== undefined) await world.stage.collections.contacts.replace({ ...known, coordinator: { areas: ['far'], onCall: 'sanne' } })
    await raise()
    await world.passes(0)
    expect(await world.heard(SANNES_CHAT)).toEqual([])
    expect(await world.alarms.acknowledge('a1', contact)).toBe('gone')
  })

  test('of whoever had everything erased gets nothing', async () => {
    await world.coordinator(SANNES_CHAT, 'sanne')
    await world.stage.turns.receive(SANNES_CHAT, { id: 'erase', at: NOW, type: 'erase' })
    await world.stage.settler.idle()
    await raise()
    await world.passes(MINUTE)
    expect(await world.heard(SANNES_CHAT)).toEqual([])
  })
})

describe('acknowledging', () => {
  test('of many at once one has it, and nobody more is told', async () => {
    const sanne = await world.coordinator(SANNES_CHAT, 'sanne')
    const karim = await world.coordinator(HASSAN, 'karim')
    await raise()
    await world.passes(10 * MINUTE)
    const other = world.another()
    const answers = await Promise.all([
      world.alarms.acknowledge('a1', sanne),
      other.acknowledge('a1', karim),
      other.acknowledge('a1', sanne),
      world.alarms.acknowledge('a1', karim),
    ])
    expect(answers.toSorted()).toEqual(['by-another', 'by-another', 'ok', 'ok'])
    await world.passes(30 * MINUTE)
    expect(tos()).toEqual(['sanne', 'karim'])
    expect(truths()).toEqual(['told', 'has-it'])
    const [seen, unseen] = (await world.known())?.by === sanne ? [SANNES_CHAT, HASSAN] : [HASSAN, SANNES_CHAT]
    expect([await world.heard(seen), await world.heard(unseen)]).toEqual([['alarm'], ['alarm', 'alarm-over']])
  })

  test('while a letter is under way ends the telling', async () => {
    const sanne = await world.coordinator(HASSAN, 'sanne')
    await raise()
    const slow = world.another({
      mail: {
        send: async () => {
          await world.alarms.acknowledge('a1', sanne)
          return 'sent'
        },
      },
    })
    await slow.look()
    await world.passes(20 * MINUTE)
    expect(await world.known()).toMatchObject({ state: 'acknowledged', by: sanne })
    expect(truths()).toEqual(['has-it'])
    expect(tos()).toEqual([])
  })

  test('what a crash left undone is done by the next look', async () => {
    const sanne = await world.coordinator(HASSAN, 'sanne')
    await raise()
    await world.passes(0)
    const broken = world.another({ tellResident: () => Promise.reject(new StoreUnavailable('killed')) })
    await expect(broken.acknowledge('a1', sanne)).rejects.toThrow('killed')
    await world.passes(0)
    expect(truths()).toEqual(['told', 'has-it'])
    expect(await world.alarms.acknowledge('a1', sanne)).toBe('ok')
  })

  test('is nothing for strangers, nor when there is no such alarm or it is over', async () => {
    const sanne = await world.coordinator(HASSAN, 'sanne')
    await raise()
    expect(await world.alarms.acknowledge('a1', 'stranger')).toBe('gone')
    expect(await world.alarms.acknowledge('a2', sanne)).toBe('gone')
    await world.alarms.over('t1.0')
    expect(await world.alarms.acknowledge('a1', sanne)).toBe('gone')
  })
})

test('a request that is over ends its alarms in every chat, and no one else is told', async () => {
  const sanne = await world.coordinator(SANNES_CHAT, 'sanne')
  await raise()
  await raise({ ...VIEW, handoff: 't2.0' }, 'a2')
  await world.passes(MINUTE)
  await world.alarms.acknowledge('a1', sanne)
  await world.alarms.over('t1.0')
  await world.alarms.over('t1.0')
  await world.passes(HOUR)
  expect(await world.heard(SANNES_CHAT)).toEqual(['alarm', 'alarm', 'alarm-over'])
  expect([(await world.known('a1'))?.state, (await world.known('a2'))?.state]).toEqual(['over', 'nobody'])
})

test('a report that waits is not over with its request', async () => {
  await raise()
  await raise({ ...VIEW, why: 'report' }, 'a2')
  await world.alarms.over('t1.0', 'report')
  expect([(await world.known('a1'))?.state, (await world.known('a2'))?.state]).toEqual(['over', 'open'])
})

describe('the resident', () => {
  test('reads the next hour when nobody is on call, once', async () => {
    await worldOf({ onCall: [SANNE] })
    world.stage.time.advance(8 * HOUR)
    await raise()
    await world.passes(HOUR)
    expect(truths()).toEqual(['not-told 2026-11-24T07:00:00.000Z'])
    expect(tos()).toEqual([])
  })

  test('reads when the office opens where nobody is ever on call', async () => {
    await worldOf({ onCall: [] })
    await raise()
    await world.passes(MINUTE)
    expect(truths()).toEqual(['not-told 2026-11-24T08:00:00.000Z'])
  })

  test('reads no hour in an area that nobody knows', async () => {
    await world.alarms.raise({ id: 'a1', area: 'nowhere', about: { ...VIEW, area: 'nowhere' } })
    await world.passes(MINUTE)
    expect(truths()).toEqual(['not-told'])
  })

  test('reads another hour once the first has come in vain', async () => {
    await worldOf({ onCall: [SANNE], mail: false })
    world.stage.time.advance(8 * HOUR)
    await raise()
    await world.alarms.look()
    world.stage.time.advance(Date.parse('2026-11-24T07:00:00Z') - world.stage.time.now())
    await world.alarms.look()
    expect(truths()).toEqual(['not-told 2026-11-24T07:00:00.000Z', 'not-told 2026-11-24T08:00:00.000Z'])
  })

  test.each(['danger', 'too-heavy', 'not-safe'] as const)('reads nothing of %s', async (why) => {
    const sanne = await world.coordinator(HASSAN, 'sanne')
    await raise({ ...VIEW, why })
    await world.passes(MINUTE)
    await world.alarms.acknowledge('a1', sanne)
    expect(tos()).toEqual(['sanne'])
    expect(truths()).toEqual([])
  })

  test('is not there for an application', async () => {
    const { handoff: _, receipt: __, task: ___, ...rest } = VIEW
    await raise({ ...rest, why: 'application' })
    await world.passes(MINUTE)
    expect(truths()).toEqual([])
    expect(world.letters[0]).toMatchObject({
      subject: 'Opgang: en frivillig i Prøveby',
      text: expect.stringContaining('venter på dit svar'),
    })
  })
})

test('a letter holds number, area, task and why in Danish, and nothing else of the request', async () => {
  await raise({ ...VIEW, why: 'danger' })
  await world.passes(0)
  const [letter] = world.letters
  expect(letter?.subject).toBe('Opgang: alarm H-4F7K i Prøveby')
  expect(letter?.text).toMatch(/^Nogen kan være i fare\.\n\nNummer: H-4F7K\nOpgave: Fare\nOmråde: Prøveby\n\n[^]*10 minutter/)
  expect(`${letter?.subject} ${letter?.text}`).not.toMatch(/t1\.0|somali|coordinating|\{\{/i)
})

test('an entry without mail and without a chat is passed over', async () => {
  const { mail: _, ...mute } = SANNE
  await worldOf({ onCall: [mute, KARIM] })
  await raise()
  await world.passes(0)
  expect(tos()).toEqual(['karim'])
  expect((await world.known())?.tried.map(({ onCall, delivered }) => [onCall, delivered])).toEqual([
    ['sanne', false],
    ['karim', true],
  ])
  expect(await world.stage.log(conversationId(HASSAN))).toEqual([])
})

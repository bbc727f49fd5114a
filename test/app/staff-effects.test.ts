/** What staff do in the chat, on a real store, and what comes back to them. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { conversationId } from '../../src/app/ports.js'
import { applyStaffEffect, type StaffEffect } from '../../src/app/staff-effects.js'
import { HASSAN, says } from '../stage.js'
import { type AlarmsWorld, HOUR, KARIM, MINUTE, openWorld, SANNES_CHAT, VIEW } from './alarms-world.js'

let world: AlarmsWorld
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.stage.close())

describe('what staff do in the chat', () => {
  const effect = async (what: StaffEffect, contact: string, id = 'x.0') => {
    const [turn] = await world.stage.log(conversationId(HASSAN))
    if (turn === undefined) throw new Error('no turn')
    const ids = { next: () => 'AAAAAAAAAAAAAAAAAAAAAA' }
    const deps = { ...world.stage.collections, keys: world.stage.keys, ids, time: world.stage.time, receive: world.stage.turns.receive }
    return applyStaffEffect({ ...deps, seen: world.alarms }, what, id, { ...turn, contact })
  }

  test('comes back with what became of it', async () => {
    const sanne = await world.coordinator(HASSAN, 'sanne')
    await world.alarms.raise({ id: 'a1', area: 'demo', about: VIEW })
    expect(await effect({ type: 'acknowledge', alarm: 'a1' }, sanne)).toEqual({ command: 'acknowledge', alarm: 'a1' })
    // Again, as after a crash: it stands in the record once.
    await effect({ type: 'acknowledge', alarm: 'a1' }, sanne)
    const lines = await world.stage.collections.audit.find({ area: 'demo' }, { sort: ['at', '_id'], limit: 10 })
    expect(lines.map(({ who, what }) => [who, what])).toEqual([[sanne, 'alarm-acknowledged']])
    expect(await effect({ type: 'acknowledge', alarm: 'a2' }, sanne)).toEqual({ command: 'acknowledge', alarm: 'a2', refused: 'gone' })
    expect(await effect({ type: 'approve', volunteer: 'c9', yes: true }, sanne)).toEqual({ command: 'approve', refused: 'gone' })
    expect(await effect({ type: 'word', word: 'OPG-2222-2222' }, sanne)).toEqual({ command: 'word', is: 'wrong' })
  })

  test('lists what waits for them: also what came by mail alone, and nothing that is over or with another', async () => {
    const sanne = await world.coordinator(SANNES_CHAT, 'sanne')
    await world.stage.turns.receive(HASSAN, says('dansk', { at: world.stage.time.now() }))
    const karim = await world.coordinator(HASSAN, 'karim')
    const list = async (known: readonly string[], who = sanne) => {
      const result = await effect({ type: 'alarms', known }, who)
      return result.command === 'alarms' ? result.alarms.map(({ alarm }) => alarm) : result
    }
    // A day later her chat on Messenger is closed: the letter says to write "alarmer".
    await world.passes(MINUTE)
    world.stage.time.advance(48 * HOUR)
    await world.alarms.raise({ id: 'later', area: 'demo', about: { ...VIEW, at: VIEW.at + HOUR } })
    await world.alarms.raise({ id: 'first', area: 'demo', about: VIEW })
    await world.alarms.look()
    expect(await world.heard(SANNES_CHAT)).toEqual([])
    expect(await list([])).toEqual(['first', 'later'])
    expect(await list([], karim)).toEqual([])
    // Danger comes first, also before who has waited longer.
    const plain = { ...VIEW, handoff: 't2.0', task: 'medicine', at: VIEW.at - HOUR }
    await world.alarms.raise({ id: 'plain', area: 'demo', about: plain })
    await world.alarms.look()
    expect(await list([])).toEqual(['first', 'later', 'plain'])
    await world.alarms.over('t2.0')
    await world.alarms.acknowledge('first', sanne)
    expect([await list(['first', 'later']), await list([])]).toEqual([['first', 'later'], ['later']])
    expect(await list(['first'], karim)).toEqual([])
    await world.alarms.over('t1.0')
    expect(await list(['first', 'later'])).toEqual([])
  })
})

test('an alarm of an applicant who stopped or was erased is over, and nothing of them is kept', async () => {
  await world.coordinator(HASSAN, 'sanne')
  const about = (contact: string) => {
    const volunteer = { contact, network: 'mothers', languages: ['so'], tasks: ['medicine'] }
    return { why: 'application', area: 'demo', at: VIEW.at, volunteer } as const
  }
  await world.alarms.raise({ id: 'a1', area: 'demo', about: about('c7') })
  await world.alarms.raise({ id: 'a2', area: 'demo', about: about('c8') })
  await world.passes(MINUTE)
  await world.alarms.applicantGone('c7')
  expect([await world.known('a1'), (await world.known('a2'))?.state]).toEqual([undefined, 'open'])
  expect(await world.heard(HASSAN)).toEqual(['alarm', 'alarm', 'alarm-over'])
  await world.passes(10 * MINUTE)
  expect(world.letters.filter(({ to }) => to === KARIM.mail)).toHaveLength(1)
  // What was answered long ago holds who it was about, too.
  await world.alarms.applicantGone('c8')
  expect(await world.known('a2')).toBeUndefined()
})

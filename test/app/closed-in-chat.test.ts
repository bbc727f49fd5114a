/** A coordinator closes a case in the chat whose alarm nobody has seen: its resident reads how it ended, and nothing else of staff. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openTown, type Town } from '../board-town.js'
import { type ConsoleStage, TOWN } from '../console-stage.js'
import { starterLibrary } from '../library.js'
import { openStage, type Stage } from '../stage.js'

const library = await starterLibrary()
const SANNE = { channel: 'messenger', account: '104857600000001', user: 'Sanne' } as const
let stage: Stage
let town: Town
beforeEach(async () => {
  const { demo, ...others } = TOWN.places
  const onCall = [{ id: 'sanne', name: 'Sanne (prøve)', hours: [] }]
  const places = { ...TOWN, places: { ...others, ...(demo === undefined ? {} : { demo: { ...demo, onCall } }) } }
  stage = await openStage({ library, places, alarms: true, words: true })
  town = openTown({ stage } as ConsoleStage)
  await town.arrive('Amina')
  const contact = await town.arrive('Sanne')
  const { contacts } = stage.collections
  const known = (await contacts.get(contact)) ?? { _id: contact, version: 0, applied: [] }
  const next = { ...known, coordinator: { areas: ['demo'], onCall: 'sanne' } }
  await (known.version === 0 ? contacts.insert({ ...next, version: 1 }) : contacts.replace(next))
})
afterEach(() => stage.close())

const taps = async (id: string, act: string, of: string) => {
  const event = { id, at: stage.time.now(), type: 'tap', text: act, action: { do: 'staff', act, of } } as const
  await stage.turns.receive(SANNE, event)
  await stage.settler.idle()
}

test.each([
  ['helped', 'done'],
  ['not-needed', 'cancelled'],
])('%s', async (act, told) => {
  const { _id } = await town.asks('Amina')
  await stage.alarms.look()
  await stage.settler.idle()
  expect(await town.read('Sanne')).toContain('Alarm.')
  const before = await town.heard('Amina')
  await taps('close', act, _id)
  expect((await town.request(_id)).state).toBe('closed')
  await stage.alarms.look()
  await stage.settler.idle()
  expect((await town.heard('Amina')).slice(before.length)).toEqual([told])
  expect(await town.read('Sanne')).not.toContain('er slut. Du skal ikke')
})

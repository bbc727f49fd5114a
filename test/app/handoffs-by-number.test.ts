/** A coordinator who types the number of a request is shown it where they may see it, and learns nothing of any other. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { asking, carryOut, type EngineWorld, moveIn, openEngine, requesting } from './engine-world.js'

let world: EngineWorld
beforeEach(async () => {
  world = await openEngine()
  await moveIn(world, 'Amina')
  for (const [_id, area, onCall] of [
    ['Sanne', 'demo', 'told'],
    ['Bo', 'demo', 'others'],
    ['Far', 'sondervang', 'told'],
  ] as const)
    await world.collections.contacts.insert({ _id, version: 1, applied: [], coordinator: { areas: [area], onCall } })
})
afterEach(() => world.close())

let ids = 0
const opens = async (task: string): Promise<string> => {
  await carryOut(world.engine, world.time, { who: 'Amina', id: 'opened', effect: { ...requesting(), ...{ task } } })
  return (await world.collections.handoffs.get('opened'))?.receipt ?? ''
}
const looks = (who: string, number: string, as: 'coordinator' | 'resident' = 'coordinator') =>
  carryOut(world.engine, world.time, { who, id: `look${++ids}`, effect: asking(number, { type: 'show' }, as) })
const GONE = { refused: 'gone' }

test('by its number, in any case, in their own area', async () => {
  const receipt = await opens('shopping')
  for (const number of [receipt, receipt.toLowerCase()])
    expect(await looks('Bo', number)).toMatchObject({
      handoff: 'opened',
      receipt,
      lines: expect.arrayContaining(['coordinating.alarm.case']),
    })
  expect(await looks('Far', receipt)).toMatchObject(GONE)
  expect(await looks('Amina', receipt, 'resident')).toMatchObject(GONE)
  expect(await looks('Bo', 'H-2222')).toMatchObject({ ...GONE, handoff: 'H-2222', receipt: '' })
})

test('of danger only by whoever was told of it', async () => {
  const receipt = await opens('danger')
  expect(await looks('Sanne', receipt)).toMatchObject({ handoff: 'opened', receipt })
  const hidden = await looks('Bo', receipt)
  expect(hidden).toMatchObject({ ...GONE, receipt: '' })
  expect(hidden).not.toHaveProperty('lines')
})

test('only to look at it', async () => {
  const receipt = await opens('shopping')
  const effect = asking(receipt, { type: 'cancel' }, 'coordinator')
  expect(await carryOut(world.engine, world.time, { who: 'Bo', id: 'closes', effect })).toMatchObject(GONE)
})

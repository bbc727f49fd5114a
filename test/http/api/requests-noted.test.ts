/** The record of who looked at a request: written before it is shown, and not again for a page that asks anew. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { StoreUnavailable } from '../../../src/store/collection.js'
import { type BoardWorld, boardWorld, MINUTE } from '../../app/board-world.js'
import { type ConsoleStage, openConsole } from '../../console-stage.js'
import { starterLibrary } from '../../library.js'

const library = await starterLibrary()
const ROLES = [{ role: 'coordinator', areas: ['demo'] }] as const

let board: ConsoleStage
let world: BoardWorld
let sanne: string
let handoff: string
beforeEach(async () => {
  board = await openConsole(library)
  world = boardWorld(board)
  sanne = (await board.staff('Sanne', ROLES)).token
  handoff = await world.asks(await world.person('Amina'))
})
afterEach(() => board.close())

const look = async (request: string, token = sanne) => {
  const { status, body } = await board.ask('GET /api/requests/:request', { token, of: request })
  return [status, body.code]
}
const looks = async () => {
  const lines = await board.accounts.audit.find({}, { sort: ['at', '_id'], limit: 99 })
  return lines.filter(({ what }) => what === 'request-viewed')
}

test('once in ten minutes for each who looks, by id or by number; what is not shown is not looked at', async () => {
  const { receipt } = await world.known(handoff)
  for (const one of [handoff, receipt, handoff]) expect((await look(one))[0]).toBe(200)
  expect(await looks()).toMatchObject([{ about: receipt, area: 'demo' }])
  await look(handoff, (await board.staff('Bo', ROLES)).token)
  expect(await looks()).toHaveLength(2)
  await world.passes(10 * MINUTE)
  await look(handoff)
  expect(await looks()).toHaveLength(3)
  await look('none')
  expect(await looks()).toHaveLength(3)
})

test('what cannot be noted is not shown', async () => {
  board.accounts.audit.insert = () => Promise.reject(new StoreUnavailable('away'))
  expect(await look(handoff)).toEqual([503, 'unavailable'])
})

/** Alarms at the console: seen by those of their area alone, of danger by those marked for it, and acknowledged once. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { AlarmView } from '../../../src/core/help-types.js'
import type { Places } from '../../../src/core/places-types.js'
import { only } from '../../accounts-stage.js'
import { openTown } from '../../board-town.js'
import { type ConsoleStage, openConsole, TOWN } from '../../console-stage.js'
import { NOW, starterLibrary } from '../../library.js'

const DAY = 24 * 3_600_000
const library = await starterLibrary()
const ON_CALL = [{ id: 'bo', name: 'Bo (prøve)', mail: 'bo@example.org', hours: [] }]
const PLACES: Places = {
  ...TOWN,
  places: { ...TOWN.places, demo: { ...TOWN.places['demo'], onCall: ON_CALL } as Places['places'][string] },
}

let board: ConsoleStage
beforeEach(async () => {
  board = await openConsole(library, PLACES)
})
afterEach(() => board.close())

const staff = (name: string, area = 'demo', more = {}) => board.staff(name, only('coordinator', area === 'all' ? 'all' : [area]), more)
const about = (more: Partial<AlarmView> = {}): AlarmView => ({
  why: 'nobody-in-time',
  area: 'demo',
  at: NOW,
  handoff: 'h1',
  receipt: 'H-4F7K',
  task: 'medicine',
  language: 'so',
  ...more,
})
const raise = (id: string, more: Partial<AlarmView> = {}) => {
  const view = about(more)
  return board.stage.alarms.raise({ id, area: view.area, about: view })
}
const list = async (token: string, query = '') => (await board.ask('GET /api/alarms', { token, query })).body.alarms
const ids = async (token: string, query = '') => (await list(token, query)).map(({ id }: { id: string }) => id)
const seen = async (token: string, of: string) => {
  const { status, body } = await board.ask('POST /api/alarms/:alarm/acknowledgement', { token, of })
  return [status, body.code ?? body.state, body.more ?? body.by]
}
const lines = () => board.stage.collections.audit.find({ area: 'demo' }, { sort: ['at', '_id'], limit: 50 })

describe('the list', () => {
  test('has what nobody has seen, the oldest first, with who was told; behind it what somebody has', async () => {
    const { token } = await staff('Sanne')
    await raise('newer', { at: NOW - 1 })
    await raise('older', { at: NOW - 2 })
    await raise('seen', { at: NOW - 3 })
    await raise('long-ago', { at: NOW - 8 * DAY })
    await seen(token, 'seen')
    await seen(token, 'long-ago')
    expect(await ids(token)).toEqual(['older', 'newer', 'seen'])
    expect((await list(token))[0]).toEqual({
      id: 'older',
      why: 'nobody-in-time',
      area: 'demo',
      at: NOW - 2,
      state: 'open',
      request: { id: 'h1', receipt: 'H-4F7K', task: 'medicine' },
      tried: [],
    })
    await board.stage.alarms.look()
    expect((await list(token))[0].tried).toMatchObject([{ name: 'Bo (prøve)', by: 'chat', delivered: false }])
    await board.stage.alarms.over('h1')
    expect(await ids(token)).toEqual([])
  })

  test('has those of their areas, and of danger only for those marked for it', async () => {
    const [{ token }, guard, all] = [await staff('Sanne'), await staff('Gerda', 'demo', { safeguarding: true }), await staff('Alle', 'all')]
    await raise('demo')
    await raise('other', { area: 'birkehaven', handoff: 'h2' })
    await raise('talk', { why: 'danger', handoff: 'h3' })
    await raise('danger', { task: 'danger', handoff: 'h4' })
    expect((await ids(token)).toSorted()).toEqual(['demo'])
    expect((await ids(guard.token)).toSorted()).toEqual(['danger', 'demo', 'talk'])
    expect((await ids(all.token)).toSorted()).toEqual(['demo', 'other'])
    expect(await ids(all.token, '?area=birkehaven')).toEqual(['other'])
    expect((await board.ask('GET /api/alarms', { token, query: '?area=birkehaven' })).body.code).toBe('foreign-area')
  })

  test('goes on behind a page of what is hidden', async () => {
    const { token } = await staff('Sanne')
    for (let at = 0; at < 210; at++) await raise(`danger${at}`, { why: 'danger', at: NOW - 1000 + at, handoff: `d${at}` })
    await raise('last', { handoff: 'h2' })
    expect(await ids(token)).toEqual(['last'])
  })
})

describe('seeing one', () => {
  test('is written down first; the second reads who has it, and asking again changes nothing', async () => {
    const [sanne, karin] = [await staff('Sanne'), await staff('Karin')]
    await raise('a1')
    expect(await seen(sanne.token, 'a1')).toEqual([200, 'acknowledged', 'Sanne'])
    expect(await seen(sanne.token, 'a1')).toEqual([200, 'acknowledged', 'Sanne'])
    expect(await seen(karin.token, 'a1')).toEqual([409, 'alarm-seen', { what: 'alarm-acknowledged', who: 'Sanne', at: NOW }])
    const noted = (await lines()).filter(({ what }) => what === 'alarm-acknowledged')
    expect(noted).toMatchObject([{ who: sanne.staff._id, about: 'H-4F7K' }])
  })

  test('the resident reads that somebody has it', async () => {
    const { token } = await staff('Sanne')
    const town = openTown(board)
    await town.arrive('amina')
    const { _id } = await town.asks('amina')
    const [alarm] = await board.stage.collections.alarms.find({ 'about.handoff': _id }, { sort: ['about.handoff'], limit: 1 })
    expect(await seen(token, alarm?._id ?? '')).toEqual([200, 'acknowledged', 'Sanne'])
    expect(await town.heard('amina')).toEqual(['staff'])
  })

  test('of another area, of danger, over or unknown there is none', async () => {
    const [{ token }, other] = [await staff('Sanne'), await staff('Else', 'birkehaven')]
    await raise('a1')
    await raise('talk', { why: 'danger', handoff: 'h3' })
    await raise('over', { handoff: 'h5' })
    await board.stage.alarms.over('h5')
    for (const [by, id] of [
      [other.token, 'a1'],
      [token, 'talk'],
      [token, 'over'],
      [token, 'none'],
    ] as const)
      expect((await seen(by, id)).slice(0, 2)).toEqual([404, 'alarm-gone'])
    expect((await lines()).filter(({ what }) => what === 'alarm-acknowledged')).toEqual([])
  })
})

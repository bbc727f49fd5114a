/** Two coordinators of the made-up town, and what they do about its requests by way of the console's API. */
import { expect } from '@jest/globals'
import type request from 'supertest'
import { seenOf } from '../src/app/board/seen.js'
import type { RequestAct } from '../src/core/board-types.js'
import type { AlarmDocument, HandoffDocument } from '../src/store/collections.js'
import type { StaffDocument } from '../src/store/staff-documents.js'
import { only } from './accounts-stage.js'
import { openTown, type Town } from './board-town.js'
import { type ConsoleStage, openConsole } from './console-stage.js'
import { starterLibrary } from './library.js'

const library = await starterLibrary()

interface Somebody {
  readonly id: string
  readonly token: string
}

export interface ActOptions {
  readonly by?: { readonly token: string }
  readonly seen?: string
  readonly id?: string
}

type Order = readonly [request: Pick<HandoffDocument, '_id'>, wanted: RequestAct, options?: ActOptions]

export interface Acting {
  readonly board: ConsoleStage
  readonly town: Town
  sanne: Somebody
  readonly karin: Somebody
  somebody(name: string, area?: string, more?: Partial<StaffDocument>): Promise<Somebody>
  act(...order: Order): Promise<request.Response>
  /** The request after an act that was done. */
  done(...order: Order): Promise<HandoffDocument>
  /** Status, code and what else was said of an act that was refused and has changed nothing. */
  refused(...order: Order): Promise<readonly unknown[]>
  /** Of the audit log: what was done about requests, without who looked at them. */
  lines(): Promise<readonly { readonly who: string; readonly what: string; readonly about: string; readonly area: string }[]>
  /** Of one request. */
  alarms(of: Pick<HandoffDocument, '_id'>): Promise<readonly AlarmDocument[]>
  /** Amina's request, for which Lone was asked. */
  waiting(): Promise<HandoffDocument>
  /** The same, once Lone has it. */
  held(): Promise<HandoffDocument>
  /** Amina's request, for which nobody could be asked. */
  withStaff(): Promise<HandoffDocument>
}

export async function openActing(): Promise<Acting> {
  const board = await openConsole(library)
  const town = openTown(board)
  const somebody: Acting['somebody'] = async (name, area = 'demo', more = {}) => {
    const { staff, token } = await board.staff(name, only('coordinator', [area]), more)
    return { id: staff._id, token }
  }
  const people = { sanne: await somebody('Sanne'), karin: await somebody('Karin') }
  const acting: Acting = { board, town, ...people, somebody, ...actsOf(board, town, () => acting.sanne), ...requestsOf(town) }
  return acting
}

function actsOf(board: ConsoleStage, town: Town, sanne: () => Somebody): Pick<Acting, 'act' | 'done' | 'refused' | 'lines' | 'alarms'> {
  let orders = 0
  const act: Acting['act'] = async ({ _id }, wanted, { by = sanne(), seen, id = `order-${++orders}-of-page` } = {}) => {
    const token = seen ?? seenOf(await town.request(_id))
    return board.ask('POST /api/requests/:request/acts', { token: by.token, of: _id, body: { id, seen: token, act: wanted } })
  }
  return {
    act,
    async done(...order) {
      const answer = await act(...order)
      expect([answer.status, answer.body.code]).toEqual([200, undefined])
      await board.stage.settler.idle()
      return town.request(order[0]._id)
    },
    async refused(...order) {
      const before = JSON.stringify(await town.request(order[0]._id))
      const { status, body } = await act(...order)
      expect(body.message).toEqual({ da: expect.any(String), en: expect.any(String) })
      expect(JSON.stringify(await town.request(order[0]._id))).toBe(before)
      return [status, body.code, body.more]
    },
    async lines() {
      const found = await board.stage.collections.audit.find({}, { sort: ['at', '_id'], limit: 100 })
      const done = found.filter(({ what }) => what.startsWith('request') && what !== 'request-viewed')
      return done.map(({ who, what, about, area }) => ({ who, what, about, area }))
    },
    alarms: ({ _id }) => board.stage.collections.alarms.find({ 'about.handoff': _id }, { sort: ['about.handoff'], limit: 20 }),
  }
}

function requestsOf(town: Town): Pick<Acting, 'waiting' | 'held' | 'withStaff'> {
  const waiting = async () => {
    await town.arrive('amina')
    await town.arrive('lone', {})
    return town.asks('amina')
  }
  return {
    waiting,
    async held() {
      const request = await waiting()
      await town.does('lone', request._id, { type: 'accept' })
      return town.request(request._id)
    },
    async withStaff() {
      await town.arrive('amina')
      const request = await town.asks('amina')
      expect(request.handoff?.state).toBe('with-staff')
      return request
    },
  }
}

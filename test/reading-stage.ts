/** Coordinators who read requests at the console over the real API, for tests. */
import { afterEach, beforeEach, expect } from '@jest/globals'
import type { RequestPage, RequestView } from '../src/core/board-types.js'
import type { Places } from '../src/core/places-types.js'
import type { StaffRole } from '../src/core/staff-types.js'
import { type BoardWorld, boardWorld } from './app/board-world.js'
import { type ConsoleStage, openConsole, TOWN } from './console-stage.js'
import { starterLibrary } from './library.js'

const library = await starterLibrary()

/** A coordinator of these areas. */
export const of = (...areas: string[]): readonly StaffRole[] => [{ role: 'coordinator', areas }]

export const idsOf = ({ rows }: RequestPage) => rows.map(({ id }) => id)

/** On call in the demo area. */
const KARIN = { id: 'karin', name: 'Karin', hours: [] }
const WALKERS = { id: 'fathers', kind: 'fathers-group', names: { da: 'Fædre' }, areas: ['demo'], tasks: ['dog'], settings: {} } as const
/** Two networks for one task beside those of the town. */
const NETWORKS = {
  ...TOWN.networks,
  fathers: WALKERS,
  mothers: { ...WALKERS, id: 'mothers', kind: 'neighbourhood-mothers', names: { da: 'Mødre' } },
}
const PLACES = { networks: NETWORKS, places: { ...TOWN.places, demo: { ...TOWN.places['demo'], onCall: [KARIN] } } } as Places

export interface Reading {
  /** Of the test that runs. */
  readonly board: ConsoleStage
  readonly world: BoardWorld
  /** Sessions of one coordinator of the demo area, and of one who is marked for danger and violence. */
  readonly sanne: string
  readonly guard: string
  list(query?: string, token?: string): Promise<RequestPage>
  view(request: string, token?: string, query?: string): Promise<RequestView>
  /** Status and code. */
  refused(request: string, token?: string): Promise<readonly [number, string]>
}

/** Registers what goes before and after each test of a file. */
export function stageReading(): Reading {
  let now: Pick<Reading, 'board' | 'world' | 'sanne' | 'guard'> | undefined
  const there = () => {
    if (now === undefined) throw new Error('No test runs')
    return now
  }
  beforeEach(async () => {
    const board = await openConsole(library, PLACES)
    const sanne = (await board.staff('Sanne', of('demo'))).token
    const guard = (await board.staff('Grethe', of('demo'), { safeguarding: true })).token
    now = { board, world: boardWorld(board), sanne, guard }
  })
  afterEach(() => there().board.close())
  const read = async (
    route: 'GET /api/requests' | 'GET /api/requests/:request',
    request: { readonly token: string; readonly query: string; readonly of?: string },
  ) => {
    const { status, body } = await there().board.ask(route, request)
    expect(status).toBe(200)
    return body
  }
  return {
    get board() {
      return there().board
    },
    get world() {
      return there().world
    },
    get sanne() {
      return there().sanne
    },
    get guard() {
      return there().guard
    },
    list: async (query = '', token = there().sanne) => (await read('GET /api/requests', { token, query })) as RequestPage,
    view: async (request, token = there().sanne, query = '') =>
      (await read('GET /api/requests/:request', { token, of: request, query })) as RequestView,
    async refused(request, token = there().sanne) {
      const { status, body } = await there().board.ask('GET /api/requests/:request', { token, of: request })
      return [status, body.code]
    },
  }
}

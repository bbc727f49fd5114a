/** The console's API over the use cases, on a real embedded store: a small made-up town, staff with roles, and requests as residents make them. */
import { tmpdir } from 'node:os'
import type { Express } from 'express'
import request from 'supertest'
import type { RouteName } from '../src/app/access.js'
import type { AccountsDeps } from '../src/app/accounts/accounts-deps.js'
import { openLogin } from '../src/app/accounts/logins.js'
import { createLive } from '../src/app/board/live.js'
import type { ConsoleDeps } from '../src/app/console-deps.js'
import { createModeSource } from '../src/app/mode.js'
import { createPlacesSource } from '../src/app/places.js'
import type { Library } from '../src/core/library.js'
import type { Places } from '../src/core/places-types.js'
import type { StaffRole } from '../src/core/staff-types.js'
import { apiRouter } from '../src/http/api/api-router.js'
import { createApp } from '../src/http/server.js'
import type { StaffDocument } from '../src/store/staff-documents.js'
import { watchCollections } from '../src/store/watched-collections.js'
import { openStage, type Stage, type StageOptions } from './stage.js'

export const ORIGIN = 'https://opgang.example'

/** Two areas; four volunteers' networks and one of others. */
export const TOWN: Places = {
  places: {
    demo: { id: 'demo', stairwells: ['1', '3'], neighbours: ['birkehaven'], officeHours: [], onCall: [] },
    birkehaven: { id: 'birkehaven', stairwells: ['12'], neighbours: ['demo'], officeHours: [], onCall: [] },
  },
  networks: {
    neighbours: {
      id: 'neighbours',
      kind: 'neighbours',
      names: { da: 'Naboer', en: 'Neighbours' },
      areas: ['demo', 'birkehaven'],
      tasks: ['shopping', 'medicine', 'talk'],
      settings: {},
    },
    'red-cross': {
      id: 'red-cross',
      kind: 'red-cross',
      names: { da: 'Røde Kors', en: 'Red Cross' },
      areas: ['demo'],
      tasks: ['shopping', 'medicine', 'talk'],
      settings: {},
      external: { mail: 'help@example.org', phone: '35 29 96 60' },
    },
  },
}

export interface ConsoleStage {
  readonly stage: Stage
  readonly work: ConsoleDeps
  readonly accounts: AccountsDeps
  readonly app: Express
  /** Somebody of the staff who is active, and the token of their cookie. */
  staff(
    name: string,
    roles: readonly StaffRole[],
    more?: Partial<StaffDocument>,
  ): Promise<{ readonly staff: StaffDocument; readonly token: string }>
  /** Asks a route as the page does; `of` replaces what stands behind a colon in its path. */
  ask(name: RouteName, asked?: Asked): Promise<request.Response>
  close(): Promise<void>
}

export interface Asked {
  readonly token?: string
  readonly of?: string
  readonly query?: string
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
}

/** `shared`: a store that is open already, and its time, for several instances. */
export async function openConsole(
  library: Library,
  places: Places = TOWN,
  shared?: Required<Pick<StageOptions, 'store' | 'time'>>,
): Promise<ConsoleStage> {
  const live = createLive()
  const around: StageOptions['around'] = (all, { now }) => watchCollections(all, live, shared === undefined ? undefined : now)
  const stage = await openStage({ library, places, alarms: true, around, ...shared })
  const { collections, keys, time, logged, turns, requests, alarms } = stage
  for (const { id: _id, ...place } of Object.values(places.places)) await collections.places.insert({ _id, version: 1, ...place })
  for (const { id: _id, ...network } of Object.values(places.networks)) await collections.networks.insert({ _id, version: 1, ...network })
  const source = createPlacesSource(collections)
  await source.load()
  let made = 0
  const ids = { next: () => `made${String(++made).padStart(18, '0')}` }
  const note = (message: string, fields?: object) => void logged.push(`${message} ${JSON.stringify(fields)}`)
  const log = { info: note, warn: note, error: note }
  const basics = { keys, ids, time, log }
  const accounts: AccountsDeps = { ...collections, ...basics, publicUrl: () => ORIGIN }
  const work: ConsoleDeps = {
    ...basics,
    collections,
    requests,
    alarms,
    live,
    places: source,
    mode: createModeSource(collections.modes),
    reachesStrangers: false,
    library: { current: () => library },
    receive: turns.receive,
    humanAgent: false,
    tellClosed: async () => 0,
  }
  const areas = Object.keys(places.places).map((id) => ({ id, name: id }))
  const routers = [apiRouter({ accounts, work, areas: () => areas, secure: true, origins: () => [ORIGIN] })]
  const app = createApp({ trustProxy: 1, secure: true, routers, pages: tmpdir(), log })
  return {
    ...{ stage, work, accounts, app },
    async staff(name, roles, more = {}) {
      const staff: StaffDocument = { _id: ids.next(), version: 1, name, roles, safeguarding: false, passkeys: [], state: 'active', ...more }
      await collections.staff.insert(staff)
      return { staff, token: await openLogin(accounts, staff, 'passkey') }
    },
    ask(name, { token, of = 'none', query = '', body, headers = {} } = {}) {
      const [method = '', path = ''] = name.split(' ')
      const url = `${path.replace(/:\w+/, encodeURIComponent(of))}${query}`
      const cookie = token === undefined ? {} : { cookie: `__Host-opgang_staff=${token}` }
      const agent = request(app)
      const sent = agent[method.toLowerCase() as 'get'](url).set({ origin: ORIGIN, 'x-opgang': 'console', ...cookie, ...headers })
      return body === undefined ? sent : sent.send(body)
    },
    close: () => stage.close(),
  }
}

/** Accounts and the console's API, from what the rest of the product has. */
import type { AccountsDeps } from './app/accounts/accounts-deps.js'
import { type Config, reachesStrangers } from './config.js'
import { apiRouter } from './http/api/api-router.js'
import { type Core, ids, type Wiring } from './wiring.js'

type AccountsWiring = Pick<Core, 'collections' | 'caseLinks' | 'requests' | 'alarms' | 'turns' | 'tellClosed'> &
  Pick<Wiring, 'keys' | 'time' | 'log' | 'library' | 'places' | 'live' | 'mode'>

/** `publicUrl`: the address that people reach, once the server listens. */
export function wireAccounts(
  wiring: AccountsWiring,
  config: Config,
  publicUrl: () => string,
): { deps: AccountsDeps; router: ReturnType<typeof apiRouter> } {
  const { collections, keys, time, log, library, caseLinks } = wiring
  const mail = caseLinks.mail === undefined ? {} : { mail: caseLinks.mail }
  const deps: AccountsDeps = { ...collections, keys, ids, time, log, publicUrl, ...mail }
  const router = apiRouter({
    accounts: deps,
    work: {
      ...wiring,
      ids,
      receive: wiring.turns.receive,
      humanAgent: config.MESSENGER_HUMAN_AGENT,
      reachesStrangers: reachesStrangers(config),
    },
    areas: () => Object.values(library.current().areas).map(({ id, name }) => ({ id, name })),
    secure: config.PUBLIC_URL?.startsWith('https:') ?? false,
    origins: () => ownOrigins(config, publicUrl()),
  })
  return { deps, router }
}

/** Where our own pages are: at the public address; without one, at this machine's. */
function ownOrigins(config: Config, address: string): readonly string[] {
  const { origin, port } = new URL(address)
  return config.PUBLIC_URL === undefined ? [origin, `http://127.0.0.1:${port}`] : [origin]
}

/** The whole Messenger channel, put together: what the web server mounts and what the settler sends through. */
import type { TurnContext } from 'botbuilder'
import type { PageStop, PageStops } from '../../app/page-stops.js'
import type { Keys, Log, Metrics, Sender, Time } from '../../app/ports.js'
import type { Instant, LanguageCode } from '../../core/types.js'
import { graphVersionEnds } from './graph-version.js'
import { MessengerAdapter } from './messenger-adapter.js'
import type { MessengerConfig } from './messenger-config.js'
import { type MessengerRoutes, messengerRoutes } from './messenger-routes.js'
import { MessengerSender } from './send.js'

export interface MessengerDeps {
  readonly config: MessengerConfig
  /** Address that residents reach. */
  readonly publicUrl: string
  readonly log: Log
  readonly now: () => Instant
  /** 0–1 */
  readonly random: () => number
  readonly sleep: Time['sleep']
  readonly monotonic: Time['monotonic']
  readonly metrics: Metrics
  readonly noteStop: PageStops['note']
  readonly keys: Keys
  readonly bot: (context: TurnContext) => Promise<void>
  readonly noteEcho: (messageId: string, platformId: string) => Promise<void>
  readonly languages: () => readonly LanguageCode[]
  readonly say: (language: LanguageCode, key: string) => string
}

export interface MessengerChannel {
  readonly routes: MessengerRoutes
  readonly sender: Sender
  /** Another instance, or an earlier life, found a page stopped or going on. */
  learn(page: string, stop: PageStop): void
}

export function openMessenger(deps: MessengerDeps): MessengerChannel {
  const { config, log, now } = deps
  const adapter = new MessengerAdapter({ ...deps, moreTitle: (language) => deps.say(language, 'page.more') })
  const ends = graphVersionEnds(config.graphApiUrl, now())
  if (ends !== undefined) log.warn(ends)
  const count = (what: string) => log.info('an event from Messenger needs no answer', { what })
  return {
    routes: messengerRoutes({ ...deps, adapter, count }),
    sender: new MessengerSender({ adapter, config, keys: deps.keys, log, now }),
    learn: (page, stop) => adapter.learn(page, stop),
  }
}

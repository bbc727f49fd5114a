/** What a check of the doctor found: one line, and whether something is to be done. */
import type { Config } from '../../config.js'
import type { Instant } from '../../core/types.js'

/** `✓` all is well · `!` worth a look, nothing stands still · `✗` something does not work. */
export interface Finding {
  readonly mark: '✓' | '!' | '✗'
  readonly line: string
}

export const good = (line: string): Finding => ({ mark: '✓', line })
export const doubtful = (line: string): Finding => ({ mark: '!', line })
export const bad = (line: string): Finding => ({ mark: '✗', line })

/** What is looked at. */
export interface Deployment {
  readonly config: Config
  /** Address that residents reach. */
  readonly publicUrl: string
  readonly now: () => Instant
}

/** The Messenger settings, all of them. */
export interface MessengerSettings {
  readonly pages: ReadonlyMap<string, string>
  readonly appId: string
  readonly appSecrets: readonly string[]
  readonly verifyToken: string
  readonly graphApiUrl: string
}

/** Undefined without pages. */
export function messengerSettings(config: Config): MessengerSettings | undefined {
  const { MESSENGER_PAGES: pages, MESSENGER_APP_ID: appId, MESSENGER_APP_SECRET: appSecrets, MESSENGER_VERIFY_TOKEN: verifyToken } = config
  if (pages === undefined || appId === undefined || appSecrets === undefined || verifyToken === undefined) return undefined
  return { pages, appId, appSecrets, verifyToken, graphApiUrl: config.GRAPH_API_URL }
}

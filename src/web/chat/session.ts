/** The session the server opens for a device: whose page it is, which languages there are, and a grant for the conversation. */
import type { LanguageCode, LanguageInfo } from '../../core/types.js'
import { list, record, text } from './activity.js'
import type { Grant } from './directline-client.js'

export interface PageArea {
  readonly id: string
  readonly name: string
  readonly colour: string | undefined
  readonly demo: boolean
}

export interface PageSession {
  readonly area: PageArea
  /** Wall time that the answers are from, `YYYY-MM-DDTHH:mm`, when this is a drill. */
  readonly drillDate: string | undefined
  readonly languages: readonly LanguageInfo[]
  readonly defaultLanguage: LanguageCode
  /** The page's own texts, by language; not every language is here. */
  readonly texts: Readonly<Record<LanguageCode, Strings>>
  readonly retentionDays: number | undefined
  readonly grant: Grant
  /** True when the device had a conversation already. */
  readonly resumed: boolean
}

export type Strings = Readonly<Record<string, string>>

/** What the address of the page says about where the person came from, and what the device speaks. */
export interface SessionRequest {
  readonly area?: string
  readonly answer?: string
  readonly languages: readonly string[]
}

export function sessionRequest(search: string, languages: readonly string[]): SessionRequest {
  const query = new URLSearchParams(search)
  const area = query.get('area')
  const answer = query.get('answer')
  return { languages, ...(area === null ? {} : { area }), ...(answer === null ? {} : { answer }) }
}

/** The server's answer, checked; undefined when it is not a session. */
export function readSession(raw: unknown): PageSession | undefined {
  const body = record(raw)
  const area = record(body['area'])
  const granted = record(body['directLine'])
  const grant = readGrant(granted)
  const languages = list(body['languages']).flatMap(readLanguage)
  const defaultLanguage = text(body['defaultLanguage'])
  if (grant === undefined || defaultLanguage === undefined) return undefined
  return {
    area: { id: text(area['id']) ?? '', name: text(area['name']) ?? '', colour: text(area['colour']), demo: area['demo'] === true },
    drillDate: text(record(body['drill'])['date']),
    languages,
    defaultLanguage,
    texts: Object.fromEntries(Object.entries(record(body['texts'])).map(([code, strings]) => [code, readStrings(strings)])),
    retentionDays: typeof body['retentionDays'] === 'number' ? body['retentionDays'] : undefined,
    grant,
    resumed: granted['resumed'] === true,
  }
}

function readGrant(raw: Record<string, unknown>): Grant | undefined {
  const conversationId = text(raw['conversationId'])
  const token = text(raw['token'])
  const streamUrl = text(raw['streamUrl'])
  const expiresIn = raw['expires_in']
  if (conversationId === undefined || token === undefined || streamUrl === undefined || typeof expiresIn !== 'number') return undefined
  return { conversationId, token, streamUrl, expiresIn }
}

function readLanguage(raw: unknown): LanguageInfo[] {
  const { code, name, dir } = record(raw) as Partial<Record<keyof LanguageInfo, unknown>>
  return typeof code === 'string' && typeof name === 'string' ? [{ code, name, dir: dir === 'rtl' ? 'rtl' : 'ltr' }] : []
}

/** The strings of a language file, with or without its envelope `{ state, texts }`. */
export function readStrings(raw: unknown): Strings {
  const body = record(raw)
  const strings = typeof body['texts'] === 'object' ? record(body['texts']) : body
  return Object.fromEntries(Object.entries(strings).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

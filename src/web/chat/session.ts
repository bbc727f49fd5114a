/** What the server says of the page (whose it is, in which languages, its words), and its grant of a conversation to this browser. */

import type { LanguageInfo } from '../../core/library.js'
import type { LanguageCode } from '../../core/types.js'
import { list, record, text } from './activity.js'
import type { Grant } from './directline-client.js'

export interface PageArea {
  readonly id: string
  readonly name: string
  readonly colour: string | undefined
  readonly demo: boolean
}

export interface Page {
  readonly area: PageArea
  /** Wall time that the answers are from, `YYYY-MM-DDTHH:mm`, when this is a drill. */
  readonly drillDate: string | undefined
  readonly languages: readonly LanguageInfo[]
  readonly defaultLanguage: LanguageCode
  /** The page's own texts, by language; not every language is here. */
  readonly texts: Readonly<Record<LanguageCode, Strings>>
  readonly retentionDays: number | undefined
}

export type Strings = Readonly<Record<string, string>>

/** What the address of the page says about where the person came from, and what the device speaks. */
export interface Arrival {
  readonly area: string | null
  /** `dialog/node` that a link points at. */
  readonly answer: string | null
  readonly language: LanguageCode | null
  readonly deviceLanguages: readonly string[]
}

/** Languages that are named to the server: nobody reads more. */
const LANGUAGES_MAX = 10

export function readArrival(search: string, deviceLanguages: readonly string[]): Arrival {
  const query = new URLSearchParams(search)
  return { area: query.get('area'), answer: query.get('answer'), language: query.get('lang'), deviceLanguages }
}

/** Where the page is asked for. */
export function pagePath({ area, deviceLanguages }: Arrival): string {
  const query = new URLSearchParams({ languages: deviceLanguages.slice(0, LANGUAGES_MAX).join(',') })
  if (area !== null) query.set('area', area)
  return `/chat/page?${query}`
}

/** The body that asks for a conversation. */
export function grantRequest({ area, answer, language }: Arrival): string {
  return JSON.stringify(Object.fromEntries(Object.entries({ area, answer, language }).filter(([, value]) => value !== null)))
}

/** The server's description of the page, checked; undefined when it is none. */
export function readPage(raw: unknown): Page | undefined {
  const body = record(raw)
  const area = record(body['area'])
  const defaultLanguage = text(body['defaultLanguage'])
  if (defaultLanguage === undefined) return undefined
  return {
    area: { id: text(area['id']) ?? '', name: text(area['name']) ?? '', colour: text(area['colour']), demo: area['demo'] === true },
    drillDate: text(record(body['drill'])['date']),
    languages: list(body['languages']).flatMap(readLanguage),
    defaultLanguage,
    texts: Object.fromEntries(Object.entries(record(body['texts'])).map(([code, strings]) => [code, readStrings(strings)])),
    retentionDays: typeof body['retentionDays'] === 'number' ? body['retentionDays'] : undefined,
  }
}

/** The server's grant, checked; undefined when it is none. */
export function readGrant(raw: unknown): Grant | undefined {
  const body = record(raw)
  const conversationId = text(body['conversationId'])
  const token = text(body['token'])
  const streamUrl = text(body['streamUrl'])
  const expiresIn = body['expires_in']
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

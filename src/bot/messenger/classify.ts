/** What an answer of the Send API means. HTTP statuses of errors are not documented: code and subcode decide (Error codes, 25 Jun 2026). */
import { type Fields, fieldsOf, isFields, textOf } from './fields.js'

/**
 * `retry`: passes by itself. `unknown`: it may have arrived. `config`: a setting or a permission must be mended, the page's
 * sends stop. `circuit`: Meta restricted the page. `cool_down`: too much for this person. The others are final for the message.
 */
export type FailureClass =
  | 'retry'
  | 'unknown'
  | 'window_closed'
  | 'recipient_unavailable'
  | 'permanent'
  | 'thread_owned'
  | 'config'
  | 'circuit'
  | 'cool_down'

export interface Failure {
  readonly kind: 'failure'
  readonly failure: FailureClass
  readonly code?: number
  readonly subcode?: number
  /** Tries after which a retry is given up; without it there is no end. */
  readonly tries?: number
}
export type Verdict = { readonly kind: 'sent'; readonly platformId: string } | Failure

/** Codes that mean one thing wherever they are printed, as code or as subcode. */
const ANYWHERE: Readonly<Record<number, FailureClass>> = {
  1357046: 'unknown',
  2018278: 'window_closed',
  2018065: 'window_closed',
  2534022: 'window_closed',
  2018108: 'recipient_unavailable',
  2018001: 'permanent',
  2018008: 'permanent',
  2018047: 'permanent',
  2018074: 'permanent',
  2018109: 'permanent',
  2018294: 'permanent',
  2018014: 'permanent',
  9000001: 'permanent',
  2018218: 'permanent',
  2018336: 'permanent',
  2018300: 'thread_owned',
  2018321: 'thread_owned',
  2534037: 'thread_owned',
  2018028: 'config',
  2018247: 'config',
  1893063: 'circuit',
  2018338: 'cool_down',
  2534040: 'retry',
}

/** Codes of Graph and of Messenger, as `code` only. */
const CODES: Readonly<Record<number, FailureClass>> = {
  2: 'retry',
  4: 'retry',
  17: 'retry',
  32: 'retry',
  341: 'retry',
  613: 'retry',
  1200: 'retry',
  80001: 'retry',
  1: 'unknown',
  551: 'recipient_unavailable',
  100: 'permanent',
  190: 'config',
  200: 'config',
  368: 'circuit',
  2022: 'circuit',
}

/** The error table says that the person is not available, the send page that the window is closed: our own clock decides. */
const AMBIGUOUS = 1545041
/** 1/99 is worth a few tries (Error codes). */
const FEW_TRIES = 3
const TOO_MANY_REQUESTS = 429

/** `windowOpen` by our own clock. Never throws, whatever `bodyText` is. */
export function classify(status: number, bodyText: string, windowOpen = true): Verdict {
  const body = parseObject(bodyText)
  if (body !== undefined && isFields(body['error'])) return classifyError(status, body['error'], windowOpen)
  const platformId = textOf(body?.['message_id'])
  if (platformId !== '' && status < 400) return { kind: 'sent', platformId }
  return { kind: 'failure', failure: status === TOO_MANY_REQUESTS ? 'retry' : 'unknown' }
}

function classifyError(status: number, error: Fields, windowOpen: boolean): Failure {
  const code = numberOf(error['code'])
  const subcode = numberOf(error['error_subcode'])
  const codes = { ...(code === undefined ? {} : { code }), ...(subcode === undefined ? {} : { subcode }) }
  if (code === 1 && subcode === 99) return { kind: 'failure', failure: 'retry', tries: FEW_TRIES, ...codes }
  const failure = classOf({ code, subcode }, windowOpen) ?? classOfUnlisted(status, error)
  return { kind: 'failure', failure, ...codes }
}

interface Codes {
  readonly code: number | undefined
  readonly subcode: number | undefined
}

function classOf({ code, subcode }: Codes, windowOpen: boolean): FailureClass | undefined {
  if (code === AMBIGUOUS || subcode === AMBIGUOUS) return windowOpen ? 'recipient_unavailable' : 'window_closed'
  const named = ANYWHERE[subcode ?? 0] ?? ANYWHERE[code ?? 0]
  if (named !== undefined) return named
  // Code 10 by itself is a missing permission of the app; with a subcode it is about the one message.
  if (code === 10) return subcode === undefined ? 'config' : (largeCode(subcode) ?? 'permanent')
  return largeCode(subcode) ?? CODES[code ?? 0]
}

/** Graph's own codes printed as a subcode; small subcodes mean other things. */
function largeCode(subcode: number | undefined): FailureClass | undefined {
  return subcode !== undefined && subcode >= 300 ? CODES[subcode] : undefined
}

/** An error that no table names: a transient one passes, one of the server may hide a delivery, all else is the message's fault. */
function classOfUnlisted(status: number, error: Fields): FailureClass {
  if (error['is_transient'] === true) return 'retry'
  return status >= 500 ? 'unknown' : 'permanent'
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && number !== 0 ? number : undefined
}

function parseObject(text: string): Fields | undefined {
  try {
    return fieldsOf(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Calls of the console's API. */
import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import type { AlarmRow, RequestPage, RequestView } from '../../core/board-types.js'
import type { ModeView } from '../../core/mode-types.js'
import type { PeoplePage, PersonView } from '../../core/people-types.js'
import type { Network, Place } from '../../core/places-types.js'
import type { Areas, StaffRole } from '../../core/staff-types.js'
import type { LanguageCode } from '../../core/types.js'
import { isSomebodyThere } from './hands.js'

type Words = Readonly<Record<'da' | 'en', string>>
export interface FieldProblem {
  readonly at: string
  readonly message: Words
}

/** What the server says when it refuses; thrown by {@link call}. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly words?: { readonly message: Words; readonly advice: Words },
    /** What is wrong with each field, by its path: `onCall.0.mail`. */
    readonly problems: readonly FieldProblem[] = [],
    /** What else it says, by its code. */
    readonly more?: unknown,
  ) {
    super(code)
    this.name = 'Refusal'
  }
}

export interface Area {
  readonly id: string
  readonly name: string
}
export interface Me {
  readonly id: string
  readonly name: string
  readonly roles: readonly StaffRole[]
  readonly passkeys: number
  /** Areas they let people into. */
  readonly administers?: Areas
}
/** `me` is absent while nobody is signed in. */
export interface Session {
  readonly mail: boolean
  readonly me?: Me
  readonly areas?: readonly Area[]
}
export interface Passkey {
  readonly id: string
  readonly name: string
  readonly createdAt: number
  readonly usedAt?: number
}
export interface Staff {
  readonly id: string
  readonly name: string
  readonly mail?: string
  readonly roles: readonly StaffRole[]
  readonly safeguarding: boolean
  readonly state: 'invited' | 'active'
  readonly passkeys: number
  readonly editable: boolean
  /** Given back with a change: who changed it meanwhile is not overwritten. */
  readonly seen: string
}
/** `link` is absent when it was mailed. */
export interface Invited {
  readonly staff: Staff
  /** Whether a link was mailed. `slow`: nobody knows yet. */
  readonly mail: 'sent' | 'failed' | 'trial' | 'slow' | 'no mail'
  readonly link?: string
}
/** An area as staff change it. `seen` is given back with a change. */
export interface PlaceView extends Place {
  readonly name: string
  readonly seen: number
}
export interface NetworkView extends Network {
  readonly seen: number
  /** It helps in areas of others too: only whoever leads them all may change it. */
  readonly elsewhere?: true
}
export interface PlacesPageView {
  readonly places: readonly PlaceView[]
  readonly networks: readonly NetworkView[]
  /** All areas there are: neighbours may be others' areas. */
  readonly areas: readonly Area[]
  /** Languages that are offered, by their own names. */
  readonly languages: readonly { readonly code: LanguageCode; readonly name: string; readonly dir: 'ltr' | 'rtl' }[]
}
/** A one-time word, typed into a chat before `until`. */
export interface Word {
  readonly word: string
  readonly until: number
}
export interface AuditLine {
  readonly id: string
  readonly at: number
  readonly who: string
  readonly what: string
  readonly about: string
  readonly area: string
  /** Nobody of the staff did it. */
  readonly by?: 'start' | 'command line'
}
/** Newest first; `before` is absent where there are no older ones. */
export interface AuditLines {
  readonly lines: readonly AuditLine[]
  readonly before?: string
}

/** What each route answers. */
interface Answers {
  'GET session': Session
  'POST session/link': Session
  'POST session/mail': undefined
  'POST session/passkey/challenge': PublicKeyCredentialRequestOptionsJSON
  'POST session/passkey': Session
  'DELETE session': undefined
  'DELETE session/all': undefined
  'GET passkeys': { readonly passkeys: readonly Passkey[] }
  'POST passkeys/challenge': PublicKeyCredentialCreationOptionsJSON
  'POST passkeys': undefined
  'DELETE passkeys/:id': undefined
  'GET staff': { readonly staff: readonly Staff[] }
  'POST staff': Invited
  'PUT staff/:id': Staff
  'DELETE staff/:id': undefined
  'POST staff/:id/link': Invited
  'DELETE staff/:id/sessions': undefined
  'GET requests': RequestPage
  'POST requests': RequestView
  'GET requests/:id': RequestView
  'POST requests/:id/acts': RequestView
  'PUT requests/:id/presence': undefined
  'DELETE requests/:id/presence': undefined
  'GET alarms': { readonly alarms: readonly AlarmRow[] }
  'POST alarms/:id/acknowledgement': undefined
  'GET people': PeoplePage
  'GET people/:id': PersonView
  'PUT people/:id': PersonView
  'POST people/:id/decision': PersonView
  'POST people/:id/duty': PersonView
  'POST people/:id/pause': PersonView
  'POST people/:id/word': Word
  'GET places': PlacesPageView
  'PUT places/:id': PlaceView
  'POST places/:id/word': Word
  'PUT networks/:id': NetworkView
  'DELETE networks/:id': undefined
  'GET mode': ModeView
  'PUT mode': ModeView
  'GET audit': AuditLines
}

interface Call {
  readonly id?: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: object
  /** Typed words to look for: in a header, because addresses end up in logs. */
  readonly find?: string
  /** It goes out even when the page is left meanwhile. */
  readonly keepalive?: boolean
}

/** Throws {@link Refusal}; its code is `offline` when no answer came. */
export async function call<R extends keyof Answers>(
  route: R,
  { id = '', query = {}, body, find = '', keepalive = false }: Call = {},
): Promise<Answers[R]> {
  const [method = 'GET', path = ''] = route.split(' ')
  const search = new URLSearchParams(query).toString()
  const url = `/api/${path.replace(':id', encodeURIComponent(id))}${search === '' ? '' : `?${search}`}`
  const json = body === undefined ? {} : { body: JSON.stringify(body) }
  const sought = find === '' ? {} : { 'X-Opgang-Find': encodeURIComponent(find) }
  const headers = {
    'X-Opgang': isSomebodyThere() ? 'console' : 'live',
    ...sought,
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
  }
  const response = await fetch(url, { method, headers, keepalive, ...json }).catch(() => undefined)
  if (response === undefined) throw new Refusal('offline')
  const answer: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined)
  if (response.ok) return answer as Answers[R]
  throw refusalOf(answer)
}

function refusalOf(answer: unknown): Refusal {
  const { code, message, advice, more } = (answer ?? {}) as {
    code?: string
    message?: Words
    advice?: Words
    more?: { readonly problems?: readonly FieldProblem[] }
  }
  return code === undefined || message === undefined || advice === undefined
    ? new Refusal('offline')
    : new Refusal(code, { message, advice }, more?.problems, more)
}

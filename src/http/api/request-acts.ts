/** What staff do about requests: open one for somebody, act on one. */
import { z } from 'zod'
import { type ActRefusal, actOnRequest } from '../../app/board/acts.js'
import { type BehalfRefusal, openForAnother } from '../../app/board/behalf.js'
import { findRequest } from '../../app/board/find-request.js'
import { requestView } from '../../app/board/request-view.js'
import type { NoteView } from '../../app/board/views-noted.js'
import { WHAT_MAX } from '../../core/asking-answers.js'
import type { BehalfOrder, RequestAct } from '../../core/board-types.js'
import { CLOSE_REASONS } from '../../core/closed-types.js'
import { WHENS } from '../../core/request-types.js'
import { isWithin } from '../../core/staff-types.js'
import type { HandoffDocument } from '../../store/collections.js'
import { type ApiCode, ApiError } from './api-error.js'
import { type ApiDeps, type RoutesOf, readerOf, type StaffCall, viewerOf } from './api-route.js'

const ID_MAX = 200
/** Characters: one message on Messenger with what stands around it, and a note. */
const WORDS_MAX = 1500
const NOTE_MAX = 2000
/** An address with its doorbell; as much as residents can type. */
const DOOR_MAX = 200
const SHORT_MAX = 80

const Id = z.string().min(1).max(ID_MAX)
/** Made by the page. */
const OwnId = z
  .string()
  .max(64)
  .regex(/^[\w-]{8,}$/)
const words = (max: number) => z.string().trim().min(1).max(max)

const Act = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('take'), over: z.literal(true).optional() }),
  z.strictObject({ do: z.literal('let-go') }),
  z.strictObject({ do: z.literal('ask-more') }),
  z.strictObject({ do: z.literal('reassign'), to: Id.optional() }),
  z.strictObject({ do: z.literal('close'), reason: z.enum(CLOSE_REASONS), tell: z.boolean() }),
  z.strictObject({ do: z.literal('write'), text: words(WORDS_MAX) }),
  z.strictObject({ do: z.literal('say'), text: words(WORDS_MAX) }),
  z.strictObject({ do: z.literal('show-door'), door: words(DOOR_MAX) }),
  z.strictObject({ do: z.literal('note'), text: words(NOTE_MAX) }),
  z.strictObject({ do: z.literal('take-back-note'), note: Id }),
  z.strictObject({ do: z.literal('pass-on'), network: Id, consent: z.literal(true) }),
  z.strictObject({ do: z.literal('decide-report'), outcome: z.enum(['may-go-on', 'stays-out']) }),
])
const Order = z.strictObject({ id: OwnId, seen: z.string().max(ID_MAX), act: Act })

const Behalf = z.strictObject({
  id: OwnId,
  task: z.string().max(SHORT_MAX),
  area: z.string().max(SHORT_MAX),
  language: z.string().max(SHORT_MAX),
  when: z.enum(WHENS),
  stairwell: z.string().max(SHORT_MAX).optional(),
  note: z.string().max(WHAT_MAX),
  alias: z.string().max(SHORT_MAX),
  wishes: z.strictObject({ gender: z.enum(['woman', 'man']).optional(), notFromStairwell: z.boolean().optional() }),
})
const Place = z.object({ area: z.string() })

/** Each reason of the rules in words; what cannot come of an act of staff is said in general. */
const CODES: Readonly<Record<ActRefusal, ApiCode>> = {
  'not-confirmed': 'not-now',
  waiting: 'still-waiting',
  taken: 'has-helper',
  done: 'is-over',
  cancelled: 'is-over',
  'passed-on': 'is-passed-on',
  'with-staff': 'with-staff',
  frozen: 'frozen',
  'not-yours': 'not-now',
  'own-request': 'not-now',
  'already-yours': 'already-yours',
  'not-offered': 'not-now',
  declined: 'cannot-be-asked',
  void: 'not-now',
  'too-late': 'not-now',
  'taken-by-staff': 'taken-by-staff',
  'own-report': 'own-report',
  'nobody-to-ask': 'nobody-now',
  'bad-time': 'not-now',
  'no-consent': 'no-consent',
  'staff-only': 'staff-only',
  'nobody-to-report': 'not-now',
  'too-long-ago': 'not-now',
  'already-reported': 'not-now',
  'nothing-to-decide': 'nothing-to-decide',
  'stale-timer': 'not-now',
  'too-early': 'not-now',
  gone: 'request-gone',
  plain: 'plain-request',
  'window-closed': 'window-closed',
  danger: 'danger-quiet',
  'quiet-hours': 'quiet-hours',
  'nobody-now': 'nobody-now',
  'cannot-be-asked': 'cannot-be-asked',
  'no-network': 'no-network',
  'no-helper': 'no-helper',
  'has-chat': 'has-chat',
  'no-chat': 'no-chat',
  'notes-full': 'notes-full',
  'note-gone': 'note-gone',
  'note-not-yours': 'note-not-yours',
  'note-late': 'note-late',
}

const BEHALF_CODES: Readonly<Record<BehalfRefusal, ApiCode>> = {
  'unknown-area': 'unreadable',
  'unknown-language': 'unreadable',
  task: 'task-not-offered',
  alias: 'alias-unusable',
  stairwell: 'stairwell-unusable',
  erased: 'request-gone',
}

type ActRoute = 'POST /api/requests' | 'POST /api/requests/:request/acts'

export function requestActRoutes(deps: ApiDeps, noteView: NoteView): Pick<RoutesOf<'requests'>, ActRoute> {
  /** What the page shows next: the request as it is now. A look at it too, since the same order again leaves no line of its own. */
  const answerOf = async (call: StaffCall, document: HandoffDocument) => {
    const viewer = viewerOf(call)
    await noteView(deps.accounts, viewer.staff, document)
    return requestView(deps.work, document, { viewer, language: readerOf(call) })
  }
  return {
    'POST /api/requests': async (call) => {
      const opened = await openForAnother(deps, viewerOf(call), behalfOf(call))
      if ('refused' in opened) throw new ApiError(BEHALF_CODES[opened.refused])
      return answerOf(call, opened.request)
    },
    'POST /api/requests/:request/acts': async (call) => {
      const viewer = viewerOf(call)
      const request = String(call.request.params['request'])
      // Whether there is one comes first: what is wrong with the order would tell it.
      if ((await findRequest(deps.work, viewer, request)) === undefined) throw new ApiError('request-gone')
      const { id, seen, act } = Order.parse(call.request.body)
      const acted = await actOnRequest(deps, { request, viewer, id, seen, act: act as RequestAct })
      if ('meanwhile' in acted) throw new ApiError('changed-meanwhile', acted.meanwhile)
      if ('refused' in acted) throw refusalOf(acted)
      return answerOf(call, acted.request)
    },
  }
}

function refusalOf({ refused, why, who }: { refused: ActRefusal; why?: object; who?: string }): ApiError {
  const more = { ...(why === undefined ? {} : { why }), ...(who === undefined ? {} : { who }) }
  return new ApiError(CODES[refused], Object.keys(more).length === 0 ? undefined : more)
}

/** A foreign area is refused as such, whether it exists or not. */
function behalfOf({ request: { body }, areas }: StaffCall): BehalfOrder {
  const place = Place.safeParse(body)
  if (place.success && !isWithin([place.data.area], areas)) throw new ApiError('foreign-area')
  return Behalf.parse(body) as BehalfOrder
}

import type { Activity, CardAction } from 'botbuilder'
import type { Keys } from '../../app/ports.js'
import type { Action } from '../../core/types.js'
import { decodePayload, encodePayload } from '../payload.js'
import { cutTitle, splitText } from './split.js'

/** Characters of one message (limits: text_chars). Counted in UTF-16 units, the strictest reading. */
export const TEXT_MAX = 2000
/** Options under one message, and characters of a title (Messenger Platform, Quick replies). */
const QUICK_REPLIES_MAX = 13
const TITLE_MAX = 20

export interface QuickReplyBody {
  readonly content_type: 'text'
  readonly title: string
  readonly payload: string
}

/** `message` of a request to the Send API. */
export interface MessageBody {
  readonly text: string
  readonly metadata?: string
  readonly quick_replies?: readonly QuickReplyBody[]
}

export interface RenderDeps {
  readonly keys: Keys
  /** Title of the button that leads to further options, in a language. */
  readonly moreTitle: (language: string) => string
}

/**
 * The Graph messages that say what an activity says, in order; none for an empty one. Options stand under the last. The last
 * carries the activity's id as metadata, each before it `<id>/<part>`: the echo of the last part confirms the whole.
 */
export function render(activity: Partial<Activity>, deps: RenderDeps): MessageBody[] {
  const language = activity.locale ?? ''
  const texts = splitText(activity.text ?? '', TEXT_MAX, language)
  const replies = quickReplies(activity.suggestedActions?.actions ?? [], language, deps)
  return texts.map((text, index) => {
    const last = index === texts.length - 1
    return {
      text,
      ...(activity.id ? { metadata: last ? activity.id : `${activity.id}/${index}` } : {}),
      ...(last && replies.length > 0 ? { quick_replies: replies } : {}),
    }
  })
}

function quickReplies(actions: readonly CardAction[], language: string, deps: RenderDeps): QuickReplyBody[] {
  const more = actions.length > QUICK_REPLIES_MAX ? moreReply(actions[0], language, deps) : undefined
  const shown = actions
    .slice(0, more === undefined ? QUICK_REPLIES_MAX : QUICK_REPLIES_MAX - 1)
    .map(({ title, value }) => quickReply(title, String(value), language))
  return more === undefined ? shown : [...shown, more]
}

function quickReply(title: string, payload: string, language: string): QuickReplyBody {
  return { content_type: 'text', title: cutTitle(title, TITLE_MAX, language), payload }
}

/** The last button of a full page; undefined when the options belong to nothing that has pages. */
function moreReply(first: CardAction | undefined, language: string, deps: RenderDeps): QuickReplyBody | undefined {
  const made = decodePayload(String(first?.value), deps.keys)
  const action = made === undefined ? undefined : nextPage(made.action)
  if (made === undefined || action === undefined) return undefined
  return quickReply(deps.moreTitle(language), encodePayload({ action, revision: made.revision }, deps.keys), language)
}

function nextPage(action: Action): Action | undefined {
  if (action.do === 'reply') return { do: 'page', dialog: action.dialog, node: action.node, page: 1 }
  return action.do === 'language' ? { do: 'page', dialog: '', node: '', page: 1 } : undefined
}

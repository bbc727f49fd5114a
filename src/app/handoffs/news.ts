/** What people hear of a handoff, made from its document. */
import type { HandoffEvent, Offer, Told } from '../../core/handoff-types.js'
import type { News } from '../../core/help-types.js'
import type { TalkView } from '../../core/request-types.js'
import type { ContactDocument, HandoffDocument } from '../../store/collections.js'
import { settingsOf } from './call-out.js'
import type { HandoffsDeps } from './deps.js'

const MINUTE_MS = 60_000

/** That something happened. An agreed time is T4 without the time it leaves. Where staff have it by now, nobody else is looked for. */
export function toldNews(document: HandoffDocument, contact: string, told: Told): News {
  const { handoff, helperAlias } = document
  const side = contact === document.contact ? 'resident' : 'volunteer'
  const due = handoff?.timers.find(({ timer }) => timer === 'T4')?.due
  const at = told === 'time-agreed' && due !== undefined && handoff !== undefined ? { at: due - handoff.timings.t4 * MINUTE_MS } : {}
  const alias = side === 'resident' ? helperAlias : document.details?.alias
  const isOver = told === 'handed-on' || told === 'handed-back'
  const staff = isOver && side === 'resident' && handoff?.state === 'with-staff' ? { staff: true as const } : {}
  return { what: 'told', told, side, ...(alias === undefined ? {} : { alias }), ...at, ...staff }
}

/** An offer as its volunteer reads it: never the stairwell, never the words of the resident. */
export function offerNews(document: HandoffDocument, { volunteer, at }: Offer): News {
  const { _id: handoff, receipt, task, area, details, decisions = [] } = document
  const why = decisions.findLast(({ step }) => step === 'wave')?.log.find((line) => line.volunteer === volunteer)?.why ?? []
  // The resident's own where the volunteer speaks it, else the one the two share.
  const language = String(why.find(({ id }) => id === 'speaks')?.values?.['language'] || document.language)
  return { what: 'offer', offer: { handoff, receipt, task, area, language, when: details?.when ?? 'today', at, why } }
}

/** The talk as one of the two sees it. */
export function talkBegins(
  document: HandoffDocument,
  { side, helper }: { readonly side: TalkView['side']; readonly helper: ContactDocument | undefined },
): TalkView {
  const { _id: handoff, receipt, task, language, details, helperAlias = '' } = document
  const aliases = [details?.alias ?? '', helperAlias]
  const [alias = '', other = ''] = side === 'resident' ? aliases : aliases.toReversed()
  const { codeWord = '', relays = [] } = document.handoff ?? {}
  const from = side === 'resident' ? relays.at(-1)?.from : undefined
  const own = { handoff, receipt, task, side, alias, other, otherLanguage: sharedBy(document, helper) ?? language, codeWord }
  return from === undefined ? own : { ...own, began: from }
}

/** What the two can speak: why this helper was asked. */
function sharedBy({ language, details }: HandoffDocument, helper: ContactDocument | undefined): string | undefined {
  const spoken = helper?.volunteer?.languages ?? []
  return [language, ...(details?.otherLanguages ?? [])].find((code) => spoken.includes(code)) ?? spoken[0]
}

/** A kind word, and until when nobody asks them. */
export function restNews(deps: HandoffsDeps, document: HandoffDocument, { heavy }: Extract<HandoffEvent, { type: 'rest' }>): News {
  const { restMinutes } = settingsOf(deps.places().networks[document.network])
  return { what: 'rest', heavy, until: deps.time.now() + restMinutes * MINUTE_MS }
}

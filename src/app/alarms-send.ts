/** Ways to whoever is on call: mail, and a card in their own chat. Each may be done twice and arrives once. */
import type { AlarmView } from '../core/help-types.js'
import type { OnCall } from '../core/places-types.js'
import type { Instant } from '../core/types.js'
import type { Collection } from '../store/collection.js'
import type { AlarmDocument, ContactDocument, ConversationDocument } from '../store/collections.js'
import { PATIENCE_MINUTES, type Try } from './alarms-plan.js'
import type { MailOutcome } from './mail.js'
import type { Keys, Receive } from './ports.js'
import { type ReachDeps, reach } from './reach.js'

/** Coordinators with one entry, and conversations of one person: more than anybody has. */
const PEOPLE_MAX = 50

/** A letter to one on call. `id`: the same for the same letter, so that a second one is seen as the first. Never throws. */
export interface AlarmMail {
  send(letter: { readonly to: string; readonly subject: string; readonly text: string; readonly id: string }): Promise<MailOutcome>
}

export interface AlarmSendDeps extends ReachDeps {
  readonly contacts: Collection<ContactDocument>
  readonly keys: Keys
  readonly receive: Receive
  /** Absent: no mail is set up. */
  readonly mail?: AlarmMail
  /** A phrase in Danish. */
  readonly say: (key: string, values: Readonly<Record<string, string | number>>) => string
  readonly areaName: (area: string) => string
}

/** Tells one on call by every way there is; the tries, chat first. Without any way the one try says so. Throws `StoreUnavailable`. */
export async function tellOnCall(deps: AlarmSendDeps, alarm: AlarmDocument, onCall: OnCall, now: Instant): Promise<readonly Try[]> {
  const id = tryId(alarm, alarm.tried.length)
  const tried = { onCall: onCall.id, at: now }
  const chat = await showInChat(deps, alarm, onCall.id, { id, at: now, type: 'alarm', alarm: alarm._id, about: alarm.about })
  const to = deps.mail === undefined ? undefined : onCall.mail
  const mail = to === undefined ? undefined : await deps.mail?.send({ to, id, ...alarmLetter(deps, alarm.about) })
  const byMail = mail === undefined ? [] : [{ ...tried, by: 'mail' as const, delivered: mail === 'sent' }]
  // A chat counts once it is known to have arrived.
  return chat || byMail.length === 0 ? [{ ...tried, by: 'chat', delivered: false }, ...byMail] : byMail
}

/** Names the event of a try, by its place among all: a try that is made again after a crash makes the same event. */
function tryId({ _id }: AlarmDocument, index: number): string {
  return `alarm:${_id}:${index}`
}

type AlarmEvent = { readonly id: string; readonly at: Instant; readonly type: 'alarm'; readonly alarm: string; readonly about: AlarmView }

async function showInChat(deps: AlarmSendDeps, { area }: AlarmDocument, onCall: string, event: AlarmEvent): Promise<boolean> {
  const conversation = await openChat(deps, area, onCall)
  return conversation !== undefined && (await deps.receive(conversation, event)) !== 'gone'
}

/** The conversation in which they were last heard, of those that may be written to now. */
async function openChat(deps: AlarmSendDeps, area: string, onCall: string): Promise<ConversationDocument | undefined> {
  const people = await deps.contacts.find({ 'coordinator.onCall': onCall }, { sort: ['_id'], limit: PEOPLE_MAX })
  let newest: { readonly conversation: ConversationDocument; readonly openedAt: Instant } | undefined
  for (const { _id } of people.filter(({ coordinator }) => coordinator?.areas.includes(area))) {
    for (const conversation of await deps.conversations.find({ contact: _id }, { sort: ['_id'], limit: PEOPLE_MAX })) {
      const found = await reach(deps, { conversation: conversation._id, contact: _id })
      if (found === 'erased' || found.state !== 'ready') continue
      const openedAt = found.session.openedAt ?? 0
      if (newest === undefined || openedAt > newest.openedAt) newest = { conversation, openedAt }
    }
  }
  return newest?.conversation
}

/**
 * What became of a card: it arrived on Messenger, may still arrive, cannot, or stands on a page or a terminal, where nobody may be
 * looking.
 */
export async function fateOfCard(
  deps: AlarmSendDeps,
  alarm: AlarmDocument,
  index: number,
): Promise<'sent' | 'pending' | 'failed' | 'shown'> {
  const turn = await turnOf(deps, alarm, index)
  const conversation = turn === undefined || turn.erased ? undefined : await deps.conversations.get(turn.conversation)
  if (turn === undefined || conversation === undefined) return 'failed'
  const cards = turn.effects.flatMap(({ type }, at) => (type === 'message' ? [turn.settle.sent[at]?.state] : []))
  if (cards.length === 0) return 'failed'
  if (conversation.channel !== 'messenger') return 'shown'
  if (cards.every((state) => state === 'sent')) return 'sent'
  return cards.some((state) => state === 'refused' || state === 'listed' || state === 'dropped') ? 'failed' : 'pending'
}

async function turnOf(deps: AlarmSendDeps, alarm: AlarmDocument, index: number) {
  const [turn] = await deps.turns.find({ key: deps.keys.mac('event', tryId(alarm, index)) }, { sort: ['key'], limit: 1 })
  return turn
}

/** Takes the alarm out of every chat that got it, but for that of `except`. A chat that may not be written to now keeps it. */
export async function takeBack(deps: AlarmSendDeps, alarm: AlarmDocument, except: string | undefined): Promise<void> {
  for (const [index, { by }] of alarm.tried.entries()) {
    const turn = by === 'chat' ? await turnOf(deps, alarm, index) : undefined
    if (turn === undefined || turn.erased || turn.contact === except) continue
    const found = await reach(deps, turn)
    if (found === 'erased' || found.state !== 'ready') continue
    const event = { id: `${tryId(alarm, index)}:over`, at: deps.time.now(), type: 'alarm-over', alarm: alarm._id } as const
    await deps.receive(found.conversation, event)
  }
}

/** Number, area, task and why: never a person's words, name or alias. */
function alarmLetter({ say, areaName }: AlarmSendDeps, about: AlarmView): { readonly subject: string; readonly text: string } {
  const { why, receipt, task = '' } = about
  const ofCase = receipt !== undefined
  const values = { why: say(`coordinating.why.${why}`, {}), area: areaName(about.area), minutes: PATIENCE_MINUTES }
  const more = ofCase ? { receipt, task: taskTitle(say, task) } : {}
  const kind = ofCase ? '' : '.application'
  return {
    subject: say(`coordinating.mail.subject${kind}`, { ...values, ...more }),
    text: say(`coordinating.mail.text${kind}`, { ...values, ...more }),
  }
}

/** A phrase that there is not is said as its own key. */
function taskTitle(say: AlarmSendDeps['say'], task: string): string {
  const titles = [`coordinating.task.${task}`, `volunteering.task.${task}`].map((key) => [key, say(key, {})])
  return titles.find(([key, title]) => key !== title)?.[1] ?? task
}

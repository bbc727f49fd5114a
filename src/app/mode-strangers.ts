/**
 * What a turn is while strangers are not written to: what they wrote and what follows from it for staff stands as ever, nothing is sent but
 * danger cards, that everything is erased, and once that it is not open yet. What is held back is settled with the turn itself, so that it is
 * never sent later.
 */
import { EMERGENCY } from '../core/draft.js'
import type { Library } from '../core/library.js'
import type { Channel, Contact, Effect, Event, Instant, Scene, Session, Turn } from '../core/types.js'
import type { Collection } from '../store/collection.js'
import type { ContactDocument, ConversationDocument, Sent, TurnDocument } from '../store/collections.js'
import type { ModeSource } from './mode.js'

export interface HeldTurn extends Turn {
  /** Outcome of the messages that are held back, by effect index. */
  readonly sent: Readonly<Record<string, Sent>>
}

/** Coordinators, and volunteers of the file who came into the chat: both were let in by a one-time word. */
export function isOwnTeam({ coordinator, volunteer }: Contact): boolean {
  return coordinator !== undefined || volunteer?.file !== undefined
}

/**
 * The yes to "shall I delete everything", where this turn asks it: a stranger never reads the question, and the law gives them the erasure they
 * asked for. Undefined for every other turn.
 */
export function yesToErasure({ effects }: Turn, { id, at }: Event): Event | undefined {
  const asks = effects.some(
    (effect) =>
      effect.type === 'message' &&
      effect.message.quickReplies?.some(({ action }) => action.do === 'command' && action.command === 'delete-me-yes') === true,
  )
  return asks ? { id, at, type: 'tap', text: '', action: { do: 'command', command: 'delete-me-yes' } } : undefined
}

interface Held {
  readonly scene: Pick<Scene, 'session'>
  readonly event: Event
  readonly library: Pick<Library, 'languages' | 'say'>
  readonly now: Instant
}

/** The turn as a stranger gets it; as it was when nothing is said in it. */
export function holdBack(turn: Turn, held: Held): HeldTurn {
  if (!turn.effects.some(({ type }) => type === 'message')) return { ...turn, sent: {} }
  const isErasure = turn.effects.some(({ type }) => type === 'erase')
  const notice = isErasure || !isDue(held) ? undefined : noticeFor(turn.session, held.library)
  const said = isErasure ? turn.effects.map((effect) => lastWord(effect, held)) : turn.effects
  const effects = notice === undefined ? said : withNotice(said, notice)
  const outcome: Sent = { state: 'refused', reason: 'trial', at: held.now }
  const sent = Object.fromEntries(
    effects.flatMap((effect, index) =>
      effect.type === 'message' && effect !== notice && !isSentAnyway(effect) ? [[index, outcome] as const] : [],
    ),
  )
  return { session: isErasure ? turn.session : sessionAfter(turn, held, notice !== undefined), effects, sent }
}

/** Told once, and only to who says something, or waits for what came of it: a word that does not work. */
function isDue({ scene, event }: Held): boolean {
  return scene.session?.told.notOpen !== true && (isSaid(event) || event.type === 'result')
}

function isSaid({ type }: Event): boolean {
  return type === 'message' || type === 'tap' || type === 'start' || type === 'referral'
}

function noticeFor(session: Session, library: Held['library']): Effect {
  return { type: 'message', message: { text: sayTo(session, library, 'trial.not-open'), language: session.language.code, role: 'notice' } }
}

/** That everything is erased, to whoever has read nothing before it. */
function lastWord(effect: Effect, { scene: { session }, library }: Held): Effect {
  if (effect.type !== 'message' || effect.message.role !== 'erased' || session === undefined) return effect
  return { ...effect, message: { ...effect.message, text: sayTo(session, library, 'delete-me.done') } }
}

/** In the language of the person; in all where none is known. */
function sayTo({ language: { code, chosen, heard } }: Session, { languages, say }: Held['library'], key: string): string {
  const codes = chosen || heard === true ? [code] : languages.map((offered) => offered.code)
  return codes.map((one) => say(one, key)).join('\n\n')
}

/** After the card where there is one, but before its last message: channels show the buttons of the last one only. */
function withNotice(effects: readonly Effect[], notice: Effect): readonly Effect[] {
  const last = effects.findLastIndex(isAboutDanger)
  return effects.toSpliced(last === -1 ? effects.length : last, 0, notice)
}

/** Of danger, and the last word to somebody who is erased. */
function isSentAnyway(effect: Effect): boolean {
  return isAboutDanger(effect) || (effect.type === 'message' && effect.message.role === 'erased')
}

/** The card, all that stands around it, and the question whether anybody is in danger. */
function isAboutDanger(effect: Effect): boolean {
  return effect.type === 'message' && (effect.message.role === 'danger' || effect.read?.dialog === EMERGENCY)
}

/** What is true whether or not its answer was read. Everything else of a session is where a dialog stands. */
const TRUE_ANYWAY = [
  'language',
  'area',
  'audience',
  'danger',
  'newestSentAt',
  'openedAt',
  'silentUntil',
] as const satisfies (keyof Session)[]

/** Nobody is asked what they did not read: the dialog stays where it was. What happened elsewhere, to a request or in a talk, is taken over. */
function sessionAfter(turn: Turn, { scene, event }: Held, noticed: boolean): Session {
  const { session: before } = scene
  const told = { ...before?.told, ...(noticed ? { notOpen: true } : {}) }
  const activeAt = before?.activeAt === undefined ? {} : { activeAt: before.activeAt }
  if (!isSaid(event)) {
    const { activeAt: _, ...after } = turn.session
    return { ...after, ...activeAt, told }
  }
  const acts = turn.effects.some(({ type }) => type !== 'message' && type !== 'contact')
  const taken: readonly (keyof Session)[] = acts ? [...TRUE_ANYWAY, 'help'] : TRUE_ANYWAY
  const kept = Object.entries(before ?? {}).filter(([field]) => !taken.includes(field as keyof Session))
  const anyway = taken.flatMap((field) => (turn.session[field] === undefined ? [] : [[field, turn.session[field]] as const]))
  const { child } = turn.session
  return {
    answers: {},
    ...Object.fromEntries([...kept, ...anyway]),
    ...(child === undefined ? {} : { child: { is: child.is } }),
    language: turn.session.language,
    told,
  }
}

export interface LeftOverDeps {
  readonly contacts: Pick<Collection<ContactDocument>, 'get'>
  readonly mode: Pick<ModeSource, 'since'>
  /** Channels on which strangers are not written to now. */
  readonly restrains: (channel: Channel) => boolean
}

/** For so long after a change another instance may still have decided as before: it looks each second, and its clock may differ (ours). */
const FOLLOWED_MS = 10_000

/** Whether a message for a stranger that was decided while it was live, and is not sent yet, is held back now. Reads the contact for such alone. */
export function createLeftOver({ contacts, mode, restrains }: LeftOverDeps) {
  return async ({ channel, contact }: ConversationDocument, { at, effects }: TurnDocument, index: number): Promise<boolean> => {
    const since = mode.since()
    if (!restrains(channel) || at >= since + FOLLOWED_MS) return false
    const effect = effects[index]
    if (effect === undefined || isSentAnyway(effect)) return false
    // Since then: what is for nobody but the own team, or that it is not open; or what another instance decided as if it were live.
    if (at >= since && effect.type === 'message' && effect.message.role === 'notice') return false
    return !isOwnTeam((await contacts.get(contact)) ?? {})
  }
}

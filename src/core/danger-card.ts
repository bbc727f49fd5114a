/**
 * What is done when words tell of danger: the card comes first, in the language of the words, with the Danish beneath, and the case is
 * opened for staff. Nothing of the talk is lost: its place stays, and one tap goes back to it.
 */
import { CHILDREN_LINE } from './child-guard.js'
import type { Danger, DangerKind } from './danger.js'
import { change, type Draft, EMERGENCY, fill, isOffered, language, personReply } from './draft.js'
import type { NodeTexts } from './library.js'
import { talksWrittenIn } from './talking-session.js'
import type { Action, LanguageCode, Outbound, QuickReply } from './types.js'

/** Nodes that the cards need beside one for each kind. */
export const AROUND_CARDS = ['after', 'unclear', 'calm'] as const
/** Task of the case that a danger opens. It is told to staff only: no receipt, no promise. */
export const DANGER_TASK = 'danger'
/** Further words of the same kind belong to the same case for this long. Our own choice: staff look at a case within a day. */
const SAME_CASE = 24 * 60 * 60 * 1000
/** Longest part of a text that waits for an answer to "is anyone in danger": as much as is ever compared. */
const KEPT_TEXT = 500

/** Names are what the lines call themselves, in every language. Which numbers, in which order: the cards' own (dialogs/phone-numbers.yaml). */
const LIFELINES: Readonly<Record<DangerKind, readonly { readonly name: string; readonly number: string }[]>> = {
  illness: [{ name: 'Giftlinjen', number: '82 12 12 12' }],
  weapon: [{ name: 'Politi', number: '114' }],
  fire: [],
  suicide: [{ name: 'Livslinien', number: '70 201 201' }],
  child: [CHILDREN_LINE],
  violence: [{ name: 'Lev Uden Vold', number: '1888' }],
}

/** Answers words of danger, and opens the case when they are sure. */
export function meetDanger(draft: Draft, danger: Danger, text: string): void {
  adoptLanguage(draft, danger.language)
  if (danger.certainty === 'unclear') return askWhether(draft, danger, text)
  showCard(draft, danger)
}

/** The answer to "is anyone in danger now" was yes. */
export function confirmDanger(draft: Draft, danger: Pick<Danger, 'kind' | 'language'>): void {
  showCard(draft, danger)
}

/** Nobody is in danger; returns the words that were asked about, which deserve their ordinary answer. The case, if any, stays open. */
export function calmDown(draft: Draft, spoken: LanguageCode): string | undefined {
  const texts = draft.library.texts(EMERGENCY, 'calm', spoken)
  for (const text of texts.say) push(draft, 'calm', texts, { text: fill(draft, text) })
  const { unclear, cases } = draft.session.danger ?? { cases: {} }
  change(draft, { danger: { cases } })
  return unclear
}

/** Whoever chose no language yet is answered on in the language of the words. */
function adoptLanguage(draft: Draft, spoken: LanguageCode): void {
  if (draft.session.language.chosen || !isOffered(draft, spoken)) return
  change(draft, { language: { code: spoken, chosen: false, heard: true } })
}

function askWhether(draft: Draft, { kind, language: spoken }: Danger, text: string): void {
  const texts = draft.library.texts(EMERGENCY, 'unclear', spoken)
  const title = (reply: string) => texts.titles[reply] ?? reply
  change(draft, { danger: { cases: draft.session.danger?.cases ?? {}, unclear: text.slice(0, KEPT_TEXT) } })
  push(draft, 'unclear', texts, {
    text: fill(draft, texts.ask ?? ''),
    role: 'danger',
    quickReplies: [
      { title: title('danger-now'), action: { do: 'danger', answer: 'yes', kind, language: spoken } },
      { title: title('calm'), action: { do: 'danger', answer: 'no', kind, language: spoken } },
    ],
  })
}

/** The order that staff get stands first: it must not wait for a channel that is slow. */
function showCard(draft: Draft, { kind, language: spoken }: Pick<Danger, 'kind' | 'language'>): void {
  openCase(draft, kind, spoken)
  const card = draft.library.texts(EMERGENCY, kind, spoken)
  const [first = '', ...readAloud] = card.say
  push(draft, kind, card, { text: fill(draft, first), role: 'danger', phones: phonesOf(draft, kind, spoken) })
  for (const text of readAloud) push(draft, kind, card, { text: fill(draft, text) })
  const shown = new Set([card.language])
  for (const code of [language(draft), 'da']) {
    const texts = draft.library.texts(EMERGENCY, kind, code)
    if (shown.has(texts.language)) continue
    shown.add(texts.language)
    push(draft, kind, texts, { text: fill(draft, texts.say[0] ?? '') })
  }
  showAfter(draft, kind, spoken)
}

function showAfter(draft: Draft, kind: DangerKind, spoken: LanguageCode): void {
  const texts = draft.library.texts(EMERGENCY, 'after', spoken)
  const mistake: Action = { do: 'danger', answer: 'mistake', kind, language: spoken }
  const quickReplies: QuickReply[] = [{ title: texts.titles['mistake'] ?? '', action: mistake }, personReply(draft, spoken)]
  push(draft, 'after', texts, { text: fill(draft, texts.ask ?? ''), quickReplies })
}

function openCase(draft: Draft, kind: DangerKind, spoken: LanguageCode): void {
  const cases = draft.session.danger?.cases ?? {}
  const opened = cases[kind]
  const same = opened !== undefined && draft.clock.now - opened < SAME_CASE
  change(draft, { danger: { cases: { ...cases, [kind]: same ? opened : draft.clock.now } } })
  if (same) return
  const talks = talksWrittenIn(draft).map(({ handoff }) => handoff)
  const ofTalks = talks.length === 0 ? {} : { talks }
  draft.effects.push({ type: 'openHandoff', task: DANGER_TASK, note: kind, area: draft.scene.area.id, language: spoken, ...ofTalks })
}

/** 112 first; then the doctor, the line that is there for this, and somebody here. */
function phonesOf(draft: Draft, kind: DangerKind, spoken: LanguageCode): NonNullable<Outbound['phones']> {
  const { variables, name } = draft.scene.area
  const local = (title: string, number: string | undefined) => (number === undefined ? [] : [{ title, number }])
  const isChild = draft.session.child !== undefined && draft.session.child.is !== 'adult'
  const lines = new Set([...LIFELINES[kind], ...(isChild ? [CHILDREN_LINE] : [])])
  const lifelines = [...lines].map(({ name: title, number }) => ({ title, number }))
  const doctor = local(variables['doctor_name'] ?? '', variables['doctor_phone'])
  return [
    { title: draft.library.say(isOffered(draft, spoken) ? spoken : language(draft), 'danger.call'), number: '112' },
    ...doctor,
    ...lifelines,
    ...local(name, variables['office_phone']),
  ]
}

function push(draft: Draft, node: string, texts: NodeTexts, message: Omit<Outbound, 'language'>): void {
  const { version, language: shown, state } = texts
  draft.effects.push({
    type: 'message',
    message: { ...message, language: shown },
    read: { dialog: EMERGENCY, node, version, language: shown, state },
  })
}

/** True in a turn that met danger: its card goes before everything else that is said. */
export function isAlarm(draft: Draft): boolean {
  return draft.effects.some((effect) => effect.type === 'message' && effect.message.role === 'danger')
}

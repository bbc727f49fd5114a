/** Asking for the language, taking the choice, and what is said at first contact. */
import { formatDate } from './copenhagen.js'
import { enter, nodeAt, pageOf, showAsk } from './dialog/interpret.js'
import { change, commandReply, type Draft, drop, hasMessage, isErasing, language, MENU, phrase, push } from './draft.js'
import { goOnWithHelp } from './help.js'
import { decideLanguage } from './language/decide-language.js'
import { answerFromMatch } from './match/answer.js'
import { keepQuestion } from './questions.js'
import type { LanguageCode, QuickReply } from './types.js'

/** Days that the words of a conversation are kept before they are blanked. Our own choice of storage limit. */
export const RETENTION_DAYS = 30
/** After this much silence the bot says again that it is automatic: one Messenger window (platform policy: after a lapse). */
const LAPSE = 24 * 60 * 60 * 1000
/** The list of languages is a place of its own for paging. */
const LANGUAGE_LIST = { dialog: '', node: '' } as const

/** The list of languages, each by its own name; the question stands in the resident's language, or in all when none is known. */
export function showLanguages(draft: Draft, page = 0): void {
  const question = draft.session.language.chosen ? phrase(draft, 'language.choose') : inAllLanguages(draft, 'language.choose')
  const text = draft.clock.drill && !draft.session.told.drill ? `${drillNotice(draft)}\n\n${question}` : question
  push(draft, { text, language: language(draft), role: 'languages', quickReplies: languageReplies(draft, page) })
}

function languageReplies(draft: Draft, page = 0): readonly QuickReply[] {
  const replies: QuickReply[] = draft.library.languages.map(({ code, name }) => ({
    title: name,
    action: { do: 'language', language: code },
    language: code,
  }))
  return pageOf(draft, replies, LANGUAGE_LIST, page)
}

function inAllLanguages(draft: Draft, key: string): string {
  return draft.library.languages.map(({ code }) => draft.library.say(code, key)).join('\n')
}

/** Takes a chosen language. The first choice goes on with what was asked meanwhile; a later one says the newest answer again. */
export function chooseLanguage(draft: Draft, chosen: LanguageCode): void {
  const before = draft.session.language
  const { lastAnswer, place, pendingText } = draft.session
  change(draft, { language: { code: chosen, chosen: true } })
  draft.effects.push({ type: 'contact', change: { language: { code: chosen, chosen: true } } })
  if (!before.chosen && before.heard !== true) return goOnAfterFirstChoice(draft, pendingText)
  draft.notices.push(phrase(draft, 'language.changed'))
  const question = place === undefined ? undefined : nodeAt(draft, place)?.does
  if (goOnWithHelp(draft)) return offerUndoOf(draft, before.code, chosen)
  if (lastAnswer !== undefined) enter(draft, lastAnswer)
  else if (place !== undefined && question?.kind === 'ask') showAsk(draft, place, question.ask)
  else enter(draft, MENU)
  offerUndoOf(draft, before.code, chosen)
}

function offerUndoOf(draft: Draft, before: LanguageCode, chosen: LanguageCode): void {
  if (before !== chosen) offerUndo(draft, before)
}

/** What a typed text says about the language: its own likely one, and what must be said of that after the answer. */
export interface Spoken {
  readonly likely: LanguageCode
  /** The language that the conversation left for a whole sentence: one tap goes back. */
  readonly left?: LanguageCode
  /** The language of one button that offers to go on in it. */
  readonly offer?: LanguageCode
  /** A language that is not offered, unless that was said before. */
  readonly notOffered?: LanguageCode
}

/** Takes a text's language: a whole sentence switches at once, anything less changes nothing by itself. `locale` counts while no language is known. */
export function listen(draft: Draft, text: string, locale?: LanguageCode): Spoken {
  const { session, library } = draft
  const { told } = session
  const known = session.language.chosen || session.language.heard === true
  const { decision, likely } = decideLanguage({
    text,
    current: known ? session.language : undefined,
    ...(known || locale === undefined ? {} : { locale }),
    areaDefault: library.defaultLanguage,
    offered: library.languages.map(({ code }) => code),
    detect: library.detect,
  })
  switch (decision.do) {
    case 'switch':
      return switchLanguage(draft, decision.to, known)
    case 'offer':
      return { likely, ...(told.offer ? {} : { offer: decision.to }) }
    case 'not-offered':
      return { likely, ...(told.notOffered === decision.language ? {} : { notOffered: decision.language }) }
    case 'ask':
    case 'keep':
      return { likely }
  }
}

/** Where no language was known nothing is left, and nothing is said of it. */
function switchLanguage(draft: Draft, to: LanguageCode, known: boolean): Spoken {
  const { code: left, chosen } = draft.session.language
  change(draft, { language: { code: to, chosen, heard: true } })
  draft.effects.push({ type: 'contact', change: { language: { code: to, chosen } } })
  if (!known) return { likely: to }
  draft.notices.push(phrase(draft, 'language.changed'))
  return { likely: to, left }
}

/** The buttons that what was heard of the language asks for, under what was answered. */
export function offerWhatWasHeard(draft: Draft, { left, offer }: Spoken): void {
  if (left !== undefined) offerUndo(draft, left)
  if (offer !== undefined) offerLanguage(draft, offer)
}

/** One button in the language that a text may be in, once a conversation; in the list of languages it comes first. */
function offerLanguage(draft: Draft, offered: LanguageCode): void {
  const info = draft.library.languages.find(({ code }) => code === offered)
  if (info === undefined || isErasing(draft)) return
  const reply: QuickReply = {
    title: draft.library.say(offered, 'language.continue'),
    action: { do: 'language', language: offered },
    language: offered,
  }
  const index = draft.effects.findLastIndex((effect) => effect.type === 'message')
  const last = draft.effects[index]
  if (last?.type !== 'message') return
  const others = (last.message.quickReplies ?? []).filter(({ action }) => action.do !== 'language' || action.language !== offered)
  draft.effects[index] = { ...last, message: { ...last.message, quickReplies: [reply, ...others] } }
  change(draft, { told: { ...draft.session.told, offer: true } })
}

/** Says in a language that we do not write it yet, with those that we have. False when we lack even that sentence. */
export function sayNotOffered(draft: Draft, spoken: LanguageCode): boolean {
  const text = draft.library.notOffered(spoken)
  if (text === undefined) return false
  change(draft, { told: { ...draft.session.told, notOffered: spoken } })
  push(draft, { text, language: spoken, role: 'languages', quickReplies: languageReplies(draft) })
  return true
}

function goOnAfterFirstChoice(draft: Draft, pendingText: string | undefined): void {
  drop(draft, 'pendingText')
  if (draft.session.told.disclosure !== language(draft)) drop(draft, 'activeAt')
  if (pendingText !== undefined && answerFromMatch(draft, pendingText)) return
  if (pendingText !== undefined) keepQuestion(draft, { text: pendingText })
  enter(draft, MENU)
}

/** One tap to go back, in the language one came from. */
function offerUndo(draft: Draft, before: LanguageCode): void {
  const info = draft.library.languages.find(({ code }) => code === before)
  if (info !== undefined) addReply(draft, { title: `↩ ${info.name}`, action: { do: 'language', language: before }, language: before })
}

/** Whoever was answered before choosing a language can still choose with one tap. */
export function offerLanguages(draft: Draft): void {
  if (!draft.session.language.chosen && !onlyLanguages(draft) && !isErasing(draft)) addReply(draft, commandReply(draft, 'language'))
}

/** One more button under the last message, where every channel shows buttons. */
function addReply(draft: Draft, reply: QuickReply): void {
  const index = draft.effects.findLastIndex((effect) => effect.type === 'message')
  const last = draft.effects[index]
  if (last?.type !== 'message' || last.message.role === 'languages') return
  const quickReplies = last.message.quickReplies ?? []
  const there = quickReplies.some(({ action }) => JSON.stringify(action) === JSON.stringify(reply.action))
  if (!there) draft.effects[index] = { ...last, message: { ...last.message, quickReplies: [...quickReplies, reply] } }
}

/**
 * Says what must be said first: at first contact who this is, what is kept and how to erase it; after a lapse or after
 * a person had the thread, shortly that it is automatic; in a drill, that it is one. Only when something else is said.
 */
export function introduce(draft: Draft): void {
  if (!hasMessage(draft) || onlyLanguages(draft) || isErasing(draft)) return
  const { told, activeAt } = draft.session
  const first: string[] = []
  const firstContact = told.disclosure === undefined || (activeAt === undefined && told.disclosure !== language(draft))
  if (firstContact) first.push(phrase(draft, 'disclosure', { owner: draft.scene.area.owner, count: RETENTION_DAYS }))
  else if (activeAt === undefined || draft.clock.now - activeAt > LAPSE) first.push(phrase(draft, 'disclosure.short'))
  if (draft.clock.drill && !told.drill) first.push(drillNotice(draft))
  change(draft, {
    told: {
      ...draft.session.told,
      ...(firstContact ? { disclosure: language(draft) } : {}),
      ...(draft.clock.drill ? { drill: true } : {}),
    },
    activeAt: draft.clock.now,
  })
  draft.notices.unshift(...first)
}

function drillNotice(draft: Draft): string {
  return phrase(draft, 'drill', { date: formatDate(draft.clock.contentNow, language(draft)) })
}

/** The list of languages alone: nothing else asks for attention before it. */
function onlyLanguages(draft: Draft): boolean {
  return draft.notices.length === 0 && draft.effects.every((effect) => effect.type !== 'message' || effect.message.role === 'languages')
}

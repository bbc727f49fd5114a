/** Walks through a dialog: from a node to the next question, or to the end. */
import { beginRequest } from '../asking.js'
import { versionFor } from '../audience.js'
import { childInsteadOfAdult } from '../child-guard.js'
import { change, type Draft, drop, fill, hasMessage, language, MENU, MESSENGER_OPTIONS, phrase, tell } from '../draft.js'
import { factLine, historyOpening, insteadOfFact, judgeFact } from '../facts.js'
import type { NodeTexts } from '../library.js'
import type { Ask, Audience, Condition, Dialog, DialogNode, Goto, HandoffOrder, Outbound, QuickReply, Read } from '../types.js'

/** Nodes visited in one turn before a loop is assumed; the longest path of a sensible dialog is far below. */
const MAX_STEPS = 50
/** Unreadable answers to one question before it gives up, when the question does not say. */
export const DEFAULT_ATTEMPTS = 3

/** Goes to a node and on until something waits for the person or the dialog ends. A place that is gone lands on its dialog's start, with a word. */
export function enter(draft: Draft, target: Goto): void {
  let here: Goto | undefined = existing(draft, target)
  drop(draft, 'place', 'lastAnswer')
  for (let step = 0; here !== undefined; step++) {
    if (step === MAX_STEPS) throw new Error(`Dialog ${here.dialog} goes in circles at node ${here.node}: give the loop a question`)
    here = visit(draft, here)
  }
  if (!hasMessage(draft) && !draft.session.place?.waitsForCall) enter(draft, MENU)
}

/** The node of a place, or undefined when the library has it no more. */
export function nodeAt(draft: Draft, place: Goto): DialogNode | undefined {
  const nodes = dialogAt(draft, place)?.nodes ?? {}
  return Object.hasOwn(nodes, place.node) ? nodes[place.node] : undefined
}

/** Names come from links and buttons: what every object has is no dialog. */
function dialogAt(draft: Draft, { dialog }: Pick<Goto, 'dialog'>): Dialog | undefined {
  return Object.hasOwn(draft.library.dialogs, dialog) ? draft.library.dialogs[dialog] : undefined
}

function existing(draft: Draft, target: Goto): Goto {
  if (nodeAt(draft, target) !== undefined) return target
  draft.notices.push(phrase(draft, 'moved'))
  return dialogAt(draft, target) === undefined ? MENU : { dialog: target.dialog, node: 'start' }
}

/** Says a node, does its one thing; returns where to go on, or undefined when the turn's walk ends here. */
function visit(draft: Draft, here: Goto): Goto | undefined {
  const node = nodeAt(draft, here)
  if (node === undefined) return existing(draft, here)
  if (node.sensitive && childInsteadOfAdult(draft, here)) return undefined
  showNode(draft, here, node)
  const does = node.does
  switch (does?.kind) {
    case undefined:
      return node.goto
    case 'ask':
      wait(draft, here)
      return undefined
    case 'branch':
      return does.branches.find((branch) => (branch.when ?? []).every((condition) => holds(draft, condition)))?.goto
    case 'handoff':
      if (beginRequest(draft, does.handoff)) return undefined
      openHandoff(draft, does.handoff)
      return node.goto
    case 'subscribe':
      draft.effects.push({ type: 'contact', change: { subscribe: does.topic } })
      return node.goto
    case 'unsubscribe':
      draft.effects.push({ type: 'contact', change: { unsubscribe: does.topic } })
      return node.goto
    case 'call':
      draft.effects.push({ type: 'call', name: does.name, values: draft.session.answers })
      change(draft, { place: { ...here, attempts: 0, waitsForCall: true } })
      return undefined
  }
}

function wait(draft: Draft, here: Goto): void {
  change(draft, { place: { dialog: here.dialog, node: here.node, attempts: 0 } })
}

/** Texts of a node: its answer with what stands beside it, then its question. */
function showNode(draft: Draft, here: Goto, node: DialogNode): void {
  const texts = draft.library.texts(here.dialog, here.node, language(draft))
  noticeLanguage(draft, texts)
  showSay(draft, here, node, texts)
  if (node.does?.kind === 'ask') showAsk(draft, here, node.does.ask)
}

function showSay(draft: Draft, here: Goto, node: DialogNode, texts: NodeTexts): void {
  if (node.say.length === 0) return
  if (node.fact === undefined) return showBubbles(draft, here, texts)
  const audience = versionFor(draft, texts)
  if (showAnswer(draft, here, { node, texts, ...(audience === undefined ? {} : { audience }) })) change(draft, { lastAnswer: here })
}

interface Answered {
  readonly node: DialogNode
  readonly texts: NodeTexts
  readonly audience?: Audience
}

/** Says an answer with what stands beside it, or what is said instead of a fact that may not be shown; true when it was the answer. */
export function showAnswer(draft: Draft, here: Goto, { node, texts, audience }: Answered): boolean {
  const dialog = dialogAt(draft, here)
  if (node.fact === undefined || dialog === undefined) return false
  const verdict = judgeFact(node.fact, dialog, draft.clock, draft.scene.area)
  if (verdict === 'ended' || verdict === 'not-begun' || verdict === 'hidden') {
    tell(draft, insteadOfFact(node.fact, verdict, language(draft), { library: draft.library, area: draft.scene.area }))
    return false
  }
  const opening =
    verdict === 'past'
      ? [historyOpening(node.fact, texts.language, draft.library)]
      : verdict === 'unconfirmed'
        ? [draft.library.say(texts.language, 'unconfirmed')]
        : []
  const say = withOpening(opening, (audience && texts.versions[audience]) ?? texts.say)
  const fact = factLine(node.fact, texts.language, draft.library)
  showBubbles(draft, here, { ...texts, say }, { fact, ...(audience === undefined ? {} : { audience }) })
  return true
}

/** The opening shares the first bubble, so that nobody reads the rule without it. */
function withOpening(opening: readonly string[], say: readonly string[]): readonly string[] {
  return [[...opening, say[0]].join('\n\n'), ...say.slice(1)]
}

function showBubbles(
  draft: Draft,
  here: Goto,
  texts: NodeTexts,
  { fact, audience }: { fact?: NonNullable<Outbound['fact']>; audience?: Audience } = {},
): void {
  texts.say.forEach((bubble, index) => {
    const last = index === texts.say.length - 1
    const message = { text: fill(draft, bubble), language: texts.language, ...(fact !== undefined && last ? { fact } : {}) }
    pushRead(draft, { ...here, ...(audience === undefined ? {} : { audience }) }, texts, message)
  })
}

/** A question, or page `page` (from 0) of its options where a channel cannot show all. */
export function showAsk(draft: Draft, here: Goto, ask: Ask, page = 0): void {
  const texts = draft.library.texts(here.dialog, here.node, language(draft))
  const quickReplies = askReplies(draft, here, ask, page)
  const message = {
    text: fill(draft, texts.ask ?? ask.text),
    language: texts.language,
    ...(quickReplies.length === 0 ? {} : { quickReplies }),
  }
  pushRead(draft, here, texts, message)
}

/** The buttons of a question, or of page `page` (from 0) of them. */
export function askReplies(draft: Draft, { dialog, node }: Goto, ask: Ask, page = 0): readonly QuickReply[] {
  const { titles } = draft.library.texts(dialog, node, language(draft))
  const replies: QuickReply[] = ask.quickReplies.map(({ id, title }) => ({
    title: titles[id] ?? title,
    action: { do: 'reply', dialog, node, reply: id },
  }))
  return pageOf(draft, replies, { dialog, node }, page)
}

/** The options that the channel can show, with one that leads to the next page. */
export function pageOf(draft: Draft, replies: readonly QuickReply[], here: Goto, page: number): readonly QuickReply[] {
  if (draft.scene.conversation.channel !== 'messenger' || replies.length <= MESSENGER_OPTIONS) return replies
  const size = MESSENGER_OPTIONS - 1
  const start = page * size < replies.length ? page * size : 0
  const shown = replies.slice(start, start + size)
  const rest = replies.length - start - shown.length
  if (rest === 1) return replies.slice(start)
  if (rest === 0) return shown
  return [...shown, { title: phrase(draft, 'page.more'), action: { do: 'page', ...here, page: start / size + 1 } }]
}

function pushRead(draft: Draft, { dialog, node, audience }: Goto & { audience?: Audience }, texts: NodeTexts, message: Outbound): void {
  const own = audience === undefined ? {} : { audience }
  const read: Read = { dialog, node, ...own, version: texts.version, language: texts.language, state: texts.state }
  draft.effects.push({ type: 'message', message, read })
}

/** Says once a conversation that a machine translated, and each time that an answer is not in the reader's language. */
function noticeLanguage(draft: Draft, texts: NodeTexts): void {
  if (texts.language !== language(draft)) {
    const name = draft.library.languages.find(({ code }) => code === texts.language)?.name ?? texts.language
    const notice = phrase(draft, 'fallback', { language: name })
    if (!draft.notices.includes(notice)) draft.notices.push(notice)
  }
  if ((texts.state === 'machine' || texts.state === 'outdated') && !draft.session.told.machine) {
    draft.notices.push(phrase(draft, 'machine'))
    change(draft, { told: { ...draft.session.told, machine: true } })
  }
}

/** Stores an open request and says honestly what the person can do now; nothing is promised. */
function openHandoff(draft: Draft, order: HandoffOrder): void {
  const { area } = draft.scene
  draft.effects.push({
    type: 'openHandoff',
    task: order.task,
    ...(order.network === undefined ? {} : { network: order.network }),
    ...(order.note === undefined ? {} : { note: fill(draft, order.note) }),
    ...(order.within === undefined ? {} : { within: order.within }),
    area: area.id,
    language: language(draft),
  })
  tell(draft, phrase(draft, 'handoff.open', { phone: area.variables['office_phone'] ?? '', hours: area.variables['office_hours'] ?? '' }))
}

function holds(draft: Draft, condition: Condition): boolean {
  const value = valueAt(draft, condition.path)
  if (condition.known !== undefined && (value !== undefined) !== condition.known) return false
  if (condition.equals !== undefined && value !== condition.equals) return false
  if (condition.in !== undefined && (value === undefined || !condition.in.includes(value))) return false
  const number = typeof value === 'number' ? value : Number.NaN
  if (condition.below !== undefined && !(number < condition.below)) return false
  return condition.from === undefined || number >= condition.from
}

function valueAt(draft: Draft, path: string): string | number | boolean | undefined {
  const [from, name = ''] = path.split('.')
  if (from === 'answers') return draft.session.answers[name]
  if (name === 'language') return language(draft)
  if (name === 'area') return draft.scene.area.id
  return name === 'audience' ? (draft.session.audience ?? draft.scene.contact.audience) : undefined
}

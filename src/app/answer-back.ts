/** Who waits for an answer that there is now, and telling them: an event in their own conversation, once for each try. */

import type { Library } from '../core/library.js'
import { readiness } from '../core/questions.js'
import { windowRule } from '../core/window.js'
import type { Collection } from '../store/collection.js'
import type { ConversationDocument, QuestionDocument, TurnDocument } from '../store/collections.js'
import type { Log, Receive, Time } from './ports.js'
import { answeredId } from './questions.js'

const PAGE = 100

/** What is looked at to know whether somebody can be told. */
export interface WaitingDeps {
  readonly conversations: Collection<ConversationDocument>
  readonly turns: Collection<TurnDocument>
  readonly library: () => Library
  readonly time: Pick<Time, 'now' | 'contentNow' | 'drill'>
}

export interface AnswerBackDeps extends WaitingDeps {
  readonly questions: Collection<QuestionDocument>
  readonly receive: Receive
  readonly log: Log
}

/** Why an asker is not told now; `ready` when nothing is in the way. */
export type Waiting = 'ready' | 'no translation' | 'not valid now' | 'window closed' | 'a person has the thread' | 'erased'

/** Whether the asker of a linked question can be told now. Throws `StoreUnavailable`. */
export async function waitingFor(deps: WaitingDeps, question: QuestionDocument): Promise<Waiting> {
  const conversation = await deps.conversations.get(question.conversation)
  if (conversation === undefined || conversation.contact !== question.contact) return 'erased'
  const [last] = await deps.turns.find({ conversation: conversation._id }, { sort: ['seq'], descending: true, limit: 1 })
  if (last === undefined || last.erased) return 'erased'
  const { session } = last
  const now = deps.time.now()
  const library = deps.library()
  const area = library.areas[question.area] ?? library.areas[library.defaultArea]
  if (area === undefined || question.answer === undefined) return 'not valid now'
  const clock = { now, contentNow: deps.time.contentNow(), drill: deps.time.drill }
  const ready = readiness({ library, clock, area, language: session.language.code }, question.answer)
  if (ready !== 'ready') return ready
  if (session.silentUntil !== undefined && now < session.silentUntil) return 'a person has the thread'
  if (conversation.channel !== 'messenger') return 'ready'
  const rule = windowRule({ now, openedAt: session.openedAt, byPerson: false, humanAgent: false })
  return rule === 'response' ? 'ready' : 'window closed'
}

/** Tells everybody who can be told now; returns how many. Any number of instances may do it at once. Throws `StoreUnavailable`. */
export async function answerBack(deps: AnswerBackDeps): Promise<number> {
  let told = 0
  for (let after: (string | number)[] | undefined; ; ) {
    const page = await deps.questions.find(
      { state: 'linked', wish: true },
      { sort: ['askedAt', '_id'], limit: PAGE, ...(after ? { after } : {}) },
    )
    for (const question of page) told += await tell(deps, question)
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) break
    after = [last.askedAt, last._id]
  }
  if (told > 0) deps.log.info('answers were given to earlier questions', { questions: told })
  return told
}

async function tell(deps: AnswerBackDeps, question: QuestionDocument): Promise<0 | 1> {
  const waiting = await waitingFor(deps, question)
  if (waiting === 'erased') return forget(deps, question)
  const conversation = waiting === 'ready' ? await deps.conversations.get(question.conversation) : undefined
  if (conversation === undefined || question.answer === undefined) return 0
  const { dialog, node } = question.answer
  const { _id, text } = question
  const event = { id: answeredId(question), at: deps.time.now(), type: 'answered' as const, question: _id, text, dialog, node }
  const received = await deps.receive(conversation, event)
  if (received === 'gone') return forget(deps, question)
  return received === 'committed' ? 1 : 0
}

/** Its asker is gone; nobody is left to tell. */
async function forget({ questions }: AnswerBackDeps, { _id }: QuestionDocument): Promise<0> {
  await questions.remove({ _id }, 1)
  return 0
}

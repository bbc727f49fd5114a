/** Who waits for an answer that there is now, and telling them: an event in their own conversation, once for each try. */

import type { Library } from '../core/library.js'
import { readiness } from '../core/questions.js'
import type { Collection } from '../store/collection.js'
import type { QuestionDocument } from '../store/collections.js'
import type { Log, Receive, Time } from './ports.js'
import { answeredId } from './questions.js'
import { type Reach, type ReachDeps, reach } from './reach.js'

const PAGE = 100

/** What is looked at to know whether somebody can be told. */
export interface WaitingDeps extends ReachDeps {
  readonly library: () => Library
  readonly time: Pick<Time, 'now' | 'contentNow' | 'drill'>
}

export interface AnswerBackDeps extends WaitingDeps {
  readonly questions: Collection<QuestionDocument>
  readonly receive: Receive
  readonly log: Log
}

/** Why an asker is not told now; `ready` when nothing is in the way. */
export type Waiting = Reach['state'] | 'no translation' | 'not valid now' | 'erased'

/** Whether the asker of a linked question can be told now. Throws `StoreUnavailable`. */
export async function waitingFor(deps: WaitingDeps, question: QuestionDocument): Promise<Waiting> {
  const asker = await reach(deps, question)
  if (asker === 'erased') return 'erased'
  const library = deps.library()
  const area = library.areas[question.area] ?? library.areas[library.defaultArea]
  if (area === undefined || question.answer === undefined) return 'not valid now'
  const clock = { now: deps.time.now(), contentNow: deps.time.contentNow(), drill: deps.time.drill }
  const ready = readiness({ library, clock, area, language: asker.session.language.code }, question.answer)
  return ready === 'ready' ? asker.state : ready
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

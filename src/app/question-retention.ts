/**
 * How long a question's words are kept. First contact promises {@link RETENTION_DAYS} to everybody, so that holds for whoever did not ask
 * to be told. Whoever did agreed that the question is kept until there is an answer, at most {@link WISH_DAYS}; once told or dismissed it
 * goes with the others. What remains says how often something was asked and what came near, and names nobody.
 */
import { RETENTION_DAYS } from '../core/language-choice.js'
import type { Collection, Where } from '../store/collection.js'
import type { QuestionDocument } from '../store/collections.js'
import { blankInPages } from './blank-in-pages.js'
import type { Time } from './ports.js'

const DAY = 24 * 60 * 60 * 1000
/** Half a year, as the thanks for the wish say. Our own choice of storage limit. */
export const WISH_DAYS = 183

export interface QuestionRetentionDeps {
  readonly questions: Collection<QuestionDocument>
  readonly time: Pick<Time, 'now'>
  readonly scrub: () => Promise<void>
}

/** Takes the words out of what is too old, and who asked; returns how many. Throws `StoreUnavailable`. */
export async function blankQuestions({ questions, time, scrub }: QuestionRetentionDeps): Promise<number> {
  const below = time.now() - RETENTION_DAYS * DAY
  const done = { in: ['answered', 'dismissed'] }
  const blanked =
    (await blankAll(questions, { kept: true, wish: false, askedAt: { below } })) +
    (await blankAll(questions, { kept: true, wish: true, state: done, askedAt: { below } })) +
    (await blankAll(questions, { kept: true, wish: true, askedAt: { below: time.now() - WISH_DAYS * DAY } }))
  if (blanked > 0) await scrub()
  return blanked
}

function blankAll(questions: Collection<QuestionDocument>, where: Where): Promise<number> {
  return blankInPages(questions, { where, by: 'askedAt' }, blank)
}

function blank(question: QuestionDocument): QuestionDocument {
  const state = question.state === 'linked' ? 'answered' : question.state
  return { ...question, contact: '', conversation: '', askedBy: '', text: '', state, wish: false, kept: false }
}

/** Questions that found no answer, in the store: kept once for each asker and wording, linked to an answer or dismissed by staff. */

import type { Library } from '../core/library.js'
import type { Vote } from '../core/question-types.js'
import { isAnswer } from '../core/questions.js'
import type { Effect, Goto } from '../core/types.js'
import type { Collection } from '../store/collection.js'
import type { QuestionDocument, TurnDocument, VoteDocument } from '../store/collections.js'
import type { Keys } from './ports.js'
import { groupQuestions } from './question-groups.js'

/** Characters of a question's id behind its `q`: 126 bits of its keyed hash. */
const ID_LENGTH = 21
const PAGE = 500

export interface QuestionsDeps {
  readonly questions: Collection<QuestionDocument>
  readonly votes: Collection<VoteDocument>
  readonly keys: Keys
}

type Questions = Collection<QuestionDocument>

/**
 * Keeps what a turn could not answer. The same words of the same asker are one question; asked again after it was told, or after its
 * words went, it is open once more. `id` is the effect's: the same effect changes nothing the second time.
 */
export async function keepQuestion(deps: QuestionsDeps, effect: Extract<Effect, { type: 'question' }>, id: string, turn: TurnDocument) {
  const { text, language, area, guesses, missing } = effect
  const { conversation, contact } = turn
  const asked = { contact, conversation, askedBy: id, askedAt: turn.at, text, language, area, guesses, missing }
  const open = { wish: false, told: false, kept: true }
  const _id = questionId(deps.keys, contact, effect.question)
  const made = { _id, version: 1, ...asked, ...open, state: 'new' as const, attempt: 0 }
  if ((await deps.questions.insert(made)) === 'ok') return
  await update(deps.questions, _id, (known) => {
    if (known.askedBy === id || (known.kept && !known.told)) return undefined
    return { ...known, ...asked, ...open, state: known.answer === undefined ? 'new' : 'answered', attempt: known.attempt + 1 }
  })
}

/** Notes that the asker wants to be told; whoever was told already is not told again. */
export async function noteWish({ questions, keys }: QuestionsDeps, question: string, { contact }: TurnDocument): Promise<void> {
  await update(questions, questionId(keys, contact, question), (known) => {
    if (known.wish || known.told || !known.kept) return undefined
    return { ...known, wish: true, state: known.state === 'answered' ? 'linked' : known.state }
  })
}

/** Notes how the telling of a try ended; a try that is over changes nothing more. */
export async function noteTold(questions: Questions, effect: Extract<Effect, { type: 'told' }>, turn: TurnDocument): Promise<void> {
  const { event } = turn
  await update(questions, effect.question, (known) => {
    if (known.told || turn.contact !== known.contact || event.id !== answeredId(known)) return undefined
    return effect.told ? { ...known, told: true, state: 'answered' } : { ...known, attempt: known.attempt + 1 }
  })
}

/** The id of the event that tells: one for each try, so that no try is made twice. */
export function answeredId({ _id, attempt }: Pick<QuestionDocument, '_id' | 'attempt'>): string {
  return attempt === 0 ? `answered:${_id}` : `answered:${_id}:${attempt}`
}

/** Stores a vote under a hash that names no turn. */
export async function countVote(
  { votes, keys }: QuestionsDeps,
  id: string,
  { dialog, node, version, language, useful }: Vote,
): Promise<void> {
  await votes.insert({ _id: keys.mac('event', `vote:${id}`), version: 1, dialog, node, text: version, language, useful })
}

/** What staff may do to a question: give its answer's place, or put it aside. `group`: to all that belong with it. */
export type QuestionOrder =
  | { readonly act: 'answer'; readonly question: string; readonly at: Goto; readonly group: boolean }
  | { readonly act: 'dismiss'; readonly question: string; readonly group: boolean }

/** Carries an order out; returns the line for whoever gave it. Throws `Error` with what to do when a name in it is unknown. */
export async function orderQuestions(deps: { questions: Questions; library: Library }, order: QuestionOrder): Promise<string> {
  const { questions, library } = deps
  if (order.act === 'answer' && !isAnswer(library, order.at)) throw new Error(noAnswer(library, order.at))
  const ids = await meant(questions, order)
  let waiting = 0
  for (const id of ids) {
    const changed = await update(questions, id, (known) => (order.act === 'answer' ? linked(known, order.at) : dismissed(known)))
    if (changed?.state === 'linked') waiting += 1
  }
  const count = ids.length === 1 ? '1 question is' : `${ids.length} questions are`
  if (order.act === 'dismiss') return `${count} dismissed.`
  return `${count} linked to ${order.at.dialog}/${order.at.node}. Askers who wait to be told: ${waiting}.`
}

/** Why a place can be no answer, and what to do. */
function noAnswer(library: Library, { dialog, node }: Goto): string {
  const nodes = Object.hasOwn(library.dialogs, dialog) ? library.dialogs[dialog]?.nodes : undefined
  if (nodes === undefined) return `There is no dialog ${dialog}; there are ${Object.keys(library.dialogs).join(', ')}`
  const answers = Object.keys(nodes).filter((other) => isAnswer(library, { dialog, node: other }))
  const wrong = Object.hasOwn(nodes, node) ? `${dialog}/${node} is no answer: it says nothing, or it does more` : `${dialog} has no ${node}`
  return `${wrong}; choose one of ${answers.map((other) => `${dialog}/${other}`).join(', ')}`
}

async function meant(questions: Questions, { question, group }: QuestionOrder): Promise<readonly string[]> {
  const known = await questions.get(question)
  if (known === undefined) throw new Error(`There is no question ${question}; \`npm run questions -- --all\` lists them`)
  if (!group) return [question]
  const all = await allQuestions(questions)
  const members = groupQuestions(all).find(({ questions: ones }) => ones.some(({ _id }) => _id === question))?.questions ?? []
  // What was decided about the others before stays.
  const open = members.filter(({ _id, state }) => _id === question || state === 'new' || state === 'linked')
  return open.map(({ _id }) => _id)
}

function linked(known: QuestionDocument, { dialog, node }: Goto): QuestionDocument {
  return { ...known, answer: { dialog, node }, state: known.wish && !known.told ? 'linked' : 'answered' }
}

function dismissed(known: QuestionDocument): QuestionDocument {
  const { answer: _, ...rest } = known
  return { ...rest, state: 'dismissed' }
}

/** All questions, or those of a state, oldest first. */
export async function allQuestions(questions: Questions, state?: QuestionDocument['state']): Promise<QuestionDocument[]> {
  const where = state === undefined ? {} : { state }
  const found: QuestionDocument[] = []
  for (let after: (string | number)[] | undefined; ; ) {
    const page = await questions.find(where, { sort: ['askedAt', '_id'], limit: PAGE, ...(after ? { after } : {}) })
    found.push(...page)
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return found
    after = [last.askedAt, last._id]
  }
}

/** Decides on what is stored until it is stored. Undefined when there is nothing to change, or nothing there. */
async function update(
  questions: Questions,
  id: string,
  decide: (known: QuestionDocument) => QuestionDocument | undefined,
): Promise<QuestionDocument | undefined> {
  for (;;) {
    const known = await questions.get(id)
    const next = known === undefined ? undefined : decide(known)
    if (next === undefined || (await questions.replace(next)) === 'ok') return next
  }
}

function questionId(keys: Keys, contact: string, question: string): string {
  return `q${keys.mac('event', `question:${contact}:${question}`).slice(0, ID_LENGTH)}`
}

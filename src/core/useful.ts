/** "Was this useful?": two buttons under an answer, one vote each time it is shown, and what was missing. */
import { addReplies, change, type Draft, drop, isErasing, phrase, tell } from './draft.js'
import { readsText, thank } from './questions.js'
import type { Action, QuickReply, Read } from './types.js'

/** Asks under an answer of this turn whether it was useful; not where the next text is an answer to a question. */
export function offerUseful(draft: Draft): void {
  const read = answerRead(draft)
  const { place } = draft.session
  if (read === undefined || isErasing(draft) || (place !== undefined && readsText(draft, place))) return
  addReplies(draft, [reply(draft, read, true), reply(draft, read, false)])
  drop(draft, 'voted')
}

/** The newest answer of the turn: what was read with the line of its fact. */
function answerRead(draft: Draft): Read | undefined {
  const shown = draft.effects.findLast((effect) => effect.type === 'message' && effect.message.fact !== undefined)
  return shown?.type === 'message' ? shown.read : undefined
}

function reply(draft: Draft, { dialog, node, version, language }: Read, useful: boolean): QuickReply {
  return { title: phrase(draft, useful ? 'useful.yes' : 'useful.no'), action: { do: 'useful', dialog, node, version, language, useful } }
}

/** Counts a vote for the text that was read, and after a no asks what was missing. The dialog stays where it is. */
export function takeVote(draft: Draft, action: Extract<Action, { do: 'useful' }>): void {
  const { dialog, node, version, language, useful } = action
  const voted = `${dialog}/${node} ${version} ${language}`
  if (draft.session.voted !== voted) draft.effects.push({ type: 'useful', dialog, node, version, language, useful })
  change(draft, { voted })
  if (useful) return thank(draft, phrase(draft, 'useful.thanks'))
  change(draft, { missing: { dialog, node } })
  tell(draft, phrase(draft, 'useful.missing'), [{ title: phrase(draft, 'useful.skip'), action: { do: 'skip' } }])
}

/** For whom an answer is: who the person said they are, the words for them, and the question, asked once. */
import { change, type Draft, phrase, tell } from './draft.js'
import type { NodeTexts } from './library.js'
import { AUDIENCES, type Audience, type DialogNode, type Goto, type QuickReply } from './types.js'

/** Who the person said they are; `anyone` when none of the audiences, undefined when they never said. */
export function audienceOf(draft: Draft): Audience | 'anyone' | undefined {
  const said = draft.session.audience ?? draft.scene.contact.audience
  return said === 'anyone' ? said : AUDIENCES.find((audience) => audience === said)
}

/** Whose version of an answer this person reads; undefined for the words meant for everybody. */
export function versionFor(draft: Draft, { versions }: NodeTexts): Audience | undefined {
  const audience = audienceOf(draft)
  return audience === undefined || audience === 'anyone' || versions[audience] === undefined ? undefined : audience
}

/** Asks who the person is, under an answer that others read in other words: once, and never when they said it. True when it was asked. */
export function askOnce(draft: Draft, here: Goto, node: DialogNode): boolean {
  if (node.versions === undefined || audienceOf(draft) !== undefined || draft.session.told.audience === true) return false
  askAudience(draft, here)
  return true
}

/** Asks who the person is, for the answer they get next. */
export function askAudience(draft: Draft, { dialog, node }: Goto): void {
  change(draft, { whose: { dialog, node }, told: { ...draft.session.told, audience: true } })
  const replies = [...AUDIENCES, 'anyone' as const].map(
    (audience): QuickReply => ({
      title: phrase(draft, `audience.${audience}`),
      action: { do: 'audience', audience, dialog, node },
    }),
  )
  tell(draft, phrase(draft, 'audience.ask'), replies)
}

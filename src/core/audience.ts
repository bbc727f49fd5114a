/** For whom an answer is: who the person said they are, and the words for them. */
import { change, type Draft, phrase } from './draft.js'
import type { NodeTexts } from './library.js'
import { AUDIENCES, type Audience, type Goto, type QuickReply } from './types.js'

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

/** The buttons of who one is, for the answer one gets next. */
export function audienceReplies(draft: Draft, { dialog, node }: Goto, audiences: readonly (Audience | 'anyone')[]): readonly QuickReply[] {
  return audiences.map((audience) => ({
    title: phrase(draft, `audience.${audience}`),
    action: { do: 'audience', audience, dialog, node },
  }))
}

/** Remembers that it is asked who the person is, and for which answer. */
export function noteAsked(draft: Draft, { dialog, node }: Goto): void {
  change(draft, { whose: { dialog, node }, told: { ...draft.session.told, audience: true } })
}

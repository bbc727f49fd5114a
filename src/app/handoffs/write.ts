/** A person of the staff writes to a resident: under Messenger's rules for people, refused in plain words outside them. */
import { DANGER_TASK } from '../../core/danger-card.js'
import type { By } from '../../core/handoff-types.js'
import { windowRule } from '../../core/window.js'
import type { HandoffDocument } from '../../store/collections.js'
import { reach } from '../reach.js'
import { actorOf, amend } from './change.js'
import type { HandoffsDeps } from './deps.js'

interface Writing {
  readonly document: HandoffDocument
  readonly by: By
  readonly id: string
  readonly text: string
  /** Written only while this holds. */
  readonly when?: (document: HandoffDocument) => boolean
  /** Done before anything is written. */
  readonly before?: () => Promise<void>
}

/** `window-closed` where Messenger lets nobody write now; `gone` for a resident who had everything erased; `moved` where `when` holds no more. */
export async function writeAsPerson(
  deps: HandoffsDeps,
  { document, by, id, text, when, before }: Writing,
): Promise<'window-closed' | 'gone' | 'not-yours' | 'bad-words' | 'moved' | undefined> {
  if (by.as === 'resident' || by.as === 'volunteer' || by.as === 'timer') return 'not-yours'
  // Whoever holds the telephone may not be the one who wrote.
  if (document.task === DANGER_TASK) return 'bad-words'
  const resident = await reach(deps, document)
  if (resident === 'erased') return 'gone'
  const { openedAt } = resident.session
  const question = { now: deps.time.now(), openedAt, byPerson: true, humanAgent: deps.humanAgent }
  if (resident.conversation.channel === 'messenger' && windowRule(question) === 'closed') return 'window-closed'
  const written = await amend(deps, { handoff: document._id, id }, (known) => {
    if (when?.(known) === false) return undefined
    return {
      change: { history: [...(known.history ?? []), { at: deps.time.now(), what: 'written', ...actorOf(by) }] },
      follows: [{ type: 'news', contact: document.contact, news: { what: 'written', text }, sender: by.contact }],
      ...(before === undefined ? {} : { before }),
    }
  })
  return written === undefined ? 'moved' : undefined
}

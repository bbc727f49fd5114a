/** A request that staff open for somebody who has no chat: a conversation of its own, which nobody can open, hears what follows. */
import { readStairwell } from '../../core/asking-answers.js'
import { readAlias } from '../../core/asking-intake.js'
import type { BehalfOrder } from '../../core/board-types.js'
import { redactAll } from '../../core/redact.js'
import type { RequestDetails } from '../../core/request-types.js'
import { staffOnlyReason, TASKS } from '../../core/task-rules.js'
import type { HandoffDocument } from '../../store/collections.js'
import { note } from '../accounts/audit.js'
import { conversationId } from '../ports.js'
import type { ActsDeps } from './acts.js'
import type { Viewer } from './board-deps.js'
import { contactOfStaff } from './names.js'

/** `unknown-area`: it has no people here. `task`: no volunteer may have it. `erased`: it was opened by this order before, and is gone. */
export type BehalfRefusal = 'unknown-area' | 'unknown-language' | 'task' | 'alias' | 'stairwell' | 'erased'

export type Opened = { readonly request: HandoffDocument } | { readonly refused: BehalfRefusal }

/** Opens it by the rules of everybody's; the same order again finds it. Its area is one of the viewer's. Throws `StoreUnavailable`. */
export async function openForAnother({ work, accounts }: ActsDeps, viewer: Viewer, order: BehalfOrder): Promise<Opened> {
  const details = detailsOf(work, order)
  if ('refused' in details) return details
  const by = { as: 'staff', contact: contactOfStaff(viewer.staff) } as const
  // Nobody else's order has the same name, and the page cannot know it.
  const name = `behalf-${work.keys.mac('event', `${by.contact} ${order.id}`)}`
  const address = { channel: 'web', account: '', user: name } as const
  const { task, area, language } = order
  const conversation = conversationId(address)
  const at = work.time.now()
  await work.collections.conversations.insert({ _id: conversation, version: 1, contact: name, ...address, createdAt: at, device: '' })
  const begun = await work.receive(address, { id: `${name}:start`, at, type: 'start', origin: { area, language } })
  if (begun === 'gone') return { refused: 'erased' }
  const words = redactAll(order.note.trim(), work.library.current().hideSecrets).text
  const effect = { type: 'openHandoff', task, area, language, details, ...(words === '' ? {} : { note: words }) } as const
  const request = await work.requests.open(effect, name, {
    ...{ conversation, at, by, contact: name },
    before: (receipt) => note(accounts, { who: viewer.staff, what: 'request-opened', about: receipt }, [area]),
  })
  return { request: (await work.collections.handoffs.get(name)) ?? request }
}

/** What is asked of residents in their chat is asked of this order too. */
function detailsOf(work: ActsDeps['work'], order: BehalfOrder): RequestDetails | { readonly refused: BehalfRefusal } {
  const library = work.library.current()
  const { places } = work.places.current()
  const { task, area, language, when, wishes } = order
  const place = Object.hasOwn(places, area) ? places[area] : undefined
  if (place === undefined || !Object.hasOwn(library.areas, area)) return { refused: 'unknown-area' }
  if (!library.languages.some(({ code }) => code === language)) return { refused: 'unknown-language' }
  if (!TASKS.includes(task) || staffOnlyReason({ task, minor: false }) !== undefined) return { refused: 'task' }
  const alias = readAlias(order.alias)
  if (alias === undefined) return { refused: 'alias' }
  const typed = order.stairwell?.trim() ?? ''
  const stairwell = typed === '' ? undefined : readStairwell(typed, place.stairwells, library.readHouse)
  if (typed !== '' && stairwell === undefined) return { refused: 'stairwell' }
  const { gender, notFromStairwell } = wishes
  return {
    when,
    ...(stairwell === undefined ? {} : { stairwell }),
    otherLanguages: [],
    wishes: {
      ...(gender === undefined ? {} : { gender }),
      // Everybody might be from a stairwell that is not said.
      ...(notFromStairwell === true && stairwell !== undefined ? { notFromStairwell } : {}),
    },
    kept: [],
    minor: false,
    alias,
    behalf: true,
  }
}

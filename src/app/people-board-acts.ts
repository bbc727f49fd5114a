/** What staff do about a volunteer in the console: an answer, duty, pause, and a word that brings them into a chat. */
import type { AuditAct } from '../store/staff-documents.js'
import { note } from './accounts/audit.js'
import { decideVolunteer } from './approve.js'
import { contactOfStaff } from './board/names.js'
import type { VolunteerRefusal } from './handoffs/staff-volunteer.js'
import { makeOneTime, WORD_MINUTES } from './one-times.js'
import { volunteerIn } from './people-board.js'
import type { OnPerson, PeopleWork } from './people-board-change.js'
import { IMPORTED } from './people-file-export.js'

const MINUTE_MS = 60_000

export type ActRefusal = VolunteerRefusal | 'decided-before' | 'no-promise' | 'has-chat'

export interface PersonDecision {
  readonly yes: boolean
  /** Of whoever was told no: staff saw that, and mean yes after all. */
  readonly anew?: true | undefined
}

/**
 * Answers an applicant, who is told; a no can become a yes, a yes cannot become a no. The same answer again is no second one: it tells them if that was not done. Throws `StoreUnavailable`;
 * then it may be given again.
 */
export async function decidePerson(deps: PeopleWork, on: OnPerson, { yes, anew }: PersonDecision): Promise<ActRefusal | undefined> {
  const { work } = deps
  const known = await volunteerIn(work, on.person, on.areas)
  if (known === undefined) return 'gone'
  const { state, promise, network } = known.volunteer
  const isOpen = state === 'applied' || (yes && anew === true && state === 'refused')
  // Nobody would ever ask them.
  if (yes && isOpen && promise === undefined) return 'no-promise'
  const same = state === (yes ? 'approved' : 'refused')
  if (!isOpen && !same) return 'decided-before'
  if (isOpen) await noteAct(deps, on, { what: yes ? 'person-approved' : 'person-refused', area: known.volunteer.area })
  const decision = { volunteer: on.person, yes, ...(anew === undefined ? {} : { anew }) }
  const done = await decideVolunteer({ ...work.collections, time: work.time, receive: work.receive }, decision)
  if (done === 'gone') return 'gone'
  if (done !== 'ok' && !same) return 'decided-before'
  if (yes) await work.requests.lookAgain({ network, volunteer: on.person, id: `staff:${work.ids.next()}` })
  return undefined
}

const ACTS = {
  duty: { on: 'person-duty-on', off: 'person-duty-off' },
  pause: { on: 'person-paused', off: 'person-resumed' },
} as const satisfies Record<string, Record<string, AuditAct>>

/** Sets duty or pause. Throws `StoreUnavailable`; then it may be given again. */
export async function setPerson(
  deps: PeopleWork,
  on: OnPerson,
  { what, is }: { readonly what: keyof typeof ACTS; readonly is: boolean },
): Promise<ActRefusal | undefined> {
  const known = await volunteerIn(deps.work, on.person, on.areas)
  if (known === undefined) return 'gone'
  const before = () => noteAct(deps, on, { what: ACTS[what][is ? 'on' : 'off'], area: known.volunteer.area })
  return deps.work.requests.changeByStaff({
    contact: on.person,
    id: `staff:${deps.work.ids.next()}`,
    by: contactOfStaff(on.who),
    what,
    on: is,
    before,
  })
}

/** A word that makes whoever types it this volunteer, who came from a file and has not written yet. Throws `StoreUnavailable`. */
export async function wordFor(deps: PeopleWork, on: OnPerson): Promise<{ readonly word: string; readonly until: number } | ActRefusal> {
  const { work } = deps
  const known = await volunteerIn(work, on.person, on.areas)
  if (known === undefined) return 'gone'
  if (!on.person.startsWith(IMPORTED)) return 'has-chat'
  await noteAct(deps, on, { what: 'person-word', area: known.volunteer.area })
  const until = work.time.now() + WORD_MINUTES * MINUTE_MS
  const { collections, keys, ids, time } = work
  return { word: await makeOneTime({ ...collections, keys, ids, time }, { what: 'volunteer', contact: on.person }), until }
}

function noteAct({ accounts }: PeopleWork, { who, person: about }: OnPerson, { what, area }: { what: AuditAct; area: string }) {
  return note(accounts, { who, what, about }, [area])
}

/** What staff order at the command line about people: applicants, who is on call, and words that make coordinators and volunteers. */
import { copenhagenTime } from '../core/copenhagen.js'
import type { OnCall } from '../core/places-types.js'
import type { AccountsDeps } from './accounts/accounts-deps.js'
import { type AuditLine, COMMAND_LINE, note } from './accounts/audit.js'
import { type AlarmsMarkDeps, wakeAlarms } from './alarms-mark.js'
import { type ApproveDeps, decideVolunteer } from './approve.js'
import { makeOneTime, type OneTimesDeps, putOnCall, removeOnCall, WORD_MINUTES } from './one-times.js'

const MINUTE = 60_000

export type StaffOrder =
  | { readonly act: 'approve'; readonly volunteer: string; readonly yes: boolean }
  | { readonly act: 'on-call-add'; readonly area: string; readonly entry: Omit<OnCall, 'mail'> & { readonly mail?: string | undefined } }
  | { readonly act: 'on-call-remove'; readonly area: string; readonly id: string }
  /** Without `onCall` they get a name of their own on the list. */
  | { readonly act: 'coordinator'; readonly area: string; readonly onCall?: string | undefined }
  | { readonly act: 'volunteer-word'; readonly volunteer: string }

export interface StaffOrdersDeps extends OneTimesDeps, ApproveDeps, AlarmsMarkDeps, Pick<AccountsDeps, 'audit' | 'ids'> {
  /** Ids of the areas there are, where they are known: else only areas with people count. */
  readonly areas?: readonly string[]
}

/** Carries out an order; one line for whoever gave it. Throws `Error` with what to do when it cannot be done. */
export async function carryOutStaff(deps: StaffOrdersDeps, order: StaffOrder): Promise<string> {
  switch (order.act) {
    case 'approve':
      return approve(deps, order)
    case 'on-call-add': {
      await checkArea(deps, order.area)
      await noteOrder(deps, { what: 'place-changed', about: order.area }, order.area)
      const { mail, ...entry } = order.entry
      const done = await putOnCall(deps.places, order.area, { ...entry, ...(mail === undefined ? {} : { mail }) })
      await wakeAlarms(deps, order.area)
      return `${order.entry.id} is on the list of ${order.area}: ${done}.`
    }
    case 'on-call-remove':
      return remove(deps, order)
    case 'coordinator':
      return coordinatorWord(deps, order)
    case 'volunteer-word':
      return volunteerWord(deps, order.volunteer)
  }
}

async function approve(deps: StaffOrdersDeps, { volunteer, yes }: Extract<StaffOrder, { act: 'approve' }>): Promise<string> {
  const asked = (await deps.contacts.get(volunteer))?.volunteer
  if (asked?.state === 'applied') await noteOrder(deps, { what: yes ? 'person-approved' : 'person-refused', about: volunteer }, asked.area)
  const done = await decideVolunteer(deps, { volunteer, yes })
  if (done === 'ok') return `The volunteer ${volunteer} is ${yes ? 'approved' : 'refused'}, and is told where they have a chat.`
  const again = '`npm run help-desk -- approve --list` lists who waits'
  if (done === 'decided-before') throw new Error(`The volunteer ${volunteer} was answered before. Nothing was changed; ${again}`)
  throw new Error(`There is no volunteer ${volunteer}: the id is wrong, or they had everything erased; ${again}`)
}

async function remove(deps: StaffOrdersDeps, { area, id }: Extract<StaffOrder, { act: 'on-call-remove' }>): Promise<string> {
  const isThere = (await deps.places.get(area))?.onCall.some((one) => one.id === id) ?? false
  if (isThere) await noteOrder(deps, { what: 'place-changed', about: area }, area)
  if (await removeOnCall(deps.places, area, id)) return `${id} is not on the list of ${area} any more.`
  throw new Error(`Nobody with the id ${id} is on call in ${area}; \`npm run help-desk -- on-call ${area}\` lists who is`)
}

async function coordinatorWord(deps: StaffOrdersDeps, { area, onCall }: Extract<StaffOrder, { act: 'coordinator' }>): Promise<string> {
  await checkArea(deps, area)
  const name = onCall ?? freeName((await deps.places.get(area))?.onCall ?? [])
  await noteOrder(deps, { what: 'place-word', about: area }, area)
  const word = await makeOneTime(deps, { what: 'coordinator', area, onCall: name })
  return `${word}: whoever types it ${whereToType(deps)} is coordinator of ${area}, on its list as ${name}.`
}

async function volunteerWord(deps: StaffOrdersDeps, id: string): Promise<string> {
  const contact = id.startsWith(IMPORTED) ? id : `${IMPORTED}${id}`
  const volunteer = (await deps.contacts.get(contact))?.volunteer
  if (volunteer === undefined) {
    throw new Error(`There is no imported volunteer ${id}: the id is wrong, or they write with Opgang already`)
  }
  await noteOrder(deps, { what: 'person-word', about: contact }, volunteer.area)
  const word = await makeOneTime(deps, { what: 'volunteer', contact })
  return `${word}: whoever types it ${whereToType(deps)} is ${volunteer.alias} of ${volunteer.network}.`
}

/** Stands in the record before it is done. */
function noteOrder(deps: StaffOrdersDeps, line: Pick<AuditLine, 'what' | 'about'>, area: string): Promise<void> {
  return note(deps, { who: COMMAND_LINE, ...line }, [area])
}

/** Contacts of volunteers from a file, before they have written themselves. */
const IMPORTED = 'volunteer:'

function whereToType({ time }: StaffOrdersDeps): string {
  const until = copenhagenTime(time.now() + WORD_MINUTES * MINUTE).slice(-5)
  return `to Opgang, as a message of its own on Messenger or the web page, first and before ${until}`
}

function freeName(list: readonly OnCall[]): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'coordinator' : `coordinator-${number}`
    if (!list.some(({ id }) => id === name)) return name
  }
}

async function checkArea({ areas, places }: StaffOrdersDeps, area: string): Promise<void> {
  if (areas === undefined ? (await places.get(area)) !== undefined : areas.includes(area)) return
  const known = areas ?? (await places.find({}, { sort: ['_id'], limit: 100 })).map(({ _id }) => _id)
  const there = known.length === 0 ? 'start the server first, or import people' : `there are ${known.toSorted().join(', ')}`
  throw new Error(`There is no area ${area}: ${there}`)
}

/** Letting staff in, changing what they may do, and taking it away. */
import { createHash } from 'node:crypto'
import { type Areas, areasOf, isWithin, overlaps, type StaffRole } from '../../core/staff-types.js'
import type { AuditAct, StaffDocument } from '../../store/staff-documents.js'
import { mailAddress } from '../mail.js'
import type { AccountsDeps } from './accounts-deps.js'
import { note } from './audit.js'
import { endLinksOf } from './links.js'
import { endLoginsOf } from './logins.js'
import { tellOwner } from './tell-owner.js'

/** More than work with one installation. */
const STAFF_MAX = 1000

/** Whoever changes something, and the areas they are administrator of. */
export interface Administrator {
  readonly id: string
  readonly areas: Areas
}

/** What may be said of somebody. */
export interface StaffWish {
  readonly name: string
  readonly mail?: string | undefined
  readonly roles: readonly StaffRole[]
  readonly safeguarding: boolean
}

/** What somebody is to be; `seen`: what they were when that was written ({@link seenOf}), absent where it does not matter. */
export interface StaffChange extends StaffWish {
  readonly seen?: string | undefined
}

/** Why nothing was changed. `foreign`: an area that is not this administrator's. `last`: nobody could let anybody in any more. `changed`: another was faster. */
export type StaffRefusal = 'unknown' | 'foreign' | 'last' | 'changed' | 'mail-taken' | 'mail-wrong'
type Changed = StaffDocument | StaffRefusal

/** Everybody who works in one of these areas and is not removed, by name. Throws `StoreUnavailable`. */
export async function listStaff({ staff }: Pick<AccountsDeps, 'staff'>, areas: Areas): Promise<readonly StaffDocument[]> {
  const all = await staff.find({ state: { in: ['active', 'invited'] } }, { sort: ['_id'], limit: STAFF_MAX })
  return all.filter((one) => overlaps(areasOf(one.roles), areas)).toSorted((a, b) => a.name.localeCompare(b.name, 'da'))
}

/** Somebody new, who has no link yet. Throws `StoreUnavailable`. */
export async function inviteStaff(deps: AccountsDeps, by: Administrator, wish: StaffWish): Promise<Changed> {
  const checked = await checkWish(deps, by, wish)
  if (typeof checked === 'string') return checked
  const made: StaffDocument = { _id: deps.ids.next(), version: 1, ...checked, passkeys: [], state: 'invited' }
  for (const what of ['staff-invited', ...dangerActs(false, made.safeguarding)] as const)
    await note(deps, { who: by.id, what, about: made._id }, areasOf(made.roles))
  await deps.staff.insert(made)
  return made
}

/**
 * Changes what somebody is and may do. Whoever gets other roles is signed out everywhere; links that lie in a mailbox which is theirs no more
 * end, and that mailbox is told. Throws `StoreUnavailable`.
 */
export async function changeStaff(deps: AccountsDeps, by: Administrator, id: string, { seen, ...wish }: StaffChange): Promise<Changed> {
  const checked = await checkWish(deps, by, wish, id)
  if (typeof checked === 'string') return checked
  const changed = await replaceStaff(deps, { by, id, seen, acts: changeActs }, (known) => ({ ...withoutMail(known), ...checked }))
  if (typeof changed === 'string') return changed
  const { before, after } = changed
  if (!sameRights(before, after)) await endLoginsOf(deps, id)
  if (before.mail !== undefined && before.mail !== after.mail) {
    await endLinksOf(deps, id)
    tellOwner(deps, before, 'mail-changed')
  }
  return after
}

/** Takes everything from somebody but the name, at once and everywhere. Throws `StoreUnavailable`. */
export async function removeStaff(deps: AccountsDeps, by: Administrator, id: string): Promise<Changed> {
  const changed = await replaceStaff(deps, { by, id, acts: () => ['staff-removed'] }, (known) => ({
    ...withoutMail(known),
    passkeys: [],
    state: 'removed',
  }))
  if (typeof changed === 'string') return changed
  await Promise.all([endLoginsOf(deps, id), endLinksOf(deps, id)])
  return changed.after
}

/** Signs somebody out everywhere. Throws `StoreUnavailable`. */
export async function endSessions(deps: AccountsDeps, by: Administrator, id: string): Promise<Changed> {
  const known = await staffOf(deps, by, id)
  if (typeof known === 'string') return known
  await note(deps, { who: by.id, what: 'signed-out-everywhere', about: id }, areasOf(known.roles))
  await endLoginsOf(deps, id)
  return known
}

/** Somebody whom this administrator may change: all of their areas are the administrator's. Nobody else's names are told. Throws `StoreUnavailable`. */
export async function staffOf({ staff }: Pick<AccountsDeps, 'staff'>, by: Administrator, id: string): Promise<Changed> {
  const known = await staff.get(id)
  if (known === undefined || known.state === 'removed' || !overlaps(areasOf(known.roles), by.areas)) return 'unknown'
  return isWithin(areasOf(known.roles), by.areas) ? known : 'foreign'
}

/** An opaque token of what an administrator sets of somebody: it is another once one of that has changed. */
export function seenOf({ name, mail, roles, safeguarding }: StaffDocument): string {
  return createHash('sha256')
    .update(JSON.stringify([name, mail, roles, safeguarding]))
    .digest('base64url')
}

function withoutMail(staff: StaffDocument): StaffDocument {
  const { mail: _, ...rest } = staff
  return rest
}

interface Change {
  readonly by: Administrator
  readonly id: string
  readonly seen?: string | undefined
  /** What stands in the record of it. */
  readonly acts: (before: StaffDocument, after: StaffDocument) => readonly AuditAct[]
}

/** What gives or takes something says so: who may see what, and where links are sent. */
function changeActs(before: StaffDocument, after: StaffDocument): readonly AuditAct[] {
  const acts: readonly AuditAct[] = [
    ...(before.mail === after.mail ? [] : (['staff-mail-changed'] as const)),
    ...(sameRoles(before, after) ? [] : (['staff-roles-changed'] as const)),
    ...dangerActs(before.safeguarding, after.safeguarding),
  ]
  return acts.length === 0 || before.name !== after.name ? ['staff-changed', ...acts] : acts
}

function dangerActs(before: boolean, after: boolean): readonly ('staff-danger-given' | 'staff-danger-taken')[] {
  if (before === after) return []
  return [after ? 'staff-danger-given' : 'staff-danger-taken']
}

async function replaceStaff(
  deps: AccountsDeps,
  change: Change,
  make: (known: StaffDocument) => StaffDocument,
): Promise<{ readonly before: StaffDocument; readonly after: StaffDocument } | StaffRefusal> {
  const { by, id, seen, acts } = change
  const before = await staffOf(deps, by, id)
  if (typeof before === 'string') return before
  if (seen !== undefined && seen !== seenOf(before)) return 'changed'
  const after = make(before)
  const loses = isFullAdministrator(before) && !isFullAdministrator(after)
  if (loses && !(await hasAdministrator(deps, id))) return 'last'
  // Before the change, so that none is without its line.
  const areas = areasOf([...before.roles, ...after.roles])
  for (const what of acts(before, after)) await note(deps, { who: by.id, what, about: id }, areas)
  if ((await deps.staff.replace(after)) === 'conflict') return replaceStaff(deps, change, make)
  if (loses && !(await hasAdministrator(deps))) {
    // Somebody took the other one at the same moment. Whoever looks last sees that none is left, and gives theirs back.
    await giveBack(deps, before)
    return 'last'
  }
  return { before, after }
}

async function giveBack({ staff }: Pick<AccountsDeps, 'staff'>, before: StaffDocument): Promise<void> {
  for (;;) {
    const known = await staff.get(before._id)
    if (known === undefined || (await staff.replace({ ...before, version: known.version })) === 'ok') return
  }
}

/** Whether somebody, `without` apart, can let people into every area. */
async function hasAdministrator({ staff }: Pick<AccountsDeps, 'staff'>, without?: string): Promise<boolean> {
  const active = await staff.find({ state: 'active' }, { sort: ['_id'], limit: STAFF_MAX })
  return active.some((one) => one._id !== without && isFullAdministrator(one))
}

/** Can let people into every area, and has been here. */
export function isFullAdministrator({ state, roles }: Pick<StaffDocument, 'state' | 'roles'>): boolean {
  return state === 'active' && roles.some(({ role, areas }) => role === 'administrator' && areas === 'all')
}

function sameRights(one: StaffDocument, other: StaffDocument): boolean {
  return sameRoles(one, other) && one.safeguarding === other.safeguarding
}

function sameRoles(one: StaffDocument, other: StaffDocument): boolean {
  return rolesInOrder(one) === rolesInOrder(other)
}

/** The page gives them in the order in which they were ticked. */
function rolesInOrder({ roles }: StaffDocument): string {
  return roles
    .map(({ role, areas }) => JSON.stringify([role, areas === 'all' ? areas : areas.toSorted()]))
    .toSorted()
    .join()
}

async function checkWish(
  { staff }: Pick<AccountsDeps, 'staff'>,
  by: Administrator,
  { name, mail, roles, safeguarding }: StaffWish,
  self?: string,
): Promise<(Omit<StaffWish, 'mail'> & { readonly mail?: string }) | StaffRefusal> {
  if (!isWithin(areasOf(roles), by.areas)) return 'foreign'
  if (mail === undefined) return { name, roles, safeguarding }
  const address = mailAddress(mail)?.toLowerCase()
  if (address === undefined) return 'mail-wrong'
  const others = await staff.find({ mail: address }, { sort: ['mail'], limit: 10 })
  if (others.some(({ _id, state }) => _id !== self && state !== 'removed')) return 'mail-taken'
  return { name, mail: address, roles, safeguarding }
}

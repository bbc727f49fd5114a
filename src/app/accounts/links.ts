/** One-time links that sign staff in: made by an administrator, at the command line, or mailed to whoever asks with an address we know. */
import { areasOf } from '../../core/staff-types.js'
import type { OneTimeDocument } from '../../store/collections.js'
import type { StaffDocument } from '../../store/staff-documents.js'
import { type MailOutcome, mailAddress } from '../mail.js'
import type { AccountsDeps } from './accounts-deps.js'
import { type AuditLine, note } from './audit.js'
import { staffLetter } from './staff-letter.js'
import { tellOwner } from './tell-owner.js'

/** Long enough for whoever reads mail once a day (ours). */
const LINK_HOURS = 24
const HOUR_MS = 3_600_000
/** Letters with a link that one person gets in an hour: nobody's mailbox is filled by somebody else (ours). */
const MAILED_MAX = 3
/** Milliseconds in which a mail server has answered, or it is not waited for: whoever lets somebody in stands there with them (ours). */
const MAIL_WAIT_MS = 4000
const TOKEN = /^[\w-]{44}$/
const SLICE = 100

/** Makes a link for somebody, whom `by` gives it to; the token stands behind `#`, so no server and no log between ever sees it. Throws `StoreUnavailable`. */
export async function makeLink(deps: AccountsDeps, staff: StaffDocument, by: Pick<AuditLine, 'who' | 'what'>): Promise<string> {
  const token = `${deps.ids.next()}${deps.ids.next()}`
  await note(deps, { ...by, about: staff._id }, areasOf(staff.roles))
  const until = deps.time.now() + LINK_HOURS * HOUR_MS
  await deps.oneTimes.insert({ _id: hashOf(deps, token), version: 1, opens: { what: 'staff', staff: staff._id }, until, used: false })
  return `${deps.publicUrl()}/console#link=${token}`
}

/** How a link reaches its person. `slow`: the mail server has not answered yet. `link`: to be handed over, where it is not known that it was mailed. */
export interface GivenLink {
  readonly mail: MailOutcome | 'slow' | 'no mail'
  readonly link?: string
}

/** Makes a link for somebody, at the order of `who`: whoever has a mailbox gets it there, and nobody else sees it. Throws `StoreUnavailable`. */
export async function giveLink(deps: AccountsDeps, staff: StaffDocument, who: string): Promise<GivenLink> {
  const link = await makeLink(deps, staff, { who, what: 'link-made' })
  const mailing = mailTo(deps, staff, link)
  const known = new AbortController()
  const late = deps.time.sleep(MAIL_WAIT_MS, known.signal).then(() => 'slow' as const)
  const mail = await Promise.race([mailing, late])
  known.abort()
  if (mail === 'sent') return { mail }
  tellOwner(deps, staff, 'link-made')
  return { mail, link }
}

/** What a link is when somebody presses its button. */
export type LinkUsed = { readonly is: 'staff'; readonly staff: StaffDocument } | { readonly is: 'unknown' | 'used' | 'late' }

/**
 * Uses a link, once: of any number who press at the same moment one gets in. Other links of the same person end with it, and an invited
 * person is active from now on. Throws `StoreUnavailable`; what was used by then stays used.
 */
export async function useLink(deps: AccountsDeps, token: string): Promise<LinkUsed> {
  const link = TOKEN.test(token) ? await deps.oneTimes.get(hashOf(deps, token)) : undefined
  if (link?.opens.what !== 'staff') return { is: 'unknown' }
  const { staff: id } = link.opens
  const staff = await deps.staff.get(id)
  if (staff === undefined || staff.state === 'removed') return { is: 'unknown' }
  if (link.used) return { is: 'used' }
  if (link.until <= deps.time.now()) return { is: 'late' }
  if ((await deps.oneTimes.replace({ ...link, used: true })) === 'conflict') return { is: 'used' }
  await endLinksOf(deps, id)
  const active = await activate(deps, id)
  return active === undefined ? { is: 'unknown' } : { is: 'staff', staff: active }
}

/** Nobody signs in any more with a link that this person has not used yet. Throws `StoreUnavailable`. */
export async function endLinksOf({ oneTimes }: Pick<AccountsDeps, 'oneTimes'>, staff: string): Promise<void> {
  const links = await oneTimes.find({ 'opens.staff': staff }, { sort: ['until'], descending: true, limit: SLICE })
  // A conflict: somebody uses or ends that one now.
  await Promise.all(links.filter(({ used }) => !used).map((link: OneTimeDocument) => oneTimes.replace({ ...link, used: true })))
}

async function activate({ staff }: Pick<AccountsDeps, 'staff'>, id: string): Promise<StaffDocument | undefined> {
  for (;;) {
    const known = await staff.get(id)
    if (known === undefined || known.state === 'removed') return undefined
    if (known.state === 'active' || (await staff.replace({ ...known, state: 'active' })) === 'ok') return { ...known, state: 'active' }
  }
}

/**
 * Mails a link to whoever has this address. What it does takes as long as it takes: whoever asked must be answered before it ends, and the
 * same whatever it does, because the answer would tell who works here. Throws `StoreUnavailable`.
 */
export async function mailLink(deps: AccountsDeps, written: string): Promise<MailOutcome | 'nobody' | 'too often' | 'no mail'> {
  if (deps.mail === undefined) return 'no mail'
  const address = mailAddress(written)?.toLowerCase()
  if (address === undefined) return 'nobody'
  const found = await deps.staff.find({ mail: address }, { sort: ['mail'], limit: SLICE })
  const staff = found.find(({ state }) => state !== 'removed')
  if (staff === undefined) return 'nobody'
  if (await isTooOften(deps, staff._id)) return 'too often'
  return mailTo(deps, staff, await makeLink(deps, staff, { who: staff._id, what: 'link-mailed' }))
}

/** Sends a link to its person; `no mail` when there is no mail server, or they have no address. */
async function mailTo(deps: AccountsDeps, staff: StaffDocument, link: string): Promise<MailOutcome | 'no mail'> {
  if (deps.mail === undefined || staff.mail === undefined) return 'no mail'
  return deps.mail.send({ to: staff.mail, ...staffLetter(link, LINK_HOURS), id: `staff:${deps.ids.next()}` })
}

/** Counted by what is in the store, so that it holds over instances and restarts. */
async function isTooOften({ oneTimes, time }: AccountsDeps, staff: string): Promise<boolean> {
  const madeSince = time.now() + (LINK_HOURS - 1) * HOUR_MS
  const [counted] = await oneTimes.count({ 'opens.staff': staff, until: { from: madeSince + 1 } })
  return (counted?.count ?? 0) >= MAILED_MAX
}

function hashOf({ keys }: AccountsDeps, token: string): string {
  return keys.mac('one-time', `staff:${token}`)
}

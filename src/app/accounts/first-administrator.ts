/** How somebody gets in where nobody can let them in: at the first start, and at the command line for who lost everything. */
import type { StaffDocument } from '../../store/staff-documents.js'
import type { AccountsDeps } from './accounts-deps.js'
import { COMMAND_LINE, START } from './audit.js'
import { makeLink } from './links.js'
import { isFullAdministrator } from './staff.js'
import { tellOwner } from './tell-owner.js'

/** The same for all instances that start at once on an empty store. */
const FIRST = 'first-administrator'
const STAFF_MAX = 1000

/** A link for the first administrator, new with each start until somebody has used one; undefined when staff are there. Throws `StoreUnavailable`. */
export async function firstLink(deps: AccountsDeps): Promise<string | undefined> {
  const [active] = await deps.staff.find({ state: 'active' }, { sort: ['_id'], limit: 1 })
  return active === undefined ? makeLink(deps, await firstAdministrator(deps), { who: START, what: 'link-made' }) : undefined
}

/** `npm run admin -- link [NAME]`: the line that holds a new link, of which its person is told. Throws `Error` with what to do when it is not clear for whom. */
export async function orderLink(deps: AccountsDeps, name?: string): Promise<string> {
  const staff = await meant(deps, name)
  const link = await makeLink(deps, staff, { who: COMMAND_LINE, what: 'link-made' })
  tellOwner(deps, staff, 'link-made')
  return `${link}\nIt signs in ${staff.name} once, within 24 hours.`
}

async function meant(deps: AccountsDeps, name: string | undefined): Promise<StaffDocument> {
  const all = await deps.staff.find({ state: { in: ['active', 'invited'] } }, { sort: ['_id'], limit: STAFF_MAX })
  if (name === undefined && !all.some(isFullAdministrator)) return firstAdministrator(deps)
  const wanted = name?.toLowerCase()
  const found = all.filter((one) => (wanted === undefined ? isFullAdministrator(one) : [one.name.toLowerCase(), one.mail].includes(wanted)))
  const [one] = found
  if (one !== undefined && found.length === 1) return one
  const names = (found.length > 1 ? found : all)
    .map((each) => (each.mail === undefined ? each.name : `${each.name} (${each.mail})`))
    .toSorted()
  const why = found.length > 1 ? 'That could be several' : `There is no ${name}`
  throw new Error(
    `${why}: give a name or a mail address of ${names.join(', ') || 'nobody: leave the name out for the first administrator'}`,
  )
}

async function firstAdministrator({ staff }: Pick<AccountsDeps, 'staff'>): Promise<StaffDocument> {
  for (;;) {
    const known = await staff.get(FIRST)
    if (known !== undefined && known.state !== 'removed') return known
    const made: StaffDocument = {
      _id: FIRST,
      version: known?.version ?? 1,
      name: 'Administrator',
      roles: [{ role: 'administrator', areas: 'all' }],
      safeguarding: false,
      passkeys: [],
      state: 'invited',
    }
    if (known === undefined) await staff.insert(made)
    else await staff.replace(made)
  }
}

/** Carries out what `npm run help-desk` is asked about people: lists are read, changes go through the running server or into the store. */
import { randomBytes } from 'node:crypto'
import { applicantRows, onCallRows } from '../../app/help-list-people.js'
import { carryOutStaff, type StaffOrder } from '../../app/staff-orders.js'
import type { Config } from '../../config.js'
import type { ContactDocument } from '../../store/collections.js'
import { openKeys } from '../../store/keys.js'
import { systemTime } from '../../time.js'
import { aligned } from '../aligned.js'
import { throughServer } from '../through-server.js'
import { withCollections } from '../with-collections.js'
import type { PeopleOrder } from './people-order.js'

const PAGE = 500
const ID_BYTES = 16
const KEY_BYTES = 32

/** The lines for whoever gave the order. Throws `Error` with what to do. */
export async function carryOutPeople(config: Config, order: PeopleOrder): Promise<readonly string[]> {
  switch (order.act) {
    case 'applicants':
      return applicants(config)
    case 'on-call-list':
      return onCall(config, order.area)
    default:
      return [await change(config, order)]
  }
}

async function applicants(config: Config): Promise<readonly string[]> {
  const found = await withCollections(config, true, async ({ contacts }) => {
    const all: ContactDocument[] = []
    for (let after: string[] | undefined; ; ) {
      const page = await contacts.find({ 'volunteer.state': 'applied' }, { sort: ['_id'], limit: PAGE, ...(after ? { after } : {}) })
      all.push(...page)
      const last = page.at(-1)
      if (last === undefined || page.length < PAGE) return all
      after = [last._id]
    }
  })
  if (found.length === 0) return ['Nobody waits for an answer.']
  const rows = applicantRows(found)
  return aligned(rows, rows[0]?.length)
}

async function onCall(config: Config, area: string): Promise<readonly string[]> {
  const [place, areas] = await withCollections(config, true, async ({ places }) => [
    await places.get(area),
    await places.find({}, { sort: ['_id'], limit: PAGE }),
  ])
  if (place === undefined) {
    const known = areas.map(({ _id }) => _id).join(', ')
    throw new Error(`There is no area ${area} with people${known === '' ? '' : `; there are ${known}`}`)
  }
  if (place.onCall.length === 0) return [`Nobody is on call in ${area}: residents read that nobody here is told.`]
  const rows = onCallRows(place.onCall)
  return aligned(rows, rows[0]?.length)
}

/** The server tells people at once, which is why nobody is answered without one. */
function change(config: Config, order: StaffOrder): Promise<string> {
  return throughServer(config.DATA_DIR, order, () => {
    if (order.act === 'approve') throw new Error('The volunteer is told in their chat: start the server, then give the command again')
    return withCollections(config, false, async (collections) => {
      const keys = await openKeys(collections.keys, () => randomBytes(KEY_BYTES).toString('base64url'))
      const ids = { next: () => randomBytes(ID_BYTES).toString('base64url') }
      const receive = () => Promise.resolve('gone' as const)
      return carryOutStaff({ ...collections, keys, ids, receive, time: systemTime(config.CLOCK) }, order)
    })
  })
}

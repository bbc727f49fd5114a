/**
 * `npm run help-desk`: what residents asked people for, and the people. `-- list` and `-- show RECEIPT` read; `-- close RECEIPT` closes
 * through the running server, or in the store where none runs. `-- approve`, `-- on-call AREA`, `-- coordinator AREA` and
 * `-- volunteer ID` are about applicants, who is on call, and words that make coordinators and volunteers.
 */
import { answersRead, type CloseOrder, closeRequest, requestOf, requestsIn } from '../app/help-desk.js'
import { inOrder, requestJson, requestLines, requestRows } from '../app/help-list.js'
import { type Config, readConfig, readEnvironment } from '../config.js'
import type { HandoffDocument } from '../store/collections.js'
import { systemTime } from '../time.js'
import { ids } from '../wiring.js'
import { aligned } from './aligned.js'
import { endWithReader } from './end-with-reader.js'
import { type HelpDeskOrder, helpDeskOrder, type ListOrder, type ShowOrder } from './help-desk/order.js'
import { carryOutPeople } from './help-desk/people.js'
import { throughServer } from './through-server.js'
import { withCollections } from './with-collections.js'

endWithReader()

const read = readConfig(readEnvironment())
const order = helpDeskOrder(process.argv.slice(2))
if ('wrong' in order) fail(order.wrong)
else if ('problems' in read) fail(read.problems.join('\n'))
else await carryOut(read.config, order).then(tell, (error: unknown) => fail(error instanceof Error ? error.message : String(error)))

function tell(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`)
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
}

async function carryOut(config: Config, wanted: HelpDeskOrder): Promise<readonly string[]> {
  switch (wanted.act) {
    case 'list':
      return list(config, wanted)
    case 'show':
      return show(config, wanted)
    case 'close':
      return [await close(config, wanted)]
    default:
      return carryOutPeople(config, wanted)
  }
}

async function list(config: Config, { area, task, all, json }: ListOrder): Promise<readonly string[]> {
  const requests = await withCollections(config, true, async ({ handoffs }) => [
    ...(await requestsIn(handoffs, 'open')),
    ...(all ? await requestsIn(handoffs, 'closed') : []),
  ])
  const meant = requests.filter((one) => (area === undefined || one.area === area) && (task === undefined || one.task === task))
  const sorted = inOrder(meant)
  if (json) return sorted.map((request) => requestJson(request))
  if (sorted.length === 0) return [nothing(requests)]
  const rows = requestRows(sorted, systemTime(config.CLOCK).now(), all)
  return aligned(rows, rows[0]?.length)
}

/** A name that nobody has is no fault, but whoever mistyped it should see so. */
function nothing(others: readonly HandoffDocument[]): string {
  if (others.length === 0) return 'There are no such requests.'
  const names = (of: 'area' | 'task') => [...new Set(others.map((one) => one[of]))].toSorted().join(', ')
  return `There are no such requests; there are some of area ${names('area')} and of task ${names('task')}.`
}

async function show(config: Config, { receipt, json }: ShowOrder): Promise<readonly string[]> {
  return withCollections(config, true, async ({ handoffs, turns }) => {
    const request = await requestOf(handoffs, receipt)
    const places = await answersRead(turns, request)
    return json ? [requestJson(request, places)] : requestLines(request, places, systemTime(config.CLOCK).now())
  })
}

/** The server tells the resident at once; without one they are told when it starts. */
function close(config: Config, wanted: CloseOrder): Promise<string> {
  return throughServer(config.DATA_DIR, wanted, () =>
    withCollections(config, false, (collections) => closeRequest({ ...collections, ids, time: systemTime(config.CLOCK) }, wanted)),
  )
}

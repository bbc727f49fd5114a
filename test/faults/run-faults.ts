/** `npm run faults`: kills the product at random moments under load and accounts for every message. The last line is the count. */
import { parseArgs } from 'node:util'
import { type Account, isClean } from './account.js'
import { runFaults } from './faults.js'
import { reportOf } from './report.js'

const HELP = `Kills the product at random moments under load, and accounts for every message. Exit 1 when one was lost.

Usage: npm run faults -- [options]

  --kills N        how often it is killed [50]
  --people N       people who write [40]
  --seed N         of everything that is random; printed [the time]
  --instances N    servers on one store, with --mongodb [1]
  --mongodb URI    a MongoDB database of the run's own [the embedded store]
`

const stopped = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopped.abort(new Error(`ended by ${signal}`)))
// What nobody expected ends the run too, so that no process is left.
process.on('uncaughtException', (error) => {
  console.error(error)
  process.exitCode = 1
  stopped.abort(error)
})

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    people: { type: 'string', default: '40' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    instances: { type: 'string', default: '1' },
    mongodb: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) process.stdout.write(HELP)
else
  await run().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  })

async function run(): Promise<void> {
  const [kills, people, seed, instances] = (['kills', 'people', 'seed', 'instances'] as const).map(numberOf) as [
    number,
    number,
    number,
    number,
  ]
  if (instances > 1 && values.mongodb === undefined) throw new Error('--instances: several servers need one MongoDB; give --mongodb URI')
  console.log(`seed ${seed}, ${people} people, ${kills} kills${instances > 1 ? ` of ${instances} instances` : ''}`)
  const account: Account = await runFaults({
    kills,
    people,
    seed,
    instances,
    ...(values.mongodb === undefined ? {} : { mongodb: values.mongodb }),
    say: (line) => console.log(line),
    signal: stopped.signal,
  })
  console.log(reportOf(account))
  process.exitCode = isClean(account) ? 0 : 1
}

function numberOf(name: 'kills' | 'people' | 'seed' | 'instances'): number {
  const number = Number(values[name])
  const least = name === 'seed' || name === 'kills' ? 0 : 1
  if (!Number.isInteger(number) || number < least) throw new Error(`--${name}: write a whole number from ${least}`)
  return number
}

/** The demo's areas, networks and volunteers in a store that has none: so that one person can play resident, volunteer and coordinator. */
import type { Library } from '../core/library.js'
import { describeProblem } from './live-library.js'
import { type ImportDeps, importPeople } from './people-file-import.js'
import { fileWorld, type ReadPeopleFile, readPeopleOf } from './people-file-order.js'
import type { Log, Time } from './ports.js'

export interface DemoDeps extends ImportDeps {
  readonly library: Pick<Library, 'areas' | 'languages'>
  readonly time: Pick<Time, 'now'>
  readonly log: Log
  readonly read: ReadPeopleFile
  /** Path of `demo/people.yaml`. */
  readonly file: string
}

/** What the demo's volunteers speak and its networks are named in, whether or not it is offered here. */
const DEMO_LANGUAGES = ['da', 'en', 'ar', 'so', 'tr', 'ur', 'fa', 'uk', 'pl', 'ti', 'ku', 'bs']

/**
 * At a start: imports the demo where the store has no areas and every area of the library says that it is a demo. Resolves with whether it did.
 * Any number of instances may do it at once, and one that was cut off is made whole by the next start. A demo that cannot be read stops nothing.
 */
export async function seedDemo(deps: DemoDeps): Promise<boolean> {
  const { library, log, time } = deps
  if (!Object.values(library.areas).every(({ demo }) => demo)) return false
  const [known] = await deps.places.find({}, { sort: ['_id'], limit: 1 })
  if (known !== undefined) return false
  const world = fileWorld(library, time.now())
  const read = await readPeopleOf(deps.read, deps.file, { ...world, languages: [...new Set([...world.languages, ...DEMO_LANGUAGES])] })
  if ('problems' in read) {
    for (const problem of read.problems) log.warn(`the demo was left out: ${describeProblem(problem)}`)
    return false
  }
  await importPeople(deps, read.file, { removeMissing: false })
  const { areas, networks, volunteers } = read.file
  log.info('the demo was imported', { areas: areas.size, networks: networks.size, volunteers: volunteers.size })
  return true
}

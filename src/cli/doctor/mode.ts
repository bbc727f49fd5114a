/** Trial or live, and what is missing: read from the store and from the areas beside the program. Nothing is written. */
import { createModeSource } from '../../app/mode.js'
import { findMissing, type ReadinessDeps } from '../../app/mode-missing.js'
import { createPlacesSource } from '../../app/places.js'
import { readArea } from '../../app/sources.js'
import { type Config, isThisMachine, reachesStrangers } from '../../config.js'
import type { Missing, Mode } from '../../core/mode-types.js'
import type { Area } from '../../core/types.js'
import { StoreUnavailable } from '../../store/collection.js'
import { readSources } from '../../store/files.js'
import { FOLDERS } from '../library.js'
import { withCollections } from '../with-collections.js'
import { doubtful, type Finding, good } from './finding.js'

/** A store that cannot be read is told by its own check. */
export async function checkMode(config: Config): Promise<readonly Finding[]> {
  try {
    const library = await readAreas()
    return await withCollections(config, true, async (collections) => {
      const [mode, places] = [createModeSource(collections.modes), createPlacesSource(collections)]
      await Promise.all([mode.follow(), places.follow()])
      const ways = { hasMail: config.SMTP_URL !== undefined, reachesStrangers: reachesStrangers(config) }
      const deps: ReadinessDeps = { ...collections, library: () => library, places: places.current, ...ways }
      return [findingOf(mode.current(), await findMissing(deps), config)]
    })
  } catch (error) {
    if (error instanceof StoreUnavailable) return []
    throw error
  }
}

/** Files that are wrong are told by `npm run dialogs -- check`. */
async function readAreas(): Promise<ReturnType<ReadinessDeps['library']>> {
  const read = await readSources(FOLDERS)
  const files = 'problems' in read ? [] : Object.entries(read.sources.areas)
  const areas = Object.fromEntries(files.flatMap(([id, source]): [string, Area][] => entryOf(id, readArea(id, source, []))))
  return { areas, defaultArea: Object.keys(areas)[0] ?? '' }
}

function entryOf(id: string, area: Area | undefined): [string, Area][] {
  return area === undefined ? [] : [[id, area]]
}

function findingOf(mode: Mode, missing: readonly Missing[], config: Config): Finding {
  const lacks = missing.length === 0 ? '' : `; missing: ${missing.map(inWords).join(', ')}`
  if (mode === 'live') return missing.length === 0 ? good('Mode: live') : doubtful(`Mode: live${lacks}`)
  const held = heldBack(config)
  if (held.length === 0) return good(`Mode: trial, and nothing is held back: no Messenger of Meta's, no mail server elsewhere${lacks}`)
  const next = missing.length === 0 ? '; nothing is missing: an administrator of all areas can go live at /console#mode' : lacks
  return doubtful(`Mode: trial: ${held.join(' and ')} reach the own team only${next}`)
}

function heldBack(config: Config): readonly string[] {
  const mail = config.SMTP_URL
  return [
    ...(reachesStrangers(config) ? ['messages on Messenger'] : []),
    ...(mail === undefined || isThisMachine(mail.host) ? [] : ['letters']),
  ]
}

const WORDS: Readonly<Record<Missing['what'], string>> = {
  'second-administrator': 'a second administrator of all areas who can sign in',
  'made-up-area': 'real numbers instead of the demo',
  doctor: 'doctor_phone',
  'on-call': 'somebody on call',
}

function inWords({ what, area }: Missing): string {
  return area === undefined ? WORDS[what] : `${WORDS[what]} in ${area}`
}

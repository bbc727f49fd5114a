/** What staff write of an area or a network on the page, held against the rules of the file that may be written instead. */
import type { CallOutSettings } from '../core/callout-types.js'
import type { Network, Place } from '../core/places-types.js'
import type { Volunteering } from '../core/volunteer-types.js'
import { checkTogether } from './people-file-checks.js'
import { isEntries, type Path, readEntry } from './people-file-entry.js'
import { areaEntry, networkEntry } from './people-file-export.js'
import { AreaForm, type FileNetwork, isId, type Named, NetworkForm, SETTING_NAMES } from './people-file-form.js'
import { type FieldProblem, fieldProblem } from './places-board-words.js'

/** An area or a network as somebody wrote it, not yet checked: a kind may be none, a number none that means anything. */
export type PlaceWish = Omit<Place, 'id'>
export type NetworkWish = Omit<Network, 'id' | 'kind' | 'settings' | 'external'> & {
  readonly kind: string
  readonly settings: { readonly [Name in keyof CallOutSettings]?: CallOutSettings[Name] | undefined }
  readonly external?: { readonly mail?: string | undefined; readonly phone?: string | undefined } | undefined
}

type Checked<T> = { readonly is: T } | { readonly problems: readonly FieldProblem[] }

/** What is around an area. */
export interface AroundPlace {
  /** Ids of all areas there are. */
  readonly known: readonly string[]
  /** The other areas, as they will be. */
  readonly others: readonly { readonly _id: string; readonly onCall: Place['onCall'] }[]
  /** Volunteers who live in stairwells that were taken away. */
  readonly moved: readonly Pick<Volunteering, 'area' | 'stairwell'>[]
}

/** The area as it is kept, or every problem. */
export function checkPlace(id: string, wish: PlaceWish, { known, others, moved }: AroundPlace): Checked<PlaceWish> {
  const told = new Told(['areas', id])
  const raw = asWritten(areaEntry(wish))
  const place = readEntry(AreaForm({ ...NOBODY, areas: known }), raw, ['areas', id], told.tell)
  // Last of all, so that whoever has an id that is taken is told here and not there.
  const areas = { ...Object.fromEntries(others.map(({ _id, onCall }) => [_id, onCallEntry(onCall)])), [id]: raw }
  const volunteers = Object.fromEntries(moved.map(({ area, stairwell }, at) => [String(at), { area, stairwell }]))
  checkTogether({ areas, networks: {}, volunteers }, NOTHING_READ, { tell: told.tell, warn: () => undefined })
  if (place === undefined || told.problems.length > 0) return { problems: told.problems }
  return { is: { ...place, onCall: place.onCall ?? [] } }
}

/** What is around a network. */
export interface AroundNetwork extends Pick<Named, 'areas' | 'languages'> {
  /** Volunteers belong to it. */
  readonly hasPeople: boolean
}

/** The network as it is kept, or every problem. */
export function checkNetwork(id: string, wish: NetworkWish, { areas, languages, hasPeople }: AroundNetwork): Checked<FileNetwork> {
  const told = new Told(['networks', id])
  // Nor what every object has: who looks for a network that is gone would find that.
  if (!isId(id) || id in Object.prototype) told.tell(['networks', id, 'id'], '')
  // The form looks at each value by itself: what is no kind or no number is told, not written.
  const raw = asWritten(networkEntry(wish as Omit<Network, 'id'>))
  const network = readEntry(NetworkForm({ ...NOBODY, areas, languages }), raw, ['networks', id], told.tell)
  const volunteers = hasPeople ? { '0': { network: id } } : {}
  checkTogether({ areas: {}, networks: { [id]: raw }, volunteers }, NOTHING_READ, { tell: told.tell, warn: () => undefined })
  if (network === undefined || told.problems.length > 0) return { problems: told.problems }
  return { is: network }
}

const NOBODY: Named = { areas: [], networks: [], languages: [] }
const NOTHING_READ = { areas: new Map(), networks: new Map(), volunteers: new Map(), today: '' }
/** Fields of the file by another name than on the page. */
const RENAMED: Readonly<Record<string, string>> = {
  on_call: 'onCall',
  office_hours: 'officeHours',
  ...SETTING_NAMES,
}
/** Rules about volunteers, by what they are called there: the field here that breaks them. */
const BROKEN_HERE: Readonly<Record<string, string>> = { stairwell: 'stairwells.home', network: 'external.people' }

/** Problems of one entry, each field's once. */
class Told {
  readonly problems: FieldProblem[] = []
  constructor(private readonly entry: readonly [section: string, id: string]) {}

  readonly tell = (path: Path, message: string): void => {
    const [section = '', id = '', ...fields] = path
    const values = [...message.matchAll(/`([^`]*)`|(\d+)/g)].map(([, quoted, number]) => quoted ?? number ?? '')
    const broken = section === 'volunteers' ? BROKEN_HERE[String(fields[0])] : undefined
    if (broken !== undefined) this.add(broken.split('.')[0] ?? '', broken, values)
    else if (section === this.entry[0] && id === this.entry[1]) this.add(...placeOf(fields), values)
  }

  private add(at: string, what: string, values: readonly string[]): void {
    if (!this.problems.some((known) => known.at === at)) this.problems.push(fieldProblem(at, what, values))
  }
}

/** Where it is on the page: a place in a list counts for people on call alone, whose fields are shown one by one. */
function placeOf(fields: Path): [at: string, what: string] {
  const named = fields.map((field) => RENAMED[field] ?? field)
  const [first, index] = named
  const what = named.filter((field) => typeof field === 'string')
  const at = first === 'onCall' && typeof index === 'number' ? [what[0], index, ...what.slice(1)] : what
  return [at.join('.'), what.join('.')]
}

function onCallEntry(onCall: Place['onCall']): unknown {
  return areaEntry({ stairwells: [], neighbours: [], officeHours: [], onCall })
}

/** Numbers as the file has them: as they were written. */
function asWritten(value: unknown): unknown {
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(asWritten)
  return isEntries(value) ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, asWritten(one)])) : value
}

/** What must agree between the entries of the file, and what staff had better know. Looks at each value by itself, so that one mistake hides no other. */
import { DEFAULT_SETTINGS } from '../core/callout-types.js'
import { taskRule } from '../core/task-rules.js'
import { isEntries, type Path, type Tell } from './people-file-entry.js'
import type { FileNetwork, FilePlace, FileVolunteer } from './people-file-form.js'

/** What stands under each heading as it was written. */
interface Written {
  readonly areas: Readonly<Record<string, unknown>>
  readonly networks: Readonly<Record<string, unknown>>
  readonly volunteers: Readonly<Record<string, unknown>>
}

/** What of it could be read. */
interface Readable {
  readonly areas: ReadonlyMap<string, FilePlace>
  readonly networks: ReadonlyMap<string, FileNetwork>
  readonly volunteers: ReadonlyMap<string, FileVolunteer>
  readonly today: string
}

interface Notes {
  readonly tell: Tell
  readonly warn: Tell
}

export function checkTogether(written: Written, read: Readable, notes: Notes): void {
  checkNeighbours(written, notes)
  checkOnCall(written, notes)
  checkHelp(written, read, notes)
  for (const id of Object.keys(written.networks)) checkWaves(written, id, notes.tell)
  for (const [id, raw] of Object.entries(written.volunteers)) {
    checkVolunteer(written, { id, raw }, notes.tell)
    const volunteer = read.volunteers.get(id)
    if (volunteer !== undefined) adviseVolunteer(id, volunteer, read, notes.warn)
  }
}

/** Whoever is beside another is beside it from the other side too. */
function checkNeighbours({ areas }: Written, { tell, warn }: Notes): void {
  for (const [id, raw] of Object.entries(areas)) {
    for (const neighbour of textsIn(raw, 'neighbours')) {
      const at: Path = ['areas', id, 'neighbours']
      if (neighbour === id) tell(at, 'an area is not its own neighbour: take it away')
      else if (Object.hasOwn(areas, neighbour) && !textsIn(areas[neighbour], 'neighbours').includes(id))
        warn(at, `${id} names ${neighbour}, and ${neighbour} does not name ${id}: helpers are looked for in one direction only`)
    }
  }
}

/** One id is one person, in all areas. */
function checkOnCall({ areas }: Written, { tell, warn }: Notes): void {
  const known = new Map<string, { readonly area: string; readonly as: string }>()
  for (const [area, raw] of Object.entries(areas)) {
    const list = entriesIn(raw, 'on_call')
    if (list.length === 0 && isEntries(raw))
      warn(['areas', area], 'nobody is on call: write on_call, else an alarm from here reaches nobody')
    for (const [at, entry] of list.entries()) {
      const id = textIn(entry, 'id')
      if (id === undefined) continue
      const as = `${textIn(entry, 'name') ?? ''} ${textIn(entry, 'mail') ?? ''}`
      const before = known.get(id)
      if (before?.area === area) tell(['areas', area, 'on_call', at, 'id'], `\`${id}\` stands twice on this list: take one away`)
      else if (before !== undefined && before.as !== as)
        tell(
          ['areas', area, 'on_call', at, 'id'],
          `\`${id}\` has another name or mail in ${before.area}: one person, one id; give another person another id`,
        )
      if (before === undefined) known.set(id, { area, as })
    }
  }
}

function checkHelp({ areas, networks, volunteers }: Written, read: Readable, { tell, warn }: Notes): void {
  const helped = new Set(Object.values(networks).flatMap((raw) => textsIn(raw, 'areas')))
  for (const id of Object.keys(areas).filter((area) => !helped.has(area)))
    warn(['areas', id], 'no network helps here: every request goes to staff')
  for (const [id, raw] of Object.entries(volunteers)) {
    const network = textIn(raw, 'network')
    if (network !== undefined && isEntries(networks[network]) && 'external' in networks[network])
      tell(
        ['volunteers', id, 'network'],
        `${network} is external, its people have no account here: write another network, or take external away there`,
      )
  }
  for (const [id, { external, tasks }] of read.networks) {
    if (external === undefined) continue
    const vetted = tasks.filter((task) => taskRule(task)?.vetting !== undefined)
    if (vetted.length > 0)
      warn(['networks', id, 'tasks'], `${vetted.join(', ')}: nobody here sees their certificates; agree with them that they have one`)
  }
}

/** Times of a call-out run from its beginning, so each must lie behind the one before. */
function checkWaves({ networks }: Written, id: string, tell: Tell): void {
  const settings = isEntries(networks[id]) ? networks[id]['settings'] : undefined
  const { t1, t2, t3 } = DEFAULT_SETTINGS
  const [first, second, staff] = [
    numberIn(settings, 'first_wave', t1),
    numberIn(settings, 'second_wave', t2),
    numberIn(settings, 'to_staff', t3),
  ]
  const now = `now ${first}, ${second} and ${staff}`
  if (first < second && second < staff) return
  tell(['networks', id, 'settings'], `minutes from the request on must grow: first_wave, then second_wave, then to_staff; they are ${now}`)
}

function checkVolunteer(written: Written, { id, raw }: { readonly id: string; readonly raw: unknown }, tell: Tell): void {
  const [area, stairwell] = [textIn(raw, 'area'), textIn(raw, 'stairwell')]
  const stairwells = area === undefined || !Object.hasOwn(written.areas, area) ? undefined : textsIn(written.areas[area], 'stairwells')
  if (stairwell !== undefined && stairwells !== undefined && !stairwells.includes(stairwell.trim()))
    tell(['volunteers', id, 'stairwell'], `${area} has no stairwell \`${stairwell}\`: write ${stairwells.join(', ')}, or leave it out`)
  const approved = ['true', 'yes'].includes(textIn(raw, 'approved') ?? '')
  if (approved && isEntries(raw) && (raw['promise'] === undefined || raw['promise'] === ''))
    tell(
      ['volunteers', id, 'approved'],
      'nobody is approved who has not promised confidentiality: write promise with version, language and on, or `approved: false`',
    )
}

function adviseVolunteer(id: string, volunteer: FileVolunteer, { networks, today }: Readable, warn: Tell): void {
  const { tasks, vetting, promise } = volunteer
  for (const [at, { validTo }] of vetting.entries()) {
    if (validTo < today) warn(['volunteers', id, 'vetting', at], `ended on ${validTo}: a new one is needed before they are asked again`)
  }
  const vetted = tasks.filter((task) => taskRule(task)?.vetting !== undefined)
  if (vetted.length > 0 && vetting.length === 0)
    warn(['volunteers', id, 'tasks'], `not asked for ${vetted.join(', ')} before a children's certificate stands under vetting`)
  if (promise !== undefined && promise.at > Date.parse(`${today}T23:59Z`)) warn(['volunteers', id, 'promise'], 'is of a day to come')
  const network = networks.get(volunteer.network)
  if (network === undefined) return
  const others = tasks.filter((task) => !network.tasks.includes(task))
  if (others.length > 0)
    warn(['volunteers', id, 'tasks'], `${volunteer.network} does not do ${others.join(', ')}: they are not asked for it`)
  if (!network.areas.includes(volunteer.area)) warn(['volunteers', id, 'area'], `${volunteer.network} does not help in ${volunteer.area}`)
}

function textIn(raw: unknown, name: string): string | undefined {
  const value = isEntries(raw) ? raw[name] : undefined
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A single one may stand without brackets. */
function textsIn(raw: unknown, name: string): readonly string[] {
  const one = textIn(raw, name)
  if (one !== undefined) return [one]
  const value = isEntries(raw) ? raw[name] : undefined
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

function entriesIn(raw: unknown, name: string): readonly unknown[] {
  const value = isEntries(raw) ? raw[name] : undefined
  return Array.isArray(value) ? value : []
}

/** What is no number is told where it stands. */
function numberIn(raw: unknown, name: string, otherwise: number): number {
  const value = textIn(raw, name)
  return value !== undefined && /^\d{1,5}$/.test(value) ? Number(value) : otherwise
}

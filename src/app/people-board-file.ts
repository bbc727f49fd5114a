/** Volunteers as a table for a spreadsheet, in Danish. */
import { copenhagenDate, copenhagenTime } from '../core/copenhagen.js'
import type { PeopleList } from '../core/people-types.js'
import type { Areas } from '../core/staff-types.js'
import type { Volunteering } from '../core/volunteer-types.js'
import type { ConsoleDeps } from './console-deps.js'
import { csvOf } from './csv.js'
import { isOnDuty, volunteersOf } from './people-board-find.js'
import { writeHours } from './people-file-hours.js'

/** Whoever was refused is in no file. */
const LISTS: readonly PeopleList[] = ['applied', 'approved']
const STATES: Readonly<Record<Volunteering['state'], string>> = { applied: 'venter på svar', approved: 'godkendt', refused: 'afvist' }
const PAUSES = { self: 'egen pause', report: 'til en bekymring er afgjort' } as const
const GENDERS = { woman: 'kvinde', man: 'mand' } as const
const HEAD = [
  'Navn',
  'Netværk',
  'Område',
  'Opgang',
  'Sprog',
  'Opgaver',
  'Tider',
  'Køn',
  'Status',
  'Pause',
  'På vagt til',
  'Børneattest gælder til',
  'Løfte om tavshed',
  'Opgaver nu',
]

export interface FileDeps extends Pick<ConsoleDeps, 'collections' | 'places' | 'library' | 'time'> {
  readonly areaName: (area: string) => string
}

/** All who wait or are approved in these areas, as CSV. Throws `StoreUnavailable`. */
export async function peopleFile(deps: FileDeps, areas: Areas): Promise<string> {
  const rows: string[][] = [HEAD]
  const now = deps.time.now()
  for (const list of LISTS)
    for await (const { volunteer } of volunteersOf(deps.collections.contacts, { list, filter: { areas }, now }))
      rows.push(rowOf(deps, volunteer))
  return csvOf(rows)
}

function rowOf({ places, library, time, areaName }: FileDeps, volunteer: Volunteering): string[] {
  const {
    alias,
    network,
    area,
    stairwell = '',
    languages,
    tasks,
    hours,
    gender,
    state,
    paused,
    openUntil,
    vetting,
    promise,
    load,
  } = volunteer
  const certificate = vetting.map(({ validTo }) => validTo).toSorted((a, b) => (a < b ? 1 : -1))[0]
  return [
    alias,
    places.current().networks[network]?.names['da'] ?? network,
    areaName(area),
    stairwell,
    languages.join(', '),
    tasks.map((task) => library.current().say('da', `volunteering.task.${task}`)).join(', '),
    hours.map((one) => writeHours(one)).join('; '),
    gender === undefined ? '' : GENDERS[gender],
    STATES[state],
    paused === undefined ? '' : PAUSES[paused],
    isOnDuty(volunteer, time.now()) ? copenhagenTime(openUntil ?? 0).replace('T', ' ') : '',
    certificate ?? '',
    promise === undefined ? '' : copenhagenDate(promise.at),
    String(Object.keys(load.tasks).length),
  ]
}

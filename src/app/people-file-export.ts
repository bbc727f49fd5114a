/** Areas, networks and volunteers in the form of the file: the same store gives the same text, and importing it changes nothing. */
import type { CallOutSettings } from '../core/callout-types.js'
import { copenhagenDate } from '../core/copenhagen.js'
import type { Network, Place } from '../core/places-types.js'
import type { Consent } from '../core/types.js'
import type { Volunteering } from '../core/volunteer-types.js'
import type { Span } from '../core/wall-hours.js'
import type { Collection } from '../store/collection.js'
import type { ContactDocument, NetworkDocument, PlaceDocument } from '../store/collections.js'
import { NO_QUIET, SETTING_NAMES } from './people-file-form.js'
import { writeHours, writeSpan } from './people-file-hours.js'
import { allPlaces } from './places.js'

/** Where they stand. */
export interface PeopleStore {
  readonly places: Collection<PlaceDocument>
  readonly networks: Collection<NetworkDocument>
  readonly contacts: Collection<ContactDocument>
}

/** A contact who helps or wants to. */
export type VolunteerDocument = ContactDocument & { readonly volunteer: Volunteering }

/** How the contact of a volunteer begins who stands in a file and never came into the chat; their id of the file follows. */
export const IMPORTED = 'volunteer:'
const PAGE = 500

/** The whole file as plain values, without what passes: load, duty, pause; and without whoever was refused. */
export async function exportPeople(store: PeopleStore): Promise<Readonly<Record<string, unknown>>> {
  const { places, networks } = await allPlaces(store)
  const volunteers = (await volunteersIn(store.contacts)).filter(({ volunteer }) => volunteer.state !== 'refused')
  return {
    areas: byId(places.map((place) => [place._id, areaEntry(place)])),
    networks: byId(networks.map((network) => [network._id, networkEntry(network)])),
    volunteers: byId(volunteers.map((contact) => [fileIdOf(contact), volunteerEntry(contact.volunteer)])),
  }
}

/** What a volunteer is called in the file. */
export function fileIdOf({ _id, volunteer }: VolunteerDocument): string {
  return volunteer.file ?? _id
}

/** All who help, wait or were refused. */
export async function volunteersIn(contacts: Collection<ContactDocument>): Promise<readonly VolunteerDocument[]> {
  const found: VolunteerDocument[] = []
  const sort = ['volunteer.network', 'volunteer.state', '_id']
  for (let after: string[] | undefined; ; ) {
    const where = { 'volunteer.network': { from: '' } }
    const page = await contacts.find(where, { sort, limit: PAGE, ...(after === undefined ? {} : { after }) })
    for (const contact of page) if (contact.volunteer !== undefined) found.push({ ...contact, volunteer: contact.volunteer })
    const last = found.at(-1)
    if (page.length < PAGE || last === undefined) return found
    after = [last.volunteer.network, last.volunteer.state, last._id]
  }
}

export function areaEntry({ stairwells, neighbours, officeHours, onCall }: Omit<Place, 'id'>): unknown {
  return {
    stairwells,
    ...filled('neighbours', neighbours),
    ...filled('office_hours', officeHours.map(writeHours)),
    ...filled(
      'on_call',
      onCall.map(({ id, name, mail, hours }) => ({ id, name, ...given('mail', mail), ...filled('hours', hours.map(writeHours)) })),
    ),
  }
}

export function networkEntry({ kind, names, areas, tasks, settings, external }: Omit<Network, 'id'>): unknown {
  const { da = '', ...others } = names
  const set = settingsEntry(settings)
  return {
    kind,
    names: { da, ...byId(Object.entries(others)) },
    areas,
    tasks,
    ...(Object.keys(set).length === 0 ? {} : { settings: set }),
    ...(external === undefined ? {} : { external: { ...given('mail', external.mail), ...given('phone', external.phone) } }),
  }
}

function settingsEntry({ quiet, ...numbers }: Partial<CallOutSettings>): Readonly<Record<string, unknown>> {
  const set = Object.entries(SETTING_NAMES).map(([name, key]) => given(name, numbers[key]))
  return Object.assign({}, ...set, given('quiet', quiet && quietEntry(quiet))) as Readonly<Record<string, unknown>>
}

function quietEntry(quiet: Span): string {
  return quiet.from === quiet.until ? NO_QUIET : writeSpan(quiet)
}

export function volunteerEntry(volunteer: Omit<Volunteering, 'load'>): unknown {
  const { network, alias, languages, area, stairwell, tasks, hours, gender, vetting, adult, promise, state } = volunteer
  return {
    network,
    alias,
    languages,
    area,
    ...given('stairwell', stairwell),
    tasks,
    ...filled('hours', hours.map(writeHours)),
    ...given('gender', gender),
    ...filled(
      'vetting',
      vetting.map(({ kind, validTo }) => ({ kind, valid_to: validTo })),
    ),
    adult,
    ...given('promise', promise && promiseEntry(promise)),
    approved: state === 'approved',
  }
}

/** The day is written, not the moment. */
export function promiseEntry({ version, language, at }: Consent): unknown {
  return { version, language, on: copenhagenDate(at) }
}

function given(name: string, value: unknown): Readonly<Record<string, unknown>> {
  return value === undefined ? {} : { [name]: value }
}

function filled(name: string, list: readonly unknown[]): Readonly<Record<string, unknown>> {
  return list.length === 0 ? {} : { [name]: list }
}

function byId<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** An area as it stands in the fields of the page, and as it is sent. */
import type { PlaceView } from '../api.js'
import type { StaffLanguage } from '../texts.js'
import { readHoursWords, writeHoursWords } from './hours-words.js'
import { shortName } from './short-name.js'

export interface OnCallDraft {
  /** Tells rows apart while they are moved. */
  readonly key: string
  /** Absent: somebody new. */
  readonly id?: string
  readonly name: string
  readonly mail: string
  readonly hours: string
}
export interface PlaceDraft {
  readonly seen: number
  readonly stairwells: string
  readonly neighbours: readonly string[]
  readonly officeHours: string
  readonly onCall: readonly OnCallDraft[]
}
/** Somebody who is on call in another area. */
export interface Known {
  readonly id: string
  readonly name: string
  readonly mail?: string
}

/** `areas`: ids of all areas there are; what is none any more is left out. */
export function placeDraft(place: PlaceView, language: StaffLanguage, areas: readonly string[]): PlaceDraft {
  return {
    seen: place.seen,
    stairwells: place.stairwells.join(', '),
    neighbours: place.neighbours.filter((id) => areas.includes(id)),
    officeHours: writeHoursWords(place.officeHours, language),
    onCall: place.onCall.map(({ id, name, mail = '', hours }) => ({ key: id, id, name, mail, hours: writeHoursWords(hours, language) })),
  }
}

/** What is sent, or the paths of hours that cannot be read. */
export function placeBody(draft: PlaceDraft, known: readonly Known[]): { readonly body: object } | { readonly unreadable: string[] } {
  const officeHours = readHoursWords(draft.officeHours)
  const hours = draft.onCall.map((one) => readHoursWords(one.hours))
  const unreadable = [
    ...hours.flatMap((one, at) => (one === undefined ? [`onCall.${at}.hours`] : [])),
    ...(officeHours === undefined ? ['officeHours'] : []),
  ]
  if (unreadable.length > 0) return { unreadable }
  const people = withIds(draft.onCall, known)
  const onCall = people.map(({ id, name, mail }, at) => ({ id, name, ...(mail === '' ? {} : { mail }), hours: hours[at] }))
  const stairwells = draft.stairwells
    .split(/[,;\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
  return { body: { seen: draft.seen, stairwells, neighbours: draft.neighbours, officeHours, onCall } }
}

/** Somebody new who is on call elsewhere by that name, and that mail or none written, is the same person; others get a short name that is free. */
function withIds(people: readonly OnCallDraft[], known: readonly Known[]): { id: string; name: string; mail: string }[] {
  const here = new Set(people.flatMap(({ id }) => id ?? []))
  return people.map((one) => {
    const [name, mail] = [one.name.trim(), one.mail.trim()]
    if (one.id !== undefined) return { id: one.id, name, mail }
    const same = known.find((other) => other.name === name && (mail === '' || other.mail === mail) && !here.has(other.id))
    const id = same?.id ?? freeName(shortName(name) || 'vagt', (taken) => here.has(taken) || known.some((other) => other.id === taken))
    here.add(id)
    return { id, name, mail: same?.mail ?? mail }
  })
}

function freeName(name: string, isTaken: (name: string) => boolean): string {
  for (let number = 1; ; number += 1) {
    const wanted = number === 1 ? name : `${name}-${number}`
    if (!isTaken(wanted)) return wanted
  }
}

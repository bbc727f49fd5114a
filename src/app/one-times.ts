/** One-time words: typed into a chat, they make whoever types them a coordinator, or the volunteer that a file named. */
import type { OnCall } from '../core/places-types.js'
import type { Coordinating, Volunteering } from '../core/volunteer-types.js'
import type { Collection } from '../store/collection.js'
import type { ContactDocument, OneTimeDocument, PlaceDocument } from '../store/collections.js'
import { type AlarmsMarkDeps, wakeAlarms } from './alarms-mark.js'
import type { Ids, Keys } from './ports.js'

const MINUTE = 60_000
/** How long a word works; a setting of the project: as long as two people stand beside each other. */
export const WORD_MINUTES = 15
/** Letters and digits that are told apart on paper and on the phone, as receipts have: no 0 O 1 I L 5 S; and no W, as `PW` names a password, which is masked. */
export const WORD_ALPHABET = '2346789ABCDEFGHJKMNPQRTUVXYZ'
const LETTERS = 8
/** Bytes from here on would favour the first letters. */
const FAIR = 256 - (256 % WORD_ALPHABET.length)

export interface OneTimesDeps extends AlarmsMarkDeps {
  readonly oneTimes: Collection<OneTimeDocument>
  readonly contacts: Collection<ContactDocument>
  readonly places: Collection<PlaceDocument>
  readonly keys: Keys
  readonly ids: Ids
}

type WordOpens = Extract<OneTimeDocument['opens'], { what: 'coordinator' | 'volunteer' }>

/** Makes a word, `OPG-XXXX-XXXX`: about 38 bits, of which only a keyed hash is kept. Throws `StoreUnavailable`. */
export async function makeOneTime(deps: OneTimesDeps, opens: WordOpens, minutes = WORD_MINUTES): Promise<string> {
  for (;;) {
    const letters = lettersOf(deps.ids)
    const word = `OPG-${letters.slice(0, LETTERS / 2)}-${letters.slice(LETTERS / 2)}`
    const until = deps.time.now() + minutes * MINUTE
    if ((await deps.oneTimes.insert({ _id: idOf(deps.keys, word), version: 1, opens, until, used: false })) === 'ok') return word
  }
}

function idOf(keys: Keys, word: string): string {
  return keys.mac('token', `word:${word}`)
}

function lettersOf(ids: Ids): string {
  let letters = ''
  while (letters.length < LETTERS) {
    for (const byte of Buffer.from(ids.next(), 'base64url')) if (byte < FAIR) letters += WORD_ALPHABET[byte % WORD_ALPHABET.length] ?? ''
  }
  return letters.slice(0, LETTERS)
}

/** What a word made of whoever typed it. */
export type WordUsed = { readonly is: 'coordinator'; readonly area: string } | { readonly is: 'volunteer' } | { readonly is: 'wrong' }

/**
 * Uses a word, once: of any number who type it at the same moment one has it, and the others read that it is wrong. The same person
 * may type it again while it lasts. Throws `StoreUnavailable`; then it may be tried again.
 */
export async function useOneTime(deps: OneTimesDeps, word: string, contact: string): Promise<WordUsed> {
  const known = await deps.oneTimes.get(idOf(deps.keys, word))
  if (known === undefined || deps.time.now() >= known.until) return { is: 'wrong' }
  const { opens } = known
  if (opens.what !== 'coordinator' && opens.what !== 'volunteer') return { is: 'wrong' }
  if (known.used && known.by !== contact) return { is: 'wrong' }
  if (!known.used && (await deps.oneTimes.replace({ ...known, used: true, by: contact })) !== 'ok') return useOneTime(deps, word, contact)
  if (opens.what === 'volunteer') return { is: (await takePlaceOf(deps, opens.contact, contact, known.used)) ? 'volunteer' : 'wrong' }
  await makeCoordinator(deps, opens, contact)
  return { is: 'coordinator', area: opens.area }
}

/** Whoever is on call elsewhere keeps their name on the lists: one chat has one. */
async function makeCoordinator(deps: OneTimesDeps, { area, onCall }: { readonly area: string; readonly onCall: string }, contact: string) {
  let name = onCall
  await changeContact(deps, contact, (known) => {
    name = known.coordinator?.onCall ?? onCall
    const coordinator: Coordinating = { areas: [...new Set([...(known.coordinator?.areas ?? []), area])], onCall: name }
    return { ...known, coordinator }
  })
  await putOnCall(deps.places, area, { id: name, name, hours: [] }, 'unless there')
  // What reached nobody so far reaches them now.
  await wakeAlarms(deps, area)
}

/** The imported volunteer is this person from now on. False when there is none any more: it is another person. */
async function takePlaceOf(deps: OneTimesDeps, imported: string, contact: string, again: boolean): Promise<boolean> {
  const volunteer = await claimPlace(deps, imported, contact)
  if (volunteer === 'gone') return again && (await deps.contacts.get(contact))?.volunteer !== undefined
  if (volunteer === "another's") return false
  if (imported === contact) return true
  // What this person has open already stays theirs.
  await changeContact(deps, contact, (known) => ({ ...known, volunteer: { ...volunteer, load: known.volunteer?.load ?? volunteer.load } }))
  await changeContact(deps, imported, withoutVolunteer)
  return true
}

/** Of two who type words for one place at the same moment the first has it, also after a crash: who it is stands with the place. */
async function claimPlace({ contacts }: OneTimesDeps, imported: string, contact: string): Promise<Volunteering | 'gone' | "another's"> {
  const mine = `${CLAIM}${contact}`
  for (;;) {
    const known = await contacts.get(imported)
    if (known?.volunteer === undefined) return 'gone'
    const claim = known.applied.find((one) => one.startsWith(CLAIM))
    if (claim !== undefined) return claim === mine ? known.volunteer : "another's"
    if ((await contacts.replace({ ...known, applied: [...known.applied, mine] })) === 'ok') return known.volunteer
  }
}

/** No effect has an id that begins so. */
const CLAIM = 'place of '

/** Whoever is imported under that name later has a place of their own. */
function withoutVolunteer(known: ContactDocument): ContactDocument {
  const { volunteer: _, ...rest } = known
  return { ...rest, applied: rest.applied.filter((one) => !one.startsWith(CLAIM)) }
}

async function changeContact(
  { contacts }: Pick<OneTimesDeps, 'contacts'>,
  id: string,
  change: (known: ContactDocument) => ContactDocument,
): Promise<void> {
  for (;;) {
    const known = await contacts.get(id)
    const next = change(known ?? { _id: id, version: 1, applied: [] })
    if ((known === undefined ? await contacts.insert(next) : await contacts.replace(next)) === 'ok') return
  }
}

/**
 * Puts somebody at the end of an area's list, or changes who has that id and keeps the place. With `unless there` one who is on it stays
 * as they are. Says what was done. Throws `StoreUnavailable`.
 */
export async function putOnCall(
  places: Collection<PlaceDocument>,
  area: string,
  entry: OnCall,
  when: 'always' | 'unless there' = 'always',
): Promise<'added' | 'changed' | 'was there'> {
  for (;;) {
    const known = await places.get(area)
    const place = known ?? { _id: area, version: 1, stairwells: [], neighbours: [], officeHours: [], onCall: [] }
    const there = place.onCall.some(({ id }) => id === entry.id)
    if (there && when === 'unless there') return 'was there'
    const onCall = there ? place.onCall.map((one) => (one.id === entry.id ? entry : one)) : [...place.onCall, entry]
    const next = { ...place, onCall }
    if ((known === undefined ? await places.insert(next) : await places.replace(next)) === 'ok') return there ? 'changed' : 'added'
  }
}

/** Takes somebody off an area's list; false when nobody there has that id. Throws `StoreUnavailable`. */
export async function removeOnCall(places: Collection<PlaceDocument>, area: string, id: string): Promise<boolean> {
  for (;;) {
    const place = await places.get(area)
    if (place === undefined || !place.onCall.some((one) => one.id === id)) return false
    if ((await places.replace({ ...place, onCall: place.onCall.filter((one) => one.id !== id) })) === 'ok') return true
  }
}

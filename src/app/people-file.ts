/** One file with the areas, networks and volunteers of a place: read, and every mistake in it told at once. */
import type { LanguageCode, Problem } from '../core/types.js'
import { checkTogether } from './people-file-checks.js'
import { isEntries, listed, type Path, readEntry } from './people-file-entry.js'
import {
  AreaForm,
  type FileNetwork,
  type FilePlace,
  type FileVolunteer,
  ID_ADVICE,
  isId,
  type Named,
  NetworkForm,
  VolunteerEntryForm,
} from './people-file-form.js'
import type { Source } from './sources.js'

/** By id. A volunteer's is their own word in the file, or their contact for those who signed up in the chat. */
export interface PeopleFile {
  readonly areas: ReadonlyMap<string, FilePlace>
  readonly networks: ReadonlyMap<string, FileNetwork>
  readonly volunteers: ReadonlyMap<string, FileVolunteer>
}

/** What the file is held against. */
export interface FileWorld {
  /** Ids of the areas that have a file of their own among the dialogs. */
  readonly areas: readonly string[]
  /** Codes of the languages that are offered. */
  readonly languages: readonly LanguageCode[]
  /** In Denmark, `YYYY-MM-DD`: what ended before it is told. */
  readonly today: string
}

const VOLUNTEERS_MAX = 5000
const SECTIONS = ['areas', 'networks', 'volunteers'] as const
type Section = (typeof SECTIONS)[number]
/** 128 random bits in base64url: the id of a contact. */
const CONTACT_ID = /^[A-Za-z0-9_-]{22}$/
export const isContactId = (id: string): boolean => CONTACT_ID.test(id)

/** The file in its form with what can wait, or every mistake by line with what to write instead. */
export function readPeople(source: Source, world: FileWorld): { file: PeopleFile; warnings: Problem[] } | { problems: Problem[] } {
  const found: Problem[] = []
  const note = (at: Path, message: string, severity: Problem['severity']) => {
    const at_line = source.lineOf(at)
    const where = at.length === 0 ? '' : `${at.join('.')}: `
    found.push({ file: source.file, ...(at_line === undefined ? {} : { line: at_line }), message: `${where}${message}`, severity })
  }
  const tell = (at: Path, message: string) => note(at, message, 'error')
  const raw = sectionsOf(source.value, tell)
  const file = entriesOf(raw, world, tell)
  checkTogether(raw, { ...file, today: world.today }, { tell, warn: (at, message) => note(at, message, 'warning') })
  const sorted = found.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
  return found.some(({ severity }) => severity === 'error') ? { problems: sorted } : { file, warnings: sorted }
}

/** What stands under each heading, by id, not yet read. */
export type RawSections = Readonly<Record<Section, Readonly<Record<string, unknown>>>>

function sectionsOf(value: unknown, tell: (at: Path, message: string) => void): RawSections {
  if (!isEntries(value)) {
    tell([], `is empty or a list: write ${SECTIONS.join(':, ')}: at the beginning of lines of their own`)
    return { areas: {}, networks: {}, volunteers: {} }
  }
  const unknown = Object.keys(value).filter((name) => !SECTIONS.some((section) => section === name))
  for (const name of unknown) tell([name], `there is no such heading: there are ${SECTIONS.join(', ')}`)
  const section = (name: Section) => {
    const under = value[name]
    if (isEntries(under)) return under
    if (name !== 'volunteers' && (under === undefined || under === ''))
      tell([name], `\`${name}:\` is missing or empty: write at least one below it`)
    else if (under !== undefined && under !== '') tell([name], 'write an id and a colon in a line of its own, and what belongs to it below')
    return {}
  }
  return { areas: section('areas'), networks: section('networks'), volunteers: section('volunteers') }
}

function entriesOf(raw: RawSections, world: FileWorld, tell: (at: Path, message: string) => void): PeopleFile {
  const named: Named = { areas: Object.keys(raw.areas), networks: Object.keys(raw.networks), languages: world.languages }
  for (const id of named.areas.filter((one) => !world.areas.includes(one)))
    tell(['areas', id], `there is no area of that id: write ${listed(world.areas)}, or make dialogs/areas/${id}.yaml first`)
  for (const section of ['networks', 'volunteers'] as const) {
    for (const id of Object.keys(raw[section]).filter((one) => !isIdIn(one, section))) tell([section, id], ID_ADVICE)
  }
  const people = Object.keys(raw.volunteers).length
  if (people > VOLUNTEERS_MAX) {
    tell(['volunteers'], `has ${people} volunteers: at most ${VOLUNTEERS_MAX} fit in one file`)
    return { areas: new Map(), networks: new Map(), volunteers: new Map() }
  }
  const forms = { areas: AreaForm(named), networks: NetworkForm(named), volunteers: VolunteerEntryForm(named) }
  const read = <T>(section: Section, form: Parameters<typeof readEntry<T>>[0]) =>
    new Map(
      Object.entries(raw[section]).flatMap(([id, entry]): [string, T][] => {
        const one = readEntry(form, entry, [section, id], tell)
        return one === undefined ? [] : [[id, one]]
      }),
    )
  return {
    areas: read<FilePlace>('areas', forms.areas),
    networks: read<FileNetwork>('networks', forms.networks),
    volunteers: read<FileVolunteer>('volunteers', forms.volunteers),
  }
}

function isIdIn(id: string, section: Section): boolean {
  return isId(id) || (section === 'volunteers' && isContactId(id))
}

/** What is being typed about a volunteer, and how it is brought together with what another changed meanwhile. */
import type { PersonChange, PersonView } from '../../../core/people-types.js'
import type { TextKey } from '../texts.js'

/** Every field as the form has it: empty is none. */
export interface Draft extends Pick<PersonChange, 'alias' | 'network' | 'area' | 'languages' | 'tasks' | 'hours' | 'adult'> {
  readonly stairwell: string
  readonly gender: 'woman' | 'man' | ''
  /** `2027-05-01` */
  readonly certificate: string
}

const LABELS = {
  alias: 'people.alias',
  network: 'people.network',
  area: 'people.area',
  stairwell: 'people.stairwell',
  languages: 'people.languages',
  tasks: 'people.tasks',
  hours: 'people.hours',
  gender: 'people.gender',
  adult: 'people.adult',
  certificate: 'people.vetting',
} as const satisfies Record<keyof Draft, TextKey>
const FIELDS = Object.keys(LABELS) as (keyof Draft)[]

export function draftOf({ alias, network, area, stairwell, languages, tasks, hours, gender, vetting, adult }: PersonView): Draft {
  const [newest = ''] = vetting.map(({ validTo }) => validTo).toSorted((a, b) => (a < b ? 1 : -1))
  return { alias, network, area, stairwell: stairwell ?? '', languages, tasks, hours, gender: gender ?? '', adult, certificate: newest }
}

/** The change that a draft is. Certificates of before stay while their newest day is not changed. */
export function bodyOf({ stairwell, gender, certificate, ...draft }: Draft, base: PersonView): Omit<PersonChange, 'seen'> {
  const kept = certificate === draftOf(base).certificate
  return {
    ...draft,
    ...(stairwell === '' ? {} : { stairwell }),
    ...(gender === '' ? {} : { gender }),
    vetting: kept ? base.vetting : certificate === '' ? [] : [{ kind: 'children', validTo: certificate }],
  }
}

/** False while something is missing that a volunteer needs. */
export function isWhole({ languages, tasks, hours }: Draft): boolean {
  return languages.length > 0 && tasks.length > 0 && hours.every(({ days }) => days.length > 0)
}

/** What was typed since `base`, on what stands there `now`; and what another changed meanwhile, by the names of the fields. */
export function rebased(draft: Draft, base: Draft, now: Draft): { readonly draft: Draft; readonly changed: readonly TextKey[] } {
  const differs = (one: Draft, other: Draft, field: keyof Draft) => JSON.stringify(one[field]) !== JSON.stringify(other[field])
  const typed = FIELDS.filter((field) => differs(draft, base, field))
  return {
    draft: { ...now, ...Object.fromEntries(typed.map((field) => [field, draft[field]])) },
    changed: FIELDS.filter((field) => differs(now, base, field)).map((field) => LABELS[field]),
  }
}

/** The forms of an area, a network and a volunteer in the file that people write. */
import { z } from 'zod'
import { type CallOutSettings } from '../core/callout-types.js'
import { copenhagenInstant } from '../core/copenhagen.js'
import { NETWORK_KINDS, type Network, type OnCall, type Place } from '../core/places-types.js'
import { TASKS, taskRule } from '../core/task-rules.js'
import type { Instant, LanguageCode } from '../core/types.js'
import type { VolunteerForm, Volunteering } from '../core/volunteer-types.js'
import { readSpan } from '../core/written-hours.js'
import { entries, hasPrivateNumber, line, oneOf, said, several, severalHours, yesOrNo } from './people-file-entry.js'

/** Names that entries may point at. */
export interface Named {
  readonly areas: readonly string[]
  readonly networks: readonly string[]
  readonly languages: readonly LanguageCode[]
}

/** An area of the file. Without `onCall` the list that is there stays. */
export type FilePlace = Omit<Place, 'id' | 'onCall'> & Partial<Pick<Place, 'onCall'>>
export type FileNetwork = Omit<Network, 'id'>
/** A volunteer of the file: what they say of themselves, and what staff know. */
export interface FileVolunteer extends VolunteerForm, Pick<Volunteering, 'adult' | 'vetting' | 'promise'> {
  readonly approved: boolean
}

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/
const ID_MAX = 40
export const ID_ADVICE = `an id has small English letters, digits and dashes between them, at most ${ID_MAX}, and is no CPR number: fatma-birkehaven`
const PROMISE = 'confidentiality'
/** No quiet hours. */
export const NO_QUIET = 'none'

/** A day has 1,440 minutes; a week of rest, ten tasks and twenty people at once are our own bounds, to catch a slip of the hand. */
const DAY_MINUTES = 1440
const WEEK_MINUTES = 7 * DAY_MINUTES
const STAIRWELLS_MAX = 500
const LABEL_MAX = 20
const IN_FILE = ' in this file'
const NAME_MAX = 80
/** `2027-05-01` */
const DAY_LENGTH = 10
/** RFC 5321, section 4.5.3.1.3, without the angle brackets. */
const MAIL_MAX = 254
const PHONE = /^\+?\d[\d ]{1,20}\d(?: \(demo\))?$/

/** What settings are called in the file, in the order they are written. Times are minutes. */
export const SETTING_NAMES = {
  ask_at_once: 'k',
  first_wave: 't1',
  second_wave: 't2',
  to_staff: 't3',
  ask_if_coming: 't4',
  hand_on: 't5',
  tasks_at_once: 'loadCap',
  rest: 'restMinutes',
  fair_share_days: 'fairShareDays',
} as const satisfies Record<string, Exclude<keyof CallOutSettings, 'quiet'>>
type SettingName = keyof typeof SETTING_NAMES

/** A short name that is no number of a person. */
export function isId(text: string): boolean {
  return text.length <= ID_MAX && ID.test(text) && !hasPrivateNumber(text)
}

const id = z.string(said(ID_ADVICE)).refine(isId, ID_ADVICE)
const mail = z.email(said('write a mail address, for example office@example.dk')).max(MAIL_MAX, 'is longer than a mail address can be')
const phone = z
  .string(said('write a telephone number'))
  .regex(PHONE, 'write a telephone number with digits and spaces only: 70 12 34 56 or +45 70 12 34 56')
/** A day and its first moment in Denmark; thousands of people share a few days, and each is looked up once. */
function dayForm() {
  const known = new Map<string, Instant | undefined>()
  return z.string(said('write a date: 2027-05-01')).transform((text, context) => {
    if (text.length === DAY_LENGTH && !known.has(text)) known.set(text, copenhagenInstant(text))
    const at = known.get(text)
    if (at === undefined) context.addIssue('write a date that the calendar has: 2027-05-01')
    return at === undefined ? z.NEVER : { text, at }
  })
}

export const AreaForm = (names: Named) =>
  entries({
    stairwells: several(line('a stairwell as neighbours call it', LABEL_MAX)).refine(
      ({ length }) => length <= STAIRWELLS_MAX,
      `write at most ${STAIRWELLS_MAX} stairwells`,
    ),
    neighbours: several(oneOf(names.areas, 'area', IN_FILE)).default([]),
    office_hours: severalHours(),
    on_call: several(
      entries({ id, name: line('the name of who is on call', NAME_MAX), mail: mail.optional(), hours: severalHours() }),
    ).optional(),
  }).transform(
    ({ office_hours: officeHours, on_call: onCall, ...rest }): FilePlace => ({
      ...rest,
      officeHours,
      ...(onCall === undefined ? {} : { onCall: onCall.map(onCallOf) }),
    }),
  )

function onCallOf({ mail: address, ...rest }: Omit<OnCall, 'mail'> & { readonly mail?: string | undefined }): OnCall {
  return { ...rest, ...(address === undefined ? {} : { mail: address }) }
}

export const NetworkForm = (names: Named) =>
  entries({
    kind: z.enum(NETWORK_KINDS, said(`write ${NETWORK_KINDS.join(', ')}`)),
    names: namesForm(names.languages),
    areas: several(oneOf(names.areas, 'area', IN_FILE), 1),
    tasks: several(task(), 1),
    settings: SettingsForm.default({}),
    external: entries({ mail: mail.optional(), phone: phone.optional() })
      .refine((by) => by.mail !== undefined || by.phone !== undefined, 'write a mail or a phone: how else are they reached?')
      .transform((by) => ({ ...(by.mail === undefined ? {} : { mail: by.mail }), ...(by.phone === undefined ? {} : { phone: by.phone }) }))
      .optional(),
  }).transform(({ external, ...rest }): FileNetwork => ({ ...rest, ...(external === undefined ? {} : { external }) }))

function namesForm(languages: readonly LanguageCode[]) {
  const name = line('the name', NAME_MAX)
  const shape: Record<LanguageCode, z.ZodType<string | undefined>> = Object.fromEntries(
    languages.map((language) => [language, name.optional()]),
  )
  return entries({ ...shape, da: name }).transform(
    (given): Readonly<Record<LanguageCode, string>> =>
      Object.fromEntries(Object.entries(given).flatMap(([language, text]) => (typeof text === 'string' ? [[language, text]] : []))),
  )
}

function task() {
  const staff = (name: string) => taskRule(name)?.staffOnly !== undefined
  const offered = TASKS.filter((name) => !staff(name))
  return oneOf(TASKS, 'task').refine((name) => !staff(name), {
    error: ({ input }) => `\`${String(input)}\` is for staff alone, no volunteer is asked: write ${offered.join(', ')}`,
  })
}

function whole(min: number, max: number) {
  const advice = `write a whole number from ${min} to ${max}`
  return z
    .string(said(advice))
    .regex(/^\d{1,5}$/, advice)
    .transform(Number)
    .refine((value) => value >= min && value <= max, advice)
    .optional()
}

const minutes = whole(1, DAY_MINUTES)
const QUIET_ADVICE = `write 21:00-08:00, or ${NO_QUIET}`
const SettingsForm = entries({
  ask_at_once: whole(1, 20),
  first_wave: minutes,
  second_wave: minutes,
  to_staff: minutes,
  ask_if_coming: minutes,
  hand_on: minutes,
  quiet: z
    .string(said(QUIET_ADVICE))
    .transform((text, context) => {
      const span = text === NO_QUIET ? { from: 0, until: 0 } : readSpan(text)
      if (span === undefined) context.addIssue(QUIET_ADVICE)
      return span ?? z.NEVER
    })
    .optional(),
  tasks_at_once: whole(1, 10),
  rest: whole(0, WEEK_MINUTES),
  fair_share_days: whole(1, 30),
}).transform(({ quiet, ...numbers }): Partial<CallOutSettings> => {
  const names = Object.keys(SETTING_NAMES) as SettingName[]
  const set = names.flatMap((name) => (numbers[name] === undefined ? [] : [[SETTING_NAMES[name], numbers[name]]]))
  return { ...(Object.fromEntries(set) as Partial<CallOutSettings>), ...(quiet === undefined ? {} : { quiet }) }
})

const ADULT = 'only people of 18 or over help: write `adult: true` when they have said so, else leave them out'
const alias = line('what neighbours call them', LABEL_MAX * 2).refine(
  (text) => hasPrivateNumber(text) || !/\d{4}/.test(text),
  'an alias has no numbers: write a first name, or a made-up one',
)

export const VolunteerEntryForm = (names: Named, day = dayForm()) =>
  entries({
    network: oneOf(names.networks, 'network', IN_FILE),
    alias,
    languages: several(oneOf(names.languages, 'language'), 1),
    area: oneOf(names.areas, 'area', IN_FILE),
    stairwell: line('a stairwell', LABEL_MAX).optional(),
    tasks: several(task(), 1),
    hours: severalHours(),
    gender: z.enum(['woman', 'man'], said('write woman or man, or leave it out')).optional(),
    vetting: several(
      entries({ kind: z.enum(['children'], said('write children: the only kind there is')), valid_to: day }).transform(
        ({ kind, valid_to: validTo }) => ({ kind, validTo: validTo.text }),
      ),
    ).default([]),
    adult: z.string(said(ADULT)).refine((word) => word === 'true' || word === 'yes', ADULT),
    promise: entries({ version: line('which text they promised', 64), language: oneOf(names.languages, 'language'), on: day })
      .transform(({ on, ...rest }) => ({ what: PROMISE, ...rest, at: on.at }))
      .optional(),
    approved: yesOrNo('write true or false'),
  }).transform(
    ({ stairwell, gender, promise, ...rest }): FileVolunteer => ({
      ...rest,
      adult: true,
      ...(stairwell === undefined ? {} : { stairwell }),
      ...(gender === undefined ? {} : { gender }),
      ...(promise === undefined ? {} : { promise }),
    }),
  )

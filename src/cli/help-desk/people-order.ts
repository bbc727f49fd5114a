/** What `npm run help-desk` is asked to do about people: applicants, who is on call, one-time words. */
import { parseArgs } from 'node:util'
import { HOURS_ADVICE, readHours } from '../../app/people-file-hours.js'
import type { StaffOrder } from '../../app/staff-orders.js'
import { redact } from '../../core/redact.js'

export type PeopleOrder = StaffOrder | { readonly act: 'applicants' } | { readonly act: 'on-call-list'; readonly area: string }

export const PEOPLE_ACTS = ['approve', 'on-call', 'coordinator', 'volunteer'] as const
export type PeopleAct = (typeof PEOPLE_ACTS)[number]

/** Arguments behind each act. */
export const PEOPLE_FORMS: Readonly<Record<PeopleAct, string>> = {
  approve: 'approve --list | approve ID [--refuse]',
  'on-call': "on-call AREA [--add ID --name NAME [--mail ADDRESS] [--hours 'mon-fri 08:00-16:00'] | --remove ID]",
  coordinator: 'coordinator AREA [ON-CALL-ID]',
  volunteer: 'volunteer ID',
}

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const ID_MAX = 60
/** Contacts have ids of 22 characters, imported volunteers their own behind a word. */
const CONTACT_MAX = 100
const NAME_MAX = 80
/** RFC 5321, 4.5.3.1: a path of 256 with its brackets. */
const MAIL_MAX = 254
/** One `@` between what has no space and no sign that parts addresses. */
const MAIL = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/

/** The order; undefined when it must be written otherwise, or a line that says what is wrong with it. */
export function peopleOrder(act: PeopleAct, args: readonly string[]): PeopleOrder | { readonly wrong: string } | undefined {
  try {
    return ORDERS[act](args)
  } catch {
    // An option that there is not, or one without its value: whoever wrote it reads the right form instead.
    return undefined
  }
}

const ORDERS: Readonly<Record<PeopleAct, (args: readonly string[]) => PeopleOrder | { readonly wrong: string } | undefined>> = {
  approve: approveOrder,
  'on-call': onCallOrder,
  coordinator: coordinatorOrder,
  volunteer: volunteerOrder,
}

function approveOrder(args: readonly string[]): PeopleOrder | undefined {
  const flag = { type: 'boolean', default: false } as const
  const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options: { list: flag, refuse: flag } })
  const [volunteer, ...more] = positionals
  if (volunteer === undefined) return values.refuse ? undefined : { act: 'applicants' }
  if (values.list || more.length > 0 || !isContact(volunteer)) return undefined
  return { act: 'approve', volunteer, yes: !values.refuse }
}

function onCallOrder(args: readonly string[]): PeopleOrder | { readonly wrong: string } | undefined {
  const text = { type: 'string' } as const
  const options = { add: text, name: text, mail: text, hours: { type: 'string', multiple: true }, remove: text } as const
  const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options })
  const [area, ...more] = positionals
  const { add, remove, ...entry } = values
  if (area === undefined || more.length > 0 || !isId(area)) return undefined
  if (add !== undefined) return remove === undefined ? addOrder(area, { id: add, ...entry }) : undefined
  if (Object.keys(entry).length > 0) return undefined
  if (remove === undefined) return { act: 'on-call-list', area }
  return isId(remove) ? { act: 'on-call-remove', area, id: remove } : undefined
}

interface Written {
  readonly id: string
  readonly name?: string | undefined
  readonly mail?: string | undefined
  readonly hours?: readonly string[] | undefined
}

function addOrder(area: string, { id, name, mail, hours: written = [] }: Written): PeopleOrder | { readonly wrong: string } | undefined {
  if ([id, name, mail].some(hasPrivateNumber)) return { wrong: 'No CPR number and no card number is kept here: take it away' }
  if (!isId(id)) return { wrong: 'Write an id of small English letters, digits and dashes, such as `sanne`' }
  if (name === undefined || name.trim() === '' || name.length > NAME_MAX || /\p{Cc}/u.test(name)) return undefined
  if (mail !== undefined && (mail.length > MAIL_MAX || !MAIL.test(mail)))
    return { wrong: 'Write one mail address, such as `sanne@example.org`' }
  const hours = written.map((one) => readHours(one))
  if (hours.includes(undefined)) return { wrong: `Hours: ${HOURS_ADVICE}` }
  const read = hours.flatMap((one) => one ?? [])
  return { act: 'on-call-add', area, entry: { id, name: name.trim(), ...(mail === undefined ? {} : { mail }), hours: read } }
}

function coordinatorOrder(args: readonly string[]): PeopleOrder | undefined {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} })
  const [area, onCall, ...more] = positionals
  if (area === undefined || more.length > 0 || !isId(area) || (onCall !== undefined && !isId(onCall))) return undefined
  return { act: 'coordinator', area, ...(onCall === undefined ? {} : { onCall }) }
}

function volunteerOrder(args: readonly string[]): PeopleOrder | undefined {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} })
  const [volunteer, ...more] = positionals
  return volunteer === undefined || more.length > 0 || !isContact(volunteer) ? undefined : { act: 'volunteer-word', volunteer }
}

function isId(text: string): boolean {
  return text.length <= ID_MAX && ID.test(text) && !hasPrivateNumber(text)
}

function hasPrivateNumber(text = ''): boolean {
  return redact(text).redacted.length > 0
}

function isContact(text: string): boolean {
  return text !== '' && text.length <= CONTACT_MAX
}

/** What the page sends of volunteers. */
import { z } from 'zod'
import { PEOPLE_LISTS, type PersonChange } from '../../core/people-types.js'
import { PLAIN_LINE } from './plain-line.js'

const ID_MAX = 300
const ALIAS_MAX = 40
const STAIRWELL_MAX = 20
const SEVERAL_MAX = 40
const HOURS_MAX = 20
const DAY_MINUTES = 24 * 60
/** `2027-05-01`, of years with four digits. */
const DAY = /^\d{4}-\d\d-\d\d$/

const id = z.string().min(1).max(ID_MAX)
export const PeopleQuery = z.object({
  list: z.enum(PEOPLE_LISTS).default('applied'),
  area: z.string().optional(),
  network: id.optional(),
  next: id.optional(),
})

/** The beginning of a name, from its header. */
export const Sought = z.string().trim().min(1).max(ALIAS_MAX).optional()

const line = (max: number) => z.string().trim().min(1).max(max).regex(PLAIN_LINE)
const several = z.array(id).min(1).max(SEVERAL_MAX).readonly()
const minute = z
  .int()
  .min(0)
  .max(DAY_MINUTES - 1)
const Span = z.strictObject({ days: z.array(z.int().min(1).max(7)).min(1).max(7).readonly(), from: minute, until: minute })
const Paper = z.strictObject({ kind: z.literal('children'), validTo: z.string().regex(DAY) })
/** A change as the page sends it: what is meant by it is looked at by `app/people-board-change.ts`. */
export const Change = z
  .strictObject({
    alias: line(ALIAS_MAX),
    network: id,
    area: id,
    stairwell: line(STAIRWELL_MAX).optional(),
    languages: several,
    tasks: several,
    hours: z.array(Span).max(HOURS_MAX).readonly(),
    gender: z.enum(['woman', 'man']).optional(),
    vetting: z.array(Paper).max(SEVERAL_MAX).readonly(),
    adult: z.boolean(),
    seen: z.number(),
  })
  .transform(({ stairwell, gender, ...rest }): PersonChange => {
    return { ...rest, ...(stairwell === undefined ? {} : { stairwell }), ...(gender === undefined ? {} : { gender }) }
  })
export const Decision = z.strictObject({ yes: z.boolean(), anew: z.literal(true).optional() })
export const Switch = z.strictObject({ on: z.boolean() })

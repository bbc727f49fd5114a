/** Staff of the console: what their roles are, and where they count. */

/** `administrator` lets people in; the others say what somebody works with. */
export const ROLES = ['administrator', 'coordinator', 'editor', 'translator', 'reader'] as const
export type Role = (typeof ROLES)[number]

/** Ids of areas; `all` also means those that come later. */
export type Areas = 'all' | readonly string[]

export interface StaffRole {
  readonly role: Role
  readonly areas: Areas
}

/** True when every area of `inner` is one of `outer`. */
export function isWithin(inner: Areas, outer: Areas): boolean {
  if (outer === 'all') return true
  return inner !== 'all' && inner.every((area) => outer.includes(area))
}

/** True when some area is one of both. */
export function overlaps(one: Areas, other: Areas): boolean {
  if (one === 'all' || other === 'all') return one.length > 0 && other.length > 0
  return one.some((area) => other.includes(area))
}

/** Areas of all those roles together. */
export function areasOf(roles: readonly StaffRole[]): Areas {
  if (roles.some(({ areas }) => areas === 'all')) return 'all'
  return [...new Set(roles.flatMap(({ areas }) => areas))].toSorted()
}

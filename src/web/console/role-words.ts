/** Roles as a sentence says them. */
import type { StaffRole } from '../../core/staff-types.js'
import type { Area } from './api.js'
import type { Texts } from './texts.js'

/** "Koordinator (Birkehaven, Søndervang), Redaktør (alle områder)". */
export function rolesInWords(roles: readonly StaffRole[], areas: readonly Area[], say: Texts['say']): string {
  const nameOf = (id: string) => areas.find((area) => area.id === id)?.name ?? id
  return roles
    .map((one) => {
      const where = one.areas === 'all' ? say('staff.everywhere.short') : one.areas.map(nameOf).join(', ')
      return `${say(`role.${one.role}`)} (${where})`
    })
    .join(', ')
}

/** What reading the board needs, and who reads. */
import type { Areas } from '../../core/staff-types.js'
import type { ConsoleDeps } from '../console-deps.js'

export type BoardDeps = Pick<ConsoleDeps, 'collections' | 'places' | 'library' | 'time'>

/** A member of staff who reads. */
export interface Viewer {
  /** Id of the member of staff. */
  readonly staff: string
  readonly areas: Areas
  /** May see cases of danger and violence. */
  readonly safeguarding: boolean
}

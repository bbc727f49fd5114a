/** Why nobody asks a volunteer: they want a break, a report waits, or both; each ends by itself alone. */
import type { Volunteering } from '../../core/volunteer-types.js'

/** They want a break. */
export function pausedBySelf(volunteer: Volunteering): Volunteering {
  return volunteer.paused === 'report' ? { ...volunteer, alsoPaused: 'self' } : { ...volunteer, paused: 'self' }
}

/** Their break is over. What a report paused, a coordinator lets go on. */
export function resumedBySelf(volunteer: Volunteering): Volunteering {
  const { paused, alsoPaused: _, ...going } = volunteer
  return paused === 'report' ? { ...going, paused } : going
}

/** Nobody asks them until a coordinator has decided. */
export function pausedByReport(volunteer: Volunteering): Volunteering {
  return volunteer.paused === 'self' ? { ...volunteer, paused: 'report', alsoPaused: 'self' } : { ...volunteer, paused: 'report' }
}

/** A coordinator has decided: they go on, or have the break that they wanted; undefined when no report paused them. */
export function afterReport(volunteer: Volunteering): Volunteering | undefined {
  const { paused, alsoPaused, ...going } = volunteer
  if (paused !== 'report') return undefined
  return alsoPaused === undefined ? going : { ...going, paused: alsoPaused }
}

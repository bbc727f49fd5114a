/** What a volunteer has and can change about themselves: their card, duty, hours, pause, and stopping. */
import { change, commandReply, type Draft, drop, personReply, tell } from './draft.js'
import type { HelpEvent } from './help-types.js'
import type { Instant, QuickReply } from './types.js'
import { awaitsAge, type VolunteerChange, type Volunteering } from './volunteer-types.js'
import { beginReply, beginSignUp } from './volunteering-sign-up.js'
import { formLines, hoursWith } from './volunteering-steps.js'
import {
  changeHelp,
  chosenTitle,
  hoursInWords,
  isOnDuty,
  say,
  tasksOf,
  tasksReplies,
  timeInWords,
  volunteerReply,
  WEEK_PARTS,
  weekPartOf,
  windowEnd,
} from './volunteering-words.js'

/** How far the noted end of the window may lie behind before it is noted anew. */
const SEEN_AFTER_MS = 3_600_000

/** Sign-up for whoever is no volunteer yet, else where they stand. */
export function showVolunteer(draft: Draft): void {
  const { volunteer } = draft.scene.contact
  if (volunteer === undefined) return beginSignUp(draft)
  switch (volunteer.state) {
    case 'applied':
      changeHelp(draft, {}, 'signUp')
      if (awaitsAge(volunteer)) return tellUnderAge(draft)
      return tell(draft, say(draft, 'state.applied'), [commandReply(draft, 'menu'), volunteerReply(draft, 'leave')])
    case 'refused':
      changeHelp(draft, {}, 'signUp')
      return tell(draft, say(draft, 'state.refused'), [personReply(draft), commandReply(draft, 'menu')])
    case 'approved':
      return showCard(draft, volunteer)
  }
}

function showCard(draft: Draft, volunteer: Volunteering): void {
  const text = [
    say(draft, 'card.heading', { alias: volunteer.alias }),
    ...formLines(draft, volunteer),
    say(draft, 'card.hours', { hours: hoursInWords(draft, volunteer.hours) }),
    '',
    dutyLine(draft, volunteer),
  ].join('\n')
  tell(draft, text, [
    ...dutyReplies(draft, volunteer),
    volunteerReply(draft, 'my-tasks'),
    volunteerReply(draft, 'my-hours'),
    commandReply(draft, 'menu'),
    volunteerReply(draft, 'leave'),
  ])
}

function dutyLine(draft: Draft, { paused, openUntil }: Volunteering): string {
  if (paused !== undefined) return say(draft, paused === 'self' ? 'card.paused' : 'state.paused-report')
  if (!isOnDuty(draft) || openUntil === undefined) return say(draft, 'card.off-duty')
  return say(draft, 'card.on-duty', { until: timeInWords(draft, isNoted(draft, openUntil) ? openUntil : windowEnd(draft)) })
}

function dutyReplies(draft: Draft, { paused }: Volunteering): readonly QuickReply[] {
  if (paused === 'report') return []
  if (paused === 'self') return [volunteerReply(draft, 'resume')]
  return [volunteerReply(draft, isOnDuty(draft) ? 'duty-off' : 'duty-on'), volunteerReply(draft, 'pause')]
}

/** What only an approved volunteer can do; the others read where they stand. */
export function tapCard(draft: Draft, act: string, value: string | undefined): void {
  const { volunteer } = draft.scene.contact
  if (volunteer === undefined) return tell(draft, say(draft, 'state.not-volunteer'), [beginReply(draft), commandReply(draft, 'menu')])
  switch (act) {
    case 'leave':
      return askToLeave(draft)
    case 'leave-yes':
      return leave(draft)
    case 'leave-no':
      return volunteer.state === 'approved'
        ? tell(draft, say(draft, 'leave.kept'), [volunteerReply(draft, 'my-card'), commandReply(draft, 'menu')])
        : showVolunteer(draft)
  }
  if (volunteer.state !== 'approved') return showVolunteer(draft)
  switch (act) {
    case 'duty-on':
    case 'renew':
      return goOnDuty(draft, volunteer)
    case 'duty-off':
      return goOffDuty(draft)
    case 'pause':
    case 'resume':
      return pause(draft, volunteer, act === 'pause')
    case 'my-hours':
      return changeHours(draft, volunteer, value)
    default:
      return showVolunteer(draft)
  }
}

function give(draft: Draft, change: VolunteerChange): void {
  draft.effects.push({ type: 'volunteer', change })
}

/** Going on duty ends a pause that the volunteer took. */
function goOnDuty(draft: Draft, { paused }: Volunteering): void {
  if (paused === 'report') return pausedByReport(draft)
  if (paused === 'self') give(draft, { do: 'pause', on: false })
  give(draft, { do: 'duty', on: true, openUntil: windowEnd(draft) })
  tellOnDuty(draft, paused === 'self' ? [say(draft, 'duty.pause-over')] : [])
}

function tellOnDuty(draft: Draft, before: readonly string[], behind: readonly string[] = []): void {
  const until = timeInWords(draft, windowEnd(draft))
  tell(draft, [...before, say(draft, 'duty.on', { until }), ...behind].join('\n\n'), [
    volunteerReply(draft, 'duty-off'),
    volunteerReply(draft, 'my-tasks'),
    volunteerReply(draft, 'my-card'),
    commandReply(draft, 'menu'),
  ])
}

function goOffDuty(draft: Draft): void {
  give(draft, { do: 'duty', on: false, openUntil: windowEnd(draft) })
  tell(draft, withTasks(draft, 'duty.off', 'duty.tasks-stay'), [
    volunteerReply(draft, 'duty-on'),
    ...tasksReplies(draft),
    commandReply(draft, 'menu'),
  ])
}

function pause(draft: Draft, { paused }: Volunteering, on: boolean): void {
  if (paused === 'report') return pausedByReport(draft)
  give(draft, { do: 'pause', on })
  // A pause leaves the duty as it is.
  if (!on && isOnDuty(draft)) return tellOnDuty(draft, [say(draft, 'duty.pause-over')])
  if (!on) return tell(draft, say(draft, 'pause.off'), [volunteerReply(draft, 'duty-on'), volunteerReply(draft, 'my-card')])
  tell(draft, withTasks(draft, 'pause.on', 'duty.tasks-stay'), [
    volunteerReply(draft, 'resume'),
    ...tasksReplies(draft),
    commandReply(draft, 'menu'),
  ])
}

/** Staff did it: what it means, and that they may be asked why. */
function hearFromStaff(draft: Draft, is: 'break-begun' | 'break-ended' | 'duty-begun'): void {
  const byStaff = say(draft, 'by-staff')
  if (is === 'break-begun')
    return tell(draft, `${withTasks(draft, 'pause.on', 'duty.tasks-stay')}\n\n${byStaff}`, [
      volunteerReply(draft, 'resume'),
      ...tasksReplies(draft),
      personReply(draft),
      commandReply(draft, 'menu'),
    ])
  if (is === 'duty-begun') return tellOnDuty(draft, [], [byStaff])
  // A pause leaves the duty as it is: whoever is on duty is asked again at once.
  if (isOnDuty(draft)) return tellOnDuty(draft, [say(draft, 'duty.pause-over')], [byStaff])
  tell(draft, `${say(draft, 'pause.off')}\n\n${byStaff}`, [
    volunteerReply(draft, 'duty-on'),
    volunteerReply(draft, 'my-card'),
    personReply(draft),
  ])
}

function pausedByReport(draft: Draft): void {
  tell(draft, say(draft, 'state.paused-report'), [...tasksReplies(draft), personReply(draft), commandReply(draft, 'menu')])
}

/** A sentence, and another when this person has tasks. */
function withTasks(draft: Draft, id: string, more: string): string {
  return tasksOf(draft).length === 0 ? say(draft, id) : `${say(draft, id)} ${say(draft, more)}`
}

/** `value`: all that is chosen after the tap, `any` for none; so the same button twice is the same choice. */
function changeHours(draft: Draft, volunteer: Volunteering, value: string | undefined): void {
  const parts = value?.split(',').filter((part) => part in WEEK_PARTS)
  const hours =
    parts === undefined ? volunteer.hours : parts.reduce((all, part) => hoursWith(all, part, false), [] as Volunteering['hours'])
  if (parts !== undefined) give(draft, { do: 'update', form: { hours } })
  const chosen = new Set(hours.flatMap((span) => weekPartOf(span) ?? []))
  const ids = Object.keys(WEEK_PARTS)
  const button = (title: string, next: readonly string[]): QuickReply => ({
    title,
    action: { do: 'volunteer', act: 'my-hours', value: next.length === 0 ? 'any' : next.join(',') },
  })
  tell(draft, `${say(draft, 'hours.now', { hours: hoursInWords(draft, hours) })}\n\n${say(draft, 'hours.ask')}`, [
    button(say(draft, 'hours.any'), []),
    ...ids.map((id) =>
      button(
        chosenTitle(draft, say(draft, `hours.${id}`), chosen.has(id)),
        ids.filter((other) => (other === id) !== chosen.has(other)),
      ),
    ),
    { title: say(draft, 'button.ready'), action: { do: 'volunteer', act: 'my-card' } },
  ])
}

function askToLeave(draft: Draft): void {
  tell(draft, withTasks(draft, 'leave.ask', 'leave.tasks'), [volunteerReply(draft, 'leave-yes'), volunteerReply(draft, 'leave-no')])
}

/** The engine hands back first what they have. */
function leave(draft: Draft): void {
  give(draft, { do: 'leave' })
  changeHelp(draft, {}, 'offers', 'signUp')
  tell(draft, say(draft, 'leave.done'), [commandReply(draft, 'menu')])
}

/** Who decides, and that a misunderstanding is put right there. */
function tellUnderAge(draft: Draft): void {
  tell(draft, say(draft, 'role.under-age'), [personReply(draft), commandReply(draft, 'menu'), volunteerReply(draft, 'leave')])
}

/** Approved, refused, paused, free again; or a duty that ends. */
export function hearRoleNews(draft: Draft, event: Extract<HelpEvent, { type: 'role' | 'duty' }>): void {
  if (event.type === 'duty') {
    if (event.is === 'begun') return hearFromStaff(draft, 'duty-begun')
    const replies = event.is === 'ending' ? ['renew', 'duty-off'] : ['duty-on', 'my-card']
    return tell(
      draft,
      say(draft, `duty.${event.is}`),
      replies.map((act) => volunteerReply(draft, act)),
    )
  }
  const { is } = event
  // What was offered is not theirs to take while they are paused.
  changeHelp(draft, {}, 'signUp', ...(is === 'paused' || is === 'break-begun' || is === 'under-age' ? ['offers' as const] : []))
  if (is === 'under-age') return tellUnderAge(draft)
  if (is === 'approved') settleAge(draft)
  if (is === 'break-begun' || is === 'break-ended') return hearFromStaff(draft, is)
  // Their own break may go on behind it.
  const goesOn = is === 'resumed' && isOnDuty(draft) && draft.scene.contact.volunteer?.paused === undefined
  if (goesOn) return tellOnDuty(draft, [say(draft, 'role.resumed.on-duty')])
  tell(draft, say(draft, `role.${is}`), roleReplies(draft, is))
}

/** Staff decided that they are 18 or over: that holds for all they ask, too. */
function settleAge(draft: Draft): void {
  if (draft.scene.contact.volunteer?.ageDecided !== true) return
  change(draft, { child: { is: 'adult' } })
  drop(draft, 'underage')
}

function roleReplies(draft: Draft, is: 'approved' | 'refused' | 'paused' | 'resumed'): readonly QuickReply[] {
  if (is === 'approved' || is === 'resumed') return [volunteerReply(draft, 'duty-on'), volunteerReply(draft, 'my-card')]
  return [...(is === 'paused' ? tasksReplies(draft) : []), personReply(draft), commandReply(draft, 'menu')]
}

/** Notes that the window of a volunteer on duty is open anew, at most once an hour. */
export function noteWindow(draft: Draft): void {
  const { openUntil = 0 } = draft.scene.contact.volunteer ?? {}
  if (isOnDuty(draft) && !isNoted(draft, openUntil)) give(draft, { do: 'seen', openUntil: windowEnd(draft) })
}

function isNoted(draft: Draft, openUntil: Instant): boolean {
  return windowEnd(draft) - openUntil <= SEEN_AFTER_MS
}

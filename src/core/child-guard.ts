/**
 * A child who writes of an adult's matter, or for a parent, is asked whether they are over 18, and gets the way to an adult. Since 1 July
 * 2025 nobody under 18 may interpret in oral contact with public bodies (Act no. 469 of 14 May 2025, elov.dk); the rule here is our own, wider.
 */
import { askHandoff, help, putRequest } from './asking-session.js'
import { change, commandReply, type Draft, personReply, phrase, tell } from './draft.js'
import type { Goto, QuickReply } from './types.js'
import { awaitsAge } from './volunteer-types.js'

/** Below this age nobody is asked whether they want to be told later. Our own limit. */
const CONSENT_AGE = 15
/** BørneTelefonen (dialogs/phone-numbers.yaml). */
export const CHILDREN_LINE = { name: 'BørneTelefonen', number: '116 111' } as const

/** Remembers what a text tells of its writer's age. An answer that was given stays. */
export function noteChild(draft: Draft, text: string): void {
  const child = draft.library.readChild(text)
  if (child === undefined) return
  if (child.age !== undefined && child.age < CONSENT_AGE) change(draft, { underage: true })
  if (draft.session.child === undefined) change(draft, { child: { is: 'maybe' } })
  // Who writes for a parent may be grown up: a helper who is on the way is not called back for that.
  if (child.age === undefined && child.forParent) return
  giveToStaff(draft)
  stopHelping(draft)
}

/** Volunteers are 18 or over. Whoever says that they are not helps no more until staff have decided; what staff decided once stands. */
function stopHelping(draft: Draft): void {
  const { volunteer } = draft.scene.contact
  if (volunteer === undefined || volunteer.state === 'refused' || volunteer.ageDecided === true) return
  if (!awaitsAge(volunteer) && !isUnderAge(draft)) draft.effects.push({ type: 'volunteer', change: { do: 'under-age' } })
}

/** A volunteer said in this turn that they are under 18: what follows from it is said next. */
export function isUnderAge(draft: Draft): boolean {
  return draft.effects.some((effect) => effect.type === 'volunteer' && effect.change.do === 'under-age')
}

/** What a child has asked for already goes to staff, also from a helper: no neighbour is asked for a child. Once for each request. */
export function giveToStaff(draft: Draft): void {
  if (draft.session.child?.is === 'adult') return
  const given = new Set(draft.effects.flatMap((effect) => (effect.type === 'handoff' ? [effect.handoff] : [])))
  for (const request of help(draft).requests ?? []) {
    const { handoff, state, behalf } = request
    const isOut = state === 'looking' || state === 'helper' || state === 'coming'
    if (!isOut || behalf !== undefined || given.has(handoff)) continue
    putRequest(draft, { ...request, minor: true })
    askHandoff(draft, handoff, { type: 'to-staff', why: 'minor' })
  }
}

/** Asks for an adult instead of a node that is an adult's matter; false when nothing speaks of a child. */
export function childInsteadOfAdult(draft: Draft, here: Goto): boolean {
  const { child } = draft.session
  if (child === undefined || child.is === 'adult') return false
  if (child.is === 'minor') wayToAdult(draft)
  else askAge(draft, here)
  return true
}

function askAge(draft: Draft, here: Goto): void {
  change(draft, { child: { is: 'maybe', asked: { dialog: here.dialog, node: here.node } } })
  const reply = (adult: boolean): QuickReply => ({
    title: phrase(draft, adult ? 'child.over-18' : 'child.under-18'),
    action: { do: 'age', adult, dialog: here.dialog, node: here.node },
  })
  tell(draft, phrase(draft, 'child.ask'), [reply(true), reply(false)])
}

/** What a child can do: an adult, the children's telephone, a person here. Nobody is sent away with nothing. */
export function wayToAdult(draft: Draft): void {
  change(draft, { child: { is: 'minor' } })
  giveToStaff(draft)
  stopHelping(draft)
  const { variables } = draft.scene.area
  tell(draft, phrase(draft, 'child.way', { phone: variables['office_phone'] ?? '', number: CHILDREN_LINE.number }), [
    personReply(draft),
    commandReply(draft, 'menu'),
  ])
}

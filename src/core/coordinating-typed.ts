/** Buttons of staff that are typed instead of tapped: the whole title, about the one case or applicant that there are alarms of. */
import { knownAlarms } from './coordinating-alarms.js'
import { say } from './coordinating-words.js'
import { type Draft, language } from './draft.js'
import type { AlarmView, HelpAction } from './help-types.js'
import { normalize } from './language/normalize.js'

const OF_CASE = ['take', 'show', 'more', 'write', 'ask-more', 'pass-on', 'reopen', 'close', 'decide'] as const
const OF_APPLICANT = ['approve', 'not-now'] as const

/** The button whose title this is; `which` where there is more than one that it may be about; undefined for other words. */
export function staffTyped(draft: Draft, text: string): Extract<HelpAction, { do: 'staff' }> | 'which' | undefined {
  const isTitle = (act: string) => normalize(say(draft, `button.${act}`), language(draft)) === normalize(text, language(draft))
  if (isTitle('behalf')) return { do: 'staff', act: 'behalf', of: '' }
  const ofCase = OF_CASE.find(isTitle)
  if (ofCase !== undefined) return about(draft, ofCase, ({ handoff }) => handoff)
  const ofApplicant = OF_APPLICANT.find(isTitle)
  return ofApplicant === undefined ? undefined : about(draft, ofApplicant, ({ volunteer }) => volunteer?.contact)
}

function about(draft: Draft, act: string, idOf: (view: AlarmView) => string | undefined): ReturnType<typeof staffTyped> {
  const found = new Map(knownAlarms(draft).flatMap((known) => (idOf(known.about) === undefined ? [] : [[idOf(known.about), known.about]])))
  const [only, ...others] = found
  if (only === undefined) return undefined
  if (others.length > 0) return 'which'
  const [of = '', { receipt }] = only
  return { do: 'staff', act, of, ...(receipt === undefined ? {} : { value: receipt }) }
}

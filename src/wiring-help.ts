/** Requests, alarms, mail and what staff do, each made once: they call one another, and turns call them. */
import { type Alarms, createAlarms } from './app/alarms.js'
import { type CaseLinkDeps, sendCase } from './app/case-links.js'
import type { CommandsDeps } from './app/commands.js'
import { createHandoffs, type Handoffs } from './app/handoffs/handoffs.js'
import type { CaseWords } from './app/help-list-case.js'
import type { LibrarySource } from './app/library-source.js'
import type { Mail } from './app/mail.js'
import type { PlacesSource } from './app/places.js'
import type { Ids, Keys, Log, Receive, Time } from './app/ports.js'
import { applyStaffEffect } from './app/staff-effects.js'
import type { Collections } from './store/collections.js'

export interface HelpWiring {
  readonly collections: Collections
  readonly places: Pick<PlacesSource, 'current'>
  readonly library: LibrarySource
  readonly keys: Keys
  readonly ids: Ids
  readonly time: Time
  readonly log: Log
  readonly receive: Receive
  readonly scrub: () => Promise<void>
  readonly humanAgent: boolean
  /** Absent: no mail is set up. */
  readonly mail: Mail | undefined
  /** Address that links begin with. */
  readonly publicUrl: string
}

export interface HelpCore {
  readonly requests: Handoffs
  readonly alarms: Alarms
  readonly caseLinks: CaseLinkDeps
  readonly staff: CommandsDeps['staff']
}

export function wireHelp(wiring: HelpWiring): HelpCore {
  const { collections, library, keys, ids, time, log, receive, scrub, humanAgent, publicUrl } = wiring
  const mail = wiring.mail === undefined ? {} : { mail: wiring.mail }
  const areaName = (area: string) => library.current().areas[area]?.name ?? area
  const basics = { ...collections, keys, ids, time, log, receive, scrub, humanAgent, areaName, ...mail }
  const places = () => wiring.places.current()
  const caseLinks: CaseLinkDeps = {
    ...basics,
    places,
    taskName: (language, task) => library.current().say(language, `volunteering.task.${task}`),
    publicUrl,
    answer: (answer) => requests.answerCase(answer),
  }
  const alarms = createAlarms({
    ...basics,
    places,
    say: (key, values) => library.current().say('da', key, values),
    tellResident: (handoff, truth) => requests.tellStaff(handoff, truth),
  })
  const caseWords = (code: string): CaseWords => {
    const language = code === 'en' ? 'en' : 'da'
    return {
      say: (key, values) => library.current().say(language, key, values),
      areaName,
      languageName: (one) => library.current().languages.find((offered) => offered.code === one)?.name ?? one,
    }
  }
  const requests: Handoffs = createHandoffs({ ...basics, places, alarms, caseWords, sendCase: (order) => sendCase(caseLinks, order) })
  return { requests, alarms, caseLinks, staff: (effect, id, turn) => applyStaffEffect({ ...basics, seen: alarms }, effect, id, turn) }
}

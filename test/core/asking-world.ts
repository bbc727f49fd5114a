/** A small made-up world for the resident's side: two areas, two networks, and what is told of requests. */
import type { News } from '../../src/core/help-types.js'
import type { Places } from '../../src/core/places-types.js'
import type { Intake } from '../../src/core/request-types.js'
import type { QuickReply, Turn } from '../../src/core/types.js'
import { starterLibrary } from '../library.js'
import { effectsOf, messages, type Talk, talk } from './talk.js'

export const library = await starterLibrary()
export const say = (key: string, values: Record<string, string | number> = {}, language = 'da') =>
  library.say(language, `asking.${key}`, values)

const place = (id: string, stairwells: readonly string[]) => ({ id, stairwells, neighbours: [], officeHours: [], onCall: [] })
const NAMES = { da: 'Røde Kors (demo)', ar: 'الصليب الأحمر' }

/** One area with a few stairwells, and a network without an account here. */
export const PLACES: Places = {
  places: { demo: place('demo', ['1', '2', '12 A']) },
  networks: {
    'red-cross': { id: 'red-cross', kind: 'red-cross', names: NAMES, areas: ['demo'], tasks: [], settings: {}, external: {} },
  },
}
/** Two areas, one with more stairwells than a page shows. */
export const TWO_AREAS: Places = {
  ...PLACES,
  places: {
    ...PLACES.places,
    sondervang: place(
      'sondervang',
      Array.from({ length: 25 }, (_, at) => String(at + 1)),
    ),
  },
}

export const resident = (start: Parameters<typeof talk>[1] = {}, places = PLACES): Talk =>
  talk(library, { ...start, scene: { places, ...start.scene } })

/** The buttons under the last message. */
export const replies = (turn: Pick<Turn, 'effects'>): readonly QuickReply[] => messages(turn).at(-1)?.quickReplies ?? []
export const titles = (turn: Pick<Turn, 'effects'>): string[] => replies(turn).map(({ title }) => title)
/** The last text without the signs that keep directions apart. */
export const said = (turn: Pick<Turn, 'effects'>): string => (messages(turn).at(-1)?.text ?? '').replace(/[\u2068\u2069]/g, '')

/** Taps the button with this title under the last message of a turn. */
export function press(person: Talk, turn: Pick<Turn, 'effects'>, title: string): Turn {
  const found = replies(turn).find((reply) => reply.title === title)
  if (found === undefined) throw new Error(`No button ${title}, only ${titles(turn).join(', ')}`)
  return person.taps(found.action)
}

export const MEDICINE = { handoff: 'h1', receipt: 'H-4F7K', task: 'medicine' }
export const SHOPPING = { handoff: 'h2', receipt: 'H-92BC', task: 'shopping' }

export const hears = (person: Talk, news: News, of = MEDICINE): Turn => person.happens({ type: 'news', ...of, news } as never)
export const told = (person: Talk, what: Extract<News, { what: 'told' }>['told'], more: object = {}, of = MEDICINE): Turn =>
  hears(person, { what: 'told', told: what, side: 'resident', ...more }, of)
/** Somebody said yes, and the two talk. */
export const begin = (person: Talk, of = MEDICINE): Turn =>
  hears(
    person,
    { what: 'talk-begins', talk: { ...of, side: 'resident', alias: 'Amina', other: 'Yusuf', otherLanguage: 'da', codeWord: 'birk' } },
    of,
  )
export const opened = (person: Talk, expected: object = { known: false }, of = MEDICINE): Turn =>
  person.happens({ type: 'result', of: 't.1', result: { command: 'openHandoff', ...of, expected } } as never)
export const refused = (person: Talk, ask: string, refusal: string | undefined, of = MEDICINE): Turn =>
  person.happens({
    type: 'result',
    of: 't.2',
    result: { command: 'handoff', as: 'resident', ...of, ask, ...(refusal === undefined ? {} : { refused: refusal }) },
  } as never)

/** Somebody with an open request, and with a helper unless `state` says otherwise. */
export function waiting(state: 'looking' | 'helper' | 'coming' | 'passed-on' = 'helper', start: Parameters<typeof talk>[1] = {}): Talk {
  const person = resident(start)
  opened(person)
  if (state === 'helper') told(person, 'found')
  if (state === 'coming') told(person, 'on-the-way')
  if (state === 'passed-on') told(person, 'passed-on')
  return person
}

/** Commands to handoffs that a turn gives, each in one object. */
export const asksOf = (turn: Turn) => effectsOf(turn, 'handoff').map(({ handoff, as, ask }) => ({ handoff, as, ...ask }))
export const stateOf = (person: Talk, handoff = 'h1') => person.session?.help?.requests?.find((one) => one.handoff === handoff)?.state
export const tapsRequest = (person: Talk, act: string, of = 'h1', value = ''): Turn => person.taps({ do: 'request', act, of, value })
/** A text with the number that stands first. */
export const of = (text: string, receipt = MEDICINE.receipt): string => `${receipt}: ${text}`

export const SHOP = 'neighbours/shopping-send'
export const intakeOf = (person: Talk): Intake | undefined => person.session?.help?.intake

/** Up to the summary, by the shortest way. */
export function summarised(person: Talk, place = SHOP): Turn {
  press(person, person.goes(place), say('skip'))
  person.taps({ do: 'intake', step: 'when', value: 'today' })
  person.taps({ do: 'intake', step: 'where', value: 'none' })
  person.taps({ do: 'intake', step: 'language', value: 'only' })
  return person.taps({ do: 'intake', step: 'wishes', value: 'none' })
}

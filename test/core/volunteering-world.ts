/** A small made-up world of networks, and a volunteer in it, for tests of the volunteer's side. */
import type { Network, Places } from '../../src/core/places-types.js'
import type { OfferView, TalkView } from '../../src/core/request-types.js'
import type { Action, Outbound, Session, Turn } from '../../src/core/types.js'
import { NO_LOAD, type Volunteering } from '../../src/core/volunteer-types.js'
import { NOW, starterLibrary } from '../library.js'
import { KNOWN, messages, type Talk, talk } from './talk.js'

export const HOUR = 3_600_000
export const library = await starterLibrary()

const network = (id: string, names: Record<string, string>, more: Partial<Network>): Network => ({
  id,
  kind: 'neighbours',
  names,
  areas: ['demo'],
  tasks: ['shopping'],
  settings: {},
  ...more,
})

/** Two networks whose people are here, and one beyond. */
export const PLACES: Places = {
  places: {},
  networks: {
    fathers: network('fathers', { da: 'Fædregruppen' }, { areas: ['sondervang'], tasks: ['walk', 'talk'] }),
    mothers: network(
      'mothers',
      { da: 'Bydelsmødrene', ar: 'أمهات الحي' },
      { areas: ['demo', 'sondervang'], tasks: ['shopping', 'medicine', 'homework', 'keys'] },
    ),
    beyond: network('beyond', { da: 'Foreningen udenfor' }, { tasks: ['shopping'], external: { phone: '+4520304050' } }),
  },
}

/** One network, one area, one task. */
export const ONE: Places = { places: {}, networks: { only: network('only', { da: 'Naboholdet' }, {}) } }

export const VOLUNTEER: Volunteering = {
  network: 'mothers',
  alias: 'Yusuf',
  languages: ['da', 'tr'],
  area: 'demo',
  tasks: ['shopping', 'medicine'],
  hours: [],
  state: 'approved',
  adult: true,
  vetting: [],
  load: NO_LOAD,
}
export const ON_DUTY: Volunteering = { ...VOLUNTEER, dutySince: NOW - HOUR, openUntil: NOW + 23.5 * HOUR }

export const OFFER: OfferView = {
  handoff: 'h1',
  receipt: 'H-4F7K',
  task: 'medicine',
  area: 'demo',
  language: 'so',
  when: 'today',
  at: NOW,
  why: [
    { id: 'near', values: { circle: 'stairwell' } },
    { id: 'speaks', values: { language: 'tr' } },
    { id: 'tasks-lately', values: { tasks: 1, offers: 3, days: 7 } },
  ],
}

export const taskView = (handoff: string, more: Partial<TalkView> = {}): TalkView => ({
  handoff,
  receipt: `H-${handoff.toUpperCase()}`,
  task: 'shopping',
  side: 'helper',
  alias: 'Yusuf',
  other: 'Amina',
  otherLanguage: 'so',
  codeWord: 'birk',
  ...more,
})

interface Start {
  readonly volunteer?: Volunteering | undefined
  readonly session?: Partial<Session>
  readonly places?: Places
  readonly now?: number
}

/** A conversation of a volunteer on duty, unless another is given. */
export function volunteerTalk({ session = {}, places = PLACES, now = NOW, ...start }: Start = {}): Talk {
  const open = talk(library, { session: { ...KNOWN, activeAt: now, ...session }, scene: { places } })
  const volunteer = 'volunteer' in start ? start.volunteer : { ...ON_DUTY, openUntil: now + 23.5 * HOUR }
  open.contact = volunteer === undefined ? {} : { volunteer }
  open.clock = { now, contentNow: now, drill: false }
  return open
}

export const last = (turn: Turn): Outbound | undefined => messages(turn).at(-1)
export const titles = (turn: Turn): string[] => (last(turn)?.quickReplies ?? []).map(({ title }) => title)
/** What the button of that title does. */
export const button = (turn: Turn, title: string): Action => {
  const found = last(turn)?.quickReplies?.find((reply) => reply.title === title)
  if (found === undefined) throw new Error(`no button "${title}" among: ${titles(turn).join(' · ')}`)
  return found.action
}
/** A sentence of this side, in Danish unless another language is given. */
export const says = (id: string, values: Record<string, string | number> = {}, language = 'da'): string =>
  library.say(language, `volunteering.${id}`, values)

/** One conversation, decided turn by turn: each turn starts from the session that the last one left. */

import type { Library } from '../../src/core/library.js'
import { NO_PLACES } from '../../src/core/places-types.js'
import { decideTurn } from '../../src/core/turn.js'
import type { Action, Clock, Contact, Effect, Event, Outbound, Scene, Session, Turn } from '../../src/core/types.js'
import { NOW } from '../library.js'

/** Somebody who chose Danish and has been told whom they talk to. */
export const KNOWN: Session = {
  language: { code: 'da', chosen: true },
  answers: {},
  told: { disclosure: 'da', machine: true },
  activeAt: NOW,
}
export const KNOWN_ARABIC: Session = { ...KNOWN, language: { code: 'ar', chosen: true }, told: { disclosure: 'ar', machine: true } }
export const CLOCK: Clock = { now: NOW, contentNow: NOW, drill: false }

export interface Talk {
  session: Session | undefined
  /** Milliseconds that have passed. */
  clock: Clock
  contact: Contact
  happens(event: Omit<Event, 'id' | 'at'> & Record<string, unknown>): Turn
  says(text: string, more?: object): Turn
  taps(action?: Action): Turn
  goes(place: string): Turn
}

export function talk(library: Library, start: { session?: Session | undefined; scene?: Partial<Scene> } = {}): Talk {
  let count = 0
  const known: Talk = {
    session: 'session' in start ? start.session : KNOWN,
    clock: CLOCK,
    contact: {},
    happens(event) {
      const area = library.areas[library.defaultArea]
      if (area === undefined) throw new Error('no area')
      const scene: Scene = {
        conversation: { id: 'c', channel: 'messenger' },
        contact: known.contact,
        area,
        places: NO_PLACES,
        ...start.scene,
        session: known.session,
      }
      const turn = decideTurn(scene, { id: `e${++count}`, at: known.clock.now, ...event } as Event, library, known.clock)
      known.session = turn.session
      return turn
    },
    says: (text, more = {}) => known.happens({ type: 'message', text, ...more } as never),
    taps: (action) => known.happens({ type: 'tap', text: 'x', ...(action === undefined ? {} : { action }) } as never),
    goes(place) {
      const [dialog = '', node = ''] = place.split('/')
      return known.taps({ do: 'goto', dialog, node })
    },
  }
  return known
}

export const messages = ({ effects }: Pick<Turn, 'effects'>): Outbound[] =>
  effects.flatMap((effect) => (effect.type === 'message' ? [effect.message] : []))
export const texts = (turn: Turn): string[] => messages(turn).map(({ text }) => text)
export const effectsOf = <T extends Effect['type']>(turn: Turn, type: T): Extract<Effect, { type: T }>[] =>
  turn.effects.filter((effect): effect is Extract<Effect, { type: T }> => effect.type === type)
export const commands = (message: Outbound | undefined): (string | undefined)[] =>
  (message?.quickReplies ?? []).map(({ action }) => (action.do === 'command' ? action.command : undefined))

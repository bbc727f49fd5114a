/** A coordinator's chat, and what stands in its turns. */
import type { AlarmView, HandoffAsk } from '../../src/core/help-types.js'
import type { Places } from '../../src/core/places-types.js'
import type { Outbound, Session, Turn } from '../../src/core/types.js'
import { NOW, starterLibrary } from '../library.js'
import { effectsOf, KNOWN, messages, type Talk, talk, texts } from './talk.js'

export const MINUTE = 60_000
export const library = await starterLibrary()
const network = { kind: 'red-cross', areas: ['demo'], tasks: ['medicine'], settings: {} } as const
const places: Places = {
  places: {},
  networks: {
    mothers: { ...network, id: 'mothers', names: { da: 'Bydelsmødre (prøve)' } },
    cross: { ...network, id: 'cross', names: { da: 'Røde Kors (prøve)', en: 'Red Cross (demo)' }, external: { phone: '70 00 00 00' } },
    far: { ...network, id: 'far', areas: ['sondervang'], names: { da: 'Langt væk' }, external: {} },
    other: { ...network, id: 'other', tasks: ['walk'], names: { da: 'Gåtur' }, external: {} },
  },
}
export const VIEW: AlarmView = {
  why: 'nobody-in-time',
  area: 'demo',
  at: NOW - 12 * MINUTE,
  handoff: 't1.0',
  receipt: 'H-4F7K',
  task: 'medicine',
  language: 'so',
}

export interface StaffChat {
  readonly chat: Talk
  alarm(about?: AlarmView, id?: string): Turn
  tap(act: string, of?: string, value?: string): Turn
  result(result: object): Turn
  /** What became of a command to the case of {@link VIEW}. */
  caseResult(ask: HandoffAsk['type'], more?: object): Turn
}

export function staffChat(session: Session = KNOWN): StaffChat {
  const chat = talk(library, { session, scene: { places } })
  chat.contact = { coordinator: { areas: ['demo'], onCall: 'sanne' } }
  const result = (what: object) => chat.happens({ type: 'result', of: 'x.0', result: what } as never)
  return {
    chat,
    alarm: (about = VIEW, id = 'a1') => chat.happens({ type: 'alarm', alarm: id, about } as never),
    tap: (act, of = 't1.0', value) => chat.taps({ do: 'staff', act, of, ...(value === undefined ? {} : { value }) }),
    result,
    caseResult: (ask, more = {}) => result({ command: 'handoff', as: 'coordinator', handoff: 't1.0', receipt: 'H-4F7K', ask, ...more }),
  }
}

export const last = (turn: Turn): Outbound | undefined => messages(turn).at(-1)
export const acts = (turn: Turn): string[] =>
  (last(turn)?.quickReplies ?? []).map(({ action }) =>
    action.do === 'staff' ? action.act : action.do === 'command' ? action.command : '?',
  )
export const asks = (turn: Turn): HandoffAsk[] => effectsOf(turn, 'handoff').map(({ ask }) => ask)
export const text = (turn: Turn): string => texts(turn).join('\n')
/** A phrase that is missing is said as its own id. */
export const MISSING = /coordinating\.|\{\{/

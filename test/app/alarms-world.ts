/** An area with people on call, their chats on a real store, and alarms that tests raise. */
import { type AlarmsDeps, createAlarms } from '../../src/app/alarms.js'
import type { StaffTruth } from '../../src/app/alarms-plan.js'
import type { AlarmMail } from '../../src/app/alarms-send.js'
import { type Address, conversationId } from '../../src/app/ports.js'
import type { AlarmView } from '../../src/core/help-types.js'
import type { OnCall, Places } from '../../src/core/places-types.js'
import type { AlarmDocument } from '../../src/store/collections.js'
import { NOW } from '../library.js'
import { probeLibrary } from '../probe-library.js'
import { AMINA, openStage, type Stage, says } from '../stage.js'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
/** Monday at ten, and at any time. */
const WORKDAYS = [{ days: [1, 2, 3, 4, 5], from: 8 * 60, until: 16 * 60 }]
export const SANNE: OnCall = { id: 'sanne', name: 'Sanne (prøve)', mail: 'sanne@example.org', hours: WORKDAYS }
export const KARIM: OnCall = { id: 'karim', name: 'Karim (prøve)', mail: 'karim@example.org', hours: [] }
export const VIEW: AlarmView = {
  why: 'nobody-in-time',
  area: 'demo',
  at: NOW,
  handoff: 't1.0',
  receipt: 'H-4F7K',
  task: 'danger',
  language: 'so',
}
const library = await probeLibrary('start: { say: Hej. }')

type Letter = Parameters<AlarmMail['send']>[0]

export interface AlarmsWorld {
  readonly stage: Stage
  readonly alarms: ReturnType<typeof createAlarms>
  readonly letters: Letter[]
  /** What the resident was told, in order. */
  readonly told: (StaffTruth & { readonly id: string })[]
  /** What mail answers from now on. */
  mailAnswers(answer: 'sent' | 'failed'): void
  /** Another instance on the same store. */
  another(more?: Partial<AlarmsDeps>): ReturnType<typeof createAlarms>
  /** Time passes, and everything that is due is done as by a worker that looks every ten seconds. */
  passes(ms: number): Promise<void>
  /** Whoever writes from there coordinates the area under that name. */
  coordinator(who: Address, onCall: string): Promise<string>
  /** The alarm as it is kept. */
  known(id?: string): Promise<AlarmDocument | undefined>
  /** Types of what a conversation heard of alarms. */
  heard(who: Address): Promise<string[]>
}

export interface WorldOptions {
  readonly onCall?: readonly OnCall[]
  readonly mail?: false
}

export async function openWorld({ onCall = [SANNE, KARIM], mail }: WorldOptions = {}): Promise<AlarmsWorld> {
  const stage = await openStage({ library })
  const letters: Letter[] = []
  const told: (StaffTruth & { readonly id: string })[] = []
  let answer: 'sent' | 'failed' = 'sent'
  const office = [{ days: [1, 2, 3, 4, 5], from: 9 * 60, until: 12 * 60 }]
  const places: Places = { places: { demo: { id: 'demo', stairwells: [], neighbours: [], officeHours: office, onCall } }, networks: {} }
  const deps: AlarmsDeps = {
    ...stage.collections,
    keys: stage.keys,
    time: stage.time,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    places: () => places,
    receive: stage.turns.receive,
    say: (key, values) => library.say('da', key, values),
    areaName: () => 'Prøveby',
    tellResident: async (_, truth) => void told.push(truth),
    ...(mail === false
      ? {}
      : {
          mail: {
            send: async (letter) => {
              letters.push(letter)
              return answer
            },
          },
        }),
  }
  const alarms = createAlarms(deps)
  const quiet = async () => {
    await alarms.look()
    await stage.settler.idle()
  }
  return {
    stage,
    alarms,
    letters,
    told,
    mailAnswers: (next) => void (answer = next),
    another: (more = {}) => createAlarms({ ...deps, ...more }),
    async passes(ms) {
      await quiet()
      for (let left = ms; left > 0; left -= 10_000) {
        stage.time.advance(Math.min(left, 10_000))
        await quiet()
      }
    },
    async coordinator(who, name) {
      await stage.turns.receive(who, says('dansk', { at: stage.time.now() }))
      await stage.settler.idle()
      const conversation = await stage.collections.conversations.get(conversationId(who))
      const contact = conversation?.contact ?? ''
      const known = (await stage.collections.contacts.get(contact)) ?? { _id: contact, version: 0, applied: [] }
      const next = { ...known, coordinator: { areas: ['demo'], onCall: name } }
      await (known.version === 0 ? stage.collections.contacts.insert({ ...next, version: 1 }) : stage.collections.contacts.replace(next))
      return contact
    },
    known: (id = 'a1') => stage.collections.alarms.get(id),
    heard: async (who) => (await stage.log(conversationId(who))).map(({ event }) => event.type).filter((type) => type.startsWith('alarm')),
  }
}

/** Another Messenger chat than Amina's. */
export const SANNES_CHAT: Address = { ...AMINA, user: '7412365890123457' }

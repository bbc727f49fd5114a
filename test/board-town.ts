/** People of the made-up town whose requests staff act on at the console: residents and volunteers with chats of their own. */
import { type Address, conversationId } from '../src/app/ports.js'
import type { HandoffAsk } from '../src/core/help-types.js'
import type { RequestDetails } from '../src/core/request-types.js'
import type { Volunteering } from '../src/core/volunteer-types.js'
import type { HandoffDocument, TurnDocument } from '../src/store/collections.js'
import type { ConsoleStage } from './console-stage.js'
import { NOW } from './library.js'
import { says } from './stage.js'
import { VOLUNTEER } from './volunteer.js'

const HOUR = 3_600_000

export interface Town {
  /** Somebody whose chat is open; the id of their contact. */
  arrive(name: string, more?: Partial<Volunteering>): Promise<string>
  /** Their request, as their chat makes it; it is called out at once. */
  asks(who: string, more?: Wanted): Promise<HandoffDocument>
  /** A volunteer or a resident does something about it. */
  does(who: string, handoff: string, ask: HandoffAsk, as?: 'resident' | 'volunteer'): Promise<void>
  request(id: string): Promise<HandoffDocument>
  /** What a chat has heard, by kind of news, newest last. */
  heard(who: string): Promise<readonly string[]>
  /** All that a chat was sent. */
  read(who: string): Promise<string>
}

interface Wanted {
  readonly task?: string
  readonly area?: string
  readonly details?: Partial<RequestDetails>
}

/** One who speaks Danish alone, and may be written to for long. */
const NEIGHBOUR: Volunteering = { ...VOLUNTEER, alias: '', languages: ['da'], openUntil: NOW + 1000 * HOUR }

const DETAILS: RequestDetails = { when: 'now', otherLanguages: [], wishes: {}, kept: [], minor: false, alias: 'Amina' }

export function openTown({ stage }: ConsoleStage): Town {
  const { collections, requests, turns, settler, time } = stage
  let made = 0
  const address = (who: string): Address => ({ channel: 'messenger', account: '104857600000001', user: who })
  const conversation = (who: string) => conversationId(address(who))
  const lastTurn = async (who: string): Promise<TurnDocument> => {
    const turn = (await stage.log(conversation(who))).at(-1)
    if (turn === undefined) throw new Error(`${who} has not written`)
    return turn
  }
  const request = async (id: string) => {
    const found = await collections.handoffs.get(id)
    if (found === undefined) throw new Error(`There is no request ${id}`)
    return found
  }
  const apply = async (who: string, effect: Parameters<typeof requests.apply>[0]) => {
    const id = `effect${++made}`
    await requests.apply(effect, id, await lastTurn(who))
    await settler.idle()
    return id
  }
  return {
    async arrive(name, more) {
      await turns.receive(address(name), says('dansk', { at: time.now() }))
      await settler.idle()
      const contact = (await collections.conversations.get(conversation(name)))?.contact ?? ''
      const known = (await collections.contacts.get(contact)) ?? { _id: contact, version: 0, applied: [] }
      if (more === undefined) return contact
      const next = { ...known, volunteer: { ...NEIGHBOUR, alias: name, ...more } }
      await (known.version === 0 ? collections.contacts.insert({ ...next, version: 1 }) : collections.contacts.replace(next))
      return contact
    },
    async asks(who, { task = 'medicine', area = 'demo', details = {} } = {}) {
      const effect = {
        type: 'openHandoff',
        task,
        area,
        language: 'da',
        note: 'Posen ligger klar',
        details: { ...DETAILS, ...details },
      } as const
      return request(await apply(who, effect))
    },
    async does(who, handoff, ask, as = 'volunteer') {
      await apply(who, { type: 'handoff', handoff, as, ask })
    },
    request,
    async heard(who) {
      const events = (await stage.log(conversation(who))).map(({ event }) => event)
      return events.flatMap((event) => {
        if (event.type === 'relayed') return ['relayed']
        if (event.type !== 'news') return []
        return [event.news.what === 'told' ? event.news.told : event.news.what]
      })
    },
    read: async (who) => JSON.stringify((await stage.log(conversation(who))).map(({ effects }) => effects)),
  }
}

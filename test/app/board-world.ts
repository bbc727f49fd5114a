/** A small town at work behind the console: residents, volunteers, and what they do about requests, by the real engine. */
import { type Address, conversationId } from '../../src/app/ports.js'
import type { HandoffAsk, HelpEffect } from '../../src/core/help-types.js'
import type { RequestDetails } from '../../src/core/request-types.js'
import type { Volunteering } from '../../src/core/volunteer-types.js'
import type { ContactDocument, HandoffDocument, TurnDocument } from '../../src/store/collections.js'
import type { ConsoleStage } from '../console-stage.js'
import { says } from '../stage.js'
import { VOLUNTEER } from '../volunteer.js'

export const MINUTE = 60_000

const DETAILS: RequestDetails = { when: 'now', stairwell: '1', otherLanguages: [], wishes: {}, kept: [], minor: false, alias: 'Amina' }

export interface Person {
  readonly address: Address
  readonly contact: string
}

type Effect = Parameters<ConsoleStage['stage']['requests']['apply']>[0]

export interface BoardWorld {
  /** Somebody who has written once. */
  person(name: string): Promise<Person>
  /** A volunteer of the neighbours who is on duty. */
  volunteer(name: string, more?: Partial<Volunteering>): Promise<Person>
  /** A coordinator of the demo area who writes in the chat. */
  coordinator(name: string): Promise<Person>
  /** A request in Somali for medicine; resolves with its id. */
  asks(who: Person, more?: { readonly details?: Partial<RequestDetails>; readonly task?: string; readonly area?: string }): Promise<string>
  /** A case of danger, as words of danger open it. */
  endangered(who: Person): Promise<string>
  act(who: Person, handoff: string, ask: HandoffAsk, as?: Extract<HelpEffect, { type: 'handoff' }>['as']): Promise<void>
  /** Words that cross, or a phrase card. */
  writes(who: Person, handoff: string, words: Extract<HelpEffect, { type: 'relay' }>['words']): Promise<void>
  /** Words of danger in a talk. */
  alarms(who: Person, handoff: string): Promise<void>
  known(handoff: string): Promise<HandoffDocument>
  /** Time goes on, and what is due is done. */
  passes(ms: number): Promise<void>
}

let effects = 0

export function boardWorld({ stage }: ConsoleStage): BoardWorld {
  const does = async ({ address, contact }: Person, effect: Effect): Promise<string> => {
    const id = `board${++effects}.0`
    const session = { language: { code: 'da' } }
    const turn = {
      _id: id,
      conversation: conversationId(address),
      contact,
      at: stage.time.now(),
      key: `key ${id}`,
      session,
    } as TurnDocument
    await stage.requests.apply(effect, id, turn)
    await stage.settler.idle()
    return id
  }
  const person = async (name: string): Promise<Person> => {
    const address: Address = { channel: 'web', account: '', user: name }
    await stage.turns.receive(address, { ...says('dansk'), id: `first:${name}` })
    await stage.settler.idle()
    return { address, contact: (await stage.collections.conversations.get(conversationId(address)))?.contact ?? '' }
  }
  const become = async (name: string, role: Pick<ContactDocument, 'volunteer' | 'coordinator'>): Promise<Person> => {
    const somebody = await person(name)
    const known = await stage.collections.contacts.get(somebody.contact)
    if (known === undefined) await stage.collections.contacts.insert({ _id: somebody.contact, version: 1, applied: [], ...role })
    else await stage.collections.contacts.replace({ ...known, ...role })
    return somebody
  }
  return {
    person,
    volunteer: (name, more = {}) => become(name, { volunteer: { ...VOLUNTEER, alias: name, ...more } }),
    coordinator: (name) => become(name, { coordinator: { areas: ['demo'], onCall: name } }),
    asks: (who, { details = {}, task = 'medicine', area = 'demo' } = {}) =>
      does(who, {
        ...{ type: 'openHandoff', task, network: 'neighbours', area, language: 'so', note: 'two boxes' },
        details: { ...DETAILS, ...details },
      }),
    endangered: (who) => does(who, { type: 'openHandoff', task: 'danger', note: 'violence', area: 'demo', language: 'da' }),
    async act(who, handoff, ask, as = 'volunteer') {
      await does(who, { type: 'handoff', handoff, as, ask })
    },
    async writes(who, handoff, words) {
      await does(who, { type: 'relay', handoff, words })
      stage.time.advance(1)
    },
    async alarms(who, handoff) {
      await does(who, { type: 'talk-danger', handoff })
    },
    async known(handoff) {
      const found = await stage.collections.handoffs.get(handoff)
      if (found === undefined) throw new Error('no such request')
      return found
    },
    async passes(ms) {
      stage.time.advance(ms)
      while ((await stage.requests.look()) > 0);
    },
  }
}

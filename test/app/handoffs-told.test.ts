/** What staff and residents are told of a request besides its way: who must ring, how it stands with staff, and what goes from whoever read it. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type Address, conversationId } from '../../src/app/ports.js'
import type { HandoffAsk, HelpEffect, HelpResult, News } from '../../src/core/help-types.js'
import type { Network, Places } from '../../src/core/places-types.js'
import type { ConversationDocument, TurnDocument } from '../../src/store/collections.js'
import { NOW, starterLibrary } from '../library.js'
import { manualTime } from '../manual-time.js'
import { openStage, type Stage, says } from '../stage.js'

const library = await starterLibrary()
const HOUR = 3_600_000
const NETWORK: Network = { id: 'mothers', kind: 'neighbours', names: { da: 'Mødre' }, areas: ['demo'], tasks: ['medicine'], settings: {} }
const PLACES: Places = {
  places: { demo: { id: 'demo', stairwells: ['1'], neighbours: [], officeHours: [], onCall: [] } },
  networks: { mothers: NETWORK, 'red-cross': { ...NETWORK, id: 'red-cross', external: { mail: 'help@example.org' } } },
}
const DETAILS = { when: 'today', otherLanguages: [], wishes: {}, kept: [], minor: false, alias: 'Amina' } as const

interface Person {
  readonly address: Address
  readonly contact: string
}

let stage: Stage
let effects = 0
let amina: Person
let sanne: Person
beforeEach(async () => {
  stage = await openStage({ library, places: PLACES, time: manualTime(NOW) })
  amina = await person('Amina')
  sanne = await person('Sanne')
  const contact = await stage.collections.contacts.get(sanne.contact)
  if (contact === undefined) throw new Error('no contact')
  await stage.collections.contacts.replace({ ...contact, coordinator: { areas: ['demo'], onCall: 'sanne' } })
})
afterEach(() => stage.close())

/** Somebody who has written once. */
async function person(name: string): Promise<Person> {
  const address: Address = { channel: 'web', account: '', user: name }
  await stage.turns.receive(address, { ...says('dansk'), id: `first:${name}` })
  await stage.settler.idle()
  return { address, contact: (await conversationOf(address)).contact }
}

async function conversationOf(address: Address): Promise<ConversationDocument> {
  const known = await stage.collections.conversations.get(conversationId(address))
  if (known === undefined) throw new Error('no conversation')
  return known
}

/** Carries an effect out as the settler of a turn of this person would. */
async function does(who: Person, effect: Parameters<Stage['requests']['apply']>[0]): Promise<HelpResult | undefined> {
  const id = `turn${++effects}.0`
  const turn = { _id: id, conversation: conversationId(who.address), contact: who.contact, at: stage.time.now(), key: `key ${id}` }
  return stage.requests.apply(effect, id, turn as TurnDocument)
}

/** Nobody can be asked: staff have it. */
async function asks(task = 'medicine', details: object = { details: DETAILS }): Promise<string> {
  const effect = { type: 'openHandoff', task, network: 'mothers', area: 'demo', language: 'da', note: 'to boxes', ...details } as const
  await does(amina, effect)
  return `turn${effects}.0`
}

const act = (who: Person, handoff: string, ask: HandoffAsk, as: Extract<HelpEffect, { type: 'handoff' }>['as'] = 'resident') =>
  does(who, { type: 'handoff', handoff, as, ask })

async function news(who: Person): Promise<News[]> {
  return (await stage.log(conversationId(who.address))).flatMap(({ event }) => (event.type === 'news' ? [event.news] : []))
}

const passes = async (ms: number) => {
  stage.time.advance(ms)
  while ((await stage.requests.look()) > 0);
}
const whys = () => stage.raised.map(({ about }) => about.why)

/** By the coordinator, with Amina's yes. */
async function passedOn(): Promise<string> {
  const handoff = await asks()
  await act(sanne, handoff, { type: 'pass-on', network: 'red-cross' }, 'coordinator')
  await act(amina, handoff, { type: 'pass-on', network: 'red-cross', consent: true })
  return handoff
}

test('whoever cannot be written to two days after passing on is rung: staff are told, and need do nothing once it is over', async () => {
  const handoff = await passedOn()
  // On Messenger she wrote for the last time two days ago.
  await stage.collections.conversations.replace({ ...(await conversationOf(amina.address)), channel: 'messenger' })
  await passes(48 * HOUR)
  expect(whys()).toEqual(['nobody-eligible', 'ask-if-helped'])
  expect((await news(amina)).map(({ what }) => what)).not.toContain('were-you-helped')
  stage.calm.length = 0
  await act(amina, handoff, { type: 'helped', yes: true })
  expect(stage.calm).toEqual([handoff])
})

test('of a network that says no staff read so', async () => {
  const handoff = await passedOn()
  expect(await stage.requests.answerCase({ id: 'letter', handoff, network: 'red-cross', yes: false })).toBe('done')
  expect(whys()).toEqual(['nobody-eligible', 'network-said-no'])
})

test('whoever wants to talk with a person reads how it stands with staff, too; of danger nothing comes later', async () => {
  const contact = await asks('contact', {})
  await stage.requests.tellStaff(contact, { id: 'a1', is: 'not-told', before: NOW + HOUR, why: 'for-staff' })
  await stage.requests.tellStaff(contact, { id: 'a2', is: 'has-it', why: 'for-staff' })
  await stage.requests.tellStaff(await asks('danger', {}), { id: 'a3', is: 'told', why: 'for-staff' })
  expect((await news(amina)).filter(({ what }) => what === 'staff')).toEqual([
    { what: 'staff', is: 'not-told', before: NOW + HOUR, urgent: true },
    { what: 'staff', is: 'has-it', urgent: false },
  ])
})

test('what a coordinator was shown goes, too: the number when it is over, every word when its resident is erased', async () => {
  const handoff = await asks()
  const looks = async (id: string) => {
    const action = { do: 'staff', act: 'show', of: handoff } as const
    await stage.turns.receive(sanne.address, { id, at: stage.time.now(), type: 'tap', text: 'Vis', action })
    await stage.settler.idle()
  }
  const hers = async () => JSON.stringify(await stage.log(conversationId(sanne.address)))
  await act(amina, handoff, { type: 'call-back', phone: '20123456' })
  await looks('first')
  expect(await hers()).toMatch(/to boxes[^]*20123456/)
  await act(amina, handoff, { type: 'cancel' })
  expect(await hers()).not.toContain('20123456')
  await looks('second')
  expect(await hers()).toContain('to boxes')
  await stage.turns.receive(amina.address, { id: 'erase', at: stage.time.now(), type: 'erase' })
  await stage.settler.idle()
  expect(await hers()).not.toContain('boxes')
})

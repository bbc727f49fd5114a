/** Requests from the first word to the last, on a real store: who is asked, who gets it, who hears what, and what time brings. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Address } from '../../src/app/ports.js'
import { conversationId } from '../../src/app/ports.js'
import type { HandoffAsk, HelpEffect, HelpResult, News } from '../../src/core/help-types.js'
import type { Network, Places } from '../../src/core/places-types.js'
import type { RequestDetails } from '../../src/core/request-types.js'
import type { Event } from '../../src/core/types.js'
import type { Volunteering } from '../../src/core/volunteer-types.js'
import type { HandoffDocument, TurnDocument } from '../../src/store/collections.js'
import { NOW, starterLibrary } from '../library.js'
import { manualTime } from '../manual-time.js'
import { openStage, type Stage, says } from '../stage.js'
import { VOLUNTEER } from '../volunteer.js'

const library = await starterLibrary()
const MINUTE = 60_000
const HOUR = 60 * MINUTE

const NETWORK: Network = {
  id: 'mothers',
  kind: 'neighbourhood-mothers',
  names: { da: 'Mødre' },
  areas: ['demo', 'sondervang'],
  tasks: ['medicine', 'shopping'],
  settings: {},
}
const EXTERNAL: Network = {
  ...NETWORK,
  id: 'red-cross',
  kind: 'red-cross',
  names: { da: 'Røde Kors' },
  external: { mail: 'help@example.org', phone: '00 00 00 09' },
}
const PLACES: Places = {
  places: { demo: { id: 'demo', stairwells: ['1', '2'], neighbours: ['sondervang'], officeHours: [], onCall: [] } },
  networks: { mothers: NETWORK, 'red-cross': EXTERNAL },
}
const DETAILS: RequestDetails = { when: 'today', stairwell: '1', otherLanguages: [], wishes: {}, kept: [], minor: false, alias: 'Amina' }

let stage: Stage
let effects = 0
beforeEach(async () => {
  stage = await openStage({ library, places: PLACES, time: manualTime(NOW) })
})
afterEach(() => stage.close())

interface Person {
  readonly address: Address
  readonly contact: string
}

/** Somebody who has written once. */
async function person(name: string): Promise<Person> {
  const address: Address = { channel: 'web', account: '', user: name }
  await stage.turns.receive(address, { ...says('dansk'), id: `first:${name}` })
  await stage.settler.idle()
  const known = await stage.collections.conversations.get(conversationId(address))
  return { address, contact: known?.contact ?? '' }
}

const MOTHER: Volunteering = { ...VOLUNTEER, network: 'mothers' }

async function volunteer(name: string, more: Partial<Volunteering> = {}): Promise<Person> {
  const somebody = await person(name)
  const known = await stage.collections.contacts.get(somebody.contact)
  const next = { ...(known ?? { _id: somebody.contact, version: 1, applied: [] }), volunteer: { ...MOTHER, alias: name, ...more } }
  if (known === undefined) await stage.collections.contacts.insert(next)
  else await stage.collections.contacts.replace(next)
  return somebody
}

/** Carries an effect out as the settler of a turn of this person would. */
async function does(
  who: Person,
  effect: Parameters<Stage['requests']['apply']>[0],
  id = `turn${++effects}.0`,
): Promise<HelpResult | undefined> {
  const conversation = conversationId(who.address)
  const turn = { _id: id, conversation, contact: who.contact, at: stage.time.now(), key: `key ${id}` } as TurnDocument
  return stage.requests.apply(effect, id, turn)
}
const asks = (who: Person, more: Partial<RequestDetails> = {}, task = 'medicine') =>
  does(who, {
    type: 'openHandoff',
    task,
    network: 'mothers',
    area: 'demo',
    language: 'so',
    note: 'to boxes',
    details: { ...DETAILS, ...more },
  })
const handoffOf = (result: HelpResult | undefined): string => (result?.command === 'openHandoff' ? result.handoff : '')
const act = (who: Person, handoff: string, ask: HandoffAsk, as: Extract<HelpEffect, { type: 'handoff' }>['as'] = 'volunteer') =>
  does(who, { type: 'handoff', handoff, as, ask })
async function known(handoff: string): Promise<HandoffDocument> {
  const found = await stage.collections.handoffs.get(handoff)
  if (found === undefined) throw new Error('no handoff')
  return found
}
/** What somebody heard of requests, oldest first. */
async function heard(who: Person): Promise<Event[]> {
  const log = await stage.log(conversationId(who.address))
  return log.map(({ event }) => event).filter(({ type }) => type === 'news' || type === 'relayed' || type === 'role' || type === 'duty')
}
async function news(who: Person): Promise<string[]> {
  const words = ({ what, ...rest }: News) => (what === 'told' && 'told' in rest ? rest.told : what)
  return (await heard(who)).map((event) => (event.type === 'news' ? words(event.news) : event.type))
}
const passes = async (ms: number) => {
  stage.time.advance(ms)
  while ((await stage.requests.look()) > 0);
}

describe('the call-out', () => {
  test('three of five are asked, the first to accept has it, the others hear that it is taken', async () => {
    const amina = await person('Amina')
    const five = await Promise.all(['Hodan', 'Yusuf', 'Fatima', 'Ali', 'Leyla'].map((name) => volunteer(name)))
    const opened = await asks(amina)
    expect(opened).toMatchObject({ command: 'openHandoff', expected: { known: false } })
    const handoff = handoffOf(opened)
    const asked = (await known(handoff)).handoff?.offers.map((offer) => offer.volunteer) ?? []
    expect(asked).toHaveLength(3)
    const offered = five.filter(({ contact }) => asked.includes(contact))
    for (const one of offered) expect(await news(one)).toEqual(['offer'])
    const [offer] = await heard(offered[0] as Person)
    expect(JSON.stringify(offer)).not.toContain('boxes')
    expect(offer).toMatchObject({ news: { offer: { task: 'medicine', area: 'demo', language: 'so', when: 'today' } } })

    const outcomes = await Promise.all(Array.from({ length: 100 }, (_, at) => act(offered[at % 3] as Person, handoff, { type: 'accept' })))
    const won = outcomes.filter((outcome) => outcome?.command === 'handoff' && outcome.refused === undefined)
    expect(won).toHaveLength(1)
    const { assignee, codeWord } = (await known(handoff)).handoff ?? {}
    for (const one of offered) {
      expect(await news(one)).toEqual(one.contact === assignee ? ['offer', 'talk-begins'] : ['offer', 'taken'])
    }
    expect(await news(amina)).toEqual(['talk-begins'])
    const talks = await Promise.all(
      [amina, offered.find(({ contact }) => contact === assignee) as Person].map(async (who) =>
        (await heard(who)).find((event) => event.type === 'news' && event.news.what === 'talk-begins'),
      ),
    )
    expect(talks).toMatchObject([
      { news: { talk: { codeWord, side: 'resident' } } },
      { news: { talk: { codeWord, side: 'helper', other: 'Amina' }, note: 'to boxes' } },
    ])
  })

  test('nobody in T1: the next wave; nobody in T3: staff, once, however many look', async () => {
    const amina = await person('Amina')
    await Promise.all(['Hodan', 'Yusuf', 'Fatima', 'Ali', 'Leyla'].map((name) => volunteer(name)))
    const handoff = handoffOf(await asks(amina))
    await passes(10 * MINUTE)
    expect((await known(handoff)).handoff?.offers).toHaveLength(5)
    stage.time.advance(35 * MINUTE)
    await Promise.all([stage.requests.look(), stage.requests.look(), stage.requests.look()])
    await passes(1)
    expect((await known(handoff)).handoff?.state).toBe('with-staff')
    expect(stage.raised.map(({ about }) => about.why)).toEqual(['nobody-in-time'])
    expect(await news(amina)).toEqual(['with-staff'])
  })

  test('nobody who could be asked goes to staff at once; a minor never to volunteers', async () => {
    const amina = await person('Amina')
    expect(await asks(amina)).toMatchObject({ expected: { staff: true } })
    await volunteer('Hodan')
    expect(await asks(amina, { minor: true })).toMatchObject({ expected: { staff: true } })
    expect(stage.raised.map(({ about }) => about.why)).toEqual(['nobody-eligible', 'minor'])
  })

  test('the load cap holds over requests that are open at once, and who is freed is asked for what waits', async () => {
    const [amina, ingrid, hassan] = [await person('Amina'), await person('Ingrid'), await person('Hassan')]
    const hodan = await volunteer('Hodan')
    const handoffs = await Promise.all([amina, ingrid, hassan].map(async (who) => handoffOf(await asks(who))))
    const loads = Object.keys((await stage.collections.contacts.get(hodan.contact))?.volunteer?.load.offers ?? {})
    expect(loads).toHaveLength(2)
    expect(handoffs.filter((one) => loads.includes(one))).toHaveLength(2)
  })

  test('if nobody fulfils the wish the resident is asked, and a yes asks the others', async () => {
    const amina = await person('Amina')
    const ali = await volunteer('Ali', { gender: 'man' })
    const handoff = handoffOf(await asks(amina, { wishes: { gender: 'woman' } }))
    expect(await news(amina)).toEqual(['widen'])
    expect(await news(ali)).toEqual([])
    await act(amina, handoff, { type: 'widen', wish: 'gender', yes: true }, 'resident')
    expect(await news(ali)).toEqual(['offer'])
  })

  test('somebody comes on duty and is asked for what waits', async () => {
    const amina = await person('Amina')
    await volunteer('Resting', { hours: [{ days: [1], from: 10 * 60 + 30, until: 12 * 60 }] })
    const handoff = handoffOf(await asks(amina))
    expect((await known(handoff)).handoff?.state).toBe('open')
    const off = await volunteer('Hodan')
    await does(off, { type: 'volunteer', change: { do: 'duty', on: false, openUntil: 0 } })
    await does(off, { type: 'volunteer', change: { do: 'duty', on: true, openUntil: NOW + 24 * HOUR } })
    await passes(1)
    expect(await news(off)).toEqual(['offer'])
  })
})

describe('on the way', () => {
  async function accepted(): Promise<{ amina: Person; hodan: Person; handoff: string }> {
    const [amina, hodan] = [await person('Amina'), await volunteer('Hodan')]
    const handoff = handoffOf(await asks(amina))
    await act(hodan, handoff, { type: 'accept' })
    return { amina, hodan, handoff }
  }

  test('who is silent is asked after 30 minutes and 15 later it goes on without them; the resident hears of both', async () => {
    const { amina, hodan, handoff } = await accepted()
    await passes(30 * MINUTE)
    expect(await news(hodan)).toEqual(['offer', 'talk-begins', 'are-you-coming'])
    await passes(15 * MINUTE)
    expect(await news(hodan)).toEqual(['offer', 'talk-begins', 'are-you-coming', 'talk-ends', 'handed-on'])
    expect((await news(amina)).slice(1)).toEqual(['asked-if-coming', 'talk-ends', 'handed-on', 'with-staff'])
    expect((await act(hodan, handoff, { type: 'on-the-way' })) as object).toMatchObject({ refused: expect.any(String) })
  })

  test('words cross both ways in order, once, and only while the talk is open; a door is blanked when it is over', async () => {
    const { amina, hodan, handoff } = await accepted()
    await does(amina, { type: 'relay', handoff, words: { text: 'salaan' } }, 'same.0')
    await does(amina, { type: 'relay', handoff, words: { text: 'salaan' } }, 'same.0')
    await does(hodan, { type: 'relay', handoff, words: { card: 'on-my-way' } })
    expect((await heard(hodan)).filter(({ type }) => type === 'relayed')).toMatchObject([{ from: 'Amina', words: { text: 'salaan' } }])
    expect((await heard(amina)).at(-1)).toMatchObject({ type: 'relayed', from: 'Hodan', words: { card: 'on-my-way' } })
    await act(amina, handoff, { type: 'show-door', door: 'Birkevej 7, Ali' }, 'resident')
    expect(JSON.stringify(await heard(hodan))).toContain('Birkevej 7')
    await act(hodan, handoff, { type: 'done' })
    expect(JSON.stringify(await stage.log(conversationId(hodan.address)))).not.toContain('Birkevej')
    expect(JSON.stringify(await known(handoff))).not.toContain('Birkevej')
    expect(await does(amina, { type: 'relay', handoff, words: { text: 'tak' } })).toMatchObject({ refused: 'ended' })
    expect((await news(amina)).slice(-3)).toEqual(['talk-ends', 'done', 'feedback'])
    expect(await known(handoff)).toMatchObject({ state: 'closed', closed: { reason: 'helped' } })
    expect((await stage.collections.contacts.get(hodan.contact))?.volunteer).toMatchObject({
      lastFinished: NOW,
      load: { tasks: {}, offers: {} },
    })
  })

  test('a number to call is kept for staff, and gone from everywhere once it is over', async () => {
    const { amina, handoff } = await accepted()
    await stage.turns.receive(amina.address, { ...says('20 12 34 56'), id: 'the-number' })
    await stage.settler.idle()
    const typed = (await stage.log(conversationId(amina.address))).at(-1)
    const effect = { type: 'handoff', handoff, as: 'resident', ask: { type: 'call-back', phone: '20123456' } } as const
    await stage.requests.apply(effect, 'call.0', { ...typed, contact: amina.contact } as TurnDocument)
    expect(await known(handoff)).toMatchObject({ callBack: { phone: '20123456' } })
    await act(amina, handoff, { type: 'cancel' }, 'resident')
    expect((await known(handoff)).callBack).toBeUndefined()
    expect(await stage.collections.turns.get(typed?._id ?? '')).toMatchObject({ event: { text: '' } })
  })

  test('passing on asks the resident first, then mails the case, and asks two days later', async () => {
    const { amina, hodan, handoff } = await accepted()
    await act(hodan, handoff, { type: 'pass-on', network: 'red-cross' })
    expect((await heard(amina)).at(-1)).toMatchObject({ news: { what: 'may-pass-on', network: 'red-cross' } })
    expect(stage.cases).toEqual([])
    await act(amina, handoff, { type: 'pass-on', network: 'red-cross', consent: true }, 'resident')
    expect(stage.cases).toMatchObject([{ handoff, network: 'red-cross' }])
    expect((await heard(amina)).at(-1)).toMatchObject({ news: { what: 'passed-on', phone: '00 00 00 09' } })
    await passes(48 * HOUR)
    expect((await news(amina)).at(-1)).toBe('were-you-helped')
  })

  test('a report ends the talk, pauses the reported one, keeps the words and calls somebody', async () => {
    const { amina, hodan, handoff } = await accepted()
    await does(hodan, { type: 'relay', handoff, words: { text: 'giv mig din kode' } })
    await act(amina, handoff, { type: 'report' }, 'resident')
    expect(stage.raised.map(({ about }) => about.why)).toEqual(['report'])
    expect((await stage.collections.contacts.get(hodan.contact))?.volunteer?.paused).toBe('report')
    const [evidence] = await stage.collections.evidence.find({ handoff }, { sort: ['handoff'], limit: 10 })
    expect(evidence?.lines).toMatchObject([{ side: 'helper', text: 'giv mig din kode' }])
    expect((await known(handoff)).handoff).toMatchObject({ frozen: true, state: 'with-staff' })
  })

  test('a resident who erases everything: the helper is told not to go, and the words are gone on both sides', async () => {
    const { amina, hodan, handoff } = await accepted()
    await does(amina, { type: 'relay', handoff, words: { text: 'min hemmelige sygdom' } })
    await stage.turns.receive(amina.address, { id: 'erase', at: NOW, type: 'erase' })
    await stage.settler.idle()
    expect(await news(hodan)).toEqual(['offer', 'talk-begins', 'relayed', 'talk-ends', 'do-not-go', 'other-erased'])
    const all = JSON.stringify([await stage.log(conversationId(hodan.address)), await stage.log(conversationId(amina.address))])
    expect(all).not.toContain('hemmelige')
    expect(all).not.toContain('boxes')
    expect(await stage.collections.handoffs.get(handoff)).toBeUndefined()
  })

  test('a volunteer who erases everything hands back first', async () => {
    const { amina, hodan, handoff } = await accepted()
    await stage.turns.receive(hodan.address, { id: 'erase', at: NOW, type: 'erase' })
    await stage.settler.idle()
    expect((await news(amina)).slice(1)).toEqual(['talk-ends', 'handed-back', 'with-staff', 'other-erased'])
    expect((await known(handoff)).handoff?.assignee).toBeUndefined()
  })
})

test('duty: told at 20 hours, over at 24', async () => {
  const hodan = await volunteer('Hodan', { openUntil: NOW + 24 * HOUR })
  stage.time.advance(20 * HOUR)
  await stage.requests.lookAtDuties()
  await stage.requests.lookAtDuties()
  stage.time.advance(4 * HOUR)
  await stage.requests.lookAtDuties()
  await stage.requests.lookAtDuties()
  expect((await heard(hodan)).map((event) => (event.type === 'duty' ? event.is : event.type))).toEqual(['ending', 'ended'])
  expect((await stage.collections.contacts.get(hodan.contact))?.volunteer?.dutySince).toBeUndefined()
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { conversationId } from '../../src/app/ports.js'
import type { Library } from '../../src/core/library.js'
import { StoreUnavailable } from '../../src/store/collection.js'
import { NOW, starterLibrary } from '../library.js'
import { AMINA, HASSAN, openStage, type Stage, says, until } from '../stage.js'

const library = await starterLibrary()
const AMINAS = conversationId(AMINA)
const HASSANS = conversationId(HASSAN)
let stage: Stage
beforeEach(async () => {
  stage = await openStage({ library })
})
afterEach(() => stage.close())

test('one event is one turn, however often it is delivered', async () => {
  const event = says('dansk')
  const outcomes = await Promise.all([
    stage.turns.receive(AMINA, event),
    stage.turns.receive(AMINA, event),
    stage.turns.receive(AMINA, event),
  ])
  expect(outcomes.toSorted()).toEqual(['committed', 'duplicate', 'duplicate'])
  expect(await stage.log(AMINAS)).toHaveLength(1)
})

test('sixty pairs of messages at once are answered in the order they came', async () => {
  const events = Array.from({ length: 120 }, (_, at) => says(`nummer ${at}`, { sentAt: 1000 + at * 5 }))
  await Promise.all(events.map((event) => stage.turns.receive(AMINA, event)))
  await stage.settler.idle()
  const turns = await stage.log(AMINAS)
  expect(turns.map(({ event }) => event.id)).toEqual(events.map(({ id }) => id))
  expect(turns.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1))
  const order = stage.sent.map(({ messageId }) => turns.findIndex(({ _id }) => messageId.startsWith(`${_id}.`)))
  expect(order).toEqual(order.toSorted((a, b) => a - b))
})

test('a CPR number never reaches the disk, and the writer is told why', async () => {
  await stage.turns.receive(HASSAN, says('dansk'))
  await stage.turns.receive(HASSAN, says('mit cpr er 150785-4321 og ٠١٠٢٩٠١٢٣٤'))
  await stage.store.scrub()
  const bytes = readdirSync(stage.dir).map((name) => readFileSync(join(stage.dir, name), 'latin1'))
  expect(bytes.some((content) => content.includes('4321') || content.includes('٠١٠٢٩٠١٢٣٤'))).toBe(false)
  const [, turn] = await stage.log(HASSANS)
  expect(turn?.event).toMatchObject({ redacted: ['cpr'] })
  expect(JSON.stringify(turn?.effects)).toContain(library.say('da', 'redacted.cpr'))
})

test('a late message is answered and the dialog stays where newer ones took it', async () => {
  await stage.turns.receive(HASSAN, says('dansk', { sentAt: 1000 }))
  await stage.turns.receive(HASSAN, says('menu', { sentAt: 5000 }))
  const before = (await stage.log(HASSANS)).at(-1)?.session.place
  await stage.turns.receive(HASSAN, says('hjælp', { sentAt: 3000 }))
  const late = (await stage.log(HASSANS)).at(-1)
  expect(late?.session.place).toEqual(before)
  expect(late?.session.newestSentAt).toBe(5000)
  expect(JSON.stringify(late?.effects)).toContain(JSON.stringify(library.say('da', 'help')).slice(1, -1))
})

test('an event that makes the code throw is logged, answered with an apology, and blocks nothing', async () => {
  const broken: Library = { ...library, command: (text) => (text === 'bombe' ? boom() : library.command(text)) }
  await stage.close()
  stage = await openStage({ library: broken })
  await stage.turns.receive(HASSAN, says('عربي'))
  expect(await stage.turns.receive(HASSAN, says('bombe'))).toBe('committed')
  expect(await stage.turns.receive(HASSAN, says('dansk'))).toBe('committed')
  const [, apology, after] = await stage.log(HASSANS)
  expect(apology?.effects[0]).toMatchObject({ type: 'message', message: { language: 'ar' } })
  expect(after?.session.language.code).toBe('da')
  expect(stage.logged.some((line) => line.includes('could not be decided') && line.includes('boom'))).toBe(true)
  expect(stage.logged.join()).not.toContain('bombe')
})

function boom(): never {
  throw new Error('boom')
}

test('a store that refuses is an error for the sender of the event, and the event can come again', async () => {
  const event = says('dansk')
  const insert = stage.collections.turns.insert
  stage.collections.turns.insert = () => Promise.reject(new StoreUnavailable('disk full'))
  await expect(stage.turns.receive(AMINA, event)).rejects.toThrow(StoreUnavailable)
  stage.collections.turns.insert = insert
  expect(await stage.turns.receive(AMINA, event)).toBe('committed')
})

test('delete me asks once, then leaves only keys; a redelivery revives nothing and the next word is a new person', async () => {
  const secret = 'min hemmelige hund Fido'
  const first = says(secret)
  await stage.turns.receive(AMINA, says('dansk'))
  await stage.turns.receive(AMINA, first)
  await stage.turns.receive(AMINA, says('slet mig'))
  expect((await stage.log(AMINAS)).at(-1)?.effects.some(({ type }) => type === 'erase')).toBe(false)
  await stage.turns.receive(AMINA, says('ja'))
  await until(async () => (await stage.log(AMINAS)).every(({ erased }) => erased))
  await stage.settler.idle()
  const turns = await stage.log(AMINAS)
  expect(turns).toHaveLength(4)
  expect(turns.every(({ contact, effects, event }) => contact === '' && effects.length === 0 && event.id === '')).toBe(true)
  const bytes = readdirSync(stage.dir).map((name) => readFileSync(join(stage.dir, name), 'latin1'))
  expect(bytes.some((content) => content.includes('Fido'))).toBe(false)
  expect(await stage.turns.receive(AMINA, first)).toBe('gone')
  expect(await stage.collections.conversations.get(AMINAS)).toBeUndefined()
  await stage.turns.receive(AMINA, says('hej igen'))
  const after = (await stage.log(AMINAS)).at(-1)
  expect(after).toMatchObject({ seq: 5, session: { language: { chosen: false } } })
  expect(JSON.stringify(stage.sent.map(({ message }) => message.text))).toContain(library.say('da', 'delete-me.done'))
})

test('what do you know about me is answered with counts', async () => {
  await stage.turns.receive(HASSAN, says('dansk'))
  await stage.turns.receive(HASSAN, says('hvad ved du om mig'))
  await until(async () => (await stage.log(HASSANS)).length === 3)
  const [, , answer] = await stage.log(HASSANS)
  expect(answer?.event.id).toContain(':result')
  expect(JSON.stringify(answer?.effects)).toContain(library.say('da', 'about-me.messages', { count: 2 }))
})

test('an erasure that was cut off after the conversation was gone is finished at the next start', async () => {
  await stage.turns.receive(HASSAN, says('dansk'))
  await stage.turns.receive(HASSAN, says('slet mig'))
  const replace = stage.collections.turns.replace.bind(stage.collections.turns)
  let left = 0
  // The process dies when only the tombstone itself is left to erase.
  stage.collections.turns.replace = (turn) => (turn.erased && turn.seq === 3 ? new Promise(() => void (left = 1)) : replace(turn))
  await stage.turns.receive(HASSAN, says('ja'))
  await until(() => left === 1)
  const { dir, time } = stage
  await stage.store.close()
  stage = await openStage({ library, dir, time })
  expect(await stage.collections.conversations.get(HASSANS)).toBeUndefined()
  await stage.settler.takeOver()
  expect((await stage.log(HASSANS)).every(({ erased }) => erased)).toBe(true)
})

test('a late wish for help is really stored, and a late choice of language stands', async () => {
  await stage.turns.receive(HASSAN, says('dansk', { sentAt: 1000 }))
  await stage.turns.receive(HASSAN, says('menu', { sentAt: 9000 }))
  await stage.turns.receive(HASSAN, says('Jeg vil gerne tale med et menneske', { sentAt: 5000 }))
  await stage.settler.idle()
  expect(await stage.collections.handoffs.count({ state: 'open' })).toEqual([{ by: [], count: 1 }])
  await stage.turns.receive(HASSAN, says('arabisk', { sentAt: 6000 }))
  expect((await stage.log(HASSANS)).at(-1)?.session.language).toEqual({ code: 'ar', chosen: true })
})

test('a platform clock far ahead makes nothing that follows late', async () => {
  await stage.turns.receive(HASSAN, says('dansk', { sentAt: NOW + 10 * 86_400_000 }))
  await stage.turns.receive(HASSAN, says('menu', { sentAt: NOW + 1000 }))
  expect((await stage.log(HASSANS)).at(-1)?.session.place).toMatchObject({ dialog: 'welcome', node: 'start' })
})

test('what a link says is kept only when it names something of ours', async () => {
  const origin = { area: '0101701234', language: 'ar', answer: 'x/0202701234' }
  await stage.turns.receive(AMINA, { id: 'm:link', at: NOW, type: 'start', origin })
  expect((await stage.log(AMINAS))[0]?.event.origin).toEqual({ language: 'ar' })
})

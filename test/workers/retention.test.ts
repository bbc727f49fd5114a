import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { conversationId } from '../../src/app/ports.js'
import { RETENTION_DAYS } from '../../src/core/language-choice.js'
import { blankOld, runRetention } from '../../src/workers/retention.js'
import { starterLibrary } from '../library.js'
import { AMINA, HASSAN, openStage, type Stage, says, until } from '../stage.js'

const DAY = 24 * 60 * 60 * 1000
const library = await starterLibrary()
const HASSANS = conversationId(HASSAN)
let stage: Stage
beforeEach(async () => {
  stage = await openStage({ library })
})
afterEach(() => stage.close())

const sweep = () =>
  blankOld({
    turns: stage.collections.turns,
    time: stage.time,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    scrub: () => stage.store.scrub(),
  })

test('words older than the promised days go, the newest turn keeps where the person is, and young turns keep all', async () => {
  await stage.turns.receive(HASSAN, says('dansk'))
  await stage.turns.receive(HASSAN, says('min hund hedder Fido'))
  await stage.settler.idle()
  const place = (await stage.log(HASSANS)).at(-1)?.session.place
  stage.time.advance(RETENTION_DAYS * DAY - 1)
  expect(await sweep()).toBe(0)
  stage.time.advance(2)
  expect(await sweep()).toBe(2)
  const turns = await stage.log(HASSANS)
  expect(JSON.stringify(turns)).not.toContain('Fido')
  expect(turns.map(({ event }) => ('text' in event ? event.text : undefined))).toEqual(['', ''])
  expect(turns.at(-1)?.session).toMatchObject({ language: { code: 'da', chosen: true } })
  expect(turns.at(-1)?.session.place).toEqual(place)
  expect(turns.map(({ kept }) => kept)).toEqual([false, true])
  expect(await sweep()).toBe(0)
})

test('of turns that came in the same millisecond none is passed over, and two that look at once blank each once', async () => {
  // One more than a page, and the last two of one time.
  const times = Array.from({ length: 101 }, (_, at) => stage.time.now() - 101 + Math.min(at, 99))
  for (const [at, time] of times.entries()) {
    await stage.turns.receive({ channel: 'web', account: '', user: `person-${at}` }, says('min hund hedder Fido', { at: time }))
  }
  stage.time.advance((RETENTION_DAYS + 1) * DAY)
  const [one, two] = await Promise.all([sweep(), sweep()])
  expect(one + two).toBe(101)
  expect(await sweep()).toBe(0)
  expect(JSON.stringify(await stage.collections.turns.find({}, { sort: ['_id'], limit: 200 }))).not.toContain('Fido')
})

test('an open turn is left alone, and the keys of an erased person are forgotten after the same time', async () => {
  stage.answerWith(() => ({ outcome: 'later', reason: 'retry', notBefore: stage.time.now() + 100 * DAY, hold: 'message' }))
  await stage.turns.receive(AMINA, says('venter stadig'))
  await stage.settler.idle()
  await stage.turns.receive(HASSAN, says('dansk'))
  await stage.turns.receive(HASSAN, says('slet mig'))
  await stage.turns.receive(HASSAN, says('ja'))
  await until(async () => (await stage.log(HASSANS)).every(({ erased }) => erased))
  await stage.settler.idle()
  expect(await stage.log(HASSANS)).toHaveLength(3)
  stage.time.advance((RETENTION_DAYS + 1) * DAY)
  await sweep()
  expect(await stage.log(HASSANS)).toHaveLength(0)
  expect((await stage.log(conversationId(AMINA)))[0]?.event).toMatchObject({ text: 'venter stadig' })
})

test('the name of a question, which is made from its words, goes with them', async () => {
  await stage.turns.receive(HASSAN, says('dansk'))
  await stage.turns.receive(HASSAN, says('gøffel bræzzø'))
  const [name = ''] = (await stage.log(HASSANS)).at(-1)?.session.asked ?? []
  const wish = { type: 'tap' as const, text: 'x', action: { do: 'tell-me' as const, question: name } }
  await stage.turns.receive(HASSAN, { id: 'wish', at: stage.time.now(), ...wish })
  await stage.settler.idle()
  expect(JSON.stringify(await stage.log(HASSANS))).toContain(name)
  stage.time.advance(RETENTION_DAYS * DAY + 1)
  expect(await sweep()).toBe(3)
  expect(JSON.stringify(await stage.log(HASSANS))).not.toContain(name)
})

test('what kept a browser signed in goes when it is over, a line of who did what by its age, and neither before', async () => {
  const { logins, audit } = stage.collections
  const line = { version: 1, who: 's', what: 'signed-out', about: 's', area: '' } as const
  await audit.insert({ ...line, _id: 'old', at: stage.time.now() - 730 * DAY - 1 })
  await audit.insert({ ...line, _id: 'young', at: stage.time.now() - 730 * DAY + 60_000 })
  const login = { version: 1, staff: 's', createdAt: 0, seenAt: 0 }
  await logins.insert({ ...login, _id: 'over', until: stage.time.now() - 1 })
  await logins.insert({ ...login, _id: 'open', until: stage.time.now() + DAY })
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const stop = new AbortController()
  const days = { talkDays: 30, reportedTalkDays: 365, auditDays: 730 }
  const running = runRetention({ ...stage.collections, ...days, time: stage.time, log, scrub: () => stage.store.scrub() }, stop.signal)
  await until(async () => (await logins.get('over')) === undefined)
  expect(await logins.get('open')).toBeDefined()
  expect([await audit.get('old'), (await audit.get('young'))?._id]).toEqual([undefined, 'young'])
  stop.abort()
  await running
})

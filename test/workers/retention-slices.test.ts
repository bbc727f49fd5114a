/** Blanking over many turns, and what stays readable of a blanked one. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { conversationId } from '../../src/app/ports.js'
import { RETENTION_DAYS } from '../../src/core/language-choice.js'
import { StoreUnavailable } from '../../src/store/collection.js'
import type { HandoffDocument } from '../../src/store/collections.js'
import { blankOld, runRetention } from '../../src/workers/retention.js'
import { starterLibrary } from '../library.js'
import { AMINA, HASSAN, openStage, type Stage, says, until } from '../stage.js'

const DAY = 24 * 60 * 60 * 1000
const HOUR = 60 * 60 * 1000
const library = await starterLibrary()
const HASSANS = conversationId(HASSAN)
let stage: Stage
let scrubbed = 0
beforeEach(async () => {
  stage = await openStage({ library })
  scrubbed = 0
})
afterEach(() => stage.close())

const logged: string[] = []
const note = (message: string) => void logged.push(message)
const deps = () => ({
  turns: stage.collections.turns,
  time: stage.time,
  log: { info: note, warn: note, error: note },
  scrub: async () => {
    scrubbed++
    await stage.store.scrub()
  },
})

test('more old turns than one slice holds are all blanked, and the files are scrubbed once', async () => {
  for (let at = 0; at < 230; at++) await stage.turns.receive(HASSAN, says(`Fido ${at}`, { at: stage.time.now() + at }))
  await stage.settler.idle()
  stage.time.advance((RETENTION_DAYS + 1) * DAY)
  expect(await blankOld(deps())).toBe(230)
  expect(JSON.stringify(await stage.log(HASSANS))).not.toContain('Fido')
  expect(scrubbed).toBe(1)
  expect(await blankOld(deps())).toBe(0)
  expect(scrubbed).toBe(1)
})

test('what another instance blanks between finding and handing out is blanked once', async () => {
  for (let at = 0; at < 3; at++) await stage.turns.receive(HASSAN, says(`Fido ${at}`, { at: stage.time.now() + at }))
  await stage.settler.idle()
  stage.time.advance((RETENTION_DAYS + 1) * DAY)
  const { turns } = stage.collections
  let blanked = 0
  const find: typeof turns.find = async (where, options) => {
    const page = await turns.find(where, options)
    if (where['at'] === undefined) return page
    blanked += await blankOld(deps())
    const now = await Promise.all(page.map(({ _id }) => turns.get(_id)))
    return now.flatMap((turn) => turn ?? [])
  }
  expect(await blankOld({ ...deps(), turns: Object.assign(Object.create(turns) as typeof turns, { find }) })).toBe(0)
  expect(blanked).toBe(3)
})

test('what was read, when, and what was done stays; what was said goes', async () => {
  await stage.turns.receive(AMINA, says('dansk'))
  await stage.turns.receive(AMINA, says('jeg vil snakke med nogen'))
  await until(async () => (await stage.log(conversationId(AMINA))).length === 3)
  await stage.settler.idle()
  const [, before] = await stage.log(conversationId(AMINA))
  stage.time.advance((RETENTION_DAYS + 1) * DAY)
  await blankOld(deps())
  const [, after] = await stage.log(conversationId(AMINA))
  expect(after).toMatchObject({ seq: 2, at: before?.at, key: before?.key, kept: false, settle: before?.settle ?? {} })
  const readings = (turn: typeof before) => turn?.effects.flatMap((effect) => (effect.type === 'message' ? [effect.read] : []))
  expect(readings(after)).toEqual(readings(before))
  expect(after?.effects.map(({ type }) => type)).toEqual(before?.effects.map(({ type }) => type))
  for (const effect of after?.effects ?? []) if (effect.type === 'message') expect(effect.message.text).toBe('')
})

test('the place of whoever comes back goes too, once they have been back for as long', async () => {
  await stage.turns.receive(HASSAN, says('dansk'))
  await stage.settler.idle()
  stage.time.advance((RETENTION_DAYS + 1) * DAY)
  expect(await blankOld(deps())).toBe(1)
  await stage.turns.receive(HASSAN, says('menu', { at: stage.time.now() }))
  const [first, back] = await stage.log(HASSANS)
  expect(first?.session.told).not.toEqual({})
  expect(back?.session.language).toEqual({ code: 'da', chosen: true })
  await blankOld(deps())
  const [blanked, young] = await stage.log(HASSANS)
  expect(blanked?.session).toEqual({ language: { code: 'da', chosen: true }, answers: {}, told: {} })
  expect(young?.event).toMatchObject({ text: 'menu' })
})

test('a store that is away is tried again in an hour, and the run ends when it is told to', async () => {
  await stage.turns.receive(HASSAN, says('Fido'))
  await stage.settler.idle()
  await stage.collections.handoffs.insert(closedAt(stage.time.now()))
  stage.time.advance((RETENTION_DAYS + 1) * DAY)
  const { find } = stage.collections.turns
  stage.collections.turns.find = () => Promise.reject(new StoreUnavailable('disk full'))
  const stop = new AbortController()
  const run = runRetention({ ...stage.collections, talkDays: 30, reportedTalkDays: 365, auditDays: 730, ...deps() }, stop.signal)
  // The settler's look-out and this run.
  await until(() => stage.time.sleepers() === 2)
  expect(logged.at(-1)).toContain('tried again in an hour')
  stage.collections.turns.find = find
  stage.time.advance(HOUR)
  await until(() => logged.at(-1) === 'old turns, questions and requests were blanked')
  stop.abort()
  await run
  expect(JSON.stringify(await stage.log(HASSANS))).not.toContain('Fido')
  expect(await stage.collections.handoffs.get('h')).toMatchObject({ contact: '', conversation: '', note: '' })
})

/** A request of somebody's that was closed then. */
function closedAt(at: number): HandoffDocument {
  const asked = {
    contact: 'c',
    conversation: HASSANS,
    receipt: 'H-4F7K',
    task: 'letter',
    network: '',
    note: 'Fido',
    area: 'demo',
    language: 'da',
  }
  return {
    _id: 'h',
    version: 1,
    ...asked,
    state: 'closed',
    openedAt: at,
    closed: { at, reason: 'helped', tell: 'told', attempt: 0, kept: true },
  }
}

/** Erasure on a real store, cut off at each of its steps. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createErase } from '../../src/app/erasure.js'
import { conversationId } from '../../src/app/ports.js'
import { StoreUnavailable } from '../../src/store/collection.js'
import type { TurnDocument } from '../../src/store/collections.js'
import { starterLibrary } from '../library.js'
import { AMINA, HASSAN, openStage, type Stage, says, until } from '../stage.js'

const library = await starterLibrary()
const AMINAS = conversationId(AMINA)
const HASSANS = conversationId(HASSAN)
const CUT = 'cut off here'
let stage: Stage
beforeEach(async () => {
  stage = await openStage({ library })
  remembered.length = 0
})
afterEach(() => stage.close())

/** Amina has a contact, a request, and words in the log; Hassan has the same. Returns Amina's newest turn. */
async function twoTalks(): Promise<TurnDocument> {
  for (const who of [AMINA, HASSAN]) {
    await stage.turns.receive(who, says('dansk'))
    await stage.turns.receive(who, says('min hund hedder Fido'))
    await stage.turns.receive(who, says('jeg vil snakke med nogen'))
  }
  const receipts = async () => (await stage.collections.handoffs.count({ state: 'open' })).at(0)?.count === 2
  await until(async () => (await receipts()) && (await stage.log(AMINAS)).length === 4 && (await stage.log(HASSANS)).length === 4)
  await stage.settler.idle()
  const last = (await stage.log(AMINAS)).at(-1)
  if (last === undefined) throw new Error('no turn')
  return last
}

const left = async (contact: string) => ({
  turns: (await stage.collections.turns.count({ contact }))[0]?.count ?? 0,
  handoffs: (await stage.collections.handoffs.count({ contact }))[0]?.count ?? 0,
  questions: (await stage.collections.questions.count({ contact }))[0]?.count ?? 0,
  conversations: (await stage.collections.conversations.count({ contact }))[0]?.count ?? 0,
  contact: await stage.collections.contacts.get(contact),
})
/** Hashes in the order they were written down. */
const remembered: string[] = []
const erasedLog = { append: async (hash: string) => void remembered.push(hash) }
const log = { info: () => undefined, warn: () => undefined, error: () => undefined }

test("takes a person's words, contact, requests and conversation, and nobody else's", async () => {
  const tombstone = await twoTalks()
  const hassan = (await stage.collections.conversations.get(HASSANS))?.contact ?? ''
  const before = await left(hassan)
  expect(before).toMatchObject({ turns: 4, handoffs: 1, questions: 1, conversations: 1, contact: { language: { code: 'da' } } })
  await createErase({
    ...stage.collections,
    keys: stage.keys,
    erasedLog,
    log,
    scrub: () => stage.store.scrub(),
    forget: stage.requests.forget,
  })(tombstone)
  expect(await left(tombstone.contact)).toEqual({ turns: 0, handoffs: 0, questions: 0, conversations: 0, contact: undefined })
  expect(await left(hassan)).toEqual(before)
  const turns = await stage.log(AMINAS)
  // The last is that their request was called off.
  expect(turns.map(({ seq, erased, kept }) => [seq, erased, kept])).toEqual([1, 2, 3, 4, 5].map((seq) => [seq, true, false]))
  expect(new Set(turns.map(({ key }) => key)).size).toBe(5)
})

test('the alarm of a report that waits stays for staff, without what it says of the person; all others go', async () => {
  const tombstone = await twoTalks()
  const { handoffs, alarms } = stage.collections
  const [own] = await handoffs.find({ contact: tombstone.contact }, { sort: ['contact'], limit: 1 })
  if (own?.handoff === undefined) throw new Error('no request')
  const about = { area: 'demo', at: 1, handoff: own._id, receipt: own.receipt, task: own.task, language: 'so' }
  const alarm = (_id: string, why: 'report' | 'nobody-in-time', state: 'open' | 'over' = 'open') =>
    alarms.insert({ _id, version: 1, area: 'demo', about: { ...about, why }, state, tried: [], due: 1 })
  for (const made of [alarm('waits', 'report'), alarm('over', 'report', 'over'), alarm('late', 'nobody-in-time')]) await made
  const report = { by: 'helper', about: tombstone.contact, volunteer: 'helper', at: 1 }
  await handoffs.replace({ ...own, handoff: { ...own.handoff, reports: [report] } })
  const erase = createErase({
    ...stage.collections,
    ...{ keys: stage.keys, erasedLog, log, scrub: () => stage.store.scrub(), forget: stage.requests.forget },
  })
  await erase(tombstone)
  const { language: _, ...kept } = about
  const left = await alarms.find({ 'about.handoff': own._id }, { sort: ['_id'], limit: 10 })
  expect(left.map((one) => [one._id, one.state, one.about])).toEqual([['waits', 'open', { ...kept, why: 'report' }]])
})

test('a person with more turns than one page holds loses all of them', async () => {
  for (let at = 0; at < 230; at++) await stage.turns.receive(HASSAN, says(`Fido ${at}`))
  await stage.settler.idle()
  const last = (await stage.log(HASSANS)).at(-1)
  if (last === undefined) throw new Error('no turn')
  await createErase({
    ...stage.collections,
    keys: stage.keys,
    erasedLog,
    log,
    scrub: () => stage.store.scrub(),
    forget: stage.requests.forget,
  })(last)
  expect((await stage.log(HASSANS)).every(({ erased }) => erased)).toBe(true)
  const bytes = readdirSync(stage.dir).map((name) => readFileSync(join(stage.dir, name), 'latin1'))
  expect(bytes.some((content) => content.includes('Fido'))).toBe(false)
})

test.each(['handoffs', 'questions', 'turns', 'contacts', 'conversations', 'scrub', 'forgetting', 'remembering', 'tombstone'] as const)(
  'cut off at its %s it can be repeated, and leaves its turn to start from until then',
  async (step) => {
    const tombstone = await twoTalks()
    let broken = true
    const cut = () => {
      if (broken) throw new StoreUnavailable(CUT)
    }
    const { turns, contacts, conversations, handoffs, alarms, questions } = stage.collections
    const erase = createErase({
      alarms,
      keys: stage.keys,
      questions: {
        ...questions,
        remove: async (where, limit) => (step === 'questions' && cut(), questions.remove(where, limit)),
      },
      forget: async (contact) => (step === 'forgetting' && cut(), stage.requests.forget(contact)),
      erasedLog: { append: async (hash) => (step === 'remembering' && cut(), erasedLog.append(hash)) },
      log,
      turns: {
        ...turns,
        get: (id) => turns.get(id),
        find: (where, page) => turns.find(where, page),
        replace: async (turn) => {
          if (step === 'turns' || (step === 'tombstone' && turn._id === tombstone._id)) cut()
          return turns.replace(turn)
        },
      },
      contacts: { ...contacts, remove: async (where, limit) => (step === 'contacts' && cut(), contacts.remove(where, limit)) },
      conversations: {
        ...conversations,
        remove: async (where, limit) => (step === 'conversations' && cut(), conversations.remove(where, limit)),
      },
      handoffs: {
        ...handoffs,
        find: (where, page) => handoffs.find(where, page),
        remove: async (where, limit) => (step === 'handoffs' && cut(), handoffs.remove(where, limit)),
      },
      scrub: async () => (step === 'scrub' && cut(), stage.store.scrub()),
    })
    await expect(erase(tombstone)).rejects.toThrow(CUT)
    // Written down only when nothing is left but the tombstone, and always before that is gone.
    expect(remembered).toEqual(step === 'tombstone' ? [stage.keys.mac('deletion', tombstone.contact)] : [])
    expect((await turns.get(tombstone._id))?.erased).toBe(false)
    broken = false
    await erase(tombstone)
    expect(await left(tombstone.contact)).toEqual({ turns: 0, handoffs: 0, questions: 0, conversations: 0, contact: undefined })
    expect((await stage.log(AMINAS)).every(({ erased }) => erased)).toBe(true)
    await erase(tombstone)
    expect(await stage.log(HASSANS)).toHaveLength(4)
  },
)

test('an erasure that fails is tried again by itself until nothing is left', async () => {
  await twoTalks()
  const { contact } = (await stage.collections.conversations.get(AMINAS)) ?? { contact: '' }
  const { remove } = stage.collections.handoffs
  let failures = 2
  stage.collections.handoffs.remove = (where, limit) =>
    failures-- > 0 ? Promise.reject(new StoreUnavailable(CUT)) : remove.call(stage.collections.handoffs, where, limit)
  await stage.turns.receive(AMINA, says('slet mig'))
  await stage.turns.receive(AMINA, says('ja'))
  await until(() => failures < 2)
  for (let pause = 0; pause < 10; pause++) {
    await stage.settler.idle()
    stage.time.advance(1000)
  }
  await until(async () => (await stage.log(AMINAS)).every(({ erased }) => erased))
  await stage.settler.idle()
  expect(await left(contact)).toEqual({ turns: 0, handoffs: 0, questions: 0, conversations: 0, contact: undefined })
  expect(stage.logged.some((line) => line.includes('settling failed') && line.includes(CUT))).toBe(true)
  expect(stage.logged.join()).not.toContain('Fido')
})

test('whoever writes while the erasure still waits is somebody new, and keeps what they write', async () => {
  await twoTalks()
  const before = (await stage.collections.conversations.get(AMINAS))?.contact ?? ''
  let free: () => void = () => undefined
  const { remove } = stage.collections.handoffs
  const gate = new Promise<void>((resolve) => void (free = resolve))
  stage.collections.handoffs.remove = async (where, limit) => {
    await gate
    return remove.call(stage.collections.handoffs, where, limit)
  }
  await stage.turns.receive(AMINA, says('slet mig'))
  await stage.turns.receive(AMINA, says('ja'))
  await stage.turns.receive(AMINA, says('hej igen'))
  const after = (await stage.collections.conversations.get(AMINAS))?.contact
  expect(after).not.toBe(before)
  free()
  await until(async () => (await left(before)).turns === 0)
  await stage.settler.idle()
  const turns = await stage.log(AMINAS)
  expect(turns.filter(({ erased }) => !erased).map(({ event, contact }) => ['text' in event && event.text, contact])).toEqual([
    ['hej igen', after],
  ])
})

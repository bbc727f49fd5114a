/** Links to a request on a real embedded store, with a mail that keeps what it is given. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import {
  answerCase,
  type CaseAnswer,
  type CaseLinkDeps,
  type CaseOutcome,
  type CaseSeen,
  seeCase,
  sendCase,
} from '../../src/app/case-links.js'
import type { Letter } from '../../src/app/mail.js'
import type { Handoff } from '../../src/core/handoff-types.js'
import type { Network, Places } from '../../src/core/places-types.js'
import type { Store } from '../../src/store/collection.js'
import { type Collections, type HandoffDocument, openCollections } from '../../src/store/collections.js'
import { openKeys } from '../../src/store/keys.js'
import { openSqliteStore } from '../../src/store/sqlite.js'
import { NOW } from '../library.js'
import { type ManualTime, manualTime } from '../manual-time.js'

const DAY = 86_400_000
const RED_CROSS: Network = {
  id: 'red-cross',
  kind: 'red-cross',
  names: { da: 'Røde Kors' },
  areas: ['birkehaven'],
  tasks: ['medicine'],
  settings: {},
  external: { mail: 'vagt@example.org', phone: '00 00 00 07 (demo)' },
}
const PLACES: Places = { places: {}, networks: { 'red-cross': RED_CROSS, mothers: { ...RED_CROSS, id: 'mothers', external: {} } } }
const HANDOFF: Handoff = {
  resident: 'amina',
  task: 'medicine',
  minor: false,
  state: 'passed-on',
  timings: { t1: 10, t2: 20, t3: 45, t4: 30, t5: 15 },
  wave: 0,
  offers: [],
  relays: [],
  reports: [],
  timers: [],
  turns: 0,
  passedTo: 'red-cross',
}
const REQUEST: HandoffDocument = {
  _id: 'request',
  version: 1,
  contact: 'amina',
  conversation: 'web:amina',
  receipt: 'H-4F7K',
  task: 'medicine',
  network: 'mothers',
  note: 'Hemmelig note',
  area: 'birkehaven',
  language: 'so',
  state: 'open',
  openedAt: NOW,
  handoff: HANDOFF,
}
const ORDER = { id: 'order', handoff: 'request', network: 'red-cross' }
const YES = { is: 'answered', yes: true }

let dir: string
let store: Store
let collections: Collections
let time: ManualTime
let letters: Letter[]
let answers: CaseAnswer[]
let outcome: () => Promise<CaseOutcome>
let deps: CaseLinkDeps

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'opgang-links-'))
  store = await openSqliteStore({ dir })
  collections = openCollections(store)
  time = manualTime(NOW)
  letters = []
  answers = []
  outcome = () => Promise.resolve('done')
  deps = {
    ...collections,
    keys: await openKeys(collections.keys, () => randomBytes(32).toString('base64url')),
    ids: { next: () => randomBytes(16).toString('base64url') },
    time,
    mail: {
      send: (letter) => {
        letters.push(letter)
        return Promise.resolve('sent')
      },
    },
    places: () => PLACES,
    areaName: (area) => (area === 'birkehaven' ? 'Birkehaven (demo)' : area),
    taskName: (language, task) => `${task} på ${language}`,
    publicUrl: 'https://opgang.example.dk',
    answer: (answer) => {
      answers.push(answer)
      return outcome()
    },
  }
  await collections.handoffs.insert(REQUEST)
})

afterEach(async () => {
  await store.close()
  rmSync(dir, { recursive: true })
})

/** Sends the request and reads the word out of the newest letter. */
async function sendLink(order = ORDER): Promise<string> {
  expect(await sendCase(deps, order)).toBe('sent')
  return /https:\/\/opgang\.example\.dk\/case\/([\w-]{43})\n/.exec(letters.at(-1)?.text ?? '')?.[1] ?? 'no link'
}

const links = () => collections.oneTimes.find({ until: { from: 0 } }, { sort: ['until'], limit: 100 })

test('the letter has number, area and task, and nothing else of the request; the store has the word of the link only hashed', async () => {
  const token = await sendLink()
  expect(letters).toHaveLength(1)
  expect(letters[0]).toMatchObject({ to: 'vagt@example.org', id: 'case:order' })
  const text = JSON.stringify(letters)
  for (const word of ['H-4F7K', 'Birkehaven (demo)', 'medicine på da', 'medicine på en']) expect(text).toContain(word)
  for (const word of ['Hemmelig', 'amina', 'mothers', 'request"']) expect(text).not.toContain(word)
  const [link] = await links()
  expect(link).toMatchObject({ opens: { what: 'case', handoff: 'request', network: 'red-cross' }, until: NOW + 7 * DAY, used: false })
  expect(JSON.stringify(link)).not.toContain(token)
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
})

test('opening the link changes nothing, however often', async () => {
  const token = await sendLink()
  const before = await links()
  for (let time = 0; time < 20; time++)
    expect(await seeCase(deps, token)).toEqual({
      is: 'open',
      receipt: 'H-4F7K',
      area: 'Birkehaven (demo)',
      task: { da: 'medicine på da', en: 'medicine på en' },
    })
  expect([await links(), answers]).toEqual([before, []])
})

test('of twenty answers at the same moment one counts, and later ones read it', async () => {
  const token = await sendLink()
  let finish: (outcome: CaseOutcome) => void = () => undefined
  outcome = () => new Promise((resolve) => (finish = resolve))
  const all = Array.from({ length: 20 }, (_, at) => answerCase(deps, token, at % 2 === 0))
  const settled: CaseSeen[] = []
  for (const one of all) void one.then((seen) => settled.push(seen))
  while (settled.length < 19) await new Promise((resolve) => setImmediate(resolve))
  expect(settled).toEqual(Array.from({ length: 19 }, () => ({ is: 'busy' })))
  expect(await seeCase(deps, token)).toEqual({ is: 'busy' })
  finish('done')
  await Promise.all(all)
  expect(answers).toHaveLength(1)
  const [{ yes, id } = { yes: false, id: '' }] = answers
  expect(answers[0]).toEqual({ id, handoff: 'request', network: 'red-cross', yes })
  expect(settled.at(-1)).toEqual({ is: 'answered', yes })
  expect(await answerCase(deps, token, !yes)).toEqual({ is: 'used', yes })
  expect(await seeCase(deps, token)).toEqual({ is: 'used', yes })
  expect(answers).toHaveLength(1)
})

test('an answer that could not be carried out can be given again at once, and the first one counts', async () => {
  const token = await sendLink()
  outcome = () => Promise.reject(new Error('away'))
  await expect(answerCase(deps, token, true)).rejects.toThrow('away')
  outcome = () => Promise.resolve('done')
  expect(await seeCase(deps, token)).toMatchObject({ is: 'open' })
  expect(await answerCase(deps, token, false)).toEqual(YES)
  expect(answers.map(({ yes }) => yes)).toEqual([true, true])
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
})

test('an answer whose server died is carried out again by whoever comes after half a minute', async () => {
  const token = await sendLink()
  outcome = () => new Promise(() => {})
  void answerCase(deps, token, true)
  while (answers.length === 0) await new Promise((resolve) => setImmediate(resolve))
  outcome = () => Promise.resolve('done')
  time.advance(29_999)
  expect(await answerCase(deps, token, true)).toEqual({ is: 'busy' })
  time.advance(1)
  expect(await answerCase(deps, token, false)).toEqual(YES)
  expect(answers.map(({ yes }) => yes)).toEqual([true, true])
})

test.each(['gone', 'over'] as const)('a request that is %s says so, also later', async (is) => {
  const token = await sendLink()
  outcome = () => Promise.resolve(is)
  expect(await answerCase(deps, token, true)).toEqual({ is })
  expect([await seeCase(deps, token), await answerCase(deps, token, true)]).toEqual([{ is }, { is }])
  expect(answers).toHaveLength(1)
})

test('a request that is not with the network any more is over, and an erased one is gone', async () => {
  const token = await sendLink()
  const { passedTo: _, ...back } = HANDOFF
  const changes: Partial<HandoffDocument>[] = [
    { state: 'closed' },
    { handoff: { ...HANDOFF, passedTo: 'mothers' } },
    { handoff: { ...back, state: 'with-staff' } },
    {},
  ]
  for (const [at, change] of changes.entries()) {
    await collections.handoffs.replace({ ...REQUEST, version: at + 1, ...change })
    expect(await seeCase(deps, token)).toMatchObject({ is: at === 3 ? 'open' : 'over' })
    expect(await sendCase(deps, ORDER)).toBe(at === 3 ? 'sent' : 'over')
  }
  await collections.handoffs.remove({ contact: 'amina' }, 1)
  expect([await seeCase(deps, token), await sendCase(deps, ORDER)]).toEqual([{ is: 'gone' }, 'over'])
  expect(letters).toHaveLength(2)
})

test('a link works for seven days, until it is made void, and opens nothing else', async () => {
  const token = await sendLink()
  time.advance(7 * DAY - 1)
  expect(await seeCase(deps, token)).toMatchObject({ is: 'open' })
  time.advance(1)
  expect([await seeCase(deps, token), await answerCase(deps, token, true)]).toEqual([{ is: 'late' }, { is: 'late' }])
  const void_ = await sendLink({ ...ORDER, id: 'another' })
  const link = (await links()).find(({ until }) => until > time.now())
  if (link !== undefined) await collections.oneTimes.replace({ ...link, used: true })
  expect(await answerCase(deps, void_, true)).toEqual({ is: 'over' })
  const word = 'w'.repeat(43)
  const opens = { what: 'coordinator', area: 'birkehaven', onCall: 'sanne' } as const
  await collections.oneTimes.insert({
    _id: deps.keys.mac('one-time', `case:${word}`),
    version: 1,
    opens,
    until: NOW + 99 * DAY,
    used: false,
  })
  for (const unknown of [word, 'x'.repeat(43), '', token.slice(1), `${token}x`, `${token.slice(0, 42)}/`, '$ne'])
    expect([await seeCase(deps, unknown), await answerCase(deps, unknown, true)]).toEqual([{ is: 'unknown' }, { is: 'unknown' }])
  expect(answers).toEqual([])
})

test('where nothing can be mailed no link is made; a letter that failed leaves its link, and a new try has the same', async () => {
  expect(await sendCase(deps, { ...ORDER, network: 'mothers' })).toBe('no-mail')
  expect(await sendCase(deps, { ...ORDER, network: 'nobody' })).toBe('no-mail')
  const { mail: _, ...withoutMail } = deps
  expect(await sendCase(withoutMail, ORDER)).toBe('no-mail')
  expect(await sendCase(deps, { ...ORDER, handoff: 'nothing' })).toBe('over')
  expect([letters, await links()]).toEqual([[], []])
  const failed = (letter: Letter): Promise<'failed'> => {
    letters.push(letter)
    return Promise.resolve('failed')
  }
  expect(await sendCase({ ...deps, mail: { send: failed } }, ORDER)).toBe('failed')
  const first = /case\/([\w-]{43})/.exec(letters[0]?.text ?? '')?.[1] ?? ''
  const second = await sendLink()
  expect(letters.map(({ id }) => id)).toEqual(['case:order', 'case:order'])
  expect(await seeCase(deps, second)).toMatchObject({ is: 'open' })
  expect(first).toBe(second)
})

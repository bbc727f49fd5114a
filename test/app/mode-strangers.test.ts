/** Trial on Messenger: the own team is answered, a stranger reads once that it is not open yet, and danger is never held back. */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { makeOneTime } from '../../src/app/one-times.js'
import { type Address, conversationId } from '../../src/app/ports.js'
import type { Event } from '../../src/core/types.js'
import { NO_LOAD } from '../../src/core/volunteer-types.js'
import { starterLibrary } from '../library.js'
import { AMINA, HASSAN, openStage, type Stage, says, until } from '../stage.js'

const library = await starterLibrary()
const AMINAS = conversationId(AMINA)
const NOT_OPEN = library.say('da', 'trial.not-open')
const DANGER = 'Min mand slår mig, hjælp'

let stage: Stage
let trial: boolean
let since: number
beforeEach(async () => {
  trial = true
  since = 0
  stage = await openStage({ library, trial: () => trial, trialSince: () => since, words: true })
})
afterEach(() => stage.close())

async function hear(event: Event, who: Address = AMINA): Promise<void> {
  await stage.turns.receive(who, event)
  await stage.settler.idle()
}
const texts = () => stage.sent.map(({ message }) => message.text)
const outcomes = async () =>
  (await stage.log(AMINAS)).map(({ effects, settle }) => [
    settle.state,
    effects.flatMap(({ type }, at) => (type === 'message' ? [settle.sent[at]?.reason ?? settle.sent[at]?.state] : [])),
  ])

test('a stranger reads once that it is not open; all they write is kept, and what is held back says so and stays unsent', async () => {
  await hear(says('Hvornår kommer vandet tilbage i min lejlighed?'))
  await hear(says('Hvordan søger jeg boligstøtte?'))
  expect(texts()).toEqual([NOT_OPEN])
  expect((await stage.log(AMINAS)).map(({ event }) => 'text' in event && event.text)).toEqual([
    'Hvornår kommer vandet tilbage i min lejlighed?',
    'Hvordan søger jeg boligstøtte?',
  ])
  const before = await outcomes()
  for (const [state, reasons] of before) {
    expect(state).toBe('done')
    expect(reasons).toContain('trial')
  }
  expect(before.flatMap(([, reasons]) => reasons).filter((reason) => reason !== 'trial')).toEqual(['sent'])
  // Live: nothing of before is sent, and whoever writes now is answered and told who answers.
  trial = false
  await stage.settler.takeOver()
  await stage.settler.idle()
  expect(texts()).toEqual([NOT_OPEN])
  await hear(says('Hvordan søger jeg boligstøtte?'))
  expect(texts().length).toBeGreaterThan(1)
  expect(texts().join()).toContain('Jeg er ikke et menneske.')
})

test('in the language of their words; in all where none is known', async () => {
  await hear(says('متى يعود الماء إلى شقتي من فضلكم؟'))
  expect(stage.sent.map(({ message }) => [message.language, message.text])).toEqual([['ar', library.say('ar', 'trial.not-open')]])
  const other = { ...AMINA, user: '7412365890999999' }
  await hear({ id: 'start', at: stage.time.now(), type: 'start' }, other)
  const all = texts().at(-1) ?? ''
  for (const { code } of library.languages) expect(all).toContain(library.say(code, 'trial.not-open'))
  expect(all.length).toBeLessThan(2000)
})

test('words of danger get the whole card, with 112 and the doctor, each time; the notice stands once between', async () => {
  await hear(says(DANGER))
  const roles = stage.sent.map(({ message }) => message.role ?? '')
  expect(roles.filter((role) => role === 'danger')).toHaveLength(1)
  const numbers = stage.sent.find(({ message }) => message.role === 'danger')?.message.phones?.map(({ number }) => number)
  expect(numbers?.slice(0, 2)).toEqual(['112', library.areas['demo']?.variables['doctor_phone']])
  expect(texts().filter((text) => text === NOT_OPEN)).toHaveLength(1)
  // The buttons of the card's last message stay in reach.
  expect(stage.sent.at(-1)?.message.quickReplies?.length).toBeGreaterThan(0)
  const first = stage.sent.length
  expect(await stage.collections.handoffs.find({}, { sort: ['_id'], limit: 9 })).toHaveLength(1)
  await hear(says(DANGER))
  expect(stage.sent.slice(first).filter(({ message }) => message.role === 'danger')).toHaveLength(1)
  expect(texts().filter((text) => text === NOT_OPEN)).toHaveLength(1)
})

test('whoever comes in by a one-time word is answered from then on; a wrong word opens nothing', async () => {
  let count = 0
  const ids = { next: () => createHash('sha256').update(String(++count)).digest().subarray(0, 16).toString('base64url') }
  const deps = { ...stage.collections, keys: stage.keys, ids, time: stage.time }
  await hear(says(await makeOneTime(deps, { what: 'coordinator', area: 'demo', onCall: 'sanne' })))
  expect(texts().join()).not.toContain(NOT_OPEN)
  const greeted = stage.sent.length
  expect(greeted).toBeGreaterThan(0)
  await hear(says('menu'))
  expect(stage.sent.length).toBeGreaterThan(greeted)
  // A volunteer of the file, too; one who signed up in the chat is a stranger still.
  const form = { network: 'n', alias: 'Farah', languages: ['da'], area: 'demo', tasks: ['talk'], hours: [] }
  const volunteer = { ...form, state: 'approved' as const, adult: true, vetting: [], load: NO_LOAD }
  await stage.collections.contacts.insert({ _id: 'volunteer:1', version: 1, applied: [], volunteer: { ...volunteer, file: '1' } })
  const farah = { ...AMINA, user: '7412365890111111' }
  await hear(says(await makeOneTime(deps, { what: 'volunteer', contact: 'volunteer:1' })), farah)
  await hear(says('menu'), farah)
  const before = stage.sent.length
  expect(texts().join()).not.toContain(NOT_OPEN)
  const stranger = { ...AMINA, user: '7412365890222222' }
  await hear(says('OPG-2222-3333'), stranger)
  await hear(says('menu'), stranger)
  expect(texts().slice(before)).toEqual([library.languages.map(({ code }) => library.say(code, 'trial.not-open')).join('\n\n')])
})

test.each([
  ['da', ['dansk', 'slet mig']],
  ['en', ['English', 'delete me']],
  ['ar', ['العربية', 'احذف بياناتي']],
] as const)(
  'who asks in %s to be erased is erased by that word, and told so: the question is nobody’s to read',
  async (language, words) => {
    for (const word of words) await hear(says(word))
    await until(async () => (await stage.log(AMINAS)).every(({ erased }) => erased))
    expect(stage.sent.at(-1)?.message).toMatchObject({ text: library.say(language, 'delete-me.done'), role: 'erased' })
    expect(stage.sent).toHaveLength(words.length)
    expect(await stage.collections.contacts.find({}, { sort: ['_id'], limit: 9 })).toEqual([])
    // Whoever writes next is somebody new.
    await hear(says('ja'))
    expect((await stage.log(AMINAS)).map(({ erased }) => erased).at(-1)).toBe(false)
  },
)

test.each(['slet mig', 'delete me', 'احذف بياناتي'])('%s as the first word: said in all languages, as none is known', async (word) => {
  await hear(says(word))
  const all = texts().join()
  for (const { code } of library.languages) expect(all).toContain(library.say(code, 'delete-me.done'))
  expect(all.length).toBeLessThan(2000)
})

test('a question that was read while it was live is no order to erase', async () => {
  trial = false
  await hear(says('dansk'))
  await hear(says('slet mig'))
  trial = true
  since = stage.time.now()
  await hear(says('Hvornår kommer vandet tilbage?'))
  expect((await stage.log(AMINAS)).map(({ erased }) => erased)).toEqual([false, false, false])
})

test('what was asked and not read is not answered: no request comes of a yes', async () => {
  await hear(says('dansk'))
  await hear(says('menu'))
  await hear(says('ja'))
  const log = await stage.log(AMINAS)
  expect(log.map(({ erased }) => erased)).toEqual([false, false, false])
  expect(log.at(-1)?.session).toMatchObject({ language: { code: 'da', chosen: true }, told: { notOpen: true } })
  expect(log.at(-1)?.session.told.disclosure).toBeUndefined()
  await hear(says('Jeg har brug for hjælp til at købe ind'))
  await hear(says('ja'))
  expect(await stage.collections.handoffs.find({}, { sort: ['_id'], limit: 9 })).toEqual([])
})

test('what waited when it went back to trial is not sent to a stranger; a danger card and what is for the own team is', async () => {
  trial = false
  const sanne = { ...AMINA, user: '7412365890444444' }
  stage.answerWith(({ conversation }) =>
    conversation.user === sanne.user
      ? { outcome: 'sent', platformId: 'm' }
      : { outcome: 'later', reason: 'outage', notBefore: stage.time.now() + 1000, hold: 'message' },
  )
  await hear(says('menu'), sanne)
  const own = (await stage.collections.conversations.get(conversationId(sanne)))?.contact ?? ''
  const coordinator = { areas: ['demo'] }
  const known = await stage.collections.contacts.get(own)
  if (known === undefined) await stage.collections.contacts.insert({ _id: own, version: 1, applied: [], coordinator })
  else await stage.collections.contacts.replace({ ...known, coordinator })
  await hear(says('dansk'))
  await hear(says(DANGER))
  stage.answerWith(() => ({ outcome: 'later', reason: 'outage', notBefore: stage.time.now() + 1000, hold: 'message' }))
  await hear(says('menu'), sanne)
  const before = stage.sent.length
  stage.time.advance(2000)
  trial = true
  since = stage.time.now()
  stage.answerWith(({ messageId }) => ({ outcome: 'sent', platformId: messageId }))
  await until(async () => (await stage.log(AMINAS)).every(({ settle }) => settle.state === 'done'))
  await until(async () => (await stage.log(conversationId(sanne))).every(({ settle }) => settle.state === 'done'))
  const [first, danger] = await stage.log(AMINAS)
  expect(Object.values(first?.settle.sent ?? {}).flatMap(({ reason }) => reason ?? [])).toEqual(expect.arrayContaining(['trial']))
  const after = stage.sent.slice(before)
  const aminas = after.filter(({ conversation }) => conversation.user === AMINA.user)
  expect(aminas.map(({ message }) => message.role)).toContain('danger')
  expect(aminas.every(({ messageId }) => messageId.startsWith(`${danger?._id}.`))).toBe(true)
  expect(after.some(({ conversation }) => conversation.user === sanne.user)).toBe(true)
})

test('what another instance decided before it knew of the trial is not sent later; that it is not open is', async () => {
  const away = () => stage.answerWith(() => ({ outcome: 'later', reason: 'outage', notBefore: stage.time.now() + 1000, hold: 'message' }))
  trial = false
  away()
  await hear(says('Hvordan søger jeg boligstøtte?'))
  const before = stage.sent.length
  since = stage.time.now() - 500
  trial = true
  stage.answerWith(({ messageId }) => ({ outcome: 'sent', platformId: messageId }))
  stage.time.advance(2000)
  await until(async () => (await stage.log(AMINAS)).every(({ settle }) => settle.state === 'done'))
  expect((await outcomes()).flatMap(([, reasons]) => reasons)).toContain('trial')
  expect(stage.sent.slice(before).every(({ message }) => message.role === 'notice')).toBe(true)
  const waited = stage.sent.length
  away()
  await hear(says('Hvornår kommer vandet tilbage?'))
  stage.answerWith(({ messageId }) => ({ outcome: 'sent', platformId: messageId }))
  stage.time.advance(2000)
  await until(async () => (await stage.log(AMINAS)).every(({ settle }) => settle.state === 'done'))
  expect(texts().slice(waited)).toContain(NOT_OPEN)
})

test('the web page is open, trial or not', async () => {
  await hear(says('dansk'), HASSAN)
  const [turn] = await stage.log(conversationId(HASSAN))
  expect(JSON.stringify(turn?.effects)).not.toContain(NOT_OPEN)
  expect(turn?.settle.sent).not.toEqual(expect.objectContaining({ 0: expect.objectContaining({ reason: 'trial' }) }))
})

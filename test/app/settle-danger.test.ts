/** A danger card does not wait for what waits to be sent in its conversation. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { conversationId, type SendOrder } from '../../src/app/ports.js'
import type { Danger } from '../../src/core/danger.js'
import type { Library } from '../../src/core/library.js'
import { starterLibrary } from '../library.js'
import { AMINA, openStage, type Stage, says, until } from '../stage.js'

const CARD: Danger = { kind: 'illness', certainty: 'sure', language: 'da' }
const library: Library = { ...(await starterLibrary()), danger: (text) => (text === 'fare' ? CARD : undefined) }
const AMINAS = conversationId(AMINA)
let stage: Stage
beforeEach(async () => {
  stage = await openStage({ library })
})
afterEach(() => stage.close())

const roles = () => stage.sent.map(({ message }) => message.role)
const sendAll = () => stage.answerWith(({ messageId }: SendOrder) => ({ outcome: 'sent', platformId: messageId }))
const allDone = async () => (await stage.log(AMINAS)).every(({ settle }) => settle.state === 'done')

test('it goes while an earlier message waits for its echo, and everything is sent once', async () => {
  stage.answerWith(() => ({ outcome: 'unknown', reason: 'timeout' }))
  await stage.turns.receive(AMINA, says('dansk'))
  await until(() => stage.sent.length === 1 && stage.time.sleepers() === 2)
  sendAll()
  await stage.turns.receive(AMINA, says('fare'))
  await until(() => roles().includes('danger'))
  expect((await stage.log(AMINAS))[0]?.settle.state).toBe('open')
  await stage.turns.receive(AMINA, says('menu'))
  await stage.settler.echo(stage.sent[0]?.messageId ?? '', 'm_echo')
  await until(allDone)
  const ids = stage.sent.map(({ messageId }) => messageId)
  expect(ids).toHaveLength(new Set(ids).size)
  const wanted = (await stage.log(AMINAS)).flatMap(({ _id, effects }) =>
    effects.flatMap(({ type }, index) => (type === 'message' ? [`${_id}.${index}`] : [])),
  )
  expect(ids.toSorted()).toEqual(wanted.toSorted())
})

test('it goes while an earlier message is tried again later', async () => {
  stage.answerWith(() => ({ outcome: 'later', reason: 'retry', notBefore: stage.time.now() + 60_000, hold: 'message' }))
  await stage.turns.receive(AMINA, says('dansk'))
  await stage.settler.idle()
  sendAll()
  await stage.turns.receive(AMINA, says('fare'))
  await stage.settler.idle()
  const [first, danger] = await stage.log(AMINAS)
  expect(danger?.settle.state).toBe('done')
  expect(first?.settle.state).toBe('open')
  expect(roles()[1]).toBe('danger')
  stage.time.advance(61_000)
  await until(allDone)
})

test('another life sends it before what waited longer, once', async () => {
  stage.answerWith(() => ({ outcome: 'later', reason: 'retry', notBefore: stage.time.now() + 60_000, hold: 'message' }))
  await stage.turns.receive(AMINA, says('dansk'))
  await stage.turns.receive(AMINA, says('fare'))
  await stage.settler.idle()
  const { store, time } = stage
  const next = await openStage({ library, store, time })
  await next.settler.takeOver()
  await until(async () => (await next.log(AMINAS))[1]?.settle.state === 'done')
  expect((await next.log(AMINAS))[0]?.settle.state).toBe('open')
  expect(next.sent.filter(({ message }) => message.role === 'danger')).toHaveLength(1)
  await next.close()
})

test('an erasure drops a card that waits', async () => {
  stage.answerWith(() => ({ outcome: 'later', reason: 'retry', notBefore: stage.time.now() + 60_000, hold: 'message' }))
  await stage.turns.receive(AMINA, says('dansk'))
  await stage.turns.receive(AMINA, says('fare'))
  await stage.settler.idle()
  const tried = stage.sent.length
  await stage.turns.receive(AMINA, { id: 'erase:1', at: stage.time.now(), type: 'erase' })
  await until(async () => (await stage.log(AMINAS)).every(({ settle }) => settle.state === 'done'))
  expect(stage.sent).toHaveLength(tried)
  expect(await stage.collections.handoffs.count({})).toEqual([{ by: [], count: 0 }])
})

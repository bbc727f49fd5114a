import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { conversationId, type SendOrder } from '../../src/app/ports.js'
import { starterLibrary } from '../library.js'
import { AMINA, openStage, type Stage, says, until } from '../stage.js'

const library = await starterLibrary()
const AMINAS = conversationId(AMINA)
let stage: Stage
beforeEach(async () => {
  stage = await openStage({ library })
})
afterEach(() => stage.close())

const states = async () => (await stage.log(AMINAS)).flatMap(({ settle }) => Object.values(settle.sent).map(({ state }) => state))

test("a sent message is noted with the platform's id, in one write", async () => {
  await stage.turns.receive(AMINA, says('dansk'))
  await stage.settler.idle()
  const [turn] = await stage.log(AMINAS)
  expect(turn?.settle).toMatchObject({ state: 'done', by: '' })
  expect(turn?.version).toBe(2)
  const ids = Object.values(turn?.settle.sent ?? {}).flatMap(({ platformId }) => (platformId === undefined ? [] : [platformId]))
  expect(ids).toEqual(stage.sent.map(({ messageId }) => `m_${messageId}`))
})

test('what must wait holds its conversation and goes when its time has come, in order', async () => {
  stage.answerWith(() => ({ outcome: 'later', reason: 'retry', notBefore: stage.time.now() + 60_000, hold: 'message' }))
  await stage.turns.receive(AMINA, says('dansk'))
  await stage.turns.receive(AMINA, says('menu'))
  await stage.settler.idle()
  expect(stage.sent).toHaveLength(1)
  stage.answerWith((order: SendOrder) => ({ outcome: 'sent', platformId: order.messageId }))
  stage.time.advance(59_000)
  await stage.settler.idle()
  expect(stage.sent).toHaveLength(1)
  stage.time.advance(2_000)
  await until(async () => (await stage.log(AMINAS)).every(({ settle }) => settle.state === 'done'))
  const turns = await stage.log(AMINAS)
  expect(stage.sent.slice(1).map(({ messageId }) => messageId.split('.')[0])).toEqual(
    turns.flatMap(({ _id, effects }) => effects.filter(({ type }) => type === 'message').map(() => _id)),
  )
})

test('a message that may go in a moment is not tried again before others had a moment', async () => {
  let tries = 0
  stage.answerWith((order: SendOrder) =>
    ++tries > 1000
      ? { outcome: 'sent', platformId: order.messageId }
      : { outcome: 'later', reason: 'rate', notBefore: stage.time.now(), hold: 'brief' },
  )
  await stage.turns.receive(AMINA, says('dansk'))
  await stage.settler.idle()
  expect(tries).toBe(1)
  stage.time.advance(500)
  await until(() => tries > 1)
  await stage.settler.idle()
  expect(tries).toBe(2)
})

describe('the last word of an erasure', () => {
  const erases = async () => {
    await stage.turns.receive(AMINA, says('dansk'))
    await stage.turns.receive(AMINA, says('slet mig'))
    await stage.settler.idle()
    const before = stage.sent.length
    return async () => {
      await stage.turns.receive(AMINA, says('ja'))
      return () => stage.sent.slice(before).map(({ message }) => message.role)
    }
  }
  const later = (hold: 'brief' | 'page') =>
    stage.answerWith(() => ({ outcome: 'later', reason: 'rate', notBefore: stage.time.now() + 1, hold }))
  const isErased = async () => (await stage.log(AMINAS)).every(({ erased }) => erased)

  test('waits while the rate is spent, and is sent before all is erased', async () => {
    const yes = await erases()
    later('brief')
    const words = await yes()
    await stage.settler.idle()
    expect([words(), await isErased()]).toEqual([['erased'], false])
    stage.answerWith((order: SendOrder) => ({ outcome: 'sent', platformId: order.messageId }))
    stage.time.advance(500)
    await until(isErased)
    expect(words()).toEqual(['erased', 'erased'])
  })

  test.each(['brief', 'page'] as const)('puts the erasure off for a minute at most (%s)', async (hold) => {
    const yes = await erases()
    later(hold)
    await yes()
    await stage.settler.idle()
    expect(await isErased()).toBe(hold === 'page')
    for (let seconds = 0; seconds < 61; seconds++) {
      stage.time.advance(1000)
      await stage.settler.idle()
    }
    await until(isErased)
  })
})

test('an unknown outcome waits for its echo and is not sent again when it comes', async () => {
  stage.answerWith(() => ({ outcome: 'unknown', reason: 'timeout' }))
  await stage.turns.receive(AMINA, says('👋'))
  await until(() => stage.sent.length === 1 && stage.time.sleepers() === 2)
  await stage.settler.echo(stage.sent[0]?.messageId ?? '', 'm_echo')
  await stage.settler.idle()
  expect(stage.sent).toHaveLength(1)
  expect((await stage.log(AMINAS))[0]?.settle.sent[0]).toMatchObject({ state: 'sent', platformId: 'm_echo' })
})

test('an unknown outcome without an echo is sent once more, then listed for staff', async () => {
  stage.answerWith(() => ({ outcome: 'unknown', reason: 'timeout' }))
  await stage.turns.receive(AMINA, says('👋'))
  await until(() => stage.sent.length === 1 && stage.time.sleepers() === 2)
  stage.time.advance(10_000)
  await until(() => stage.sent.length === 2)
  expect(await states()).toEqual(['again'])
  await until(() => stage.time.sleepers() === 2)
  stage.time.advance(10_000)
  await stage.settler.idle()
  expect(stage.sent).toHaveLength(2)
  expect(await states()).toEqual(['listed'])
})

test('after a crash, what has an echo is not sent again and what has none is sent once more', async () => {
  stage.answerWith(() => new Promise(() => undefined))
  await stage.turns.receive(AMINA, says('👋'))
  await until(() => stage.sent.length === 1)
  const { dir, time } = stage
  // The process dies here: nothing is closed in order but the file, whose lock the system would free.
  await stage.store.close()
  const next = await openStage({ library, dir, time })
  await next.settler.takeOver()
  await until(() => time.sleepers() >= 2)
  expect(next.sent).toHaveLength(0)
  time.advance(10_000)
  await next.settler.idle()
  expect(next.sent.map(({ messageId }) => messageId)).toEqual(stage.sent.map(({ messageId }) => messageId))
  const [turn] = await next.log(AMINAS)
  expect(turn?.settle).toMatchObject({ state: 'done', sent: { 0: { state: 'sent' } } })
  stage = next
})

test('a refusal is final, noted with its reason, and the next message goes', async () => {
  stage.answerWith(() => ({ outcome: 'refused', reason: 'recipient_unavailable' }))
  await stage.turns.receive(AMINA, says('dansk'))
  await stage.settler.idle()
  const [turn] = await stage.log(AMINAS)
  const refused = Object.values(turn?.settle.sent ?? {}).filter(({ state }) => state === 'refused')
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.every(({ reason }) => reason === 'recipient_unavailable')).toBe(true)
  expect(turn?.settle.state).toBe('done')
})

test('what was only held is sent after any number of restarts, without waiting for an echo', async () => {
  const held = () => ({ outcome: 'later' as const, reason: 'config', notBefore: stage.time.now() + 300_000, hold: 'message' as const })
  stage.answerWith(held)
  await stage.turns.receive(AMINA, says('dansk'))
  await stage.turns.receive(AMINA, says('menu'))
  await stage.settler.idle()
  const { dir, time } = stage
  for (let life = 0; life < 3; life++) {
    await stage.settler.close()
    await stage.store.close()
    stage = await openStage({ library, dir, time })
    if (life < 2) stage.answerWith(held)
    await stage.settler.takeOver()
    if (life < 2) await until(() => stage.sent.length === 1)
    await stage.settler.idle()
  }
  const turns = await stage.log(AMINAS)
  expect(
    turns.every(
      ({ settle }) => settle.state === 'done' && Object.values(settle.sent).every(({ state }) => state === 'sent' || state === 'applied'),
    ),
  ).toBe(true)
  const wanted = turns.flatMap(({ _id, effects }) => effects.flatMap(({ type }, index) => (type === 'message' ? [`${_id}.${index}`] : [])))
  expect(stage.sent.map(({ messageId }) => messageId)).toEqual(wanted)
})

test('an echo that was acknowledged is on the disk: after a crash the message is not sent again', async () => {
  stage.answerWith(() => new Promise(() => undefined))
  await stage.turns.receive(AMINA, says('👋'))
  await until(() => stage.sent.length === 1)
  await stage.settler.echo(stage.sent[0]?.messageId ?? '', 'm_echo')
  const { dir, time } = stage
  await stage.store.close()
  const next = await openStage({ library, dir, time })
  await next.settler.takeOver()
  await next.settler.idle()
  expect(next.sent).toHaveLength(0)
  expect((await next.log(AMINAS))[0]?.settle).toMatchObject({ state: 'done', sent: { 0: { state: 'sent', platformId: 'm_echo' } } })
  stage = next
})

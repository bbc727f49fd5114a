import { describe, expect, test } from '@jest/globals'
import { freePort } from '../../e2e/product.js'
import type { StubAnswer } from '../../graph-stub.js'
import { APP, cases, config, PAGE, USER } from './messenger-test-kit.js'
import { failing, from, order, SHORT_MS, senderRig } from './sender-rig.js'

const rig = senderRig()

describe('an error of Meta', () => {
  const expected: Readonly<Record<string, object>> = {
    config: { outcome: 'later', reason: 'config' },
    circuit_open: { outcome: 'later', reason: 'circuit' },
    permanent: { outcome: 'refused', reason: 'window_closed' },
    handoff: { outcome: 'refused', reason: 'thread_owned' },
    recipient_unavailable: { outcome: 'refused', reason: 'recipient_unavailable' },
    retry: { outcome: 'later', reason: 'retry' },
    unknown_outcome: { outcome: 'unknown' },
  }
  test.each(cases<{ response: { http_status?: number; body?: object }; expect: { class: string } }>('send-error'))(
    '%s',
    async (_, { response, expect: wanted }) => {
      if (response.body === undefined) rig.build({}, SHORT_MS)
      rig.stub.answerWith(() => (response.body === undefined ? 'hang' : { status: response.http_status ?? 400, body: response.body }))
      expect(await rig.sender.send(order())).toMatchObject(expected[wanted.class] ?? { outcome: 'a class without a row' })
    },
  )

  test.each<[string, StubAnswer]>([
    ['HTML of a server between us', { status: 502, body: '<html>' }],
    ['an empty answer', { status: 200, body: '' }],
    ['no answer in time', 'hang'],
    ['a connection cut after the request', 'reset'],
    ['a connection cut inside the answer', 'half'],
    ['a redirect', { status: 302, body: '', headers: { location: '/v26.0/elsewhere' } }],
  ])('%s leaves it unknown', async (_, answer) => {
    if (answer === 'hang') rig.build({}, SHORT_MS)
    rig.stub.answerWith(() => answer)
    expect(await rig.sender.send(order())).toEqual({ outcome: 'unknown', reason: 'unknown' })
    expect(rig.stub.requests.length).toBe(1)
  })

  test('a server that is not there was given nothing', async () => {
    rig.build({ graphApiUrl: `http://127.0.0.1:${await freePort()}/v26.0` })
    expect(await rig.sender.send(order())).toEqual({ outcome: 'later', reason: 'retry', notBefore: rig.now + 750, hold: 'message' })
    expect(await rig.sender.send(order())).toEqual({ outcome: 'later', reason: 'retry', notBefore: rig.now + 1500, hold: 'message' })
  })

  test('while something else answers in place of Meta no message is given to it', async () => {
    rig.stub.answerWith(() => ({ status: 200, body: '<html>Be back soon</html>' }))
    for (let times = 0; times < 5; times++) await rig.sender.send(order({}, { messageId: `Turn.${times}` }))
    const before = rig.stub.messages().length
    for (let probe = 0; probe < 3; probe++) {
      rig.now += 70_000
      expect(await rig.sender.send(order())).toMatchObject({ outcome: 'later', hold: 'page' })
    }
    expect(rig.stub.messages().length).toBe(before)
    rig.stub.reset()
    rig.now += 70_000
    expect(await rig.sender.send(order())).toMatchObject({ outcome: 'sent' })
  })

  test('neither words nor tokens nor people are logged', async () => {
    for (const code of [190, 2, 551, 368, 100]) {
      rig.build()
      rig.stub.answerWith(() => failing(code))
      await rig.sender.send(order({ text: 'hemmelige ord' }))
      expect(rig.log.lines.length).toBeGreaterThan(0)
      expect(JSON.stringify(rig.log.lines)).not.toMatch(new RegExp(`hemmelige|${config.pages.get(PAGE)}|${USER}|${APP.secret}`))
    }
  })

  test('a pause before a try doubles, and 1/99 is given up after three', async () => {
    rig.stub.answerWith(() => failing(1, 99))
    const pauses: unknown[] = []
    for (let times = 0; times < 4; times++) {
      const outcome = await rig.sender.send(order())
      pauses.push(outcome.outcome === 'later' ? outcome.notBefore - rig.now : outcome)
    }
    expect(pauses).toEqual([750, 1500, 3000, { outcome: 'refused', reason: 'permanent' }])
  })

  test('a bad token stops the page, says so once, keeps the messages, and one probe resumes it', async () => {
    rig.stub.answerWith(() => failing(190, 460))
    await rig.sender.send(order())
    await rig.sender.send(order({}, { messageId: 'Turn.1', conversation: from('2') }))
    expect([rig.stub.requests.length, rig.log.lines.filter(({ level }) => level === 'error').length]).toEqual([1, 1])
    rig.stub.answerWith(() => undefined)
    rig.now += 300_000
    expect(await rig.sender.send(order())).toMatchObject({ outcome: 'sent' })
    expect(await rig.sender.send(order({}, { messageId: 'Turn.1', conversation: from('2') }))).toMatchObject({ outcome: 'sent' })
  })

  test('another page is not held by it', async () => {
    rig.stub.answerWith(({ page }) => (page === PAGE ? failing(368) : undefined))
    await rig.sender.send(order())
    const conversation = from(USER, APP.pages[1] ?? '')
    expect(await rig.sender.send(order({}, { conversation }))).toMatchObject({ outcome: 'sent' })
  })

  test('613/2018338 cools down one person only', async () => {
    rig.stub.answerWith(({ body }) => ((body['recipient'] as { id: string }).id === USER ? failing(613, 2018338) : undefined))
    expect(await rig.sender.send(order())).toEqual({ outcome: 'later', reason: 'cool_down', notBefore: rig.now + 60_000, hold: 'message' })
    expect(await rig.sender.send(order({}, { conversation: from('2') }))).toMatchObject({ outcome: 'sent' })
  })

  test('when another app has the thread the bot hears that it is taken', async () => {
    rig.stub.answerWith(() => failing(10, 2018300))
    await rig.sender.send(order())
    expect(rig.heard).toEqual([{ id: `owned:${PAGE}:Turn.0`, at: rig.now, type: 'control', control: 'taken', by: 'app' }])
  })

  test('a page near its limit is slowed', async () => {
    rig.stub.answerWith(() => ({
      status: 200,
      body: { message_id: 'm' },
      headers: { 'x-business-use-case-usage': `{"${PAGE}":[{"type":"messenger","call_count":96}]}` },
    }))
    const outcomes: string[] = []
    for (let user = 0; user < 5; user++) outcomes.push((await rig.sender.send(order({}, { conversation: from(String(user)) }))).outcome)
    expect(outcomes).toEqual(['sent', 'sent', 'sent', 'sent', 'later'])
  })
})

describe('a message in parts that breaks off', () => {
  const text = `${'a'.repeat(1999)}. ${'b'.repeat(1999)}. c`

  test('goes on with the part that failed', async () => {
    rig.stub.answerWith((_, index) => (index === 1 ? failing(2) : undefined))
    expect(await rig.sender.send(order({ text }))).toMatchObject({ outcome: 'later' })
    expect(await rig.sender.send(order({ text }))).toMatchObject({ outcome: 'sent' })
    expect(rig.initials()).toBe('abbc')
  })

  test('leaves out a part whose echo came', async () => {
    rig.stub.answerWith((_, index) => (index === 1 ? 'reset' : undefined))
    expect(await rig.sender.send(order({ text }))).toMatchObject({ outcome: 'unknown' })
    rig.adapter.noteEcho('Turn.0', 1)
    expect(await rig.sender.send(order({ text }))).toMatchObject({ outcome: 'sent' })
    expect(rig.initials()).toBe('abc')
  })
})

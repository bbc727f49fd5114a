/** Bot Framework's own web client against our server. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Activity } from 'botframework-directlinejs'
import { type ClientOptions, ConnectionStatus, connectClient, type DirectLineClient } from '../../directline-client.js'
import { startWebChat, type WebChat } from './web-chat-server.js'

let chat: WebChat
const clients: DirectLineClient[] = []

beforeEach(async () => {
  chat = await startWebChat()
})

afterEach(async () => {
  for (const client of clients.splice(0)) client.end()
  await chat.close()
})

function connect(options: Partial<ClientOptions> & { webSocket: boolean }): DirectLineClient {
  const client = connectClient({ domain: `${chat.origin}/directline`, ...options })
  clients.push(client)
  return client
}

const texts = (activities: readonly Activity[]) => activities.map((activity) => ('text' in activity ? activity.text : activity.type))
const mine = (id: string, text: string) => ({ type: 'message', text, channelData: { clientActivityID: id } })

describe.each([
  ['stream', true],
  ['polling', false],
])('%s', (_name, webSocket) => {
  test('starts, is greeted, writes and is answered', async () => {
    const client = connect({ webSocket })
    await client.count(1)
    const id = await client.post(mine('first', 'Hej'))
    const received = await client.count(4)
    expect(texts(received)).toEqual(['Velkommen', 'Hej', 'ekko: Hej', 'mere?'])
    expect(received[1]).toMatchObject({ id, from: { role: 'user' }, channelData: { clientActivityID: 'first' } })
    expect(received[2]).toMatchObject({ replyToId: id, from: { name: 'Gellerup', role: 'bot' } })
  })

  test('a tapped button is the action it carries', async () => {
    const client = connect({ webSocket })
    const [welcome] = await client.count(1)
    const [button] = welcome?.type === 'message' ? (welcome.suggestedActions?.actions ?? []) : []
    await client.post({ type: 'message', text: button?.title, value: button && 'value' in button ? button.value : undefined })
    expect(texts(await client.count(3))).toEqual(['Velkommen', 'Menu', 'valgt: command'])
  })

  test('goes on behind its watermark in another client', async () => {
    const first = connect({ webSocket })
    await first.count(1)
    const [conversationId, watermark] = [first.conversationId(), first.watermark()]
    first.end()
    chat.store.commit(`web:${conversationId}`, { type: 'message', id: `web:${conversationId}:away`, at: 0, text: 'imens' })
    const { body } = await chat.call('POST', '/directline/tokens/refresh', { token: await tokenOf(conversationId) })
    const second = connect({ webSocket, conversationId, watermark, token: body['token'] ?? '' })
    expect(texts(await second.count(3))).toEqual(['imens', 'ekko: imens', 'mere?'])
  })

  test('opens what tokens/generate promised, under the path of the public service too', async () => {
    const { body } = await chat.call('POST', '/v3/directline/tokens/generate')
    const client = connect({ webSocket, domain: `${chat.origin}/directline/v3/directline`, token: body['token'] ?? '' })
    expect(texts(await client.count(1))).toEqual(['Velkommen'])
    expect(client.conversationId()).toBe(body['conversationId'])
  })

  test('two clients of one conversation hear the same', async () => {
    const first = connect({ webSocket })
    await first.count(1)
    const second = connect({ webSocket, conversationId: first.conversationId(), token: await tokenOf(first.conversationId()) })
    await second.count(1)
    await first.post(mine('a', 'Hej'))
    expect(texts(await second.count(4))).toEqual(texts(await first.count(4)))
  })
})

test('a client whose token has grown old is told so', async () => {
  const client = connect({ webSocket: false })
  await client.count(1)
  chat.time.advance(30 * 60_000)
  await client.status(ConnectionStatus.ExpiredToken)
})

test('a client of a conversation that was never opened is told that it has ended', async () => {
  const { body } = await chat.call('POST', '/directline/tokens/generate')
  const client = connect({ webSocket: true, conversationId: body['conversationId'] ?? '', token: body['token'] ?? '' })
  await client.status(ConnectionStatus.FailedToConnect)
})

/** A token as the server would give it for the asking: by opening what exists. */
async function tokenOf(conversationId: string): Promise<string> {
  const { issueToken } = await import('../../../src/bot/directline/token.js')
  const { keys } = await import('./web-chat-server.js')
  return issueToken(conversationId, keys, chat.time.now())
}

import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type ClientOptions, WebSocket } from 'ws'
import { issueToken } from '../../../src/bot/directline/token.js'
import { keys, startWebChat, type WebChat } from './web-chat-server.js'

let chat: WebChat
let streams: Stream[] = []

beforeEach(async () => {
  chat = await startWebChat()
  await chat.store.open('c1', '')
})
afterEach(async () => {
  for (const { socket } of streams) socket.terminate()
  streams = []
  await chat.close()
})

interface Stream {
  readonly socket: WebSocket
  readonly frames: string[]
  readonly closed: Promise<number>
  /** All texts, once there are `count`. */
  texts(count: number): Promise<string[]>
}

const WIRE = { token: () => issueToken('c1', keys, chat.time.now()) }

function connect(watermark = '', options: ClientOptions = {}): Stream {
  const url = `${chat.origin.replace('http', 'ws')}/directline/conversations/c1/stream?watermark=${watermark}&t=${WIRE.token()}`
  const socket = new WebSocket(url, options)
  const frames: string[] = []
  socket.on('message', (data: Buffer) => frames.push(data.toString()))
  socket.on('error', () => socket.terminate())
  const closed = once(socket, 'close').then(([code]) => Number(code))
  const stream: Stream = { socket, frames, closed, texts: (count) => textsOf(socket, frames, count) }
  streams.push(stream)
  return stream
}

async function textsOf(socket: WebSocket, frames: readonly string[], count: number): Promise<string[]> {
  for (;;) {
    const texts = frames.filter(Boolean).flatMap((frame) => JSON.parse(frame).activities.map(({ text }: { text: string }) => text))
    if (texts.length >= count) return texts
    await once(socket, 'message')
  }
}

function say(text: string, told = true): void {
  chat.store.commit('web:c1', { type: 'message', id: `web:c1:${text}`, at: 0, text }, told)
}

/** What three activities a said text becomes. */
const said = (...texts: string[]) => texts.flatMap((text) => [text, `ekko: ${text}`, 'mere?'])

describe('nothing is missed and nothing comes twice', () => {
  test('history in pages, then live', async () => {
    const names = Array.from({ length: 120 }, (_, n) => `n${n}`)
    for (const name of names) say(name)
    const stream = connect()
    expect(await stream.texts(360)).toEqual(said(...names))
    say('live')
    expect(await stream.texts(363)).toEqual(said(...names, 'live'))
    expect(JSON.parse(stream.frames.at(-1) ?? '').watermark).toBe('121.3')
  })

  test('what is committed while the history is being read', async () => {
    say('before')
    let release = (): void => undefined
    chat.store.gate = new Promise((resolve) => {
      release = resolve
    })
    const stream = connect()
    await once(stream.socket, 'open')
    say('while')
    say('reading')
    release()
    expect(await stream.texts(9)).toEqual(said('before', 'while', 'reading'))
    say('after')
    expect(await stream.texts(12)).toEqual(said('before', 'while', 'reading', 'after'))
  })

  test('a turn this instance was not told of comes with the next one, in order', async () => {
    const stream = connect()
    say('first')
    await stream.texts(3)
    say('elsewhere', false)
    say('here')
    expect(await stream.texts(9)).toEqual(said('first', 'elsewhere', 'here'))
  })

  test('a turn that is told again, or late, is not shown again', async () => {
    const stream = connect()
    say('first')
    await stream.texts(3)
    say('elsewhere', false)
    say('here')
    await stream.texts(9)
    for (const turn of chat.store.turns) chat.store.tell(turn)
    say('last')
    expect(await stream.texts(12)).toEqual(said('first', 'elsewhere', 'here', 'last'))
  })

  test('a stream goes on within a turn', async () => {
    say('first')
    expect(await connect('1.0').texts(2)).toEqual(['ekko: first', 'mere?'])
  })

  test('two streams of one conversation hear the same', async () => {
    const [one, two] = [connect(), connect()]
    await Promise.all([once(one.socket, 'open'), once(two.socket, 'open')])
    say('both')
    expect(await one.texts(3)).toEqual(await two.texts(3))
  })
})

describe('who may listen', () => {
  const ask = (path: string, headers = {}) => {
    return new Promise<{ status: number | undefined; body: string }>((resolve) => {
      const socket = new WebSocket(`${chat.origin.replace('http', 'ws')}${path}`, { headers })
      socket.on('open', () => {
        socket.terminate()
        resolve({ status: 101, body: '' })
      })
      socket.on('error', () => resolve({ status: undefined, body: '' }))
      socket.on('unexpected-response', (_request, response) => {
        response.setEncoding('utf8').on('data', (body: string) => resolve({ status: response.statusCode, body }))
      })
    })
  }

  test('a token in the address or in the header, for each path', async () => {
    const token = WIRE.token()
    for (const base of ['/directline', '/v3/directline', '/directline/v3/directline']) {
      expect((await ask(`${base}/conversations/c1/stream?t=${token}`)).status).toBe(101)
    }
    expect((await ask('/directline/conversations/c1/stream', { Authorization: `Bearer ${token}` })).status).toBe(101)
  })

  test('no token, a forged one, an old one, another conversation', async () => {
    const token = WIRE.token()
    expect(await ask('/directline/conversations/c1/stream')).toMatchObject({ status: 401, body: expect.stringContaining('MissingToken') })
    expect((await ask(`/directline/conversations/c1/stream?t=${token}x`)).status).toBe(403)
    expect((await ask(`/directline/conversations/c2/stream?t=${token}`)).status).toBe(403)
    chat.time.advance(30 * 60_000)
    const old = await ask(`/directline/conversations/c1/stream?t=${token}`)
    expect(old).toMatchObject({ status: 403, body: expect.stringContaining('TokenExpired') })
  })

  test('other upgrades are left to others', async () => {
    expect((await ask(`/other/conversations/c1/stream?t=${WIRE.token()}`)).status).toBeUndefined()
  })
})

describe('sockets end', () => {
  test('the oldest, when a sixth is opened', async () => {
    const oldest = connect()
    await once(oldest.socket, 'open')
    for (let n = 0; n < 4; n += 1) await once(connect().socket, 'open')
    expect(oldest.socket.readyState).toBe(WebSocket.OPEN)
    await once(connect().socket, 'open')
    expect(await oldest.closed).toBe(1013)
  })

  test('one that does not answer a ping before the next; the others hear that the line is alive', async () => {
    const [well, gone] = [connect(), connect('', { autoPong: false })]
    await Promise.all([once(well.socket, 'open'), once(gone.socket, 'open')])
    const pinged = [once(well.socket, 'ping'), once(well.socket, 'message'), once(gone.socket, 'ping')]
    chat.time.advance(20_000)
    await Promise.all(pinged)
    expect(well.frames).toEqual([''])
    // The pong travels behind the ping that answers this one, so it has arrived when the answer has.
    const answered = once(well.socket, 'pong')
    well.socket.ping()
    await answered
    chat.time.advance(20_000)
    expect(await gone.closed).toBe(1006)
    say('still here')
    expect(await well.texts(3)).toEqual(said('still here'))
  })

  test('one that reads too slowly', async () => {
    const slow = connect()
    await once(slow.socket, 'open')
    say('x')
    await slow.texts(3)
    slow.socket.pause()
    const long = 'x'.repeat(100_000)
    for (let n = 0; n < 300; n += 1) say(`${n}${long}`)
    expect(chat.logged).toContainEqual(['stream dropped: its client reads too slowly'])
    slow.socket.resume()
    expect(await slow.closed).toBe(1006)
  })

  test('one whose history cannot be read, so that it comes again', async () => {
    chat.store.down = true
    expect(await connect().closed).toBe(1013)
  })

  test('one that sends more than keep-alives', async () => {
    const stream = connect()
    await once(stream.socket, 'open')
    stream.socket.send('')
    stream.socket.send('x'.repeat(2000))
    expect(await stream.closed).toBe(1009)
  })

  test('all, when the server stops', async () => {
    const stream = connect()
    await once(stream.socket, 'open')
    await chat.close()
    expect(await stream.closed).toBe(1001)
  })
})

import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { WebSocket } from 'ws'
import type { Received } from '../../src/web/chat/activity.js'
import { DirectLine, type Wire } from '../../src/web/chat/directline-client.js'
import { readGrant } from '../../src/web/chat/session.js'
import { type StubServer, startStub } from './stub-server.js'

let stub: StubServer
let line: DirectLine
let heard: Received[]
/** What the client told its page besides messages: `open`, `lost`, `denied`. */
let told: string[]
let waiters: (() => void)[]

beforeEach(() => open())

async function open(options: { expiresIn?: number } = {}): Promise<void> {
  stub = await startStub({ pages: 'nowhere', ...options })
  ;[heard, told, waiters] = [[], [], []]
  const response = await fetch(`${stub.url}/directline/session`, { method: 'POST' })
  const grant = readGrant(await response.json())
  if (grant === undefined) throw new Error('the stub gave no grant')
  const note = (word: string): void => {
    told.push(word)
    wakeWaiters()
  }
  line = new DirectLine(
    grant,
    {
      received: (items) => {
        heard.push(...items)
        wakeWaiters()
      },
      line: (open) => note(open ? 'open' : 'lost'),
      denied: () => note('denied'),
    },
    wire(),
  )
  line.start()
}

async function close(): Promise<void> {
  line.close()
  await stub.close()
}

afterEach(close)

/** Short waits of the client pass a hundred times faster; those of minutes do not come to pass. */
function wire(): Wire {
  return {
    request: (path, init) => fetch(`${stub.url}${path}`, init),
    openSocket: (url) => {
      const { pathname, search } = new URL(url)
      return new WebSocket(`${stub.url.replace('http', 'ws')}${pathname}${search}`) as unknown as globalThis.WebSocket
    },
    after: (ms, run) => {
      const timer = setTimeout(run, ms < 60_000 ? ms / 100 : ms)
      return () => clearTimeout(timer)
    },
    random: () => 0,
    locale: 'ar-SY',
  }
}

function wakeWaiters(): void {
  for (const wake of waiters.splice(0)) wake()
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise<void>((resolve) => waiters.push(resolve))
}

const texts = (): string[] => heard.flatMap((item) => (item.kind === 'typing' ? [] : item.text))
const post = (clientId: string, text: string) => line.post({ clientId, text, at: 0 })

test('what was said before arrives, then what is posted with the id it was given, then its answer', async () => {
  expect(await post('k1', 'Hej')).toBe('sent')
  await until(() => heard.length === 3)
  expect(heard.map(({ kind }) => kind)).toEqual(['bot', 'own', 'bot'])
  expect(heard[1]).toMatchObject({ text: 'Hej', clientId: 'k1' })
  expect(stub.locales).toEqual(['ar-SY'])
})

test('a stream that is cut comes back behind what was heard, without gap or repeat', async () => {
  await until(() => heard.length === 1)
  stub.cutStreams()
  await until(() => told.includes('lost'))
  stub.say({ text: 'meanwhile', language: 'da' })
  await until(() => heard.length === 2)
  expect(told).toEqual(['open', 'lost', 'open'])
  expect(texts()[1]).toBe('meanwhile')
})

test('a second attempt with the same id is answered once', async () => {
  stub.loseReceipt()
  expect(await post('k1', 'Hej')).toBe('failed')
  expect(await post('k1', 'Hej')).toBe('sent')
  expect(stub.taken).toEqual(['Hej'])
})

test.each([
  [503, 'failed'],
  [429, 'failed'],
  [400, 'refused'],
  [403, 'denied'],
] as const)('%d to a message means %s', async (status, result) => {
  stub.refuse(1, status)
  expect(await post('k1', 'Hej')).toBe(result)
})

test('a token that is no longer good asks for a new session when the stream comes back', async () => {
  await until(() => told.includes('open'))
  stub.revokeTokens()
  stub.cutStreams()
  await until(() => told.includes('denied'))
  expect(await post('k1', 'Hej')).toBe('denied')
})

test('a token is renewed at half its time, and the new one is used', async () => {
  await until(() => told.includes('open'))
  await close()
  await open({ expiresIn: 20 })
  await new Promise<void>((resolve) => {
    stub.refreshed = resolve
  })
  // The answer is still on its way to the client; one that kept the old token would be denied for ever.
  while ((await post('k1', 'Hej')) === 'denied') expect(stub.taken).toEqual([])
  expect(stub.taken).toEqual(['Hej'])
})

/** Answers that stop in the middle. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { GraphClient } from '../../../src/bot/messenger/graph-client.js'
import { becomes } from '../../becomes.js'
import { config, PAGE } from './messenger-test-kit.js'

const SHORT_MS = 150
let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  return new Promise<void>((resolve) => void server?.close(() => resolve()))
})

async function clientOf(answers: Parameters<typeof createServer>[1]): Promise<GraphClient> {
  const made = createServer(answers)
  server = made
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  const { port } = made.address() as AddressInfo
  return new GraphClient({ ...config, graphApiUrl: `http://127.0.0.1:${port}/v26.0` }, SHORT_MS)
}
const call = { page: PAGE, edge: 'messages', body: {} } as const

test.each([
  ['behind its headers', ''],
  ['inside its body', '{"message_id":'],
])('an answer that stops %s is given up in time, and the next call is made', async (_, start) => {
  let calls = 0
  const client = await clientOf((request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': 'application/json' })
    if (++calls === 1) response.write(start === '' ? ' ' : start)
    else response.end('{}')
  })
  expect(await client.post(call)).toMatchObject({ kind: 'unanswered' })
  // On a busy computer an answer may take longer than the short time of this client.
  await becomes(() => client.post(call), expect.objectContaining({ kind: 'answer', body: '{}' }))
})

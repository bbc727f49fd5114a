import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import { createCrowdGate } from '../../../src/bot/directline/crowd-gate.js'

test('beyond its number of posts the page is asked to come again, and everything else goes through', async () => {
  const gate = createCrowdGate(2)
  const waiting: ServerResponse[] = []
  const server = createServer((request, response) => {
    if (gate(request, response)) return
    if (request.method === 'GET' || request.url === '/elsewhere') response.end('through')
    else waiting.push(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const post = (path: string) => fetch(`${origin}${path}`, { method: 'POST', body: '{}' })
  const first = [post('/v3/directline/conversations'), post('/directline/conversations/x/activities')]
  while (waiting.length < 2) await new Promise((resolve) => setImmediate(resolve))
  const refused = await post('/v3/directline/conversations')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2'])
  expect(await refused.json()).toMatchObject({ error: { code: 'ServiceUnavailable' } })
  expect([(await post('/elsewhere')).status, (await fetch(`${origin}/v3/directline/conversations/x`)).status]).toEqual([200, 200])
  for (const response of waiting.splice(0)) response.end('done')
  for (const answer of await Promise.all(first)) await answer.text()
  const again = post('/v3/directline/conversations')
  while (waiting.length < 1) await new Promise((resolve) => setImmediate(resolve))
  waiting[0]?.end('done')
  expect((await again).status).toBe(200)
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

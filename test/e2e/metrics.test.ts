/** `/metrics` of the running product, over its own store. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { freePort, startProduct } from './product.js'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'opgang-metrics-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

test('on this machine alone they are open, and what the store did is in them', async () => {
  const product = await startProduct(dir)
  await fetch(`${product.url}/v3/directline/conversations`, { method: 'POST' })
  const answer = await fetch(`${product.url}/metrics`)
  const text = await answer.text()
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('version=0.0.4')])
  expect(text).toMatch(/^opgang_store_duration_seconds_count\{collection="turns",operation="insert"\} [1-9]/m)
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
  expect((await fetch(`${product.url}/metrics`, { headers: { 'x-forwarded-for': '127.0.0.1' } })).status).toBe(403)
  expect(await product.stop()).toBe(0)
})

test.each(['TRUST_PROXY', 'PUBLIC_URL'])('where %s is set they want the token', async (name) => {
  const port = await freePort()
  const settings = { PORT: String(port), [name]: name === 'PUBLIC_URL' ? `http://localhost:${port}` : 'loopback' }
  const closed = await startProduct(dir, settings)
  const refused = await fetch(`${closed.url}/metrics`)
  expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('METRICS_TOKEN')])
  await closed.stop()
  const token = 'a-long-word-of-the-tests'
  const opened = await startProduct(dir, { ...settings, METRICS_TOKEN: token })
  expect((await fetch(`${opened.url}/metrics`)).status).toBe(401)
  expect((await fetch(`${opened.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
  await opened.stop()
})

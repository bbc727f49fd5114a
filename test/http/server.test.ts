import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, expect, test } from '@jest/globals'
import { Router } from 'express'
import request from 'supertest'
import { healthRouter } from '../../src/http/health.js'
import { createApp } from '../../src/http/server.js'
import { StoreUnavailable } from '../../src/store/collection.js'

const pages = mkdtempSync(join(tmpdir(), 'opgang-pages-'))
mkdirSync(join(pages, 'assets'))
writeFileSync(join(pages, 'index.html'), '<!doctype html>')
writeFileSync(join(pages, 'assets/chat-1a2b.js'), 'plain')
writeFileSync(join(pages, 'assets/chat-1a2b.js.br'), brotliCompressSync('plain'))
afterAll(() => rmSync(pages, { recursive: true }))

let ready: string | undefined
const failing = Router()
failing.get('/full', () => {
  throw new StoreUnavailable('disk full')
})
failing.get('/broken', () => {
  throw new Error('secret detail')
})
const logged: string[] = []
const note = (message: string) => void logged.push(message)
const app = createApp({
  trustProxy: false,
  secure: true,
  routers: [healthRouter(() => Promise.resolve(ready)), failing],
  pages,
  log: { info: note, warn: note, error: note },
})

test('the page comes with a content policy that lets nothing inline and no frame', async () => {
  const { headers, status } = await request(app).get('/')
  expect(status).toBe(200)
  expect(headers['content-security-policy']).toContain("default-src 'self'")
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(headers['x-frame-options']).toBe('DENY')
  expect(headers['content-security-policy']).not.toContain('unsafe')
  expect(headers['strict-transport-security']).toBeDefined()
  expect(headers['x-powered-by']).toBeUndefined()
  expect(headers['cache-control']).toBe('no-store')
})

test('an asset travels compressed to whoever can read it, and stays in the browser', async () => {
  const compressed = await request(app).get('/assets/chat-1a2b.js').set('Accept-Encoding', 'br')
  expect(compressed.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' })
  expect(compressed.headers['content-type']).toContain('javascript')
  expect(compressed.headers['cache-control']).toContain('immutable')
  const plain = await request(app).get('/assets/chat-1a2b.js').set('Accept-Encoding', 'identity')
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect([403, 404]).toContain((await request(app).get('/assets/..%2f..%2fetc%2fpasswd')).status)
})

test('what is not there is said in words', async () => {
  const { status, text } = await request(app).get('/nowhere')
  expect([status, text]).toEqual([404, expect.stringContaining('Der er ikke noget her')])
})

test('a store that is away is a 503 that says when to come again; a fault is a 500 without its details', async () => {
  const away = await request(app).get('/full')
  expect([away.status, away.headers['retry-after']]).toEqual([503, '5'])
  const broken = await request(app).get('/broken')
  expect(broken.status).toBe(500)
  expect(JSON.stringify(broken.body)).not.toMatch(/secret|at /)
  expect(logged).toHaveLength(2)
})

test('readiness is told in words', async () => {
  expect((await request(app).get('/healthz')).status).toBe(200)
  expect((await request(app).get('/readyz')).text).toBe('ready\n')
  ready = 'The store is unavailable: disk full'
  const red = await request(app).get('/readyz')
  expect([red.status, red.text]).toEqual([503, `${ready}\n`])
})

import { once } from 'node:events'
import { request as ask, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { describe, expect, test } from '@jest/globals'
import express from 'express'
import request from 'supertest'
import { metricsRouter } from '../../src/http/metrics.js'

const TOKEN = 'a-long-word-of-the-tests'
const BODY = 'opgang_turns_total 1\n'

/** An address of this machine that others could use, if it has one. */
const address = Object.values(networkInterfaces())
  .flat()
  .find((each) => each !== undefined && !each.internal && each.family === 'IPv4')?.address

function appOf(more: { token?: string; published?: boolean; trustProxy?: boolean } = {}) {
  const app = express()
  app.set('trust proxy', more.trustProxy ?? false)
  const contentType = 'text/plain; version=0.0.4; charset=utf-8'
  app.use(metricsRouter({ contentType, render: () => Promise.resolve(BODY), token: more.token, published: more.published ?? false }))
  return app
}

describe('without a token', () => {
  test('this machine reads them, in the form Prometheus names, and nobody keeps them', async () => {
    const { status, text, headers } = await request(appOf()).get('/metrics')
    expect([status, text]).toEqual([200, BODY])
    expect(headers['content-type']).toContain('version=0.0.4')
    expect(headers['cache-control']).toBe('no-store')
  })

  test.each(['Forwarded', 'Via', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'X-Real-IP'])(
    'not through a proxy on this machine: %s',
    async (header) => {
      for (const value of ['198.51.100.7', '127.0.0.1', '']) {
        const { status, text, headers } = await request(appOf()).get('/metrics').set(header, value)
        expect([status, text]).toEqual([403, expect.stringContaining('METRICS_TOKEN')])
        expect(headers['cache-control']).toBe('no-store')
      }
    },
  )

  test('not where the settings name a proxy or a public address', async () => {
    expect((await request(appOf({ published: true })).get('/metrics')).status).toBe(403)
  })

  test('a trusted header does not make a stranger local', async () => {
    const { status } = await request(appOf({ trustProxy: true }))
      .get('/metrics')
      .set('X-Forwarded-For', '127.0.0.1')
    expect(status).toBe(403)
  })

  const reached = address === undefined ? test.skip : test
  reached('not from another address, whatever it says it is', async () => {
    const server = createServer(appOf()).listen(0, '0.0.0.0')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const status = await new Promise((resolve, reject) => {
      ask({ host: address, port, path: '/metrics', headers: { host: 'localhost' } }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end()
    })
    server.close()
    expect(status).toBe(403)
  })
})

describe('with a token', () => {
  const app = appOf({ token: TOKEN, published: true })

  test('whoever sends it reads them, also through a proxy', async () => {
    const { status, text } = await request(app)
      .get('/metrics')
      .set('Authorization', `Bearer ${TOKEN}`)
      .set('X-Forwarded-For', '198.51.100.7')
    expect([status, text]).toEqual([200, BODY])
  })

  test.each([undefined, '', 'Bearer', 'Bearer wrong', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`, TOKEN])(
    '%p is refused in words, on this machine too',
    async (authorization) => {
      const asked = request(appOf({ token: TOKEN })).get('/metrics')
      const { status, text, headers } = await (authorization === undefined ? asked : asked.set('Authorization', authorization))
      expect([status, text]).toEqual([401, expect.stringContaining('METRICS_TOKEN')])
      expect(text).not.toContain(TOKEN)
      expect(headers['www-authenticate']).toBe('Bearer')
    },
  )
})

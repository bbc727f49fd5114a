/** The console's page behind a proxy that keeps what it should hand on: it says so, and is quick again when the proxy lets go. */
import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { apiRouter } from '../../src/http/api/api-router.js'
import { createHttpServer } from '../../src/http/server.js'
import { only } from '../accounts-stage.js'
import { type ConsoleStage, ORIGIN, openConsole } from '../console-stage.js'
import { ROOT, starterLibrary } from '../library.js'
import { axeFindings, complaintsOf, hasBrowser, launchBrowser } from './browser.js'

const SLOW = 'Forbindelsen er langsom: siden opdateres hvert 10. sekund.'

/** Keeps every byte of a stream until it is let go. */
interface Proxy {
  readonly server: Server
  /** Hands on what it has and what comes. */
  letGo(): void
}

function bufferingProxy(target: number): Proxy {
  const held: (() => void)[] = []
  const server = createServer((incoming, outgoing) => {
    const { url = '/', method = 'GET', headers } = incoming
    const onward = request({ port: target, path: url, method, headers }, (answer) => {
      const handOn = () => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      }
      if (answer.headers['content-type']?.startsWith('text/event-stream') === true) held.push(handOn)
      else handOn()
    })
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })
  const letGo = () => {
    for (const handOn of held.splice(0)) handOn()
  }
  return { server, letGo }
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const inBrowser = hasBrowser ? describe : describe.skip

inBrowser('in a browser', () => {
  let board: ConsoleStage
  let server: Server
  let proxy: Proxy
  let browser: Browser
  let token: string
  beforeAll(async () => {
    board = await openConsole(await starterLibrary())
    const { accounts, work } = board
    const routers = [apiRouter({ accounts, work, areas: () => [], secure: false, origins: () => [ORIGIN] })]
    server = createHttpServer({ trustProxy: false, secure: false, routers, pages: join(ROOT, 'dist/web'), log: work.log })
    proxy = bufferingProxy(await listening(server))
    await listening(proxy.server)
    browser = await launchBrowser()
    token = (await board.staff('Sanne', only('coordinator', ['demo']))).token
  })
  afterAll(async () => {
    await browser.close()
    board.work.live.close()
    for (const each of [proxy.server, server]) {
      each.closeAllConnections()
      await new Promise((resolve) => each.close(resolve))
    }
    await board.close()
  })

  test('it says that the line is slow after 40 s, and no more when the proxy lets go', async () => {
    const { port } = proxy.server.address() as AddressInfo
    const address = `http://127.0.0.1:${port}`
    const context = await browser.newContext()
    await context.addCookies([{ name: 'opgang_staff', value: token, url: address, httpOnly: true, sameSite: 'Strict' }])
    const page = await context.newPage()
    const complaints = complaintsOf(page)
    const before = Date.now()
    await page.clock.install({ time: before })
    await page.goto(`${address}/console`)
    await page.getByRole('tab').first().waitFor()
    // The page's time goes on while the test waits: the line was opened at some moment between these two.
    const after = await page.evaluate(() => Date.now())
    const notice = page.getByText(SLOW)
    await page.clock.pauseAt(before + 39_900)
    expect(await notice.count()).toBe(0)
    await page.clock.runFor(after - before + 2000)
    await notice.waitFor()
    await page.clock.resume()
    expect(await axeFindings(page)).toEqual([])
    proxy.letGo()
    await notice.waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
    await context.close()
  })
})

/** The console as built, before the real API on an embedded store, for tests in a real browser. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { apiRouter } from '../../src/http/api/api-router.js'
import { createHttpServer } from '../../src/http/server.js'
import type { ConsoleStage } from '../console-stage.js'
import { ROOT } from '../library.js'

const AREAS = ['demo', 'birkehaven'].map((id) => ({ id, name: id }))
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

export interface ServedConsole {
  readonly url: string
  /** A tab of somebody who is signed in with this token; nothing is loaded in it yet. */
  tab(browser: Browser, token: string, options?: BrowserContextOptions): Promise<Page>
  /** Ends the server, its streams and `board`. */
  close(): Promise<void>
}

export async function serveConsole(
  board: ConsoleStage,
  areas: readonly { readonly id: string; readonly name: string }[] = AREAS,
): Promise<ServedConsole> {
  const { accounts, work } = board
  const api = apiRouter({ accounts, work, areas: () => areas, secure: false, origins: () => [url] })
  const server: Server = createHttpServer({ trustProxy: false, secure: false, routers: [api], pages: join(ROOT, 'dist/web'), log: silent })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    async tab(browser, token, options) {
      const context = await browser.newContext({ locale: 'da-DK', ...options })
      await context.addCookies([{ name: 'opgang_staff', value: token, url, httpOnly: true, sameSite: 'Strict' }])
      return context.newPage()
    },
    async close() {
      work.live.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await board.close()
    },
  }
}

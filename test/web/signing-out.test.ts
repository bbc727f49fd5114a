/** What the console leaves in a tab when somebody signs out, in a real browser before the real API; and that the page keeps no login alive by itself. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { makeLink } from '../../src/app/accounts/links.js'
import { apiRouter } from '../../src/http/api/api-router.js'
import { createApp } from '../../src/http/server.js'
import type { StaffDocument } from '../../src/store/staff-documents.js'
import { only } from '../accounts-stage.js'
import { type ConsoleStage, openConsole } from '../console-stage.js'
import { NOW, ROOT, starterLibrary } from '../library.js'
import { addVolunteer } from '../people-stage.js'
import { hasBrowser, launchBrowser } from './browser.js'

const library = await starterLibrary()
const KEY = { id: 'k', publicKey: 'k', counter: 0, transports: [], name: 'k', createdAt: NOW }
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const inBrowser = hasBrowser ? describe : describe.skip

inBrowser('in a browser', () => {
  let browser: Browser
  let board: ConsoleStage
  let server: Server
  let page: Page
  let url: string
  let sanne: StaffDocument
  beforeAll(async () => {
    browser = await launchBrowser()
  }, 30_000)
  afterAll(() => browser.close())
  beforeEach(async () => {
    board = await openConsole(library)
    const areas = () => ['demo', 'birkehaven'].map((id) => ({ id, name: id }))
    const api = apiRouter({ accounts: board.accounts, work: board.work, areas, secure: false, origins: () => [url] })
    const app = createApp({ trustProxy: false, secure: false, routers: [api], pages: join(ROOT, 'dist/web'), log: silent })
    server = createServer(app)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await addVolunteer(board, 'Berit')
    const signedIn = await board.staff('Sanne', only('coordinator', ['demo']), { passkeys: [KEY] })
    sanne = signedIn.staff
    const context = await browser.newContext({ locale: 'da-DK' })
    await context.addCookies([{ name: 'opgang_staff', value: signedIn.token, url, httpOnly: true, sameSite: 'Strict' }])
    page = await context.newPage()
    page.setDefaultTimeout(10_000)
  })
  afterEach(async () => {
    await page.context().close()
    board.work.live.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await board.close()
  })

  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  /** Volunteers whom the page shows. */
  const volunteers = async () => {
    await page.goto(`${url}/console#people`)
    await press('Alle godkendte 1')
    await page.getByText('Berit').first().waitFor()
  }
  const kept = () => page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.startsWith('opgang-board.')))
  const linkFor = async (staff: StaffDocument) => (await makeLink(board.accounts, staff, { who: 'start', what: 'link-made' })).split('#')[1]

  test('nothing that was typed stays, and whoever signs in next sees nothing that was read', async () => {
    const karim = (await board.staff('Karim', only('coordinator', ['birkehaven']), { passkeys: [KEY] })).staff
    await volunteers()
    await page.evaluate((id) => sessionStorage.setItem(`opgang-board.${id}.h1.note`, 'about Amina'), sanne._id)
    const hash = await linkFor(karim)
    await page.evaluate((link) => history.replaceState(null, '', `#${link}`), hash)
    await press('Log ud')
    await page.getByRole('button', { name: 'Log ind', exact: true }).waitFor()
    expect(await kept()).toEqual([])
    expect(await page.getByText('Du er logget ud.').count()).toBe(0)
    // What the page asks now is not answered: it shows what it has.
    await page.route('**/api/people*', () => undefined)
    await press('Log ind')
    await page.getByText('Karim').first().waitFor()
    await page.getByRole('tab', { name: 'Folk' }).click()
    await page.getByRole('button', { name: /^Alle godkendte/ }).click()
    await page.getByRole('heading', { name: 'Folk', exact: true }).waitFor()
    expect(await page.getByText('Berit').count()).toBe(0)
  })

  test('a login that is over takes every page away, but not what its person typed', async () => {
    await volunteers()
    await page.evaluate((id) => sessionStorage.setItem(`opgang-board.${id}.h1.note`, 'about Amina'), sanne._id)
    await page.getByRole('tab', { name: 'Min adgang' }).click()
    await page.getByRole('tab', { name: 'Min adgang', selected: true }).waitFor()
    await board.work.collections.logins.remove({ staff: sanne._id }, 10)
    // The stream ends with the login, and the page asks.
    await page.getByText('Sanne').first().waitFor({ state: 'detached' })
    expect(await kept()).toHaveLength(1)
    await page.getByText('Du er logget ud. Det, du har skrevet og ikke sendt, er her igen').waitFor()
    await page.goBack()
    expect(await page.getByText('Berit').count()).toBe(0)
  })

  test('what the page asks by itself says so, until somebody touches it', async () => {
    const asked: (string | undefined)[] = []
    page.on('request', (request) => {
      if (request.url().includes('/api/mode')) asked.push(request.headers()['x-opgang'])
    })
    await page.clock.install()
    await page.goto(`${url}/console#me`)
    await page.getByRole('tab').first().waitFor()
    await page.clock.runFor(120_000)
    expect([asked[0], asked.at(-1)]).toEqual(['console', 'live'])
    await page.keyboard.press('Shift')
    await page.clock.runFor(31_000)
    expect(asked.at(-1)).toBe('console')
  })
})

/** What the console leaves in a tab when somebody signs out, in a real browser before the real API; and that the page keeps no login alive by itself. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { makeLink } from '../../src/app/accounts/links.js'
import type { StaffDocument } from '../../src/store/staff-documents.js'
import { only } from '../accounts-stage.js'
import { becomes } from '../becomes.js'
import { type ConsoleStage, openConsole } from '../console-stage.js'
import { NOW, starterLibrary } from '../library.js'
import { addVolunteer } from '../people-stage.js'
import { hasBrowser, launchBrowser } from './browser.js'
import { type ServedConsole, serveConsole } from './served-console.js'

const library = await starterLibrary()
const KEY = { id: 'k', publicKey: 'k', counter: 0, transports: [], name: 'k', createdAt: NOW }
const inBrowser = hasBrowser ? describe : describe.skip

inBrowser('in a browser', () => {
  let browser: Browser
  let board: ConsoleStage
  let served: ServedConsole
  let page: Page
  let sanne: StaffDocument
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    board = await openConsole(library)
    served = await serveConsole(board)
    await addVolunteer(board, 'Berit')
    const signedIn = await board.staff('Sanne', only('coordinator', ['demo']), { passkeys: [KEY] })
    sanne = signedIn.staff
    page = await served.tab(browser, signedIn.token)
  })
  afterEach(async () => {
    await page.context().close()
    await served.close()
  })

  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  /** Volunteers whom the page shows. */
  const volunteers = async () => {
    await page.goto(`${served.url}/console#people`)
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
    await becomes(kept, [])
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
    await page.goto(`${served.url}/console#me`)
    await page.getByRole('tab').first().waitFor()
    // It is asked every 30 s, unless an answer is still on its way.
    const askedLast = async () => {
      await page.clock.runFor(31_000)
      return asked.at(-1)
    }
    await becomes(() => asked[0], 'console')
    await becomes(askedLast, 'live')
    await becomes(() => page.keyboard.press('Shift').then(askedLast), 'console')
  })
})

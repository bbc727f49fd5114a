/** Accounts in a real browser before the real API: links where a page is open already, and the pages Ansatte and Log while others work. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { AUDIT_PAGE, note } from '../../src/app/accounts/audit.js'
import { makeLink } from '../../src/app/accounts/links.js'
import { inviteStaff } from '../../src/app/accounts/staff.js'
import type { StaffDocument } from '../../src/store/staff-documents.js'
import { only } from '../accounts-stage.js'
import { becomes } from '../becomes.js'
import { type ConsoleStage, openConsole } from '../console-stage.js'
import { NOW, starterLibrary } from '../library.js'
import { axeFindings, hasBrowser, launchBrowser, tabTo } from './browser.js'
import { type ServedConsole, serveConsole } from './served-console.js'

const library = await starterLibrary()
const KEY = { id: 'k', publicKey: 'k', counter: 0, transports: [], name: 'Min telefon', createdAt: NOW }
const inBrowser = hasBrowser ? describe : describe.skip

inBrowser('in a browser', () => {
  let browser: Browser
  let board: ConsoleStage
  let served: ServedConsole
  let page: Page
  let chief: StaffDocument
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    board = await openConsole(library)
    served = await serveConsole(board)
    const signedIn = await board.staff('constructor', only('administrator'), { passkeys: [KEY] })
    chief = signedIn.staff
    page = await served.tab(browser, signedIn.token)
  })
  afterEach(async () => {
    await page.context().close()
    await served.close()
  })

  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const see = (text: string) => page.getByText(text).first().waitFor()
  const open = async (where: string) => {
    // Once the stream lives, what happens is told.
    const live = page.waitForResponse((answer) => answer.url().endsWith('/api/events'))
    await page.goto(`${served.url}/console#${where}`)
    await live
  }
  const invite = async (name: string) => {
    const wish = { name, roles: only('reader'), safeguarding: false }
    const made = await inviteStaff(board.accounts, { id: chief._id, areas: 'all' }, wish)
    if (typeof made === 'string') throw new Error(made)
    return made
  }
  const linkTo = async (staff: StaffDocument) => (await makeLink(board.accounts, staff, { who: 'start', what: 'link-made' })).split('#')[1]

  test('the list of staff and the record show what others do while they are open, whatever somebody is called', async () => {
    await open('staff')
    await see('constructor')
    await invite('Karin')
    await see('Karin')
    await page.getByRole('tab', { name: 'Log', exact: true }).click()
    await see('constructor inviterede Karin')
    await invite('Sanne')
    await see('constructor inviterede Sanne')
  })

  test('older lines that were asked for stay under the new ones, each once', async () => {
    for (let line = 0; line < AUDIT_PAGE + 10; line += 1) {
      await note(board.accounts, { who: chief._id, what: 'staff-changed', about: `nr. ${line}.` }, 'all')
      board.stage.time.advance(1)
    }
    await open('audit')
    await press('Vis ældre')
    await page.getByText('rettede nr. 0.').waitFor()
    await invite('Karin')
    await see('constructor inviterede Karin')
    const what = page.locator('ol.rows .what')
    await what.nth(AUDIT_PAGE + 11).waitFor()
    const lines = await what.allTextContents()
    expect([lines.length, new Set(lines).size]).toEqual([AUDIT_PAGE + 12, AUDIT_PAGE + 12])
    expect([lines[0], lines.at(-1)]).toEqual(['constructor inviterede Karin', 'constructor loggede ind med adgangsnøgle'])
  })

  test('a link that is opened where somebody is signed in says so, and changes nothing until its button is pressed', async () => {
    const karin = await invite('Karin')
    await open('staff')
    const hash = await linkTo(karin)
    await page.evaluate((link) => (window.location.hash = link ?? ''), hash)
    await see('Du er logget ind som constructor.')
    expect(await axeFindings(page)).toEqual([])
    await press('Fortsæt som constructor')
    await see('Invitér en ansat')
    await page.waitForURL(`${served.url}/console`)
    await page.evaluate((link) => (window.location.hash = link ?? ''), hash)
    await press('Log ind')
    await see('Du er: Læser (alle områder).')
    await see('Der er ikke andre sider til din rolle her endnu.')
    await page.waitForURL(`${served.url}/console`)
    expect(await board.work.collections.logins.count({}, ['staff'])).toEqual([{ by: [karin._id], count: 1 }])
  })

  test('a link that is opened in a page where nobody is signed in is seen', async () => {
    const karin = await invite('Karin')
    await page.context().clearCookies()
    await page.goto(`${served.url}/console`)
    await see('Log ind med adgangsnøgle')
    await page.evaluate((link) => (window.location.hash = link ?? ''), await linkTo(karin))
    await press('Log ind')
    await see('Du er: Læser (alle områder).')
  })

  test('a link that was used says so, and leads to the ways in; one that is given far down in a list is in sight', async () => {
    for (let one = 0; one < 12; one += 1) await invite(`Ansat ${one}`)
    const karin = await invite('Østen')
    await page.setViewportSize({ width: 390, height: 844 })
    await open('staff')
    await press('Nyt link til Østen')
    const given = page.getByLabel('Link til Østen')
    await given.waitFor()
    await becomes(() => given.evaluate((field) => field.getBoundingClientRect().top > 0), true)
    const hash = await linkTo(karin)
    await page.context().clearCookies()
    await page.goto(`${served.url}/console#${hash}`)
    await page.reload()
    const token = hash?.slice('link='.length) ?? ''
    await page.evaluate(
      async (body) =>
        fetch('/api/session/link', { method: 'POST', body, headers: { 'X-Opgang': 'x', 'Content-Type': 'application/json' } }),
      JSON.stringify({ token }),
    )
    await press('Log ind')
    await see('Linket er brugt.')
    await becomes(() => page.locator('h1').allTextContents(), ['Linket kan ikke bruges'])
    expect(await page.getByText('Linket kan bruges én gang').count()).toBe(0)
    await becomes(() => page.getByRole('main').getByRole('button').allTextContents(), ['Til log ind'])
    await press('Til log ind')
    await see('Log ind med adgangsnøgle')
  })

  test.each(['is none', 'refuses'])('a link can be copied by hand where the clipboard %s', async (clipboard) => {
    await page.addInitScript((is) => {
      const refusing = { writeText: () => Promise.reject(new Error('refused')) }
      Object.defineProperty(navigator, 'clipboard', { value: is === 'refuses' ? refusing : undefined })
    }, clipboard)
    await invite('Karin')
    await open('staff')
    await press('Nyt link til Karin')
    await page.getByLabel('Link til Karin').waitFor()
    await press('Kopiér linket')
    await see('Teksten er markeret. Tryk Ctrl+C')
    expect(await page.evaluate(() => String(getSelection()))).toMatch(/\/console#link=[\w-]{44}$/)
  })

  test('a mail server that hangs is waited for in words, and then the link is there', async () => {
    Object.assign(board.accounts, { mail: { send: () => new Promise(() => undefined) } })
    const wish = { name: 'Karin', mail: 'karin@example.org', roles: only('reader'), safeguarding: false }
    await inviteStaff(board.accounts, { id: chief._id, areas: 'all' }, wish)
    await open('staff')
    await press('Nyt link til Karin')
    await see('Linket bliver lavet og sendt …')
    board.stage.time.advance(4000)
    await see('Mailserveren har ikke svaret endnu.')
    await page.getByLabel('Link til Karin').waitFor()
    expect(await page.getByText('Linket bliver lavet').count()).toBe(0)
  })

  test('the focus can be seen on all that the form of staff has', async () => {
    await open('staff')
    await press('Invitér en ansat')
    await page.getByRole('heading', { name: 'Invitér en ansat' }).waitFor()
    for (const what of ['input[type=email]', 'input[type=checkbox]', 'button[type=submit]']) await tabTo(page, what)
  })

  test('that the server did not answer is said until it does', async () => {
    const away = '**/api/session'
    await page.route(away, (route) => route.abort())
    await page.goto(`${served.url}/console`)
    await see('Serveren svarer ikke.')
    await page.unroute(away)
    // The browser brings the page back, as after looking at another.
    await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
    await page.getByRole('tab').first().waitFor()
    await page.getByText('Serveren svarer ikke.').first().waitFor({ state: 'detached' })
  })

  test('a passkey goes after it was said what that means, and Esc keeps it', async () => {
    await open('me')
    await press('Fjern Min telefon')
    await see('Det er din eneste adgangsnøgle.')
    await page.keyboard.press('Escape')
    await becomes(() => page.evaluate(() => document.activeElement?.textContent), 'Fjern Min telefon')
    expect((await board.work.collections.staff.get(chief._id))?.passkeys).toHaveLength(1)
    await press('Fjern Min telefon')
    await press('Fjern Min telefon')
    await see('Adgangsnøglen er fjernet.')
    expect((await board.work.collections.staff.get(chief._id))?.passkeys).toEqual([])
  })
})

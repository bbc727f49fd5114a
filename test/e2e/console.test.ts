/** The console as the running product serves it, in real browsers with passkeys of their own. `SCREENS=1` keeps the pictures in docs/screens. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { becomes } from '../becomes.js'
import { ROOT } from '../library.js'
import { axeFindings, hasBrowser, launchBrowser, sidewaysBy, tabTo } from '../web/browser.js'
import { addPasskey, check, DESK, type Device, open, openDevice, PHONE, press, see, signInByLink, tab } from './console-device.js'
import { type Environment, eventually, freePort, type Product, runCommand, startProduct } from './product.js'
import { dropDatabases, FIRST_STORE } from './stores.js'

const SCREENS = join(ROOT, 'docs/screens')
const LINK = /^http:\/\/localhost:\d+\/console#link=[\w-]{44}$/

if (!hasBrowser) process.stderr.write('Not run: the console in a browser; install it with apt-get install -y chromium fonts-noto-core\n')

let browser: Browser
beforeAll(async () => {
  if (hasBrowser) browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await dropDatabases()
})

let complaints: (readonly string[])[] = []
afterEach(() => {
  const said = complaints.flat()
  complaints = []
  // What the server refuses, and refuses rightly, the browser writes down by itself, and that a server was away that is restarted here.
  expect(said.filter((line) => !/status of 4\d\d|net::ERR_/.test(line))).toEqual([])
})

async function device(viewport = PHONE): Promise<Device> {
  const opened = await openDevice(browser, viewport)
  complaints.push(opened.complaints)
  return opened
}
/** Fails where axe finds something or the page is wider than the screen; keeps a picture when asked to. */
async function look(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of [
    ['390', PHONE],
    ['1280', DESK],
  ] as const) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark'] as const) {
      // Every size and every scheme once; pictures are of all.
      if (process.env['SCREENS'] === undefined && (size === '390') !== (colorScheme === 'light')) continue
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      // The page follows the device once it has heard of the change.
      await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor()
      expect([name, size, colorScheme, await axeFindings(page)]).toEqual([name, size, colorScheme, []])
      expect(await sidewaysBy(page)).toBe(0)
      if (process.env['SCREENS'] !== undefined) {
        mkdirSync(SCREENS, { recursive: true })
        await page.screenshot({ path: join(SCREENS, `console-${name}-${size}-${colorScheme}.png`) })
      }
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
}

const whole = hasBrowser ? describe.each(FIRST_STORE) : describe.skip.each(FIRST_STORE)

whole('on %s', (_, makeStore) => {
  let dir: string
  let environment: Environment
  let product: Product
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'opgang-console-'))
    environment = { ...makeStore(), DATA_DIR: dir, PORT: String(await freePort()) }
    product = await startProduct(dir, environment)
  })
  afterAll(async () => {
    await product.stop()
    rmSync(dir, { recursive: true })
  })
  const printedLink = async () => {
    await eventually(() => product.output.some((line) => LINK.test(line)))
    return product.output.find((line) => LINK.test(line)) ?? ''
  }

  test('the first link makes the administrator, who invites a coordinator, who signs in elsewhere and is removed', async () => {
    const link = await printedLink()
    const chief = await device()
    await chief.page.goto(`${product.url}/console`)
    await see(chief.page, 'Log ind med adgangsnøgle')
    await look(chief.page, 'sign-in')
    // A program that looks at mail opens the link first.
    const scanner = await device()
    await open(scanner.page, link)
    await see(scanner.page, 'Dit link er klar')
    await look(scanner.page, 'link')

    await signInByLink(chief.page, link)
    await see(chief.page, 'Du har ingen adgangsnøgle endnu.')
    await chief.page.waitForURL(`${product.url}/console`)
    await look(chief.page, 'first')
    await addPasskey(chief.page, 'Min telefon')
    await look(chief.page, 'me')
    await press(scanner.page, 'Log ind')
    await see(scanner.page, 'Linket er brugt.')

    // Away and back, with the passkey alone.
    await press(chief.page, 'Log ud')
    const answer = chief.page.waitForRequest((sent) => sent.url().endsWith('/api/session/passkey'))
    await press(chief.page, 'Log ind med adgangsnøgle')
    await see(chief.page, 'Invitér en ansat')
    // Whoever wrote down what the device answered gets nowhere with it.
    const again = await scanner.page.evaluate(
      async (body) =>
        (await fetch('/api/session/passkey', { method: 'POST', body, headers: { 'X-Opgang': 'x', 'Content-Type': 'application/json' } }))
          .status,
      (await answer).postData() ?? '',
    )
    expect(again).toBe(401)

    await press(chief.page, 'Invitér en ansat')
    await chief.page.getByLabel('Navn').fill('Koordinator Prøve')
    await check(chief.page, 'Koordinator')
    await look(chief.page, 'invite')
    await press(chief.page, 'Invitér en ansat')
    await see(chief.page, 'Vælg mindst én rolle')
    await check(chief.page, 'Alle områder')
    await press(chief.page, 'Invitér en ansat')
    const given = await chief.page.getByLabel('Link til Koordinator Prøve').inputValue()
    expect(given).toMatch(LINK)
    await look(chief.page, 'staff')

    await tab(chief.page, 'Folk')
    await chief.page.getByRole('button', { name: /^Alle godkendte/ }).click()
    await see(chief.page, 'Hodan (demo)')
    await look(chief.page, 'people')
    await tab(chief.page, 'Ansatte')

    const other = await device(DESK)
    await signInByLink(other.page, given)
    await addPasskey(other.page, 'Kontoret')
    await see(other.page, 'Du er: Koordinator (alle områder).')
    await becomes(() => other.page.getByRole('tab').allTextContents(), ['Opgaver', 'Folk', 'Områder', 'Min adgang'])
    await press(other.page, 'Log ud på alle enheder')
    await press(other.page, 'Log ind med adgangsnøgle')
    await other.page.getByRole('heading', { name: 'Opgaver', exact: true }).waitFor()

    await chief.page.reload()
    await press(chief.page, 'Fjern Koordinator Prøve')
    await press(chief.page, 'Fjern Koordinator Prøve')
    await see(chief.page, 'Koordinator Prøve er fjernet.')
    await other.page.reload()
    await press(other.page, 'Log ind med adgangsnøgle')
    await see(other.page, 'Adgangsnøglen virker ikke her.')

    await tab(chief.page, 'Log')
    for (const line of [
      'Opgang ved start lavede et link til Administrator',
      'Administrator inviterede Koordinator Prøve',
      'Koordinator Prøve oprettede en adgangsnøgle',
      'Koordinator Prøve loggede ud på alle enheder',
      'Administrator fjernede Koordinator Prøve',
    ])
      await see(chief.page, line)
    await look(chief.page, 'audit')
    await press(chief.page, 'English')
    await see(chief.page, 'Administrator removed Koordinator Prøve')
    await becomes(() => chief.page.evaluate(() => document.documentElement.lang), 'en')
  })

  test('the last administrator stays, and who lost everything gets a link at the command line', async () => {
    const { code, stdout } = await runCommand('cli/admin', ['link'], environment)
    const [link = '', words = ''] = stdout.split('\n')
    expect([code, link, words]).toEqual([0, expect.stringMatching(LINK), expect.stringContaining('signs in Administrator once')])
    const { page } = await device()
    await signInByLink(page, link)
    await press(page, 'Fjern Administrator')
    await press(page, 'Fjern Administrator')
    await see(page, 'Det er den sidste administrator for alle områder.')
    await tab(page, 'Log')
    await see(page, 'Kommandolinjen lavede et link til Administrator')
    const wrong = await runCommand('cli/admin', ['link', 'Nobody'], environment)
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      expect.stringContaining('There is no Nobody: give a name or a mail address of Administrator'),
    ])
    expect((await runCommand('cli/admin', [], environment)).stderr).toContain('Usage: npm run admin -- link [NAME]')
  })

  test('the keyboard does it all', async () => {
    const { stdout } = await runCommand('cli/admin', ['link'], environment)
    const { page } = await device(DESK)
    await open(page, stdout.split('\n')[0] ?? '')
    await page.getByRole('heading', { name: 'Dit link er klar' }).waitFor()
    await tabTo(page, 'main button')
    await page.keyboard.press('Enter')
    await page.getByRole('tab', { name: 'Ansatte' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('heading', { name: 'Log', exact: true }).waitFor()
  })

  test('a restart with staff prints no link, and nobody is signed out by it', async () => {
    await product.stop()
    product = await startProduct(dir, environment)
    expect(await (await fetch(`${product.url}/readyz`)).text()).toBeTruthy()
    expect(product.output.join('\n')).not.toContain('#link=')
  })

  test('after a restore nobody is signed in by an old cookie, and no old link works', async () => {
    const fresh = mkdtempSync(join(tmpdir(), 'opgang-restored-'))
    const { stdout } = await runCommand('cli/admin', ['link'], environment)
    const unused = (await runCommand('cli/admin', ['link'], environment)).stdout.split('\n')[0] ?? ''
    const kept = await device()
    // Used before the backup; the other link would end with it, so it is made again.
    await signInByLink(kept.page, stdout.split('\n')[0] ?? '')
    await see(kept.page, 'Invitér en ansat')
    expect(unused).toMatch(LINK)
    const waiting = (await runCommand('cli/admin', ['link'], environment)).stdout.split('\n')[0] ?? ''
    const file = join(fresh, 'backup')
    const backup = await runCommand('cli/backup', [file], environment)
    expect([backup.code, backup.stderr.includes('cannot')]).toEqual([0, false])
    await product.stop()
    const place: Environment = { ...makeStore(), DATA_DIR: join(fresh, 'data'), PORT: environment['PORT'] ?? '' }
    expect((await runCommand('cli/restore', [file], place)).code).toBe(0)
    product = await startProduct(join(fresh, 'data'), place)
    await kept.page.reload()
    await see(kept.page, 'Log ind med adgangsnøgle')
    await signInByLink(kept.page, waiting)
    await see(kept.page, 'Linket virker ikke.')
    await product.stop()
    product = await startProduct(dir, environment)
    rmSync(fresh, { recursive: true })
  })
})

/** Trial and live in the running product (`SCREENS=1` keeps pictures): what administrators see and do, and what strangers on Messenger get meanwhile. */
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { becomes } from '../becomes.js'
import { ROOT } from '../library.js'
import { axeFindings, hasBrowser, launchBrowser, sidewaysBy } from '../web/browser.js'
import { addPasskey, check, DESK, type Device, openDevice, PHONE, press, see, signInByLink, tab } from './console-device.js'
import { eventually, freePort, type Product, runCommand, startProduct } from './product.js'
import { dropDatabases, FIRST_STORE } from './stores.js'

const LINK = /^http:\/\/localhost:\d+\/console#link=[\w-]{44}$/
const PAGE = '104857600000001'
const SECRET = 'trial-app-secret'

let browser: Browser
let dir: string
let product: Product | undefined
beforeAll(async () => {
  if (hasBrowser) browser = await launchBrowser()
  dir = mkdtempSync(join(tmpdir(), 'opgang-mode-'))
})
afterEach(async () => {
  await product?.stop()
  product = undefined
})
afterAll(async () => {
  await browser?.close()
  await dropDatabases()
  rmSync(dir, { recursive: true })
})

/** A folder of its own, on the store that is tested. */
async function start(name: string, more: Record<string, string> = {}) {
  const [, makeStore] = FIRST_STORE[0] ?? ['', () => ({})]
  const environment = { ...makeStore(), DATA_DIR: join(dir, name), PORT: String(await freePort()), ...more }
  product = await startProduct(environment.DATA_DIR, environment)
  return { product, environment }
}

/** Fails where axe finds something or the page is wider than the screen; keeps a picture when asked to. */
async function isWell({ page }: Device, name: string): Promise<void> {
  for (const viewport of [PHONE, DESK]) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark'] as const) {
      // Every size and every scheme once; pictures are of all.
      if (process.env['SCREENS'] === undefined && (viewport === PHONE) !== (colorScheme === 'light')) continue
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor()
      expect([name, viewport.width, colorScheme, await axeFindings(page)]).toEqual([name, viewport.width, colorScheme, []])
      expect(await sidewaysBy(page)).toBe(0)
      if (process.env['SCREENS'] !== undefined)
        await page.screenshot({ path: join(ROOT, 'docs/screens', `console-${name}-${viewport.width}-${colorScheme}.png`) })
    }
  }
}

const inBrowser = hasBrowser ? test : test.skip
const BANNER = 'Prøvedrift: kun jeres egne får beskeder på Messenger og mail.'
const bannerIsGone = (page: Page) => eventually(async () => (await page.getByText(BANNER).count()) === 0)

inBrowser(
  'two administrators take it live and back; everybody sees which it is, and the record says who',
  async () => {
    const { product: running } = await start('console')
    await eventually(() => running.output.some((line) => LINK.test(line)))
    const chief = await openDevice(browser)
    await signInByLink(chief.page, running.output.find((line) => LINK.test(line)) ?? '')
    await see(chief.page, BANNER)
    await addPasskey(chief.page, 'Min telefon')
    await chief.page.getByRole('link', { name: 'Se Drift' }).click()
    await chief.page.getByRole('heading', { name: 'Drift', exact: true }).waitFor()
    await see(chief.page, 'Der skal være to administratorer for alle områder.')
    expect(await chief.page.getByRole('button', { name: 'Gå i drift' }).count()).toBe(0)
    await isWell(chief, 'mode-missing')

    await chief.page.getByRole('link', { name: 'Gå til Ansatte' }).click()
    await press(chief.page, 'Invitér en ansat')
    await chief.page.getByLabel('Navn').fill('Anden Prøve')
    await check(chief.page, 'Administrator')
    await check(chief.page, 'Alle områder')
    await press(chief.page, 'Invitér en ansat')
    const given = await chief.page.getByLabel('Link til Anden Prøve').inputValue()
    const other = await openDevice(browser, DESK)
    await signInByLink(other.page, given)
    await addPasskey(other.page, 'Kontoret')

    await chief.page.reload()
    await tab(chief.page, 'Drift')
    await see(chief.page, 'Der mangler ikke noget.')
    await press(chief.page, 'Gå i drift')
    const sure = chief.page.getByRole('dialog')
    await sure.getByText('bliver ikke sendt').waitFor()
    await isWell(chief, 'mode-sure')
    await chief.page.keyboard.press('Escape')
    await see(chief.page, 'Opgang er i prøvedrift.')
    await press(chief.page, 'Gå i drift')
    await sure.getByRole('button', { name: 'Gå i drift' }).click()
    await see(chief.page, 'Opgang er nu i drift.')
    await bannerIsGone(chief.page)
    await isWell(chief, 'mode-live')

    await other.page.reload()
    await tab(other.page, 'Drift')
    await see(other.page, 'Opgang er i drift.')
    await bannerIsGone(other.page)
    await press(other.page, 'Tilbage til prøvedrift')
    await see(other.page, BANNER)
    await tab(other.page, 'Log')
    await see(other.page, 'Administrator satte Opgang i drift')
    await see(other.page, 'Anden Prøve satte Opgang tilbage til prøvedrift')
    for (const { complaints } of [chief, other]) expect(complaints.filter((line) => !/status of 4\d\d/.test(line))).toEqual([])
  },
  120_000,
)

test('a stranger on Messenger is heard and kept, what is held back says so, and the doctor tells the mode', async () => {
  const { product: running, environment } = await start('messenger', {
    MESSENGER_PAGES: `${PAGE}=token`,
    MESSENGER_APP_ID: '1',
    MESSENGER_APP_SECRET: SECRET,
    MESSENGER_VERIFY_TOKEN: 'verify',
    // Meta's host, at a port where nobody listens.
    GRAPH_API_URL: 'https://graph.facebook.com:1/v26.0',
  })
  const say = async (mid: string, text: string) => {
    const message = { sender: { id: '7412365890123456' }, recipient: { id: PAGE }, timestamp: Date.now(), message: { mid, text } }
    const body = JSON.stringify({ object: 'page', entry: [{ id: PAGE, time: Date.now(), messaging: [message] }] })
    const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature }
    return (await fetch(`${running.url}/webhooks/messenger`, { method: 'POST', body, headers })).status
  }
  // The first message waits for what a start does ahead; Meta, too, would deliver it again.
  await eventually(async () => (await say('m_1', 'Hvordan søger jeg boligstøtte?')) === 200)
  await eventually(async () => (await say('m_2', 'menu')) === 200)
  const log = async () => {
    const { stdout } = await runCommand('cli/log', ['--json'], environment)
    const turns = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    return turns.map(({ event, effects, settle }) => {
      const open = effects.flatMap(({ type, message }: { type: string; message: { text: string } }, at: number) =>
        type === 'message' && settle.sent[at]?.reason !== 'trial' ? [message.text] : [],
      )
      return [event.text, open]
    })
  }
  // What is held back says so once its turn is settled, behind the answer to Meta.
  await becomes(log, [
    ['Hvordan søger jeg boligstøtte?', [expect.stringContaining('Her er ikke åbent endnu')]],
    ['menu', []],
  ])
  const { stdout } = await runCommand('cli/doctor', [], environment)
  const line = stdout.split('\n').find((one) => one.slice(2).startsWith('Mode'))
  expect(line).toMatch(/^! Mode: trial: messages on Messenger reach the own team only; missing: a second administrator/)
  expect(line).toContain('real numbers instead of the demo in demo')
})

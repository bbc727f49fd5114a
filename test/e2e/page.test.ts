/** The resident's page as the running product serves it, in a real browser. `SCREENS=1` keeps the pictures in docs/screens. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { ROOT, starterLibrary } from '../library.js'
import { axeFindings, hasBrowser, launchBrowser, slowDown } from '../web/browser.js'
import { type Product, startProduct } from './product.js'

const library = await starterLibrary()
const SCREENS = join(ROOT, 'docs/screens')
const PHONE = { width: 390, height: 844 }
/** Compressed script of the first load, and time until a slow phone shows the first answer. */
const SCRIPT_MAX = 90 * 1024
const FIRST_ANSWER_MAX = 5000

if (!hasBrowser) console.warn('Not run: the page in a browser; install it with apt-get install -y chromium fonts-noto-core')
test('a browser is there where everything must be tested', () => {
  expect(hasBrowser || process.env['CI'] === undefined).toBe(true)
})

const dir = mkdtempSync(join(tmpdir(), 'opgang-page-'))
let browser: Browser
let product: Product
let port: string

beforeAll(async () => {
  port = String(await freePort())
  product = await startProduct(join(dir, 'data'), { PORT: port })
  if (hasBrowser) browser = await launchBrowser()
}, 30_000)
afterAll(async () => {
  await browser?.close()
  await product.stop()
  rmSync(dir, { recursive: true })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port: free } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return free
}

async function open(options: BrowserContextOptions = {}, path = '/', url = product.url): Promise<Page> {
  const page = await browser.newPage({ viewport: PHONE, locale: 'da-DK', ...options })
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => expect(error).toBeUndefined())
  await page.goto(`${url}${path}`)
  await page.waitForSelector('.languages')
  return page
}
async function choose(page: Page, language: string): Promise<void> {
  await page.click(`.languages [lang=${language}]`)
  await page.waitForFunction((code) => document.documentElement.lang === code, language)
  await page.waitForSelector('.replies button')
}
async function tap(page: Page, title: string): Promise<void> {
  await page.click(`.replies button:text-is("${title}")`)
}
async function write(page: Page, text: string): Promise<void> {
  await page.fill('textarea', text)
  await page.keyboard.press('Enter')
}
const see = (page: Page, text: string) => page.waitForSelector(`text=${text}`)
/** The first words of what is said in a language, as the library has it. */
const title = (dialog: string, node: string, reply: string, language: string) => library.texts(dialog, node, language).titles[reply] ?? ''

async function tapToBoilWater(page: Page, language: string): Promise<void> {
  await tap(page, title('welcome', 'start', 'preparedness', language))
  await tap(page, title('preparedness', 'start', 'water-boil', language))
  await page.waitForSelector('.fact')
}

const inBrowser = hasBrowser ? describe : describe.skip

inBrowser('a resident', () => {
  test('chooses Arabic, taps to boil water, reads source and date, goes on in Danish, and is still there after a crash', async () => {
    const page = await open()
    await choose(page, 'ar')
    expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl')
    await tapToBoilWater(page, 'ar')
    const fact = page.locator('.fact').last()
    expect(await fact.innerText()).toContain('23 نوفمبر 2026')
    await fact.locator('summary').click()
    expect(await fact.locator('a').getAttribute('href')).toMatch(/^https:\/\//)
    await write(page, 'dansk')
    await page.waitForFunction(() => document.documentElement.lang === 'da' && document.documentElement.dir === 'ltr')
    await see(page, 'Så lad det koge kraftigt')
    const before = await page.locator('.bubble').count()
    await product.kill()
    await page.fill('textarea', 'hjælp')
    product = await startProduct(join(dir, 'data'), { PORT: port })
    expect(await page.inputValue('textarea')).toBe('hjælp')
    await page.keyboard.press('Enter')
    await see(page, 'Jeg kan svare på spørgsmål')
    await page.reload()
    await see(page, 'Jeg kan svare på spørgsmål')
    expect(await page.locator('.bubble').count()).toBeGreaterThan(before)
    await tap(page, library.say('da', 'command.menu'))
    await see(page, 'Hvad kan jeg hjælpe med?')
    await page.context().close()
  }, 60_000)

  test('sees history as history, and in a drill the rule of that day with a word that it is one', async () => {
    const page = await open()
    await choose(page, 'da')
    await write(page, 'menu')
    await tap(page, title('welcome', 'start', 'corona', 'da'))
    await tapWhereItLeads(page, 'corona', 'teenager')
    await see(page, 'Dette er et gammelt svar. Det gjaldt fra')
    await page.context().close()
    const drill = await startProduct(join(dir, 'drill'), { CLOCK: '2020-03-25T10:00' })
    const other = await open({}, '/', drill.url)
    await see(other, '25. marts 2020')
    await choose(other, 'da')
    await write(other, 'Må min teenagesøn mødes med sine venner?')
    await see(other, 'Din teenager må godt')
    expect(await other.locator('text=Dette er et gammelt svar. Det gjaldt fra').count()).toBe(0)
    expect(await other.locator('text=25. marts 2020').count()).toBeGreaterThanOrEqual(2)
    await other.context().close()
    await drill.stop()
  }, 60_000)

  test('comes by a link of an area, deletes the chat, and nothing of it is left', async () => {
    const page = await open({}, '/?area=sondervang')
    await see(page, 'Søndervang (demo)')
    await choose(page, 'da')
    await write(page, 'noget meget privat')
    await page.click('[aria-haspopup=dialog].menu')
    await page.click('text=/^Slet min/')
    await tap(page, library.say('da', 'delete-me.yes'))
    await see(page, library.say('da', 'delete-me.done').slice(0, 20))
    expect(await page.locator('text=noget meget privat').count()).toBe(0)
    await page.reload()
    await page.waitForSelector('.languages')
    await page.context().close()
  }, 30_000)

  test('leaves quickly, and Back brings nothing', async () => {
    const page = await open()
    await choose(page, 'da')
    await write(page, 'noget meget privat')
    await see(page, 'noget meget privat')
    await page.click('.leave')
    await page.waitForURL('**/leave.html')
    await page.goBack().catch(() => undefined)
    expect(await page.locator('text=noget meget privat').count()).toBe(0)
    await page.context().close()
  }, 30_000)

  test('gets little script, compressed, and on a slow phone the first answer within five seconds', async () => {
    const page = await browser.newPage({ viewport: PHONE, locale: 'da-DK' })
    await slowDown(page)
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    const scripts = new Set<string>()
    let bytes = 0
    session.on('Network.responseReceived', ({ requestId, type, response }) => {
      if (type !== 'Script') return
      scripts.add(requestId)
      expect(response.headers['Content-Encoding'] ?? response.headers['content-encoding']).toMatch(/br|gzip/)
    })
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) bytes += encodedDataLength
    })
    const started = Date.now()
    await page.goto(product.url)
    await page.waitForSelector('.languages')
    await choose(page, 'da')
    expect(Date.now() - started).toBeLessThan(FIRST_ANSWER_MAX)
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(SCRIPT_MAX)
    await page.context().close()
  }, 30_000)
})

/** Taps, from a dialog's start, the buttons that lead to a node: at most two. */
async function tapWhereItLeads(page: Page, dialog: string, node: string): Promise<void> {
  const at = library.dialogs[dialog]?.nodes['start']?.does
  const replies = at?.kind === 'ask' ? at.ask.quickReplies : []
  const direct = replies.find(({ goto }) => goto.node === node)
  if (direct !== undefined) return tap(page, title(dialog, 'start', direct.id, 'da'))
  for (const { id, goto } of replies) {
    const does = library.dialogs[goto.dialog]?.nodes[goto.node]?.does
    const next = does?.kind === 'ask' ? does.ask.quickReplies.find((reply) => reply.goto.node === node) : undefined
    if (next === undefined) continue
    await tap(page, title(dialog, 'start', id, 'da'))
    return tap(page, title(goto.dialog, goto.node, next.id, 'da'))
  }
  throw new Error(`No button leads to ${dialog}/${node}`)
}

inBrowser('looks', () => {
  const LOOKS = ['da', 'en', 'ar'].flatMap((language) => (['light', 'dark'] as const).map((scheme) => ({ language, scheme })))
  test.each(LOOKS)(
    'axe finds nothing at 320 px, and the picture is taken: $language, $scheme',
    async ({ language, scheme }) => {
      const page = await open({ viewport: { width: 320, height: 640 }, locale: language, colorScheme: scheme })
      expect(await axeFindings(page)).toEqual([])
      await choose(page, language)
      await tapToBoilWater(page, language)
      expect(await axeFindings(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
      if (process.env['SCREENS'] === '1' && language !== 'en') {
        mkdirSync(SCREENS, { recursive: true })
        for (const width of [390, 1280]) {
          await page.setViewportSize({ width, height: 844 })
          await page.screenshot({ path: join(SCREENS, `chat-${width}-${language}-${scheme}.png`) })
        }
      }
      await page.context().close()
    },
    30_000,
  )
})

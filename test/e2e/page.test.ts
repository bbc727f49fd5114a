/** The resident's page as the running product serves it, in a real browser; what is stored, on every store. `SCREENS=1` keeps the pictures in docs/screens. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { becomes } from '../becomes.js'
import { ROOT, starterLibrary } from '../library.js'
import { axeFindings, complaintsOf, hasBrowser, launchBrowser, sidewaysBy, slowDown, tabTo, weighScripts } from '../web/browser.js'
import { eventually, freePort, type Product, startProduct } from './product.js'
import { dropDatabases, FIRST_STORE, storedText } from './stores.js'

const library = await starterLibrary()
const SCREENS = join(ROOT, 'docs/screens')
const PHONE = { width: 390, height: 844 }
/** Compressed script of the first load, and time until a slow phone shows the first answer. */
const SCRIPT_MAX = 90 * 1024
const FIRST_ANSWER_MAX = 5000
const VISITS_MAX = 5

if (!hasBrowser) process.stderr.write('Not run: the page in a browser; install it with apt-get install -y chromium fonts-noto-core\n')
test('a browser is there where everything must be tested', () => {
  expect(hasBrowser || process.env['CI'] === undefined).toBe(true)
})

const dir = mkdtempSync(join(tmpdir(), 'opgang-page-'))
let browser: Browser
let product: Product
let port: string
let environment: Record<string, string>
let complaints: string[][] = []

beforeAll(async () => {
  port = String(await freePort())
  if (hasBrowser) browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  rmSync(dir, { recursive: true })
  await dropDatabases()
})

/** The tests of a block have one product, with a folder and a store of its own. */
function serve(folder: string, makeStore: () => Record<string, string> = () => ({})): void {
  beforeAll(async () => {
    environment = { DATA_DIR: join(dir, folder), PORT: port, ...makeStore() }
    product = await startProduct(join(dir, folder), environment)
  })
  afterAll(() => product.stop().then(() => undefined))
}

/** Whatever a test does, the browser's console has nothing to say of it. */
afterEach(() => {
  const said = complaints.flat()
  complaints = []
  expect(said).toEqual([])
})

async function open(options: BrowserContextOptions = {}, path = '/', url = product.url): Promise<Page> {
  const page = await browser.newPage({ viewport: PHONE, locale: 'da-DK', ...options })
  complaints.push(complaintsOf(page))
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
/** What a button of a dialog says in a language. */
const title = (dialog: string, node: string, reply: string, language: string) => library.texts(dialog, node, language).titles[reply] ?? ''

async function tapToBoilWater(page: Page, language: string): Promise<void> {
  await tap(page, title('welcome', 'start', 'preparedness', language))
  await tap(page, title('preparedness', 'start', 'water-boil', language))
  await page.waitForSelector('.fact')
}

/** While the product was dead, or busy with its start, the browser said so, and had to. */
function forgetLostLine(): void {
  complaints = complaints.map((said) => said.filter((line) => !/net::ERR_|status of 503/.test(line)))
}
const inBrowser = hasBrowser ? describe : describe.skip

inBrowser.each(FIRST_STORE)('a resident on %s', (name, makeStore) => {
  serve(name, makeStore)

  test('chooses Arabic, taps to boil water, reads source and date, goes on in Danish, and is still there after a crash', async () => {
    const page = await open()
    await choose(page, 'ar')
    await becomes(() => page.evaluate(() => document.documentElement.dir), 'rtl')
    await tapToBoilWater(page, 'ar')
    const fact = page.locator('.fact').last()
    expect(await fact.innerText()).toContain('23 نوفمبر 2026')
    await fact.locator('summary').click()
    expect(await fact.locator('a').getAttribute('href')).toMatch(/^https:\/\//)
    await fact.locator('summary').click()
    await write(page, 'dansk')
    await page.waitForFunction(() => document.documentElement.lang === 'da' && document.documentElement.dir === 'ltr')
    await see(page, 'Så lad det koge kraftigt')
    await product.kill()
    await tap(page, title('preparedness', 'water-more', 'water-use', 'da'))
    await see(page, 'Ikke sendt endnu')
    await see(page, 'Forbindelsen er væk et øjeblik')
    await page.fill('textarea', 'halvt skrev')
    forgetLostLine()
    product = await startProduct(environment['DATA_DIR'] ?? '', environment)
    await see(page, 'Brug kun kogt vand')
    await page.waitForFunction(() => document.querySelector('.line')?.textContent === '')
    expect(await page.inputValue('textarea')).toBe('halvt skrev')
    forgetLostLine()
    const goesOn = `.replies button:text-is("${title('preparedness', 'more', 'start', 'da')}")`
    await page.waitForSelector(goesOn)
    const before = await page.locator('.bubble').allInnerTexts()
    await page.reload()
    await see(page, 'Brug kun kogt vand')
    await becomes(() => page.locator('.bubble').allInnerTexts(), before)
    await becomes(() => page.inputValue('textarea'), 'halvt skrev')
    await page.click(goesOn)
    await see(page, title('preparedness', 'start', 'water-boil', 'da'))
    await page.context().close()
  })

  test('comes by a link of an area, deletes the chat, and nothing of it is left', async () => {
    const page = await open({}, '/?area=sondervang')
    await see(page, 'Søndervang (demo)')
    await choose(page, 'da')
    await write(page, 'noget meget privat')
    await eventually(async () => (await storedText(environment)).includes('noget meget privat'))
    await page.click('[aria-haspopup=dialog].menu')
    await page.click('dialog .reply:text-is("Slet min chat")')
    await tap(page, library.say('da', 'delete-me.yes'))
    await see(page, library.say('da', 'delete-me.done'))
    await becomes(() => page.locator('.bubble').allInnerTexts(), [library.say('da', 'delete-me.done')])
    await eventually(async () => !(await storedText(environment)).includes('noget meget privat'))
    await page.reload()
    await page.waitForSelector('.languages')
    await see(page, 'Søndervang (demo)')
    await page.context().close()
  })
})

inBrowser('a resident', () => {
  serve('data')

  test('sees history as history, and in a drill the rule of that day with a word that it is one', async () => {
    const page = await open()
    await choose(page, 'da')
    await write(page, 'menu')
    await tap(page, title('welcome', 'start', 'corona', 'da'))
    await tapWhereItLeads(page, 'corona', 'teenager-friends')
    await see(page, 'Dette er et gammelt svar. Det gjaldt fra')
    await page.context().close()
    const drill = await startProduct(join(dir, 'drill'), { CLOCK: '2020-03-25T10:00' })
    const other = await open({}, '/', drill.url)
    await see(other, 'Øvelse: svarene er fra 25. marts 2020')
    await choose(other, 'da')
    expect(await other.locator('.entry.bot .bubble').first().innerText()).toContain(
      'Dette er en øvelse. Jeg svarer, som om det er den 25. marts 2020.',
    )
    await write(other, 'Må min teenagesøn mødes med sine venner?')
    await see(other, 'Unge må gerne')
    expect(await other.locator('text=Dette er et gammelt svar. Det gjaldt fra').count()).toBe(0)
    await other.waitForFunction(() => document.querySelectorAll('.fact').length === 1)
    expect(await other.locator('.fact').innerText()).toContain('Regel')
    expect((await other.locator('.head .banner').boundingBox())?.y).toBeGreaterThanOrEqual(0)
    await other.context().close()
    await drill.stop()
  })

  test('leaves quickly, and Back brings nothing', async () => {
    const page = await open()
    await choose(page, 'da')
    await write(page, 'noget meget privat')
    await see(page, 'noget meget privat')
    await page.click('.leave')
    await page.waitForURL('**/leave.html')
    expect(await page.innerText('body')).not.toMatch(/opgang|chat|birkehaven/i)
    await page.goBack().catch(() => undefined)
    expect(await page.locator('text=noget meget privat').count()).toBe(0)
    await page.goto(product.url)
    await page.waitForSelector('.languages')
    expect(await page.locator('.entry').count()).toBe(0)
    await page.context().close()
  })

  test('goes by keyboard alone from the language to a source, through the menu, and writes', async () => {
    const page = await open()
    await tabTo(page, '.languages [lang=da]')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.replies button')
    await tabTo(page, `.replies button:text-is("${title('welcome', 'start', 'preparedness', 'da')}")`)
    await page.keyboard.press('Enter')
    await tabTo(page, `.replies button:text-is("${title('preparedness', 'start', 'water-boil', 'da')}")`)
    await page.keyboard.press('Space')
    await page.waitForSelector('.fact')
    await tabTo(page, '.fact summary')
    await page.keyboard.press('Enter')
    await tabTo(page, '.fact a')
    await tabTo(page, '.tool.menu')
    await page.keyboard.press('Enter')
    await tabTo(page, 'dialog .shut')
    await page.keyboard.press('Escape')
    await becomes(() => page.evaluate(() => document.activeElement?.matches('.tool.menu')), true)
    await tabTo(page, 'textarea')
    await page.keyboard.type('hjælp')
    await page.keyboard.press('Enter')
    await see(page, 'Jeg kan svare på spørgsmål')
    await page.context().close()
  })

  test('gets little script, compressed, and on a slow phone the first answer within five seconds', async () => {
    // Of a few visits the fastest counts: whatever else this computer does can only add to a visit.
    const visits = [await visitOnSlowPhone()]
    const fastest = () => Math.min(...visits.map(({ took }) => took))
    while (fastest() >= FIRST_ANSWER_MAX && visits.length < VISITS_MAX) visits.push(await visitOnSlowPhone())
    expect(fastest()).toBeLessThan(FIRST_ANSWER_MAX)
    for (const { bytes, encodings } of visits) {
      expect(encodings.filter((encoding) => !/^(?:br|gzip)$/.test(encoding))).toEqual([])
      expect(bytes).toBeGreaterThan(0)
      expect(bytes).toBeLessThanOrEqual(SCRIPT_MAX)
    }
  })
})

/** Opens the page with nothing cached and chooses a language: milliseconds until the answer, and the script as it came over the wire. */
async function visitOnSlowPhone(): Promise<{ took: number; bytes: number; encodings: string[] }> {
  const page = await browser.newPage({ viewport: PHONE, locale: 'da-DK' })
  complaints.push(complaintsOf(page))
  await slowDown(page)
  const scripts = await weighScripts(page)
  const started = performance.now()
  await page.goto(product.url, { waitUntil: 'commit' })
  await choose(page, 'da')
  const took = performance.now() - started
  await page.context().close()
  return { took, ...scripts() }
}

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
  serve('looks')

  const LOOKS = ['da', 'en', 'ar'].flatMap((language) => (['light', 'dark'] as const).map((scheme) => ({ language, scheme })))
  test.each(LOOKS)('are clean for axe and fit 320 px and double zoom: $language, $scheme', async ({ language, scheme }) => {
    const page = await open({ viewport: { width: 320, height: 640 }, locale: language, colorScheme: scheme })
    const fine = async () => {
      expect(await axeFindings(page)).toEqual([])
      expect(await sidewaysBy(page)).toBe(0)
    }
    await fine()
    await choose(page, language)
    await fine()
    await tapToBoilWater(page, language)
    await page.locator('.fact summary').last().click()
    await fine()
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
    expect(await sidewaysBy(page)).toBe(0)
    await page.evaluate(() => (document.documentElement.style.fontSize = ''))
    await page.locator('.fact summary').last().click()
    if (process.env['SCREENS'] === '1' && language !== 'en') await takePictures(page, `${language}-${scheme}`)
    await page.click('.tool.menu')
    await page.waitForSelector('dialog[open]')
    await fine()
    await page.context().close()
  })
})

/** The end of the conversation as a phone and a computer show it. */
async function takePictures(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENS, { recursive: true })
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 })
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
    await page.screenshot({ path: join(SCREENS, `chat-${width}-${name}.png`) })
  }
}

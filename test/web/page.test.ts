/** The built page in a real browser, on a server that can be told to misbehave. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { becomes } from '../becomes.js'
import { axeFindings, hasBrowser, launchBrowser } from './browser.js'
import { type StubOptions, type StubServer, startStub } from './stub-server.js'

/** Bytes of script at first load, compressed: what a cheap phone on a poor line can be asked for. */
const SCRIPT_MAX = 90 * 1024

let pages: string
let browser: Browser
let stub: StubServer

beforeAll(async () => {
  pages = mkdtempSync(join(tmpdir(), 'opgang-pages-'))
  const args = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', '--outDir', pages, '--emptyOutDir']
  execFileSync(process.execPath, args, { env: { ...process.env, NODE_ENV: 'production' } })
  if (hasBrowser) browser = await launchBrowser()
})

afterEach(() => stub?.close())

afterAll(async () => {
  await browser?.close()
  rmSync(pages, { recursive: true })
})

async function open(options: BrowserContextOptions = {}, talk: Partial<StubOptions> = {}): Promise<Page> {
  stub = await startStub({ pages, ...talk })
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'da-DK', ...options })
  page.on('pageerror', (error) => expect(error).toBeUndefined())
  await page.goto(stub.url)
  await page.waitForSelector('.languages')
  return page
}

async function choose(page: Page, language: string): Promise<void> {
  await page.click(`.languages [lang=${language}]`)
  await page.waitForSelector('.replies')
  await page.waitForFunction((code) => document.documentElement.lang === code, language)
}

async function write(page: Page, text: string): Promise<void> {
  await page.fill('textarea', text)
  await page.keyboard.press('Enter')
}

test('the script of the first load is within its budget', () => {
  // Those that the page names; the others are of the console.
  const named = readFileSync(join(pages, 'index.html'), 'utf8').matchAll(/\/assets\/([\w.-]+\.js)"/g)
  const scripts = [...new Set([...named].map(([, name = '']) => name))]
  expect(scripts.length).toBeGreaterThan(1)
  const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(pages, 'assets', name))).length, 0)
  expect(bytes).toBeLessThanOrEqual(SCRIPT_MAX)
})

const inBrowser = hasBrowser ? describe : describe.skip

inBrowser('for everybody', () => {
  // Every language and scheme is looked at on the running product; here the danger card, which no dialog shows yet.
  const LOOKS = [
    { language: 'da', colorScheme: 'light' },
    { language: 'ar', colorScheme: 'dark' },
  ] as const
  test.each(LOOKS)('axe finds nothing, and nothing is cut off at 320 px: $language, $colorScheme', async ({ language, colorScheme }) => {
    const page = await open(
      { viewport: { width: 320, height: 640 }, locale: language, colorScheme },
      { drill: '2020-03-25T10:00', demo: true },
    )
    const fine = async (): Promise<void> => {
      expect(await axeFindings(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    }
    await fine()
    await page.click(`.languages [lang=${language}]`)
    await page.waitForSelector('.replies')
    await write(page, 'teenager')
    await page.click('.fact summary')
    await write(page, 'danger')
    await page.waitForSelector('.danger')
    await fine()
    await page.click('[aria-haspopup=dialog].menu')
    await page.waitForSelector('dialog[open]')
    await fine()
    await page.context().close()
  })

  test('Arabic turns the page; a number keeps its order; what leads away is safe', async () => {
    const page = await open({ locale: 'ar' })
    expect(await page.getAttribute('.languages button', 'lang')).toBe('ar')
    await choose(page, 'ar')
    await becomes(() => page.getAttribute('html', 'dir'), 'rtl')
    await write(page, 'teenager')
    expect(await page.getAttribute('.bubble bdi.number >> text=70 20', 'dir')).toBe('ltr')
    expect(await page.getAttribute('.bubble p a', 'rel')).toBe('noopener noreferrer')
    expect(await page.getAttribute('.fact a', 'href')).toBe('https://www.sst.dk/da/corona')
    await page.context().close()
  })

  test('by keyboard alone: language, an answer, the menu and back', async () => {
    const page = await open()
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '')
    const tabTo = async (text: string): Promise<void> => {
      for (let steps = 0; steps < 20 && (await focused()) !== text; steps += 1) await page.keyboard.press('Tab')
      expect(await focused()).toBe(text)
    }
    await tabTo('Dansk')
    await tabTo('Menu')
    await page.keyboard.press('Enter')
    await page.waitForSelector('dialog[open]')
    await page.keyboard.press('Escape')
    await page.waitForSelector('dialog', { state: 'detached' })
    await becomes(focused, 'Menu')
    await tabTo('English')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.replies')
    await tabTo('Min teenager')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.fact')
    await becomes(focused, expect.stringContaining('Min teenager'))
    await tabTo('Hvad skal jeg sige til min søn?')
    await page.context().close()
  })

  test('the size of the text is kept', async () => {
    const page = await open()
    const size = (): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).fontSize)
    await page.click('text=Aa')
    await becomes(size, '20px')
    await page.reload()
    await page.waitForSelector('.languages')
    await becomes(size, '20px')
    await page.context().close()
  })

  test('"read aloud" is there where the device has a voice for the language, and only there', async () => {
    const page = await open()
    await choose(page, 'da')
    expect(await page.locator('text=Læs op').count()).toBe(0)
    await page.addInitScript(() => {
      speechSynthesis.getVoices = () => [{ lang: 'da-DK', localService: true } as SpeechSynthesisVoice]
    })
    await page.reload()
    await page.waitForSelector('text=Læs op')
    await page.context().close()
  })
})

inBrowser('on a poor line', () => {
  test('nothing typed is lost: without a line, over a reload, with a lost receipt', async () => {
    const page = await open()
    await choose(page, 'da')
    stub.refuse(1000, 503)
    await write(page, 'Jeg har brug for hjælp')
    await page.waitForSelector('text=Ikke sendt endnu')
    await page.fill('textarea', 'halvt skrev')
    await page.reload()
    await page.waitForSelector('.entry.own >> text=Jeg har brug for hjælp')
    await becomes(() => page.inputValue('textarea'), 'halvt skrev')
    stub.loseReceipt()
    stub.refuse(0, 503)
    await page.waitForSelector('text=Du skrev: Jeg har brug for hjælp')
    await becomes(() => page.locator('.entry.own >> text=Jeg har brug for hjælp').count(), 1)
    expect(stub.taken).toEqual(['Dansk', 'Jeg har brug for hjælp'])
    await page.context().close()
  })

  test('being offline is said in words, and ends by itself', async () => {
    const page = await open()
    await choose(page, 'da')
    await page.context().setOffline(true)
    await page.waitForSelector('text=Ingen forbindelse til internettet')
    await write(page, 'Hej')
    await page.waitForSelector('.unsent')
    await page.context().setOffline(false)
    await page.waitForSelector('text=Du skrev: Hej')
    await page.waitForFunction(() => document.querySelector('.line')?.textContent === '')
    await page.context().close()
  })

  test('a token that is no longer good is replaced without a word', async () => {
    const page = await open()
    await choose(page, 'da')
    stub.revokeTokens()
    await write(page, 'Hej')
    await page.waitForSelector('text=Du skrev: Hej')
    expect(stub.taken).toEqual(['Dansk', 'Hej'])
    await page.context().close()
  })
})

inBrowser('leaving quickly', () => {
  test('shows a neutral page, and Back brings nothing of the chat', async () => {
    const page = await open()
    await choose(page, 'da')
    await write(page, 'danger')
    await page.click('.danger .close')
    await page.waitForURL('**/leave.html')
    expect(await page.content()).not.toMatch(/opgang|chat|gellerup/i)
    await page.goBack()
    expect(await page.locator('.entry').count()).toBe(0)
    await page.goto(stub.url)
    await page.waitForSelector('.languages')
    expect(await page.locator('.entry').count()).toBe(0)
    await page.context().close()
  })

  test('without a line the conversation is not shown again either', async () => {
    const page = await open()
    await choose(page, 'da')
    await page.route('**/session/leave', (route) => route.abort())
    await page.click('.tool.leave')
    await page.waitForURL('**/leave.html')
    await page.unroute('**/session/leave')
    await page.goto(stub.url)
    await page.waitForSelector('.languages')
    expect(await page.locator('.entry').count()).toBe(0)
    await page.context().close()
  })
})

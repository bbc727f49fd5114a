/** A real browser for tests of the pages: Debian's chromium, what axe finds in a page, and a slow phone. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** False where there is no chromium to test with. */
export const hasBrowser = existsSync(CHROMIUM)

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
}

/** What axe finds wrong in the page as it is now, one line each; empty when nothing is. */
export async function axeFindings(page: Page): Promise<string[]> {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  // Evaluated by the browser's debugger: the page's content security policy stays as it is.
  await page.evaluate(axe)
  return page.evaluate(async () => {
    type Axe = { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> }
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run()
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`))
  })
}

/** What the page's console complains of from now on: uncaught errors, failed loads, what the content security policy blocked. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  return complaints
}

/** From now on the page waits for answers from these addresses, until it is let go. */
export async function holdBack(page: Page, addresses: RegExp): Promise<() => Promise<void>> {
  let open: (() => void) | undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  await page.route(addresses, async (route) => {
    await opened
    await route.continue()
  })
  return async () => {
    open?.()
    await page.unrouteAll({ behavior: 'wait' })
  }
}

/** CSS pixels by which the page is wider than the screen, in either direction of writing. */
export function sidewaysBy(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth))
}

/** More stops than a page has for the Tab key. */
const STOPS_MAX = 40
/** Width of the frame around what has the focus, in CSS pixels (WCAG 2.2, 2.4.13). */
const FOCUS_MIN = 2

/** Presses Tab until the focus is on an element and can be seen; throws where the keyboard cannot come. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  const target = await page.waitForSelector(selector)
  const focused = () => target.evaluate((element) => element === document.activeElement)
  for (let stops = 0; stops < STOPS_MAX && !(await focused()); stops += 1) await page.keyboard.press('Tab')
  if (!(await focused())) throw new Error(`The Tab key does not come to ${selector}`)
  const frame = await target.evaluate((element) => {
    // What fills a whole row draws its frame around that row.
    const frames = [undefined, '::after'].map((part) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element, part)
      return outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth)
    })
    return Math.max(...frames)
  })
  if (frame < FOCUS_MIN) throw new Error(`The focus cannot be seen on ${selector}`)
}

/** A cheap phone on a poor line: CPU six times slower; 1.6 Mbit/s down, 750 kbit/s up, 150 ms (Lighthouse's mobile 3G). */
export async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1024 * 1024) / 8,
    uploadThroughput: (750 * 1024) / 8,
  })
}

/** Counts from now on the scripts that a page loads, as they come over the wire: their bytes, and how each was compressed. */
export async function weighScripts(page: Page): Promise<() => { bytes: number; encodings: string[] }> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  const encodings = new Map<string, string>()
  let bytes = 0
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script') encodings.set(requestId, response.headers['Content-Encoding'] ?? response.headers['content-encoding'] ?? 'none')
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (encodings.has(requestId)) bytes += encodedDataLength
  })
  return () => ({ bytes, encodings: [...encodings.values()] })
}

/** What a resident writes in the drill of 25 March 2020: over Messenger by signed webhooks, and on the page in a real browser. */
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { becomes } from '../becomes.js'
import { type GraphStub, startGraphStub } from '../graph-stub.js'
import { starterLibrary } from '../library.js'
import { axeFindings, complaintsOf, hasBrowser, launchBrowser } from '../web/browser.js'
import { type Environment, eventually, type Product, runCommand, startProduct } from './product.js'
import { storedText } from './stores.js'
import { APP, messengerSettings, SECRET } from './town.js'

const PAGE = '104857600000001'
const CLOCK = '2020-03-25T10:00'
const TURKISH = 'selam, oğlum arkadaşlarıyla buluşabilir mi'
/** Words of danger, each with the language and the kind of its card. */
const DANGERS = [
  ['jeg vil ikke leve længere', 'da', 'suicide'],
  ['he hits me', 'en', 'violence'],
  ['طفلي لا يتنفس', 'ar', 'illness'],
] as const

const library = await starterLibrary()
const [area] = Object.values(library.areas)
/** A text of the library as somebody in the first area reads it. */
const filled = (text = '') => text.replace(/\{\{area\.(\w+)\}\}/g, (_, name: string) => area?.variables[name] ?? '')
const card = (kind: string, language: string) => filled(library.texts('emergency', kind, language).say[0])
const teenager = library.texts('corona', 'teenager-friends', 'tr').say[0] ?? ''

let dir: string
let graph: GraphStub
let product: Product
let environment: Environment
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'opgang-understanding-'))
  graph = await startGraphStub({ appSecret: SECRET, appId: APP })
  const { LANGUAGES: _, ...settings } = messengerSettings([PAGE], graph.url)
  environment = { ...settings, DATA_DIR: dir, CLOCK }
  product = await startProduct(dir, environment)
})
afterAll(async () => {
  await product.stop()
  await graph.close()
  rmSync(dir, { recursive: true })
})

let stamp = Date.now()
async function write(user: string, text: string): Promise<void> {
  const timestamp = ++stamp
  const messaging = [{ sender: { id: user }, recipient: { id: PAGE }, timestamp, message: { mid: `m_${timestamp}`, text } }]
  const body = JSON.stringify({ object: 'page', entry: [{ id: PAGE, time: timestamp, messaging }] })
  const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature }
  // As Meta does: what a busy start cannot store in time comes again.
  await becomes(async () => (await fetch(`${product.url}/webhooks/messenger`, { method: 'POST', body, headers })).status, 200)
}
interface Sent {
  readonly text: string
  readonly quick_replies?: readonly { readonly title: string }[]
}
const sentTo = (user: string): Sent[] =>
  graph
    .messages()
    .filter(({ body }) => (body['recipient'] as { id: string }).id === user)
    .map(({ body }) => body['message'] as Sent)
const person = (at: number) => `95${String(at).padStart(14, '0')}`

describe('over Messenger', () => {
  test('a first message in Turkish is answered in Turkish', async () => {
    await write(person(1), TURKISH)
    await eventually(() => sentTo(person(1)).some(({ text }) => text.startsWith(teenager.slice(0, 40))))
  })

  test('a whole Arabic sentence takes a Danish talk over to Arabic, `ok` does nothing, one button offers what is unsure, once', async () => {
    const user = person(2)
    await write(user, 'dansk')
    await write(user, 'ok')
    await write(user, 'merhaba')
    await write(user, 'teşekkür ederim')
    await write(user, 'هل يجوز لابني أن يلتقي أصدقاءه في الخارج؟')
    await eventually(() =>
      sentTo(user).some(({ text }) => text.includes(library.texts('corona', 'teenager-friends', 'ar').say[0]?.slice(0, 40) ?? '?')),
    )
    const titles = sentTo(user).flatMap(({ quick_replies: replies = [] }) => replies.map(({ title }) => title))
    expect(titles.filter((title) => title === library.say('tr', 'language.continue'))).toHaveLength(1)
    expect(sentTo(user).find(({ text }) => text.includes(library.say('ar', 'language.changed')))).toBeDefined()
  })

  test.each([
    ['shlon', 'ar'],
    ['mujhe', 'ur'],
  ])('%s is offered the right script', async (text, language) => {
    const user = person(language === 'ar' ? 3 : 4)
    await write(user, text)
    const offered = () => sentTo(user).flatMap(({ quick_replies: replies = [] }) => replies.map(({ title }) => title))
    await eventually(() => offered().includes(library.say(language, 'language.continue')))
  })

  test.each(DANGERS)('%s in the middle of another dialog: the card comes first, and the case is marked', async (text, language, kind) => {
    const user = person(10 + DANGERS.findIndex(([words]) => words === text))
    await write(user, 'dansk')
    await eventually(() => sentTo(user).length >= 2)
    const before = sentTo(user).length
    await write(user, text)
    await eventually(() => sentTo(user).length > before + 1)
    expect(sentTo(user)[before]?.text.startsWith(card(kind, language))).toBe(true)
    const { stdout } = await runCommand('cli/log', ['--json'], environment)
    const turns = stdout.split('\n').filter((line) => line.includes(user) && line.includes('"openHandoff"'))
    expect(turns).toHaveLength(1)
    expect(turns[0]).toContain('"task":"danger"')
  })

  test('passwords and codes are on no disk and in no log', async () => {
    const secrets = ['Regnbue!7Kat', '48210937', 'sofus_t83']
    const user = person(20)
    await write(user, `mit kodeord er ${secrets[0]}`)
    await write(user, `min mitid kode er ${secrets[1]}`)
    await write(user, `my user id for mitid is ${secrets[2]} ok`)
    await eventually(() => sentTo(user).length >= 3)
    const all = `${await storedText(environment)}\n${product.output.join('\n')}`
    expect(all).toContain('mitid')
    for (const secret of secrets) expect(all).not.toContain(secret)
  })
})

const onPage = hasBrowser ? test : test.skip
describe('on the page', () => {
  async function visit(use: (page: Page) => Promise<void>): Promise<void> {
    const browser = await launchBrowser()
    try {
      const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'da-DK' })
      const complaints = complaintsOf(page)
      await page.goto(`${product.url}/`)
      await page.waitForSelector('.languages')
      await use(page)
      expect(complaints).toEqual([])
    } finally {
      await browser.close()
    }
  }
  const say = async (page: Page, text: string) => {
    await page.fill('textarea', text)
    await page.keyboard.press('Enter')
  }

  onPage('Turkish first, then danger: the card has its frame, its telephone buttons and the way to leave', () =>
    visit(async (page) => {
      await say(page, TURKISH)
      await page.waitForSelector(`text=${teenager.slice(0, 40)}`)
      await page.waitForFunction(() => document.documentElement.lang === 'tr')
      await say(page, 'طفلي لا يتنفس')
      await page.waitForSelector('.danger .phones a')
      const numbers = await page.$$eval('.danger .phones a', (links) => links.map((link) => link.getAttribute('href')))
      expect(numbers).toEqual(['tel:112', 'tel:00000004', 'tel:82121212', 'tel:00000001'])
      expect(await page.$eval('.danger .bubble', (bubble) => [bubble.getAttribute('lang'), bubble.getAttribute('dir')])).toEqual([
        'ar',
        'rtl',
      ])
      const heights = await page.$$eval('.danger .phones a', (links) => links.map((link) => link.getBoundingClientRect().height))
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(56)
      expect(await page.$('.danger .close')).not.toBeNull()
      expect(await axeFindings(page)).toEqual([])
    }),
  )

  onPage('a father asks in Arabic what it means for his son, says who he is, and shows the son the same in Danish', () =>
    visit(async (page) => {
      const of = (language: string) => library.texts('corona', 'teenager-friends', language)
      const tap = (key: string) =>
        page
          .getByRole('button', { name: library.say('ar', key), exact: true })
          .last()
          .click()
      const see = (text = '?') => page.waitForSelector(`text=${text.split('\n')[0]?.slice(0, 30)}`)
      await say(page, 'ماذا يعني ذلك لابني المراهق وأصدقائه؟')
      await see(of('ar').say[0])
      await tap('audience.parent')
      await see(of('ar').versions.parent?.[0])
      await tap('audience.show')
      await see(of('da').versions.teenager?.[0])
      const shown = page.locator('.bubble[lang="da"]', { hasText: of('da').versions.teenager?.[0]?.slice(0, 30) ?? '?' })
      expect([await shown.getAttribute('dir'), await page.locator('html').getAttribute('dir')]).toEqual(['ltr', 'rtl'])
      expect(await axeFindings(page)).toEqual([])
    }),
  )
})

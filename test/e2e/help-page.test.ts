/** A resident asks and talks on the page, in a real browser at the width of a phone; the helper is on Messenger. `SCREENS=1` keeps the pictures in docs/screens. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { ROOT } from '../library.js'
import { axeFindings, complaintsOf, hasBrowser, launchBrowser, sidewaysBy } from '../web/browser.js'
import {
  accepts,
  arrive,
  asksForMedicine,
  confirms,
  library,
  nameless,
  onDuty,
  openPlace,
  type Place,
  plain,
  type Writer,
  YUSUF,
} from './people-at-work.js'
import { eventually } from './product.js'

const SCREENS = join(ROOT, 'docs/screens')
const PHONE = { width: 390, height: 844 }
const NARROW = { width: 320, height: 640 }
const WORDS = {
  da: { what: 'Apoteket ved torvet', asks: 'Kan du komme i eftermiddag?' },
  ar: { what: 'الصيدلية قرب الساحة', asks: 'هل تستطيع المجيء بعد الظهر؟' },
} as const

let browser: Browser
let place: Place
beforeAll(async () => {
  if (hasBrowser) browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** A person before the page. Lines and paragraphs of what they read count as spaces. */
function writerAt(page: Page, language: string): Writer {
  const spaced = (text: string) => plain(text).replace(/\s+/g, ' ')
  const read = async () => (await page.locator('.entry.bot .bubble').allInnerTexts()).map(spaced)
  return {
    language,
    t: (key, values) => plain(library.say(language, key, values)),
    async says(...texts) {
      for (const text of texts) {
        await page.fill('textarea', text)
        await page.keyboard.press('Enter')
      }
    },
    taps: (title) => page.click(`.replies button:text-is("${title}")`),
    async reads(words) {
      const holds = (text: string) => (typeof words === 'string' ? text.includes(spaced(words)) : words.test(text))
      await eventually(async () => (await read()).some(holds))
      return (await read()).findLast(holds) ?? ''
    },
  }
}

async function arriveAt(page: Page, language: string): Promise<Writer> {
  await page.goto(`${place.product.url}/`)
  await page.click(`.languages [lang=${language}]`)
  await page.waitForFunction((code) => document.documentElement.lang === code, language)
  return writerAt(page, language)
}

/** Clean for axe, nothing beside the screen at 320 px; a picture of the end of the conversation where they are kept. */
async function look(page: Page, name: string): Promise<void> {
  await page.setViewportSize(NARROW)
  expect([await sidewaysBy(page), await axeFindings(page)]).toEqual([0, []])
  await page.setViewportSize(PHONE)
  if (process.env['SCREENS'] !== '1') return
  mkdirSync(SCREENS, { recursive: true })
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
  await page.screenshot({ path: join(SCREENS, `${name}.png`) })
}

const inBrowser = hasBrowser ? describe : describe.skip

inBrowser('on the page', () => {
  beforeEach(async () => {
    place = await openPlace({ store: {} })
  })
  afterEach(() => place.close())

  test.each(['da', 'ar'] as const)(
    'asks, reads the receipt, and talks with a helper who reads another language: %s',
    async (language) => {
      const yusuf = await onDuty(place, 'yusuf', 'so')
      const page = await browser.newPage({ viewport: PHONE, locale: language })
      page.setDefaultTimeout(40_000)
      const complaints = complaintsOf(page)
      const resident = await arriveAt(page, language)
      const { what, asks } = WORDS[language]
      await asksForMedicine(resident, { what, stairwell: '3' })
      await look(page, `help-summary-390-${language}`)
      const receipt = await confirms(resident)
      await look(page, `help-receipt-390-${language}`)
      await accepts(yusuf, receipt, resident)
      await resident.reads(resident.t('talking.code-word.resident', { word: '|', other: YUSUF }).split('|')[1] ?? '')
      await resident.says(asks)
      await yusuf.reads(yusuf.t('talking.says', { other: nameless(resident), receipt, text: asks }))
      await yusuf.taps(yusuf.t('talking.button.cards'))
      await yusuf.taps(`3. ${yusuf.t('card.on-my-way')}`)
      await resident.reads(resident.t('talking.says', { other: YUSUF, receipt, text: resident.t('card.on-my-way') }))
      await look(page, `help-talk-390-${language}`)
      await yusuf.taps(yusuf.t('talking.button.on-my-way'))
      await yusuf.taps(yusuf.t('volunteering.button.done'))
      await resident.reads(resident.t('asking.told.done'))
      expect(complaints).toEqual([])
      await page.context().close()
    },
    120_000,
  )

  test('a volunteer taps yes while the phone has no line, and another is first: back on it they read so, kindly', async () => {
    const hodan = await onDuty(place, 'hodan', 'so')
    const page = await browser.newPage({ viewport: PHONE, locale: 'da' })
    page.setDefaultTimeout(40_000)
    const lone = await arriveAt(page, 'da')
    await lone.says(/OPG-\w{4}-\w{4}/.exec(await place.desk('volunteer', 'lone'))?.[0] ?? '')
    await lone.taps(lone.t('volunteering.button.duty-on'))
    const resident = await arrive(place, 'da')
    await asksForMedicine(resident, { what: WORDS.da.what, stairwell: '3' })
    const receipt = await confirms(resident)
    await page.click(`.replies button:text-is("${lone.t('volunteering.button.accept')}")`, { trial: true })
    await page.context().setOffline(true)
    await page.waitForSelector('text=Ingen forbindelse til internettet')
    await lone.taps(lone.t('volunteering.button.accept'))
    await page.waitForSelector('.unsent')
    await accepts(hodan, receipt, resident)
    await page.context().setOffline(false)
    await lone.reads(lone.t('volunteering.refused.taken', { receipt }))
    await resident.reads(resident.t('talking.code-word.resident', { word: '|', other: 'Hodan (demo)' }).split('|')[1] ?? '')
    await page.context().close()
  })
})

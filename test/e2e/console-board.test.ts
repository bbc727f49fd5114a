/** Staff at the board while residents and volunteers act in the running product, on phones and desks of their own. `SCREENS=1` keeps pictures. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { ROOT } from '../library.js'
import { axeFindings, hasBrowser, holdBack, launchBrowser, sidewaysBy } from '../web/browser.js'
import { addPasskey, check, DESK, type Device, openDevice, PHONE, press, see, signInByLink, tab } from './console-device.js'
import {
  accepts,
  arrive,
  asked,
  asksForMedicine,
  confirms,
  everythingSentTo,
  library,
  onDuty,
  openPlace,
  type Person,
  type Place,
  readsCodeWord,
  readsOffer,
  typed,
} from './people-at-work.js'
import { eventually, freePort } from './product.js'
import { dropDatabases, LAST_STORE } from './stores.js'

const LINK = /^http:\/\/localhost:\d+\/console#link=[\w-]{44}$/
const AREA = library.areas['demo']?.name ?? ''
const NEIGHBOURS = library.areas['sondervang']?.name ?? ''
const HERS = 'Waan ku sugayaa albaabka hortiisa'
const HIS = 'سأحضر الدواء من الصيدلية بعد قليل'
const WRITTEN = 'Vi finder en til dig i dag.'
const NOTE = 'Ringer selv til apoteket klokken 16'
const INGRIDS = 'Posen ligger klar ved disken'
/** For a busy computer. */
const WAIT_MS = 40_000
/** What a page asks about one request. */
const HELD = /\/api\/requests\/[^/?]+\?/

let browser: Browser
beforeAll(async () => {
  if (hasBrowser) browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await dropDatabases()
})

const inBrowser = hasBrowser ? describe.each(LAST_STORE) : describe.skip.each(LAST_STORE)

inBrowser('on %s', (_, makeStore) => {
  const devices: Device[] = []
  let place: Place
  let chief: Page
  /** Of everywhere, and of one area. */
  let phone: Page
  let desk: Page
  let amina: Person
  let hodan: Person
  let lone: Person
  let receipt: string
  beforeAll(async () => {
    place = await openPlace({ store: makeStore(), settings: { PORT: String(await freePort()) } })
    await eventually(() => place.product.output.some((line) => LINK.test(line)))
    chief = await device(DESK)
    await signInByLink(chief, place.product.output.find((line) => LINK.test(line)) ?? '')
    await addPasskey(chief, 'Kontoret')
    phone = await colleague('Koordinator Prøve', ['Alle områder'])
    desk = await colleague('Kollega Prøve', [AREA], { viewport: DESK })
    ;[hodan, lone, amina] = await Promise.all([onDuty(place, 'hodan', 'so'), onDuty(place, 'lone', 'da'), arrive(place, 'so')])
  })
  afterAll(async () => {
    for (const { page } of devices) await page.context().close()
    await place.close()
    // What the server refuses, and refuses rightly, the browser writes down by itself.
    expect(devices.flatMap(({ complaints }) => complaints).filter((line) => !/status of 4\d\d/.test(line))).toEqual([])
  })

  async function device(viewport = PHONE): Promise<Page> {
    const opened = await openDevice(browser, viewport)
    opened.page.setDefaultTimeout(WAIT_MS)
    devices.push(opened)
    return opened.page
  }

  /** One more of the staff, signed in at the board on a device of their own. */
  async function colleague(name: string, areas: readonly string[], more: { viewport?: typeof PHONE; safeguarding?: true } = {}) {
    await tab(chief, 'Ansatte')
    await press(chief, 'Invitér en ansat')
    await chief.getByLabel('Navn').fill(name)
    await check(chief, 'Koordinator')
    for (const area of areas) await chief.getByRole('group', { name: 'Koordinator' }).getByRole('checkbox', { name: area }).check()
    if (more.safeguarding === true) await check(chief, 'Må se sager om fare og vold')
    await press(chief, 'Invitér en ansat')
    const page = await device(more.viewport)
    await signInByLink(page, await chief.getByLabel(`Link til ${name}`).inputValue())
    await tab(page, 'Opgaver')
    await page.getByRole('heading', { name: 'Opgaver', exact: true }).waitFor()
    await chief.reload()
    return page
  }

  test('a request is there at once, by area and language; why each was asked or not is read', async () => {
    await see(phone, 'Ingen venter.')
    await asksForMedicine(amina, { what: 'Farmashiyaha weyn ee xaafadda', stairwell: '4' })
    receipt = await confirms(amina)
    // Nobody loads anything: it is there.
    await rowOf(phone, receipt).waitFor()
    await choose(phone, 'Sprog', 'Tyrkisk · Türkçe')
    await see(phone, 'Ingen opgaver passer')
    await press(phone, 'Vis alle områder og sprog')
    await choose(phone, 'Område', NEIGHBOURS)
    await see(phone, 'Ingen opgaver passer')
    await choose(phone, 'Område', AREA)
    await rowOf(phone, 'Somali').click()
    await phone.getByRole('heading', { name: `${receipt} Medicin` }).waitFor()
    await phone.getByText('Hvem er spurgt, og hvorfor').click()
    const why = phone.locator('.decisions')
    await why.getByText(/^Bor i området, taler somali/).waitFor()
    expect(await why.innerText()).toMatch(
      /Hodan \(demo\)[^]*Ikke spurgt[^]*2 taler ikke sproget Fatma \(demo\), Lone \(demo\)[^]*2 er ikke på vagt Abdi \(demo\), Yusuf \(demo\)/,
    )
    expect(asked([lone], receipt)).toEqual([])
  })

  test('two have it open and see each other; the second change is refused with what the first did', async () => {
    await rowOf(desk, receipt).click()
    await see(desk, /Koordinator Prøve\W? har den også åben/)
    await see(phone, /Kollega Prøve\W? har den også åben/)
    const release = await holdBack(desk, HELD)
    await press(phone, 'Tag opgaven')
    await see(phone, 'Du har opgaven nu.')
    await press(desk, 'Spørg flere')
    await see(desk, /Imens er der sket noget: \W?Koordinator Prøve\W? tog opgaven/)
    await release()
    await desk.locator('.facts', { hasText: 'Koordinator Prøve' }).waitFor()
    await press(phone, 'Skriv til beboeren')
    await phone.getByLabel('Din besked til beboeren').fill(WRITTEN)
    await press(phone, 'Send til beboeren')
    await amina.reads(WRITTEN)
    await phone.getByLabel('Din note').fill(NOTE)
    await press(phone, 'Gem noten')
    await desk.locator('.note', { hasText: NOTE }).waitFor()
    await press(phone, 'Giv tilbage')
    await see(phone, 'Du har givet opgaven tilbage.')
  })

  test('volunteers act and both see it: a yes, nobody who came, an alarm, another helper, what the two write, and all of it erased', async () => {
    await accepts(hodan, receipt, amina)
    await phone.locator('.facts', { hasText: /Hodan \(demo\)\W* har den/ }).waitFor()
    await press(desk, 'I gang 1')
    await rowOf(desk, receipt)
      .getByText(/Hodan \(demo\)\W* har den/)
      .waitFor()

    await amina.says(typed(amina, 'nobody-came'))
    await phone.locator('.board-request .alarm', { hasText: 'Der kom ingen til beboeren' }).getByRole('button').click()
    await desk.locator('.alarm.over', { hasText: 'Koordinator Prøve' }).waitFor()
    const yusuf = await onDuty(place, 'yusuf', 'ar')
    await press(phone, 'Giv til en anden')
    await phone.getByRole('radio', { name: /Yusuf/ }).check()
    await phone.getByRole('button', { name: /^Spørg \W?Yusuf/ }).click()
    await see(phone, 'Opgaven er givet videre.')
    await accepts(yusuf, receipt, amina)
    await amina.says(HERS)
    await phone.locator('.said', { hasText: HERS }).waitFor()
    await yusuf.says(HIS)
    await phone.locator('.said', { hasText: HIS }).waitFor()
    expect(await directions(phone)).toEqual(['ltr', 'rtl'])
    await desk.locator('.board-request', { hasText: HIS }).waitFor()
    await desk.reload()
    await see(desk, HIS)
    await look(desk, 'request', DESK)
    await look(phone, 'request', PHONE)

    await amina.says(typed(amina, 'delete-me'))
    await amina.taps(amina.t('delete-me.yes'))
    for (const page of [phone, desk]) {
      await see(page, 'Opgaven er her ikke mere.')
      expect(await page.locator('body').innerText()).not.toContain(HIS)
    }
    for (const one of [amina, hodan, lone, yusuf]) expect(everythingSentTo(one)).not.toContain(NOTE)
    await press(phone, 'Tilbage til listen')
  })

  test('for Ingrid, who has no chat: the code word is there once somebody has it, and closing can be undone for a while', async () => {
    await press(phone, 'Opret for en anden')
    await choose(phone, 'Hvad er der brug for?', 'Medicin')
    await phone.getByRole('radio', { name: 'Nu, det haster' }).check()
    await choose(phone, 'Hvor bor personen?', AREA)
    await choose(phone, 'Hvilket sprog taler personen?', 'Dansk')
    await phone.getByLabel('Med få ord: hvad skal hjælperen vide?').fill(INGRIDS)
    await phone.getByLabel('Hvad skal hjælperen kalde personen?').fill('Ingrid')
    await press(phone, 'Opret opgaven')
    await see(phone, 'Opgaven er oprettet.')
    const hers = (await phone.locator('h2 .receipt').innerText()).trim()
    await readsOffer(lone, hers)
    await lone.taps(lone.t('volunteering.button.accept'))
    const word = await readsCodeWord(lone, 'helper', 'Ingrid')
    await phone.locator('.code-word', { hasText: word }).waitFor()

    await close(phone, 'Ikke brug for mere')
    await press(phone, 'Fortryd')
    await close(phone, 'Ikke brug for mere')
    await see(phone, 'Opgaven er lukket.')
    await press(phone, 'Tilbage til listen')
    await press(phone, 'Lukket 1')
    await rowOf(phone, 'Ikke brug for mere').waitFor()
    await press(phone, 'Venter 0')
  })

  test('nothing of another area, and nothing of danger for whoever is not marked for it', async () => {
    const guard = await colleague('Vagt Prøve', ['Alle områder'], { safeguarding: true })
    const neighbour = await colleague('Nabo Prøve', [NEIGHBOURS])
    const [sahra, jane] = await Promise.all([arrive(place, 'so'), arrive(place, 'en')])
    await jane.says('he hits me')
    await rowOf(guard, 'Nogen kan være i fare').waitFor()
    await asksForMedicine(sahra, { what: 'Farmashiyaha weyn ee xaafadda', stairwell: '9' })
    const hers = await confirms(sahra)
    for (const page of [guard, phone]) await rowOf(page, hers).waitFor()
    const danger = (await rowOf(guard, 'Nogen kan være i fare').locator('.board-receipt').innerText()).trim()
    expect(await phone.locator('.board-row').count()).toBe(1)
    await see(neighbour, 'Ingen venter.')
    for (const [page, one] of [
      [phone, danger],
      [neighbour, hers],
    ] as const) {
      await page.goto(`${place.product.url}/console#board/${one}`)
      await see(page, 'Opgaven er her ikke mere.')
    }
    await look(guard, 'list', PHONE)
    await look(guard, 'list', DESK)

    const abdi = await onDuty(place, 'abdi', 'en')
    await rowOf(guard, hers).click()
    await press(guard, 'Spørg flere')
    await see(guard, 'Flere frivillige bliver spurgt.')
    await readsOffer(abdi, hers)
  })

  test('every view and every change stands in the log', async () => {
    await chief.reload()
    await tab(chief, 'Log')
    await see(chief, /Koordinator Prøve lukkede/)
    const log = (await chief.locator('main').innerText()).replace(/\s+/g, ' ')
    const done = [
      ...['så opgave R', 'tog opgave R', 'skrev til beboeren i opgave R', 'skrev en note på opgave R', 'gav opgave R tilbage'],
      ...['så alarmen om R', 'gav opgave R videre', 'oprettede opgave', 'lukkede opgave'],
    ]
    for (const act of done) expect(log).toContain(`Koordinator Prøve ${act.replace('R', receipt)}`)
    expect(log).toContain(`Kollega Prøve så opgave ${receipt}`)
    expect(log).toContain('Vagt Prøve spurgte flere frivillige')
    expect(log).not.toContain('Nabo Prøve så')
  })
})

const rowOf = (page: Page, text: string) => page.locator('.board-row', { hasText: text })
async function close(page: Page, reason: string): Promise<void> {
  await press(page, 'Luk opgaven')
  await page.getByRole('radio', { name: reason }).check()
  await page.locator('.act-form').getByRole('button', { name: 'Luk opgaven' }).click()
}

/** Fails where axe finds something or the page is wider than the screen; keeps a picture when asked to. */
async function look(page: Page, name: string, viewport: typeof PHONE): Promise<void> {
  await page.setViewportSize(viewport)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor()
    expect([name, viewport.width, colorScheme, await axeFindings(page)]).toEqual([name, viewport.width, colorScheme, []])
    expect(await sidewaysBy(page)).toBe(0)
    if (process.env['SCREENS'] !== undefined)
      await page.screenshot({
        path: join(ROOT, 'docs/screens', `console-board-${name}-${viewport.width}-${colorScheme}.png`),
        // A request is longer than a phone.
        fullPage: viewport === PHONE,
      })
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
}

const choose = (page: Page, label: string, option: string) => page.getByLabel(label, { exact: true }).selectOption({ label: option })

const directions = (page: Page) => page.locator('.talk .said').evaluateAll((lines) => lines.map((line) => getComputedStyle(line).direction))

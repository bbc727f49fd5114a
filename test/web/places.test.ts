/** The page "Områder" in a real browser, against the real API on a real store. `SCREENS=<folder>` keeps pictures there. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { only } from '../accounts-stage.js'
import { becomes } from '../becomes.js'
import { type ConsoleStage, openConsole } from '../console-stage.js'
import { DESK, PHONE, press, see } from '../e2e/console-device.js'
import { starterLibrary } from '../library.js'
import { axeFindings, complaintsOf, hasBrowser, launchBrowser, sidewaysBy } from './browser.js'
import { type ServedConsole, serveConsole } from './served-console.js'

const AREAS = [
  { id: 'demo', name: 'Søndervang (demo)' },
  { id: 'birkehaven', name: 'Birkehaven (demo)' },
]
const NARROW = { width: 320, height: 640 }
const SANNE = { id: 'sanne', name: 'Sanne', mail: 'sanne@example.org', hours: [{ days: [1, 2, 3, 4, 5], from: 480, until: 960 }] }
const TORBEN = { id: 'torben', name: 'Torben', hours: [{ days: [1, 2, 3, 4, 5], from: 960, until: 480 }] }

const library = await starterLibrary()
const whole = hasBrowser ? describe : describe.skip
let browser: Browser
let stage: ConsoleStage
let served: ServedConsole
let complaints: string[]

beforeAll(async () => {
  if (hasBrowser) browser = await launchBrowser()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  complaints = []
  stage = await openConsole(library)
  served = await serveConsole(stage, AREAS)
})
afterEach(async () => {
  for (const context of browser?.contexts() ?? []) await context.close()
  await served.close()
  // What the server refuses, and refuses rightly, the browser writes down by itself.
  expect(complaints.filter((line) => !/status of 4\d\d/.test(line))).toEqual([])
})

async function openPage(roles = only('coordinator'), viewport = DESK): Promise<Page> {
  const { token } = await stage.staff('Karin', roles)
  const page = await served.tab(browser, token, { viewport, reducedMotion: 'reduce' })
  complaints = complaintsOf(page)
  await page.goto(`${served.url}/console#places`)
  await see(page, 'Netværk')
  return page
}
/** Fails where axe finds something or the page is wider than the screen. */
async function look(page: Page, name: string): Promise<void> {
  await page.setViewportSize(NARROW)
  expect([name, NARROW.width, await sidewaysBy(page)]).toEqual([name, NARROW.width, 0])
  for (const viewport of [PHONE, DESK]) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor()
      expect([name, viewport.width, colorScheme, await axeFindings(page)]).toEqual([name, viewport.width, colorScheme, []])
      expect([name, viewport.width, await sidewaysBy(page)]).toEqual([name, viewport.width, 0])
      const folder = process.env['SCREENS']
      if (folder === undefined) continue
      mkdirSync(folder, { recursive: true })
      await page.screenshot({ path: join(folder, `${name}-${viewport.width}-${colorScheme}.png`), fullPage: true })
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize(DESK)
}
const place = async (id: string) => stage.work.collections.places.get(id)
const person = (page: Page, number: number) => page.getByRole('group', { name: new RegExp(`^Nummer ${number}`) })
const setOnCall = async (onCall: object[]) => {
  const known = await place('demo')
  if (known !== undefined) await stage.work.collections.places.replace({ ...known, onCall: onCall as (typeof SANNE)[] })
}

whole('an area', () => {
  test('shows who is on call and when nobody is, and is changed by somebody who never saw the file', async () => {
    await setOnCall([SANNE, TORBEN])
    const page = await openPage()
    await see(page, 'Ingen har vagt mandag 0–8, lørdag 8–24, søndag hele døgnet.')
    await see(page, 'Ingen har vagt i Birkehaven (demo). En alarm herfra når ingen.')
    await look(page, 'places')
    await press(page, 'Ret Søndervang (demo)')
    await press(page, 'Flyt Torben op')
    await see(page, 'Torben er nu nummer 1.')
    // At the end of the list the other button has the focus.
    await becomes(() => page.evaluate(() => document.activeElement?.textContent), 'Flyt Torben ned')
    await press(page, 'Tag Sanne af listen')
    await press(page, 'Fortryd')
    await press(page, 'Tilføj en på vagt')
    await person(page, 3).getByLabel('Navn').fill('سناء')
    await person(page, 3).getByLabel('Mail til alarmer (kan undlades)').fill('nobody')
    await person(page, 3).getByLabel('Vagt hvornår').fill('weekend')
    await page.getByLabel('Opgange').fill('1, 3, 12 A')
    await press(page, 'Gem')
    await see(page, 'Ret dette, og gem igen:')
    await person(page, 3).getByLabel('Vagt hvornår').fill('lø 8-24, sø 0-24, ma 0-8')
    await see(page, 'Læst som: lørdag 8–24, søndag hele døgnet, mandag 0–8')
    await press(page, 'Gem')
    await see(page, 'Det er ikke en mailadresse.')
    // Whoever saved at the foot of the form sees and hears what is wrong.
    await becomes(() => page.evaluate(() => document.activeElement?.textContent), expect.stringMatching(/^Ret dette, og gem igen:/))
    await page.waitForFunction(() => {
      const { top = -1, bottom = 0 } = document.activeElement?.getBoundingClientRect() ?? {}
      return top >= 0 && bottom <= window.innerHeight
    })
    // A name is typed in a field in which it can be read.
    for (const field of await page.getByLabel('Navn').all()) expect((await field.boundingBox())?.width).toBeGreaterThan(200)
    await look(page, 'place-form')
    await page.getByRole('button', { name: 'Det er ikke en mailadresse.' }).click()
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('sanaa@example.org')
    await press(page, 'Gem')
    await see(page, 'Søndervang (demo) er gemt. Det gælder nu.')
    await becomes(() => page.getByText('Ingen har vagt mandag').count(), 0)
    const saved = await place('demo')
    expect(saved?.stairwells).toEqual(['1', '3', '12 A'])
    expect(saved?.onCall.map(({ id }) => id)).toEqual(['torben', 'sanne', 'vagt'])
    expect(stage.work.places.current().places['demo']?.onCall[2]?.mail).toBe('sanaa@example.org')
  })

  test('that is new begins as a file: who administers all areas reads how, and nobody else is sent there', async () => {
    const page = await openPage(only('administrator'))
    await page.getByText('Et nyt område', { exact: true }).click()
    await see(page, /kopierer dialogs\/areas\/demo\.yaml/)
    await look(page, 'places-new')
    const other = await openPage(only('administrator', ['demo']))
    expect(await other.getByText('Et nyt område').count()).toBe(0)
  })

  test('gives a one-time word', async () => {
    await setOnCall([SANNE])
    const page = await openPage(only('administrator', ['demo']))
    await press(page, 'Engangsord til Sanne')
    await see(page, /^OPG-\w{4}-\w{4}$/)
    await look(page, 'place-word')
    expect(await page.getByRole('heading', { name: 'Birkehaven (demo)' }).count()).toBe(0)
  })

  test('what is typed stays while other pages are looked at, and what another saved meanwhile is shown first', async () => {
    const page = await openPage()
    await press(page, 'Ret Søndervang (demo)')
    await page.getByLabel('Opgange').fill('1, 3, 5')
    for (const leave of [() => page.goBack(), () => page.keyboard.press('Escape')]) {
      await leave()
      await see(page, 'Du har rettet noget her, som ikke er gemt endnu.')
      await press(page, 'Ret Søndervang (demo)')
    }
    await becomes(() => page.getByLabel('Opgange').inputValue(), '1, 3, 5')
    await setOnCall([SANNE])
    await press(page, 'Gem')
    await see(page, 'Den er ændret, siden du så den.')
    await page.getByRole('region', { name: 'Sådan er det gemt nu' }).getByText('Sanne', { exact: true }).first().waitFor()
    await look(page, 'place-clash')
    await press(page, 'Brug det, der er gemt')
    await becomes(() => page.getByLabel('Opgange').inputValue(), '1, 3')
    await page.getByLabel('Opgange').fill('1, 3, 7')
    await press(page, 'Gem')
    await see(page, 'er gemt. Det gælder nu.')
    await becomes(() => page.getByText('Du har rettet noget her').count(), 0)
    expect(await place('demo')).toMatchObject({ stairwells: ['1', '3', '7'], onCall: [SANNE] })
  })

  test('is changed by keyboard alone', async () => {
    await setOnCall([SANNE, TORBEN])
    const page = await openPage()
    const reach = async (name: string) => {
      const target = page.getByRole('button', { name, exact: true })
      for (let stops = 0; stops < 40; stops += 1) {
        if (await target.evaluate((element) => element === document.activeElement)) return
        await page.keyboard.press('Tab')
      }
      throw new Error(`The Tab key does not come to ${name}`)
    }
    await reach('Ret Søndervang (demo)')
    await page.keyboard.press('Enter')
    await see(page, 'Vagtliste')
    await reach('Flyt Sanne ned')
    await page.keyboard.press('Enter')
    await reach('Gem')
    await page.keyboard.press('Enter')
    await see(page, 'er gemt. Det gælder nu.')
    expect((await place('demo'))?.onCall.map(({ id }) => id)).toEqual(['torben', 'sanne'])
  })
})

whole('a network', () => {
  test('is made, changed and removed', async () => {
    const page = await openPage()
    await press(page, 'Opret et netværk')
    await press(page, 'Gem')
    await see(page, 'Vælg mindst ét område.')
    await page.getByText('Flere indstillinger').click()
    await page.getByText('Navn på andre sprog').click()
    await look(page, 'network-form')
    await page.getByLabel('Navn på dansk').fill('Fædregruppen')
    await page.getByLabel('Hvad er det for et netværk?').selectOption('fathers-group')
    await page.getByLabel('Søndervang (demo)').check()
    await page.getByLabel('Gåtur').check()
    await page.getByLabel('Folk i netværket bruger ikke Opgang.').check()
    await page.getByRole('textbox', { name: 'Telefon' }).fill('70 12 34 56')
    await page.getByLabel('Så mange spørges ad gangen').fill('30')
    await press(page, 'Gem')
    // Folded away, it is led to all the same.
    await page.getByText('Flere indstillinger').click()
    await page.getByRole('button', { name: 'Skriv et helt tal fra 1 til 20.' }).click()
    await becomes(() => page.evaluate(() => document.activeElement?.id), 'field-settings.k')
    await page.getByLabel('Så mange spørges ad gangen').fill('4')
    await page.getByLabel('Spørg ingen i disse timer').fill('ingen')
    await press(page, 'Gem')
    await see(page, 'Fædregruppen er gemt. Det gælder nu.')
    expect(stage.work.places.current().networks['faedregruppen']).toEqual({
      ...{ id: 'faedregruppen', kind: 'fathers-group', names: { da: 'Fædregruppen' }, areas: ['demo'], tasks: ['walk'] },
      ...{ settings: { k: 4, quiet: { from: 0, until: 0 } }, external: { phone: '70 12 34 56' } },
    })
    await press(page, 'Fjern Fædregruppen')
    await look(page, 'network-sure')
    await press(page, 'Fjern Fædregruppen')
    await see(page, 'Fædregruppen er fjernet.')
    expect(stage.work.places.current().networks['faedregruppen']).toBeUndefined()
  })

  test('that helps elsewhere too is only seen', async () => {
    const page = await openPage(only('coordinator', ['demo']), PHONE)
    await see(page, 'Hjælper også i områder, som ikke er dine.')
    expect(await page.getByRole('button', { name: 'Ret Naboer' }).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Ret Røde Kors' }).count()).toBe(1)
  })
})

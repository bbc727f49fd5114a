/** The page of volunteers, as built, in a real browser before the real API. `SHOTS=<folder>` keeps pictures. */
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { becomes } from '../becomes.js'
import { type ConsoleStage, openConsole } from '../console-stage.js'
import { NOW, starterLibrary } from '../library.js'
import { addChat, addVolunteer, heardOf, ON_DUTY, volunteerOf } from '../people-stage.js'
import { axeFindings, complaintsOf, hasBrowser, holdBack, launchBrowser, sidewaysBy, tabTo } from './browser.js'
import { type ServedConsole, serveConsole } from './served-console.js'

const library = await starterLibrary()
const SHOTS = process.env['SHOTS']
const PHONE = { width: 390, height: 844 }
const DESK = { width: 1280, height: 800 }
/** Where the page asks about one volunteer. */
const ONE_PERSON = /\/api\/people\/[^/?]+(?:\?|$)/

let browser: Browser
let board: ConsoleStage
let served: ServedConsole
let page: Page
let complaints: string[]

beforeAll(async () => {
  if (hasBrowser) browser = await launchBrowser()
})
afterAll(() => browser?.close())

const whole = hasBrowser ? describe : describe.skip

/** The console as somebody who leads all areas has it open. */
async function open(viewport = PHONE, areas: 'all' | readonly string[] = 'all'): Promise<void> {
  const { token } = await board.staff('Sanne', [{ role: 'coordinator', areas }], {
    passkeys: [{ id: 'k', publicKey: 'k', counter: 0, transports: [], name: 'k', createdAt: NOW }],
  })
  page = await served.tab(browser, token, { viewport, timezoneId: 'Europe/Copenhagen', reducedMotion: 'reduce' })
  complaints = complaintsOf(page)
  await page.clock.setFixedTime(NOW)
  await page.goto(`${served.url}/console#people`)
}

/** Fails where axe finds something or the page is wider than the screen. */
async function look(name: string): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 })
  expect([name, await sidewaysBy(page)]).toEqual([name, 0])
  for (const [size, viewport, colorScheme] of [
    ['390', PHONE, 'light'],
    ['390', PHONE, 'dark'],
    ['1280', DESK, 'light'],
  ] as const) {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor()
    expect([name, size, colorScheme, await axeFindings(page)]).toEqual([name, size, colorScheme, []])
    expect([name, size, await sidewaysBy(page)]).toEqual([name, size, 0])
    if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `people-${name}-${size}-${colorScheme}.png`), fullPage: true })
  }
}

const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const see = (text: string | RegExp) => page.getByText(text).first().waitFor()
const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')

whole('the page of volunteers', () => {
  beforeEach(async () => {
    board = await openConsole(library)
    served = await serveConsole(board, [
      { id: 'demo', name: 'Søndervang' },
      { id: 'birkehaven', name: 'Birkehaven' },
    ])
  })
  afterEach(async () => {
    await page.context().close()
    await served.close()
    // What the server refuses, and refuses rightly, the browser writes down by itself.
    expect(complaints.filter((line) => !/status of 40[049]/.test(line))).toEqual([])
  })

  const town = async () => {
    const applicant = await addChat(board, 'soad')
    await addVolunteer(board, applicant, { state: 'applied', alias: 'سعاد', languages: ['ar', 'da'], tasks: ['shopping', 'talk'] })
    await addVolunteer(board, 'yusuf', { state: 'applied', alias: 'Yusuf' })
    await addVolunteer(board, 'hodan', {
      ...{ ...ON_DUTY, alias: 'Hodan', stairwell: '3', gender: 'woman', hours: [{ days: [1, 2, 3, 4, 5], from: 960, until: 1200 }] },
      ...{ vetting: [{ kind: 'children', validTo: '2027-05-01' }], load: { offers: { a: NOW }, tasks: { b: NOW, c: NOW }, lately: [] } },
    })
    await addVolunteer(board, 'cemre', { alias: 'Cemre', area: 'birkehaven', paused: 'report' })
    await addVolunteer(board, 'volunteer:emil', { alias: 'Emil', file: 'emil', area: 'birkehaven' })
    return applicant
  }

  test('by keyboard alone: the lists, the lines, somebody, and back to the same line', async () => {
    await town()
    await open()
    await see('Venter på svar')
    await page.getByRole('link', { name: 'Yusuf' }).waitFor()
    await look('applied')
    await page.setViewportSize(PHONE)
    await tabTo(page, '.people-rows a')
    await becomes(focused, 'Yusuf')
    await page.keyboard.press('ArrowDown')
    await becomes(focused, 'سعاد')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Yusuf' }).waitFor()
    await becomes(() => page.getByRole('heading', { level: 1 }).count(), 1)
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Yusuf' }).waitFor()
    await becomes(focused, 'Yusuf')
    await page.getByRole('button', { name: /^Alle godkendte 3$/ }).click()
    await page.getByRole('link', { name: 'Hodan' }).waitFor()
    await look('approved')
    await page.locator('.people-rows li').first().getByText('Cemre').first().waitFor()
    await page.getByLabel('Navnet begynder med').fill('xx')
    await see('Ingen passer til det, du søger.')
    await look('none-found')
  })

  test('whoever wrote that they are under 18 waits with the reason, and with what an approval means', async () => {
    await addVolunteer(board, 'yusuf', { state: 'applied', alias: 'Yusuf', adult: false })
    await open()
    await page.getByRole('link', { name: 'Yusuf' }).click()
    await see(/venter på svar, fordi .* er under 18 år\. »Godkend« betyder, at .* er fyldt 18 år/)
    await see('Under 18 år, efter det oplyste')
    await becomes(() => page.getByText('Har ikke sagt ja').count(), 0)
    await press('Godkend')
    await see(/^Godkend kun, hvis .* er fyldt 18 år/)
    await look('under-age')
    await press('Godkend, og giv besked')
    await see('Godkendt som frivillig.')
    await see('Har sagt ja')
  })

  test('an answer says first what will happen, and can be left', async () => {
    const applicant = await town()
    await open()
    const row = page.getByRole('link', { name: 'سعاد' })
    expect(await row.getAttribute('dir')).toBe('auto')
    expect(await row.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl')
    await row.click()
    await see('Vil være frivillig og venter på svar.')
    await press('Godkend')
    await see('får besked i chatten og kan så gå på vagt')
    await look('answer')
    await press('Fortryd')
    expect((await volunteerOf(board, applicant))?.state).toBe('applied')
    await press('Godkend')
    await press('Godkend, og giv besked')
    await see('er godkendt.')
    expect((await volunteerOf(board, applicant))?.state).toBe('approved')
    expect(await heardOf(board, 'soad')).toEqual(['role approved'])
    await press('Sæt på vagt')
    await press('Sæt på vagt, og giv besked')
    await see('er på vagt.')
    await press('Sæt på pause')
    await press('Sæt på pause, og giv besked')
    await see('holder pause.')
    expect(await heardOf(board, 'soad')).toEqual(['role approved', 'duty begun', 'role break-begun'])
    await look('person')
    // Somebody who has everything erased meanwhile is on the screen no more.
    await press('Slut pausen')
    // The page learns of it by its stream too: here the act is first.
    const letGo = await holdBack(page, ONE_PERSON)
    await board.work.collections.contacts.remove({ _id: applicant }, 1)
    await press('Slut pausen, og giv besked')
    await see('Det findes ikke.')
    await letGo()
    await page.getByRole('definition').first().waitFor({ state: 'detached' })
    await press('Tilbage til listen')
    await page.getByRole('button', { name: /^Venter på svar 1$/ }).waitFor()
  })

  test('a no can become a yes, and a pause after a report ends when none waits; each says first that they are told', async () => {
    const applicant = await town()
    await open()
    await page.getByRole('link', { name: 'سعاد' }).click()
    await press('Sig nej')
    await press('Sig nej, og giv besked')
    await see('har fået nej.')
    await press('Godkend alligevel')
    await see('besked om at være godkendt')
    await look('after-all')
    await press('Godkend, og giv besked')
    await see('er godkendt.')
    expect((await volunteerOf(board, applicant))?.state).toBe('approved')
    expect(await heardOf(board, 'soad')).toEqual(['role refused', 'role approved'])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^På pause 1$/ }).click()
    await page.getByRole('link', { name: 'Cemre' }).click()
    await press('Slut pausen')
    await see('Der er meldt en bekymring om')
    await press('Slut pausen, og giv besked')
    await see('Pausen efter bekymringen er slut for')
    expect(await volunteerOf(board, 'cemre')).not.toHaveProperty('paused')
  })

  test('the form keeps what was typed when another was faster, and says what changed', async () => {
    await town()
    await open(DESK)
    await page.getByRole('button', { name: /^På vagt nu 1$/ }).click()
    await page.getByRole('link', { name: 'Hodan' }).click()
    await see('man–fre 16–20')
    await look('helper')
    await press('Ret oplysninger')
    await look('form')
    await page.getByRole('textbox', { name: 'Navn', exact: true }).fill('Hodan A')
    await page.getByRole('checkbox', { name: 'arabisk' }).check()
    const known = await board.work.collections.contacts.get('hodan')
    if (known?.volunteer !== undefined)
      await board.work.collections.contacts.replace({ ...known, volunteer: { ...known.volunteer, tasks: ['talk'] } })
    await press('Gem')
    await see('En anden har imens ændret: Vil hjælpe med.')
    // The button could not be pressed while it was sent, and has the keyboard again.
    await page.waitForFunction(() => document.activeElement?.textContent === 'Gem')
    expect(await page.getByRole('textbox', { name: 'Navn', exact: true }).inputValue()).toBe('Hodan A')
    expect(await page.getByRole('checkbox', { name: 'Tale sammen' }).isChecked()).toBe(true)
    await press('Tilføj en tid')
    await page.getByRole('group', { name: 'Tid 2' }).getByLabel('Til').fill('21:30')
    await press('Gem')
    await see(/Hodan A.? er gemt\./)
    expect(await volunteerOf(board, 'hodan')).toMatchObject({
      ...{ alias: 'Hodan A', tasks: ['talk'], languages: ['so', 'da', 'ar'], stairwell: '3', gender: 'woman' },
      hours: [
        { days: [1, 2, 3, 4, 5], from: 960, until: 1200 },
        { days: [1, 2, 3, 4, 5], from: 960, until: 1290 },
      ],
      vetting: [{ kind: 'children', validTo: '2027-05-01' }],
    })
  })

  test('a one-time word is shown once, with how long it works', async () => {
    await town()
    await open()
    await page.getByRole('button', { name: /^Alle godkendte/ }).click()
    await page.getByRole('link', { name: 'Emil' }).click()
    await press('Lav et engangsord')
    await see('Gælder til 10.15')
    expect(await page.getByLabel('Engangsord til Emil').inputValue()).toMatch(/^OPG-\w{4}-\w{4}$/)
    await look('word')
  })

  test('where nobody is, the page says so; somebody of another area is not there', async () => {
    await town()
    await open(PHONE, ['demo'])
    await page.getByRole('button', { name: /^På pause 0$/ }).click()
    await see('Ingen holder pause.')
    await page.evaluate(() => (window.location.hash = '#people/cemre'))
    await see('Det findes ikke.')
    await press('Tilbage til listen')
    await see('Ingen holder pause.')
  })
})

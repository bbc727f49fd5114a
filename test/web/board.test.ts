/** The board in a real browser, on a server that answers from memory and can be told to misbehave. `SCREENS=<folder>` keeps pictures there. */
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { ROOT } from '../library.js'
import { BoardStub, refusal, requestOf, startBoardStub } from './board-stub.js'
import { axeFindings, complaintsOf, hasBrowser, launchBrowser, sidewaysBy } from './browser.js'

const MINUTE = 60_000
const PHONE = { width: 390, height: 844 }
const DESK = { width: 1280, height: 800 }

let browser: Browser
let stub: BoardStub
let page: Page
let complaints: readonly string[]

beforeAll(async () => {
  if (hasBrowser) browser = await launchBrowser()
}, 30_000)
afterAll(() => browser?.close())

beforeEach(async () => {
  if (!hasBrowser) return
  stub = await startBoardStub(join(ROOT, 'dist/web'))
  fill(stub)
})
afterEach(async () => {
  if (!hasBrowser) return
  await page.context().close()
  await stub.close()
  // What is refused, or does not come, the browser writes down by itself.
  expect(complaints.filter((line) => !/status of 4\d\d|net::ERR_/.test(line))).toEqual([])
})

/** Four who wait, one that somebody is on the way to, one that is over. */
function fill({ add, alarms }: BoardStub): void {
  const ago = (minutes: number) => Date.now() - minutes * MINUTE
  const tried = [
    { name: 'Vagten', at: ago(20), by: 'mail', delivered: true },
    { name: 'Kontoret', at: ago(10), by: 'chat', delivered: false },
  ] as const
  const request = { id: 'h-so', receipt: 'H-4F7K', task: 'medicine' }
  alarms.push({ id: 'a1', why: 'nobody-in-time', area: 'demo', at: ago(20), state: 'open', request, tried })
  add.call(
    stub,
    requestOf({
      id: 'h-so',
      receipt: 'H-4F7K',
      openedAt: ago(50),
      waitsSince: ago(42.5),
      wave: 2,
      asked: 4,
      declined: 1,
      stairwell: '12',
      wishes: { gender: 'woman' },
      note: 'Hun kan ikke gå på trapper lige nu.',
      otherLanguages: ['da'],
      alias: 'Amina',
      alarm: { id: 'a1', why: 'nobody-in-time' },
      alarms: [...alarms],
      others: ['Jonas'],
      candidates: [{ id: 'v9', name: 'Fatima', languages: ['so', 'da'] }],
      networks: [{ id: 'red-cross', name: 'Røde Kors' }],
      timeline: [
        { at: ago(50), what: 'confirm', by: 'resident', who: 'Amina' },
        { at: ago(42.5), what: 'offer', who: 'Hodan, Ali' },
        { at: ago(38), what: 'decline', by: 'volunteer', who: 'Hodan' },
        { at: ago(32), what: 'timer-T1' },
        { at: ago(5), what: 'noget-nyt' },
      ],
      decisions: [
        {
          at: ago(42.5),
          step: 'wave',
          asked: [
            {
              id: 'v1',
              name: 'Hodan',
              why: [
                { id: 'near', values: { circle: 'stairwell' } },
                { id: 'speaks', values: { language: 'so' } },
                { id: 'tasks-lately', values: { tasks: 1, offers: 2, days: 7 } },
              ],
              answer: 'declined',
            },
            { id: 'v2', name: 'علي', why: [{ id: 'near', values: { circle: 'area' } }], answer: 'open' },
          ],
          notAsked: [
            { why: { id: 'off-duty' }, count: 11, names: [] },
            { why: { id: 'rest', values: { until: 1 } }, count: 1, names: ['Yusuf'] },
          ],
        },
      ],
      talk: [
        { at: ago(30), side: 'resident', text: 'هل يمكنكم إحضار الدواء من الصيدلية؟', language: 'ar' },
        { at: ago(29), side: 'helper', text: 'Ja, jeg kommer klokken 16.', language: 'da' },
      ],
      notes: [{ id: 'n0', at: ago(15), who: 'Jonas', text: 'Ringet til apoteket: den ligger klar.' }],
    }),
    requestOf({
      id: 'h-ar',
      receipt: 'H-8PQR',
      task: 'talk',
      language: 'ar',
      waitsSince: ago(18),
      area: 'birkehaven',
      stairwell: '3',
      asked: 2,
    }),
    requestOf({
      id: 'h-da',
      receipt: 'H-2MNB',
      task: 'danger',
      language: 'da',
      waitsSince: ago(9),
      danger: true,
      state: 'plain',
      asked: 0,
    }),
    requestOf({
      id: 'h-ur',
      receipt: 'H-7VWX',
      task: 'shopping',
      language: 'ur',
      waitsSince: ago(3),
      wave: 0,
      asked: 0,
      state: 'open',
      behalf: true,
    }),
    requestOf({ id: 'h-tr', receipt: 'H-5XYZ', task: 'walk', language: 'tr', state: 'on-the-way', helper: 'Yusuf', asked: 3 }),
    requestOf({ id: 'h-end', receipt: 'H-9TTT', language: 'da', state: 'done', closed: { at: ago(60), reason: 'helped' }, may: [] }),
  )
}

async function open(options: BrowserContextOptions = {}, hash = ''): Promise<void> {
  const context = await browser.newContext({ viewport: DESK, locale: 'da-DK', timezoneId: 'Europe/Copenhagen', ...options })
  page = await context.newPage()
  page.setDefaultTimeout(8000)
  complaints = complaintsOf(page)
  await page.goto(`${stub.url}${hash}`)
  await page.waitForSelector('.board-row, .board-request')
}

const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const see = (text: string | RegExp) => page.getByText(text).first().waitFor()
const openRequest = (receipt: string) => page.locator('.board-row', { hasText: receipt }).click()
const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
const inBrowser = hasBrowser ? describe : describe.skip

inBrowser('the list', () => {
  test('whoever waits longest is first; how long, which round, how many said no, in which language', async () => {
    await open()
    const rows = await page.locator('.board-row').allInnerTexts()
    expect(rows.map((row) => /H-\w{4}/.exec(row)?.[0])).toEqual(['H-4F7K', 'H-8PQR', 'H-2MNB', 'H-7VWX'])
    expect(rows[0]).toMatch(/i 42 minutter[^]*Medicin · i dag[^]*2\. runde: 4 spurgt, 1 nej[^]*Prøveparken, opg\. \W?12/)
    expect(rows[0]).toContain('Somali Soomaali')
    expect(rows[0]).toContain('Alarm: Ingen har taget den i tide')
    expect(rows[2]).toContain('Fare')
    expect(rows[3]).toMatch(/Ingen er spurgt endnu[^]*Uden chat/)
    expect(await page.locator('.board-row .since').first().locator('time').getAttribute('title')).toMatch(/\d{4}/)
    expect(await page.locator('.board-row [lang=ar]').getAttribute('dir')).toBe('rtl')
  }, 30_000)

  test('lists, areas and languages are chosen, with how many there are; the choice outlives a reload; nothing says what to do', async () => {
    await open()
    await see(/^I gang 1$/)
    await page.getByLabel('Sprog').selectOption('ar')
    await see(/^Venter 1$/)
    expect(await page.locator('.board-row').count()).toBe(1)
    await page.reload()
    await see(/^Venter 1$/)
    await page.getByLabel('Område', { exact: true }).selectOption('demo')
    await see('Ingen opgaver passer til dit valg.')
    await press('Vis alle områder og sprog')
    await see(/^Venter 4$/)
    await page.getByRole('button', { name: /^I gang/ }).click()
    await see(/Yusuf\W? er på vej/)
    await page.getByRole('button', { name: /^Lukket/ }).click()
    await see('Beboeren er hjulpet')
    stub.requests.clear()
    await page.reload()
    await see('Ingen opgaver er lukket endnu.')
  }, 30_000)

  test('a long list comes by the page', async () => {
    for (let n = 0; n < 60; n += 1)
      stub.add(requestOf({ id: `more${n}`, receipt: `H-${String(n).padStart(4, '2')}`, waitsSince: Date.now() }))
    await open()
    expect(await page.locator('.board-row').count()).toBe(25)
    await press('Vis flere')
    await page.locator('.board-row').nth(49).waitFor()
    await press('Vis flere')
    await page.locator('.board-row').nth(63).waitFor()
    expect(await page.getByRole('button', { name: 'Vis flere' }).count()).toBe(0)
  }, 30_000)

  test('an alarm is told in words, leads to its request, and is seen once', async () => {
    await open()
    await page.locator('.alarms').getByRole('link', { name: 'H-4F7K Medicin' }).click()
    await see(/Fik besked: \W?Vagten\W? med mail/)
    await see(/Kontoret\W? i chatten .* \(kom ikke frem\)/)
    await page.locator('.alarms').getByRole('button', { name: 'Jeg har set den' }).click()
    await page.locator('.alarms').waitFor({ state: 'detached' })
    expect(stub.seen).toEqual(['a1'])
  }, 30_000)
})

inBrowser('one request', () => {
  test('why each was or was not asked, what happened, and what was said, each in its own direction', async () => {
    await open({}, '#board/H-4F7K')
    await page.getByRole('heading', { name: 'H-4F7K Medicin' }).waitFor()
    await see(/Jonas\W? har den også åben\./)
    expect(await page.locator('.why').isVisible()).toBe(false)
    await page.getByText('Hvem er spurgt, og hvorfor').click()
    const why = await page.locator('.decisions').innerText()
    expect(why).toMatch(/Hodan sagde nej\s+Bor i samme opgang, taler somali, sidste 7 dage: opgaver 1, tilbud 2/)
    expect(why).toMatch(/11 er ikke på vagt/)
    expect(why).toMatch(/1 hviler efter en opgave Yusuf/)
    const story = await page.locator('.timeline').innerText()
    expect(story).toMatch(/Hodan\W? sagde nej[^]*Ingen sagde ja i første runde[^]*Noget-nyt/)
    const said = page.locator('.talk .said')
    const directions = await said.evaluateAll((lines) => lines.map((line) => getComputedStyle(line).direction))
    expect(directions).toEqual(['rtl', 'ltr'])
    expect(await said.first().getAttribute('lang')).toBe('ar')
    expect(await page.locator('.notes').innerText()).toContain('Kun ansatte ser dem')
  }, 30_000)

  test('what is done is answered, and what may be done next is there at once', async () => {
    await open({}, '#board/H-4F7K')
    await press('Tag opgaven')
    await see('Du har opgaven nu. Frivillige bliver ikke spurgt.')
    await page.getByRole('button', { name: 'Giv tilbage' }).waitFor()
    expect(await page.getByRole('button', { name: 'Tag opgaven' }).count()).toBe(0)
    await see(/^Venter 3$/)
    expect(stub.acts.map(({ act, seen }) => [act.do, seen])).toEqual([['take', '0:offered']])
    await page.getByLabel('Din note').fill('Ringer klokken 16')
    await page.keyboard.press('Control+Enter')
    await see('Noten er gemt.')
    expect(stub.acts.at(-1)?.seen).toBe('1:offered')
    expect(await page.getByLabel('Din note').inputValue()).toBe('')
    await press('Tag noten tilbage')
    await see('Noten er taget tilbage.')
    expect(await page.getByText('Ringer klokken 16').count()).toBe(0)
  }, 30_000)

  test('to whom, and whether the resident agreed, is asked first', async () => {
    await open({}, '#board/H-4F7K')
    await press('Giv til en anden')
    await page.getByRole('radio', { name: /Fatima/ }).check()
    await page.getByRole('button', { name: /^Spørg \W?Fatima/ }).click()
    await see('Opgaven er givet videre.')
    await press('Send videre')
    await page.getByRole('button', { name: /^Send til/ }).click()
    await see('Vælg hvem, og spørg beboeren først.')
    await page.getByRole('checkbox').check()
    await page.getByRole('button', { name: /^Send til/ }).click()
    await see('Opgaven er sendt videre.')
    expect(stub.acts.map(({ act }) => act)).toEqual([
      { do: 'reassign', to: 'v9' },
      { do: 'pass-on', network: 'red-cross', consent: true },
    ])
  }, 30_000)

  test('closing can be undone; it is sent when its time has come, and at once when the page is left', async () => {
    await open({}, '#board/H-4F7K')
    const close = async () => {
      await press('Luk opgaven')
      await page.getByRole('radio', { name: 'Ikke brug for mere' }).check()
      await page.locator('.act-form').getByRole('button', { name: 'Luk opgaven' }).click()
      await see('H-4F7K bliver lukket om 8 sekunder.')
    }
    await press('Luk opgaven')
    await page.locator('.act-form').getByRole('button', { name: 'Luk opgaven' }).click()
    await see('Vælg, hvorfor du lukker den.')
    await press('Lad være')
    await close()
    expect(await page.getByRole('button', { name: 'Tag opgaven' }).isDisabled()).toBe(true)
    await press('Fortryd')
    expect(await page.getByRole('button', { name: 'Tag opgaven' }).isDisabled()).toBe(false)
    expect(stub.acts).toEqual([])
    await close()
    // The list, another request, another page: it goes on, or is sent at once.
    await page.keyboard.press('Escape')
    expect(stub.acts).toEqual([])
    await page.goto('about:blank')
    for (let tries = 0; tries < 50 && stub.acts.length === 0; tries += 1) await page.waitForTimeout(20)
    expect(stub.acts.map(({ act }) => act)).toEqual([{ do: 'close', reason: 'not-needed', tell: true }])
  }, 30_000)

  test('two at once: the second reads what the first did, and keeps what was typed', async () => {
    await open({}, '#board/H-4F7K')
    await press('Skriv til beboeren')
    await page.getByLabel('Din besked til beboeren').fill('Vi kommer i eftermiddag.')
    const more = { what: 'take', who: 'Jonas', at: Date.now() }
    stub.refuseNext = { status: 409, body: refusal('changed-meanwhile', 'Ændret imens', 'Se igen', more) }
    stub.add({
      ...(stub.requests.get('h-so') ?? requestOf({ id: 'h-so', receipt: 'H-4F7K' })),
      staff: 'Jonas',
      state: 'with-staff',
      seen: '5:with-staff',
    })
    await press('Send til beboeren')
    await see(/Imens er der sket noget: \W?Jonas\W? tog opgaven \(\d\d\.\d\d\)/)
    await see(/Dit er ikke gjort\./)
    await page.locator('.facts', { hasText: 'Jonas' }).waitFor()
    await page.reload()
    expect(await page.getByLabel('Din besked til beboeren').inputValue()).toBe('Vi kommer i eftermiddag.')
    await press('Send til beboeren')
    await see('Sendt til beboeren.')
    expect(stub.acts.map(({ act, seen }) => [act, seen])).toEqual([[{ do: 'write', text: 'Vi kommer i eftermiddag.' }, '5:with-staff']])
    await press('Skriv til beboeren')
    expect(await page.getByLabel('Din besked til beboeren').inputValue()).toBe('')
  }, 30_000)

  test('a refusal is in plain words, with what to do instead', async () => {
    await open({}, '#board/H-4F7K')
    stub.refuseNext = { status: 409, body: refusal('window-closed', 'Messenger lader ingen skrive nu.', 'Ring, eller læg et brev.') }
    await press('Spørg flere')
    await see('Messenger lader ingen skrive nu.')
    await see('Ring, eller læg et brev.')
  }, 30_000)

  test('what no answer came to stays, and is sent again under the same id', async () => {
    await open({}, '#board/H-4F7K')
    stub.silent = true
    await press('Tag opgaven')
    await see(/H-4F7K: »Tag opgaven« er ikke sendt\./)
    stub.silent = false
    await page.reload()
    await press('Prøv igen')
    await see('Du har opgaven nu. Frivillige bliver ikke spurgt.')
    expect(stub.acts.length).toBe(1)
    expect(await page.locator('.outbox-entry').count()).toBe(0)
  }, 30_000)

  test('erased while open: nothing of it stays on the screen, nor what was written about it', async () => {
    await open({}, '#board/H-4F7K')
    await page.getByLabel('Din note').fill('Om en, der slettes')
    stub.requests.delete('h-so')
    await press('Tag opgaven')
    await see('Opgaven er her ikke mere.')
    expect(await page.getByText('Hun kan ikke gå på trapper').count()).toBe(0)
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('slettes')
    await press('Tilbage til listen')
    await see('Vælg en opgave i listen.')
  }, 30_000)
})

inBrowser('for everybody', () => {
  test('by keyboard alone: arrows, Enter, a note, Esc back to the same line, and the list of keys', async () => {
    await open()
    await page.keyboard.press('ArrowDown')
    expect(await focused()).toContain('H-4F7K')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('End')
    expect(await focused()).toContain('H-7VWX')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'H-8PQR Snak' }).waitFor()
    expect(await focused()).toContain('H-8PQR')
    await page.keyboard.press('Escape')
    await see('Vælg en opgave i listen.')
    expect(await focused()).toContain('H-8PQR')
    await page.keyboard.press('?')
    await page.waitForSelector('dialog[open]')
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.waitForSelector('dialog', { state: 'detached' })
    await page.getByLabel('Sprog').focus()
    await page.keyboard.press('?')
    expect(await page.locator('dialog').count()).toBe(0)
  }, 30_000)

  test('for somebody without a chat: what is missing is said, nothing is lost, and the code word is shown', async () => {
    await open()
    await press('Opret for en anden')
    await press('Opret opgaven')
    await see('Vælg, hvad der er brug for.')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SELECT')
    await page.getByLabel('Hvad er der brug for?').selectOption('shopping')
    await page.getByRole('radio', { name: 'Nu, det haster' }).check()
    await page.getByLabel('Hvor bor personen?').selectOption('birkehaven')
    await page.getByLabel('Hvilket sprog taler personen?').selectOption('da')
    await page.getByLabel('Med få ord: hvad skal hjælperen vide?').fill('Mælk og brød')
    await page.reload()
    await page.getByLabel('Hvad skal hjælperen kalde personen?').fill('Ingrid')
    stub.silent = true
    await press('Opret opgaven')
    await see('Serveren svarer ikke.')
    stub.silent = false
    await press('Prøv igen')
    await see('Opgaven er oprettet.')
    await see('kaffe')
    const { id, ...order } = stub.orders[0] ?? { id: '' }
    expect(id).not.toBe('')
    const said = { task: 'shopping', area: 'birkehaven', language: 'da', when: 'now', note: 'Mælk og brød', alias: 'Ingrid', wishes: {} }
    expect(order).toEqual(said)
    await press('Opret for en anden')
    expect(await page.getByLabel('Hvad skal hjælperen kalde personen?').inputValue()).toBe('')
  }, 30_000)

  test('on a phone the list is the page, a request opens over it, and the way back leads to the list', async () => {
    await open({ viewport: PHONE, hasTouch: true })
    expect(await page.getByText('Vælg en opgave i listen.').isVisible()).toBe(false)
    await openRequest('H-8PQR')
    await page.getByRole('heading', { name: 'H-8PQR Snak' }).waitFor()
    expect(await page.locator('.board-rows').isVisible()).toBe(false)
    await page.goBack()
    await page.locator('.board-rows').waitFor()
    expect(await page.getByRole('heading', { name: 'H-8PQR Snak' }).count()).toBe(0)
  }, 30_000)

  const SIZES = [320, 390, 1280, 1440]
  test.each(['light', 'dark'] as const)(
    'axe finds nothing and nothing is cut off: %s',
    async (colorScheme) => {
      await open({ colorScheme, reducedMotion: 'reduce' })
      const fine = async (name: string) => {
        for (const width of SIZES) {
          await page.setViewportSize({ width, height: width < 800 ? 844 : 800 })
          expect([name, width, await sidewaysBy(page), await axeFindings(page)]).toEqual([name, width, 0, []])
          const folder = process.env['SCREENS']
          if (folder !== undefined)
            await page.screenshot({ path: join(folder, `board-${name}-${width}-${colorScheme}.png`), fullPage: width < 800 })
        }
      }
      await fine('list')
      await openRequest('H-4F7K')
      await page.getByText('Hvem er spurgt, og hvorfor').click()
      await fine('request')
      await press('Luk opgaven')
      await page.getByRole('radio', { name: 'Ikke brug for mere' }).check()
      await fine('close')
      await page.locator('.act-form').getByRole('button', { name: 'Luk opgaven' }).click()
      await see(/bliver lukket/)
      await fine('undo')
      await press('Fortryd')
      await page.goto(`${stub.url}#board/new`)
      await see('For en, der ikke har en chat.')
      await press('Opret opgaven')
      await fine('new')
    },
    60_000,
  )
})

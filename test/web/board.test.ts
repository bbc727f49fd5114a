/** The board in a real browser, on a server that answers from memory: its list, for everybody, on every screen. `SCREENS=<folder>` keeps pictures. */
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { becomes } from '../becomes.js'
import { PHONE, stageBoard } from './board-stage.js'
import { requestOf } from './board-stub.js'
import { axeFindings, hasBrowser, sidewaysBy } from './browser.js'

const board = stageBoard()
const openRequest = (receipt: string) => board.page.locator('.board-row', { hasText: receipt }).click()
const focused = () => board.page.evaluate(() => document.activeElement?.textContent ?? '')
const inBrowser = hasBrowser ? describe : describe.skip

inBrowser('the list', () => {
  test('whoever waits longest is first; how long, which round, how many said no, in which language', async () => {
    await board.open()
    const rows = await board.page.locator('.board-row').allInnerTexts()
    expect(rows.map((row) => /H-\w{4}/.exec(row)?.[0])).toEqual(['H-4F7K', 'H-8PQR', 'H-2MNB', 'H-7VWX'])
    expect(rows[0]).toMatch(/i 42 minutter[^]*Medicin · i dag[^]*2\. runde: 4 spurgt, 1 nej[^]*Prøveparken, opg\. \W?12/)
    expect(rows[0]).toContain('Somali Soomaali')
    expect(rows[0]).toContain('Alarm: Ingen har taget den i tide')
    expect(rows[2]).toContain('Fare')
    expect(rows[3]).toMatch(/Ingen er spurgt endnu[^]*Uden chat/)
    expect(await board.page.locator('.board-row .since').first().locator('time').getAttribute('title')).toMatch(/\d{4}/)
    expect(await board.page.locator('.board-row [lang=ar]').getAttribute('dir')).toBe('rtl')
  })

  test('lists, areas and languages are chosen, with how many there are; the choice outlives a reload; nothing says what to do', async () => {
    await board.open()
    await board.see(/^I gang 1$/)
    await board.page.getByLabel('Sprog').selectOption('ar')
    await board.see(/^Venter 1$/)
    await becomes(() => board.page.locator('.board-row').count(), 1)
    await board.page.reload()
    await board.see(/^Venter 1$/)
    await board.page.getByLabel('Område', { exact: true }).selectOption('demo')
    await board.see('Ingen opgaver passer til dit valg.')
    await board.press('Vis alle områder og sprog')
    await board.see(/^Venter 4$/)
    await board.page.getByRole('button', { name: /^I gang/ }).click()
    await board.see(/Yusuf\W? er på vej/)
    await board.page.getByRole('button', { name: /^Lukket/ }).click()
    await board.see('Beboeren er hjulpet')
    board.stub.requests.clear()
    await board.page.reload()
    await board.see('Ingen opgaver er lukket endnu.')
  })

  test('a long list comes by the page', async () => {
    for (let n = 0; n < 60; n += 1)
      board.stub.add(requestOf({ id: `more${n}`, receipt: `H-${String(n).padStart(4, '2')}`, waitsSince: Date.now() }))
    await board.open()
    expect(await board.page.locator('.board-row').count()).toBe(25)
    await board.press('Vis flere')
    await board.page.locator('.board-row').nth(49).waitFor()
    await board.press('Vis flere')
    await board.page.locator('.board-row').nth(63).waitFor()
    expect(await board.page.getByRole('button', { name: 'Vis flere' }).count()).toBe(0)
  })

  test('an alarm is told in words, leads to its request, and is seen once', async () => {
    await board.open()
    await board.page.locator('.alarms').getByRole('link', { name: 'H-4F7K Medicin' }).click()
    await board.see(/Besked til \W?Vagten\W? med mail/)
    await board.see(/Kontoret\W? i chatten .* \(kom ikke frem\)/)
    await board.page.locator('.alarms').getByRole('button', { name: 'Jeg har set den' }).click()
    await board.page.locator('.alarms').waitFor({ state: 'detached' })
    await board.page.locator('.board-left').getByText('Alarmen går ikke videre til andre.').waitFor()
    await becomes(() => board.page.evaluate(() => document.activeElement?.className), 'board-alarms')
    expect(board.stub.seen).toEqual(['a1'])
  })
})

inBrowser('for everybody', () => {
  test('by keyboard alone: arrows, Enter, a note, Esc back to the same line, and the list of keys', async () => {
    await board.open()
    await board.page.keyboard.press('ArrowDown')
    await becomes(focused, expect.stringContaining('H-4F7K'))
    await board.page.keyboard.press('ArrowDown')
    await board.page.keyboard.press('End')
    await becomes(focused, expect.stringContaining('H-7VWX'))
    await board.page.keyboard.press('ArrowUp')
    await board.page.keyboard.press('ArrowUp')
    await board.page.keyboard.press('Enter')
    await board.page.getByRole('heading', { name: 'H-8PQR Snak' }).waitFor()
    await becomes(focused, expect.stringContaining('H-8PQR'))
    await board.page.keyboard.press('Escape')
    await board.see('Vælg en opgave i listen.')
    await becomes(focused, expect.stringContaining('H-8PQR'))
    await board.page.keyboard.press('?')
    await board.page.waitForSelector('dialog[open]')
    expect(await axeFindings(board.page)).toEqual([])
    await board.page.keyboard.press('Escape')
    await board.page.waitForSelector('dialog', { state: 'detached' })
    await board.page.getByLabel('Sprog').focus()
    await board.page.keyboard.press('?')
    expect(await board.page.locator('dialog').count()).toBe(0)
  })

  test('for somebody without a chat: what is missing is said, nothing is lost, and the code word is shown', async () => {
    await board.open()
    await board.press('Opret for en anden')
    await board.press('Opret opgaven')
    await board.see('Vælg, hvad der er brug for.')
    await becomes(() => board.page.evaluate(() => document.activeElement?.tagName), 'SELECT')
    await board.page.getByLabel('Hvad er der brug for?').selectOption('shopping')
    await board.page.getByRole('radio', { name: 'Nu, det haster' }).check()
    await board.page.getByLabel('Hvor bor personen?').selectOption('birkehaven')
    await board.page.getByLabel('Hvilket sprog taler personen?').selectOption('da')
    await board.page.getByLabel('Med få ord: hvad skal hjælperen vide?').fill('Mælk og brød')
    await board.page.reload()
    await board.page.getByLabel('Hvad skal hjælperen kalde personen?').fill('Ingrid')
    board.stub.silent = true
    await board.press('Opret opgaven')
    // The form says so, not only the board around it.
    await board.page.locator('.behalf').getByText('Serveren svarer ikke.').waitFor()
    board.stub.silent = false
    // The board around the form has a button of that name as long as it hears nothing.
    await board.page.locator('.behalf').getByRole('button', { name: 'Prøv igen', exact: true }).click()
    await board.see('Opgaven er oprettet.')
    await board.see('kaffe')
    const { id, ...order } = board.stub.orders[0] ?? { id: '' }
    expect(id).not.toBe('')
    const said = { task: 'shopping', area: 'birkehaven', language: 'da', when: 'now', note: 'Mælk og brød', alias: 'Ingrid', wishes: {} }
    expect(order).toEqual(said)
    await board.press('Opret for en anden')
    expect(await board.page.getByLabel('Hvad skal hjælperen kalde personen?').inputValue()).toBe('')
  })

  test('on a phone the list is the page, a request opens over it, and the way back leads to the list', async () => {
    await board.open({ viewport: PHONE, hasTouch: true })
    await board.page.getByText('Vælg en opgave i listen.').waitFor({ state: 'hidden' })
    await openRequest('H-8PQR')
    await board.page.getByRole('heading', { name: 'H-8PQR Snak' }).waitFor()
    await board.page.locator('.board-rows').waitFor({ state: 'hidden' })
    await board.page.goBack()
    await board.page.locator('.board-rows').waitFor()
    await board.page.getByRole('heading', { name: 'H-8PQR Snak' }).waitFor({ state: 'detached' })
  })

  test('a phone at 200 %: nothing is cut off, and no words are broken into letters', async () => {
    board.stub.add(requestOf({ id: 'h-long', receipt: 'H-3LNG', stairwell: '12 A, bagtrappen', waitsSince: Date.now() }))
    await board.open({ viewport: { width: 195, height: 422 } })
    expect(await sidewaysBy(board.page)).toBe(0)
    for (const width of [195, 320]) {
      await board.page.setViewportSize({ width, height: 844 })
      const widths = await board.page
        .locator(':is(.board-what, .board-stands)')
        .evaluateAll((words) => words.map((one) => one.getBoundingClientRect().width))
      expect(Math.min(...widths)).toBeGreaterThan(100)
    }
  })

  const SIZES = [320, 390, 1280, 1440]
  test.each(['light', 'dark'] as const)(
    'axe finds nothing and nothing is cut off: %s',
    async (colorScheme) => {
      await board.open({ colorScheme, reducedMotion: 'reduce' })
      const fine = async (name: string, sizes = SIZES) => {
        for (const width of sizes) {
          await board.page.setViewportSize({ width, height: width < 800 ? 844 : 800 })
          expect([name, width, await sidewaysBy(board.page), await axeFindings(board.page)]).toEqual([name, width, 0, []])
          const folder = process.env['SCREENS']
          if (folder !== undefined)
            await board.page.screenshot({ path: join(folder, `board-${name}-${width}-${colorScheme}.png`), fullPage: width < 800 })
        }
      }
      await fine('list')
      await openRequest('H-4F7K')
      await board.page.getByText('Hvem er spurgt, og hvorfor').click()
      await fine('request')
      for (const width of SIZES) {
        await board.press('Luk opgaven')
        await board.page.getByRole('radio', { name: 'Ikke brug for mere' }).check()
        await fine('close', [width])
        await board.page.locator('.act-form').getByRole('button', { name: 'Luk opgaven' }).click()
        await board.see(/bliver lukket/)
        // It can be undone for 8 s: one look each time.
        await fine('undo', [width])
        await board.press('Fortryd')
      }
      await board.page.goto(`${board.stub.url}#board/new`)
      await board.see('For en, der ikke har en chat.')
      await board.press('Opret opgaven')
      await fine('new')
    },
    120_000,
  )
})

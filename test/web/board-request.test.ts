/** One request on the board in a real browser, on a server that answers from memory and can be told to misbehave. */
import { describe, expect, test } from '@jest/globals'
import { becomes } from '../becomes.js'
import { stageBoard } from './board-stage.js'
import { refusal, requestOf } from './board-stub.js'
import { hasBrowser, holdBack } from './browser.js'

const board = stageBoard()
const inBrowser = hasBrowser ? describe : describe.skip

inBrowser('one request', () => {
  test('why each was or was not asked, what happened, and what was said, each in its own direction', async () => {
    await board.open({}, '#board/H-4F7K')
    await board.page.getByRole('heading', { name: 'H-4F7K Medicin' }).waitFor()
    await board.see(/Jonas\W? har den også åben\./)
    expect(await board.page.locator('.why').isVisible()).toBe(false)
    // Whoever has no mouse reads since when, too.
    await board.see(/^venter i .+ \(siden .*\d\d\.\d\d\)$/)
    await board.page.getByText('Hvem er spurgt, og hvorfor').click()
    const why = await board.page.locator('.decisions').innerText()
    expect(why).toMatch(/Hodan sagde nej\s+Bor i samme opgang, taler somali, sidste 7 dage: opgaver 1, tilbud 2/)
    expect(why).toMatch(/11 er ikke på vagt/)
    expect(why).toMatch(/1 hviler efter en opgave Yusuf/)
    const story = await board.page.locator('.timeline').innerText()
    expect(story).toMatch(/Hodan\W? sagde nej[^]*Ingen sagde ja i første runde[^]*Noget-nyt/)
    const said = board.page.locator('.talk .said')
    const directions = await said.evaluateAll((lines) => lines.map((line) => getComputedStyle(line).direction))
    expect(directions).toEqual(['rtl', 'ltr'])
    expect(await said.first().getAttribute('lang')).toBe('ar')
    expect(await board.page.locator('.notes').innerText()).toContain('Kun ansatte ser dem')
  })

  test('what is done is answered, and what may be done next is there at once', async () => {
    await board.open({}, '#board/H-4F7K')
    await board.press('Tag opgaven')
    await board.see('Du har opgaven nu. Frivillige bliver ikke spurgt.')
    await board.page.getByRole('button', { name: 'Giv tilbage' }).waitFor()
    await becomes(() => board.page.getByRole('button', { name: 'Tag opgaven' }).count(), 0)
    await board.see(/^Venter 3$/)
    expect(board.stub.acts.map(({ act, seen }) => [act.do, seen])).toEqual([['take', '0:offered']])
    await board.page.getByLabel('Din note').fill('Ringer klokken 16')
    await board.page.keyboard.press('Control+Enter')
    await board.see('Noten er gemt.')
    expect(board.stub.acts.at(-1)?.seen).toBe('1:offered')
    await becomes(() => board.page.getByLabel('Din note').inputValue(), '')
    await board.press('Tag noten tilbage')
    await board.see('Noten er taget tilbage.')
    await becomes(() => board.page.getByText('Ringer klokken 16').count(), 0)
  })

  test('what was done is news for half a minute', async () => {
    await board.open({}, '#board/H-4F7K')
    const { clock } = board.page
    await clock.install()
    const now = () => board.page.evaluate(() => Date.now())
    const news = board.page.getByText('Du har opgaven nu.')
    // The page's time goes on while the test waits: it was news from some moment between these two.
    const before = await now()
    await board.press('Tag opgaven')
    await news.waitFor()
    const after = await now()
    await clock.pauseAt(before + 29_900)
    expect(await news.count()).toBe(1)
    await clock.runFor(after - before + 100)
    await news.waitFor({ state: 'detached' })
  })

  test('to whom, and whether the resident agreed, is asked first', async () => {
    await board.open({}, '#board/H-4F7K')
    await board.press('Giv til en anden')
    await board.page.getByRole('radio', { name: /Fatima/ }).check()
    await board.page.getByRole('button', { name: /^Spørg \W?Fatima/ }).click()
    await board.see('Opgaven er givet videre.')
    await board.press('Send videre')
    await board.page.getByRole('button', { name: /^Send til/ }).click()
    await board.see('Vælg hvem, og spørg beboeren først.')
    await board.page.getByRole('checkbox').check()
    await board.page.getByRole('button', { name: /^Send til/ }).click()
    await board.see('Opgaven er sendt videre.')
    expect(board.stub.acts.map(({ act }) => act)).toEqual([
      { do: 'reassign', to: 'v9' },
      { do: 'pass-on', network: 'red-cross', consent: true },
    ])
  })

  test('closing can be undone; it is sent when its time has come, and at once when the page is left', async () => {
    await board.open({}, '#board/H-4F7K')
    const close = async () => {
      await board.press('Luk opgaven')
      await board.page.getByRole('radio', { name: 'Ikke brug for mere' }).check()
      await board.page.locator('.act-form').getByRole('button', { name: 'Luk opgaven' }).click()
      await board.see('H-4F7K bliver lukket om 8 sekunder.')
    }
    await board.press('Luk opgaven')
    await board.page.locator('.act-form').getByRole('button', { name: 'Luk opgaven' }).click()
    await board.see('Vælg, hvorfor du lukker den.')
    await board.press('Lad være')
    await close()
    const taking = () => board.page.getByRole('button', { name: 'Tag opgaven' }).isDisabled()
    await becomes(taking, true)
    await board.press('Fortryd')
    await becomes(taking, false)
    expect(board.stub.acts).toEqual([])
    await close()
    // The list, another request, another page: it goes on, or is sent at once.
    await board.page.keyboard.press('Escape')
    expect(board.stub.acts).toEqual([])
    await board.page.goto('about:blank')
    await becomes(() => board.stub.acts.map(({ act }) => act), [{ do: 'close', reason: 'not-needed', tell: true }])
  })

  test('two at once: the second reads what the first did, and keeps what was typed', async () => {
    await board.open({}, '#board/H-4F7K')
    await board.press('Skriv til beboeren')
    await board.page.getByLabel('Din besked til beboeren').fill('Vi kommer i eftermiddag.')
    const more = { what: 'take', who: 'Jonas', at: Date.now() }
    board.stub.refuseNext = { status: 409, body: refusal('changed-meanwhile', 'Ændret imens', 'Se igen', more) }
    board.stub.add({
      ...(board.stub.requests.get('h-so') ?? requestOf({ id: 'h-so', receipt: 'H-4F7K' })),
      staff: 'Jonas',
      state: 'with-staff',
      seen: '5:with-staff',
    })
    await board.press('Send til beboeren')
    await board.see(/Imens er der sket noget: \W?Jonas\W? tog opgaven \((?:i går )?\d\d\.\d\d\)/)
    await board.see(/Dit er ikke gjort\./)
    await board.page.locator('.facts', { hasText: 'Jonas' }).waitFor()
    await board.page.reload()
    await becomes(() => board.page.getByLabel('Din besked til beboeren').inputValue(), 'Vi kommer i eftermiddag.')
    await board.press('Send til beboeren')
    await board.see('Sendt til beboeren.')
    expect(board.stub.acts.map(({ act, seen }) => [act, seen])).toEqual([
      [{ do: 'write', text: 'Vi kommer i eftermiddag.' }, '5:with-staff'],
    ])
    await board.press('Skriv til beboeren')
    await becomes(() => board.page.getByLabel('Din besked til beboeren').inputValue(), '')
  })

  test('a refusal is in plain words, with what to do instead', async () => {
    await board.open({}, '#board/H-4F7K')
    board.stub.refuseNext = { status: 409, body: refusal('window-closed', 'Messenger lader ingen skrive nu.', 'Ring, eller læg et brev.') }
    await board.press('Spørg flere')
    await board.see('Messenger lader ingen skrive nu.')
    await board.see('Ring, eller læg et brev.')
  })

  test('what no answer came to stays, and is sent again under the same id', async () => {
    await board.open({}, '#board/H-4F7K')
    board.stub.silent = true
    await board.press('Tag opgaven')
    await board.see(/H-4F7K: »Tag opgaven« er ikke sendt\./)
    board.stub.silent = false
    await board.page.reload()
    await board.page.locator('.outbox-entry').getByRole('button', { name: 'Prøv igen', exact: true }).click()
    await board.see('Du har opgaven nu. Frivillige bliver ikke spurgt.')
    expect(board.stub.acts.length).toBe(1)
    await becomes(() => board.page.locator('.outbox-entry').count(), 0)
  })

  test('erased while open: nothing of it stays on the screen, nor what was written about it', async () => {
    await board.open({}, '#board/H-4F7K')
    await board.page.getByLabel('Din note').fill('Om en, der slettes')
    // The page asks by itself every 10 s: here the act is first.
    const letGo = await holdBack(board.page, /\/api\/requests\/[^/?]+\?/)
    board.stub.requests.delete('h-so')
    await board.press('Tag opgaven')
    await letGo()
    await board.see('Opgaven er her ikke mere.')
    await becomes(() => board.page.getByText('Hun kan ikke gå på trapper').count(), 0)
    await becomes(() => board.page.evaluate(() => JSON.stringify(sessionStorage)), expect.not.stringContaining('slettes'))
    await board.press('Tilbage til listen')
    await board.see('Vælg en opgave i listen.')
  })

  test('of danger nothing is told to the resident, and a worry is decided after both were heard', async () => {
    const report = { side: 'helper', at: Date.now() } as const
    const may = ['close', 'decide-report', 'note'] as const
    const danger = { danger: true, dangerSeen: { kind: 'violence', talks: ['H-4F7K'] } } as const
    board.stub.add(
      requestOf({ id: 'h-da', receipt: 'H-2MNB', task: 'danger', ...danger, frozen: true, report, may, waitsSince: Date.now() }),
    )
    await board.open({}, '#board/H-2MNB')
    await board.see('Vold · Skrevet, mens samtalen om H-4F7K var åben. Alarmen står dér.')
    await board.press('Luk opgaven')
    expect(await board.page.getByRole('checkbox').count()).toBe(0)
    await board.press('Afgør bekymring')
    await board.see(/Bekymringen handler om hjælperen\./)
    await board.press('Må ikke fortsætte')
    await board.see('Bekymringen er afgjort.')
    expect(board.stub.acts.map(({ act }) => act)).toEqual([{ do: 'decide-report', outcome: 'stays-out' }])
  })

  test('what a colleague has is taken over after they were named, and not by accident', async () => {
    const may = ['take', 'close', 'note'] as const
    board.stub.add(requestOf({ id: 'h-da', receipt: 'H-2MNB', task: 'keys', state: 'with-staff', staff: 'Jonas', may }))
    await board.open({}, '#board/H-2MNB')
    await board.press('Tag over')
    await board.see(/^\W?Jonas\W? har opgaven\. Tal sammen først/)
    await board.press('Lad være')
    expect(board.stub.acts).toEqual([])
    await board.press('Tag over')
    await board.page.locator('.act-form').getByRole('button', { name: 'Tag over' }).click()
    await board.see('Du har opgaven nu. Frivillige bliver ikke spurgt.')
    expect(board.stub.acts.map(({ act }) => act)).toEqual([{ do: 'take', over: true }])
  })

  test('a door is typed for the helper, and nothing of it stays in the tab', async () => {
    const may = ['show-door', 'note'] as const
    board.stub.add(requestOf({ id: 'h-da', receipt: 'H-2MNB', behalf: true, state: 'accepted', helper: 'Lone', may }))
    await board.open({}, '#board/H-2MNB')
    const show = () => board.page.locator('.act-form').getByRole('button', { name: 'Vis døren til hjælperen' }).click()
    await board.press('Vis døren til hjælperen')
    await board.see(/Det bliver slettet, når opgaven er slut/)
    await show()
    await board.see('Skriv adressen først.')
    await board.page.getByLabel('Adresse og navn på dørklokken').fill(' Birkevej 7, Olsen ')
    await show()
    await board.see('Døren er vist til hjælperen.')
    expect(board.stub.acts.map(({ act }) => act)).toEqual([{ do: 'show-door', door: 'Birkevej 7, Olsen' }])
    expect(await board.page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('Birkevej')
    await becomes(() => board.page.content(), expect.not.stringContaining('Birkevej'))
  })

  test('why a volunteer cannot be asked is said in words', async () => {
    await board.open({}, '#board/H-4F7K')
    const why = [{ id: 'rest', values: { until: 1 } }, { id: 'load' }]
    board.stub.refuseNext = {
      status: 409,
      body: refusal('cannot-be-asked', 'Den frivillige kan ikke spørges nu.', 'Vælg en anden.', { why }),
    }
    await board.press('Giv til en anden')
    await board.press('Spørg de næste')
    await board.see('Grunden: hviler efter en opgave, har nok at gøre. Vælg en anden.')
  })

  test('by keyboard alone the focus is never lost: into what is asked, back to its button, and on from what is done', async () => {
    await board.open({}, '#board/H-4F7K')
    const keys = board.page.keyboard
    const at = () =>
      board.page.evaluate(() => {
        const { activeElement: one } = document
        return one?.getAttribute('aria-label') ?? one?.textContent ?? ''
      })
    const focus = (name: string) => board.page.getByRole('button', { name, exact: true }).first().focus()
    await focus('Luk opgaven')
    await keys.press('Enter')
    await becomes(at, 'Luk opgaven')
    await keys.press('Tab')
    await keys.press('Space')
    await becomes(() => board.page.getByRole('radio', { name: 'Beboeren er hjulpet' }).isChecked(), true)
    // What is asked is left first, then the request.
    await keys.press('Escape')
    await becomes(() => board.page.locator('.act-form').count(), 0)
    await becomes(() => board.page.evaluate(() => document.activeElement?.tagName), 'BUTTON')
    expect(await at()).toBe('Luk opgaven')

    await keys.press('Enter')
    await keys.press('Tab')
    await keys.press('Space')
    await board.page.locator('.act-form').getByRole('button', { name: 'Luk opgaven' }).press('Enter')
    await board.see('H-4F7K bliver lukket om 8 sekunder.')
    await becomes(at, 'Fortryd')
    await keys.press('Enter')
    await board.page.waitForFunction(() => document.activeElement?.tagName === 'H2')

    await focus('Tag opgaven')
    await keys.press('Enter')
    await board.see('Du har opgaven nu.')
    await becomes(at, 'Gør noget')
    await board.page.getByLabel('Din note').fill('Ringer klokken 16')
    await board.page.getByRole('button', { name: 'Gem noten' }).press('Enter')
    await board.see('Noten er gemt.')
    await becomes(at, expect.stringMatching(/^Noter/))
    await board.page.locator('.board-request').getByRole('button', { name: 'Jeg har set den' }).press('Enter')
    await board.page.locator('.board-request .alarm').getByText('Alarmen går ikke videre').waitFor()
    await becomes(at, expect.stringContaining('Ingen har taget den i tide'))
  })

  test('words that are left for now are kept and no longer asked for; the button brings them back', async () => {
    await board.open({}, '#board/H-4F7K')
    await board.press('Skriv til beboeren')
    await board.page.keyboard.type('Vi kommer')
    await board.press('Lad være')
    await becomes(() => board.page.locator('.act-form').count(), 0)
    await board.press('Skriv til beboeren')
    await becomes(() => board.page.locator('.act-form textarea').inputValue(), 'Vi kommer')
    await board.page.keyboard.type(' i dag')
    await becomes(() => board.page.locator('.act-form textarea').inputValue(), expect.stringContaining('i dag'))
  })
})

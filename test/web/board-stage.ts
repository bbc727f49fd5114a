/** The board in a real browser over a made-up town, for tests: who waits there, and how it is opened. */
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { ROOT } from '../library.js'
import { type BoardStub, requestOf, startBoardStub } from './board-stub.js'
import { complaintsOf, hasBrowser, launchBrowser } from './browser.js'

const MINUTE = 60_000
export const PHONE = { width: 390, height: 844 }
const DESK = { width: 1280, height: 800 }

export interface BoardStage {
  /** Of the test that runs. */
  readonly stub: BoardStub
  readonly page: Page
  /** The board on a desk, unless `options` say otherwise; `hash` is what stands behind the address. */
  open(options?: BrowserContextOptions, hash?: string): Promise<void>
  press(name: string): Promise<void>
  see(text: string | RegExp): Promise<void>
}

/** Registers what goes before and after each test of a file; tests fail where the browser's console complains. */
export function stageBoard(): BoardStage {
  let browser: Browser | undefined
  const stage: { stub?: BoardStub; page?: Page } = {}
  let complaints: readonly string[] = []
  beforeAll(async () => {
    if (hasBrowser) browser = await launchBrowser()
  })
  afterAll(() => browser?.close())
  beforeEach(async () => {
    if (!hasBrowser) return
    stage.stub = await startBoardStub(join(ROOT, 'dist/web'))
    fill(stage.stub)
  })
  afterEach(async () => {
    await stage.page?.context().close()
    await stage.stub?.close()
    // What is refused, or does not come, the browser writes down by itself.
    expect(complaints.filter((line) => !/status of 4\d\d|net::ERR_/.test(line))).toEqual([])
  })
  const there = <T>(thing: T | undefined): T => {
    if (thing === undefined) throw new Error('There is no browser, or no board is open')
    return thing
  }
  return {
    get stub() {
      return there(stage.stub)
    },
    get page() {
      return there(stage.page)
    },
    async open(options = {}, hash = '') {
      const context = await there(browser).newContext({ viewport: DESK, locale: 'da-DK', timezoneId: 'Europe/Copenhagen', ...options })
      const page = await context.newPage()
      stage.page = page
      complaints = complaintsOf(page)
      await page.goto(`${there(stage.stub).url}${hash}`)
      // A request takes the keyboard a moment after it is shown.
      await page.waitForSelector(hash === '' ? '.board-row' : '.board-request h2:focus')
    },
    press: (name) => there(stage.page).getByRole('button', { name, exact: true }).click(),
    see: (text) => there(stage.page).getByText(text).first().waitFor(),
  }
}

/** Four who wait, one that somebody is on the way to, one that is over. */
function fill(stub: BoardStub): void {
  const ago = (minutes: number) => Date.now() - minutes * MINUTE
  const tried = [
    { name: 'Vagten', at: ago(20), by: 'mail', delivered: true },
    { name: 'Kontoret', at: ago(10), by: 'chat', delivered: false },
  ] as const
  const request = { id: 'h-so', receipt: 'H-4F7K', task: 'medicine' }
  stub.alarms.push({ id: 'a1', why: 'nobody-in-time', area: 'demo', at: ago(20), state: 'open', request, tried })
  stub.add(
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
      alarms: [...stub.alarms],
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

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { decodeMenuPayload } from '../../../src/bot/payload.js'
import { messengerProfile, setUpProfile } from '../../../src/cli/messenger-profile.js'
import { type GraphStub, startGraphStub } from '../../graph-stub.js'
import { APP, config } from './messenger-test-kit.js'

let stub: GraphStub
beforeAll(async () => {
  stub = await startGraphStub()
})
afterAll(() => stub.close())

const texts = {
  areaName: 'Vollsmose',
  languages: ['da', 'ar', 'ti'],
  defaultLanguage: 'da',
  say: (language: string, key: string, values: Readonly<Record<string, string>> = {}) =>
    `${language} ${key} ${values['area'] ?? ''}`.trim(),
}

test('every locale of Facebook and a default, within the limits, with payloads that are read again', () => {
  const profile = messengerProfile({ ...texts, areaName: 'V'.repeat(300) })
  const locales = ['default', 'da_DK', 'ar_AR']
  expect([profile.greeting, profile.persistent_menu, profile.ice_breakers].map((list) => list.map(({ locale }) => locale))).toEqual([
    locales,
    locales,
    locales,
  ])
  expect(profile.greeting.every(({ text }) => text.length === 160)).toBe(true)
  expect(profile.persistent_menu[2]?.call_to_actions[1]).toEqual({
    type: 'postback',
    title: 'ar command.language',
    payload: 'MENU_LANGUAGE',
  })
  expect(profile.persistent_menu[0]?.call_to_actions.map(({ payload }) => decodeMenuPayload(payload))).toEqual(
    ['menu', 'language', 'help', 'about-me', 'delete-me'].map((command) => ({ do: 'command', command })),
  )
  expect(profile.ice_breakers[0]?.call_to_actions.map(({ payload }) => decodeMenuPayload(payload)).every(Boolean)).toBe(true)
  expect(profile.get_started).toEqual({ payload: 'GET_STARTED' })
})

test('every page is set, each time alike, and refusals are told', async () => {
  const lines: string[] = []
  const options = { ...texts, config: { ...config, graphApiUrl: stub.url }, print: (line: string) => void lines.push(line) }
  expect([await setUpProfile(options), await setUpProfile(options)]).toEqual([true, true])
  expect(stub.requests.map(({ path }) => path).slice(0, 2)).toEqual(APP.pages.map((page) => `/v26.0/${page}/messenger_profile`))
  expect(stub.requests[2]?.body).toEqual(stub.requests[0]?.body)
  stub.answerWith(({ page }) =>
    page === APP.pages[0] ? { status: 400, body: { error: { code: 190, message: 'token expired' } } } : { status: 502, body: '<html>' },
  )
  expect(await setUpProfile(options)).toBe(false)
  expect(lines.slice(-2)).toEqual([`Page ${APP.pages[0]}: refused with 190: token expired`, `Page ${APP.pages[1]}: refused: status 502`])
  expect(lines.join()).not.toContain('token-of')
})

/** Devices of staff at the console: real browsers, each with an authenticator that says yes to everything. */
import type { Browser, Page } from 'playwright-core'
import { complaintsOf } from '../web/browser.js'

export const PHONE = { width: 390, height: 844 }
export const DESK = { width: 1280, height: 800 }

export interface Device {
  readonly page: Page
  /** What the browser's console had to say. */
  readonly complaints: readonly string[]
}

/** A device of its own, with an authenticator that says yes to everything. */
export async function openDevice(browser: Browser, viewport = PHONE): Promise<Device> {
  const context = await browser.newContext({ viewport, locale: 'da-DK', reducedMotion: 'reduce' })
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { page, complaints }
}
export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
export const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click()
export const check = (page: Page, name: string) => page.getByRole('checkbox', { name, exact: true }).check()
export const see = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
export async function addPasskey(page: Page, name: string): Promise<void> {
  await page.getByLabel('Hvad kalder du enheden?').fill(name)
  await press(page, 'Opret adgangsnøgle')
  await see(page, 'Adgangsnøglen er gemt.')
}
export async function open(page: Page, link: string): Promise<void> {
  // A page that is open already does not load again when only what stands behind # changes.
  await page.goto('about:blank')
  await page.goto(link)
}
export async function signInByLink(page: Page, link: string): Promise<void> {
  await open(page, link)
  await press(page, 'Log ind')
}

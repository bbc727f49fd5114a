/** Links by mail, over a real mail server: for who is invited, and for whose device has no passkey. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { SMTPServer } from 'smtp-server'
import { axeFindings, hasBrowser, launchBrowser } from '../web/browser.js'
import { addPasskey, check, openDevice, press, see, signInByLink } from './console-device.js'
import { eventually, freePort, type Product, runCommand, startProduct } from './product.js'

const letters: { readonly to: string[]; readonly text: string }[] = []
const mailServer = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData(stream, session, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      // Quoted-printable: lines are folded with = at their end, and = itself is =3D.
      const text = Buffer.concat(chunks).toString().replaceAll('=\r\n', '').replaceAll('=3D', '=')
      letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), text })
      done()
    })
  },
})
const linkIn = (text = '') => /http:\S+#link=[\w-]{44}/.exec(text)?.[0] ?? ''

let dir: string
let browser: Browser
let product: Product
let environment: Record<string, string>
beforeAll(async () => {
  if (!hasBrowser) return
  dir = mkdtempSync(join(tmpdir(), 'opgang-console-mail-'))
  const listening = mailServer.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const mail = (listening.address() as AddressInfo).port
  environment = {
    DATA_DIR: dir,
    PORT: String(await freePort()),
    SMTP_URL: `smtp://127.0.0.1:${mail}`,
    SMTP_TLS: 'off',
    MAIL_FROM: 'opgang@example.org',
  }
  product = await startProduct(dir, environment)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
  await new Promise<void>((resolve) => mailServer.close(resolve))
  if (dir !== undefined) rmSync(dir, { recursive: true })
})

const whole = hasBrowser ? describe : describe.skip
whole('with a mail server', () => {
  test('an invitation is mailed and shown to nobody; whoever has no passkey asks for a link; strangers read the same and get none', async () => {
    const { stdout } = await runCommand('cli/admin', ['link'], environment)
    const chief = await openDevice(browser)
    await signInByLink(chief.page, stdout.split('\n')[0] ?? '')
    await chief.page.getByRole('tab', { name: 'Ansatte' }).click()
    await press(chief.page, 'Invitér en ansat')
    await chief.page.getByLabel('Navn').fill('Oversætter Prøve')
    await chief.page.getByLabel('Mailadresse').fill('Proeve@example.org')
    await check(chief.page, 'Oversætter')
    await check(chief.page, 'Alle områder')
    await press(chief.page, 'Invitér en ansat')
    await see(chief.page, 'Et link er sendt til Oversætter Prøve med mail.')
    expect(await chief.page.getByLabel('Link til Oversætter Prøve').count()).toBe(0)
    await eventually(() => letters.length === 1)
    expect(letters[0]?.to).toEqual(['proeve@example.org'])

    const other = await openDevice(browser)
    await signInByLink(other.page, linkIn(letters[0]?.text))
    await see(other.page, 'Du er: Oversætter (alle områder).')
    await press(other.page, 'Log ud')
    const asks = async (address: string) => {
      await other.page.getByLabel('Din mailadresse').fill(address)
      await press(other.page, 'Send mig et link')
      await see(other.page, 'Hvis adressen hører til en, der har adgang, er der et link på vej.')
      await other.page.reload()
    }
    await asks('stranger@example.org')
    await asks('proeve@example.org')
    await other.page.locator('h1').first().waitFor()
    expect(await axeFindings(other.page)).toEqual([])
    await eventually(() => letters.length === 2)
    await signInByLink(other.page, linkIn(letters[1]?.text))
    await see(other.page, 'Du er: Oversætter (alle områder).')
    expect(letters.flatMap(({ to }) => to)).toEqual(['proeve@example.org', 'proeve@example.org'])

    // What is changed of their account they are told, whoever did it.
    await addPasskey(other.page, 'Min telefon')
    await eventually(() => letters.length === 3)
    await runCommand('cli/admin', ['link', 'proeve@example.org'], environment)
    await eventually(() => letters.length === 4)
    expect(letters.slice(2).map(({ to, text }) => [to, /passkey was made|link that signs in as you was made/.exec(text)?.[0]])).toEqual([
      [['proeve@example.org'], 'passkey was made'],
      [['proeve@example.org'], 'link that signs in as you was made'],
    ])
    expect(linkIn(letters[3]?.text)).toBe('')
    expect(product.output.join('\n')).not.toMatch(/proeve@|stranger@/)
  })
})

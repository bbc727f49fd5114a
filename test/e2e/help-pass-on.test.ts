/** Too big for a neighbour: with the resident's yes it goes on to people without an account, by a mail with a link that one press of a button answers. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { SMTPServer } from 'smtp-server'
import { ROOT } from '../library.js'
import { AMINAS_WORDS, beginning, library, openPlace, type Place, plain, twoWhoTalk, YUSUF } from './people-at-work.js'
import { eventually, freePort } from './product.js'
import { dropDatabases, FIRST_STORE } from './stores.js'

const FIXTURES = join(ROOT, 'test/fixtures/mail')
const OFFICE = 'vagt@example.org'
const SENDER = 'opgang@example.dk'
/** A letter that could not be sent is tried again after half a minute. */
const AGAIN_MS = 60_000
const LINK = /(\/case\/[\w-]+)$/m
const MESSAGE_ID = /^Message-ID: .*$/m
/** The network, as each of them reads it. */
const FOR_YUSUF = 'الصليب الأحمر (demo)'
const FOR_AMINA = 'Laanqayrta Cas (demo)'

interface Letter {
  readonly secure: boolean
  readonly to: readonly string[]
  readonly text: string
}

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(dropDatabases)

/** A mail server that speaks with nobody before the connection is private; what came to it. */
async function startMailServer(port: number): Promise<readonly Letter[]> {
  const letters: Letter[] = []
  const pem = readFileSync(join(FIXTURES, 'server.pem'), 'utf8')
  const server = new SMTPServer({
    key: pem,
    cert: pem,
    logger: false,
    authOptional: true,
    onData: (stream, { secure, envelope }, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        letters.push({ secure, to: envelope.rcptTo.map(({ address }) => address), text: decoded(Buffer.concat(chunks)) })
        done()
      })
    },
  })
  const listening = server.listen(port, '127.0.0.1')
  await once(listening, 'listening')
  expect((listening.address() as AddressInfo).port).toBe(port)
  closing.push(() => new Promise((resolve) => server.close(() => resolve())))
  return letters
}

/** Head and body, without their encoding. */
function decoded(raw: Buffer): string {
  const bytes = raw
    .toString('latin1')
    .replace(/=\r\n/g, '')
    .replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n')
}

describe.each(FIRST_STORE)('on %s', (_, makeStore) => {
  /** The Red Cross of the demo has an address here. */
  async function placeWithMail(smtp: number): Promise<Place> {
    const place = await openPlace({
      store: makeStore(),
      settings: {
        SMTP_URL: `smtp://127.0.0.1:${smtp}`,
        MAIL_FROM: `Opgang <${SENDER}>`,
        SMTP_CA_FILE: join(FIXTURES, 'authority.pem'),
      },
      people: (file) => file.replace('phone: 00 00 00 07 (demo)', `$&\n      mail: ${OFFICE}`),
    })
    closing.push(() => place.close())
    return place
  }

  /** Yusuf finds it too big; Amina is asked, and says yes. */
  async function passesOn(place: Place) {
    const two = await twoWhoTalk(place)
    const { amina, yusuf, receipt } = two
    await yusuf.says('هذا ثقيل علي')
    await yusuf.taps(yusuf.t('volunteering.button.pass-on', { network: FOR_YUSUF }))
    await yusuf.reads(yusuf.t('volunteering.result.pass-on', { receipt }))
    await amina.reads(amina.t('asking.pass-on.ask', { network: FOR_AMINA }))
    return two
  }

  async function linkIn(place: Place, letters: readonly Letter[]): Promise<string> {
    await eventually(() => letters.length > 0, AGAIN_MS)
    const [, path = ''] = LINK.exec(letters.at(-1)?.text ?? '') ?? []
    expect(path).not.toBe('')
    return `${place.product.url}${path}`
  }

  test('a mail with number, area and task only; opening its link changes nothing, one press takes it, and the resident reads so', async () => {
    const smtp = await freePort()
    const letters = await startMailServer(smtp)
    const place = await placeWithMail(smtp)
    const { amina, yusuf, receipt } = await passesOn(place)
    expect(letters).toEqual([])
    await amina.taps(amina.t('asking.pass-on.yes'))
    await amina.reads(amina.t('asking.passed-on', { network: FOR_AMINA }))
    await amina.reads(amina.t('asking.passed-on.phone', { receipt }))
    await yusuf.reads(yusuf.t('volunteering.told.thanks', { receipt }))

    const link = await linkIn(place, letters)
    const [letter] = letters
    expect(letter).toMatchObject({ secure: true, to: [OFFICE] })
    const da = (key: string) => library.say('da', key)
    for (const word of [receipt, library.areas['demo']?.name ?? '', da('volunteering.task.medicine')]) expect(letter?.text).toContain(word)
    for (const secret of [AMINAS_WORDS, amina.id, yusuf.id, YUSUF, '41 B', amina.t('asking.alias.default')])
      expect(letter?.text).not.toContain(secret)

    for (let visit = 0; visit < 3; visit++) {
      const page = await fetch(link)
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(receipt)])
    }
    expect((await place.desk('show', receipt)).toLowerCase()).not.toContain('took')
    const pressed = await fetch(`${link}/yes`, { method: 'POST' })
    expect(pressed.status).toBe(200)
    const took = amina.t('asking.network-took-it', { network: FOR_AMINA })
    await amina.reads(took)
    const again = await fetch(`${link}/no`, { method: 'POST' })
    expect([again.status, (await fetch(link)).status]).toEqual([410, 410])
    // A letter that comes twice is the same one to whoever gets it.
    expect(new Set(letters.map(({ text }) => MESSAGE_ID.exec(text)?.[0])).size).toBe(1)
    expect(amina.since().filter(({ text }) => plain(text).includes(took))).toHaveLength(1)
  })

  test('while mail is down nothing is lost: the letter comes later, once', async () => {
    const smtp = await freePort()
    const place = await placeWithMail(smtp)
    const { amina } = await passesOn(place)
    await amina.taps(amina.t('asking.pass-on.yes'))
    await eventually(() => place.product.output.some((line) => line.includes('a letter was not sent')))
    const letters = await startMailServer(smtp)
    const page = await fetch(await linkIn(place, letters))
    expect(page.status).toBe(200)
  })

  test('without the resident’s yes nothing goes anywhere, and the helper still has it', async () => {
    const smtp = await freePort()
    const letters = await startMailServer(smtp)
    const place = await placeWithMail(smtp)
    const { amina, yusuf, receipt } = await passesOn(place)
    await amina.taps(amina.t('asking.pass-on.no'))
    await amina.reads(amina.t('asking.pass-on.no-done'))
    await yusuf.says('سأحاول')
    await amina.reads(beginning(amina.t('talking.says', { other: YUSUF, receipt, text: '|' })))
    expect(letters).toEqual([])
  })
})

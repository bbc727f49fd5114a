/** Letters to a real SMTP server over STARTTLS, with certificates of an authority that is made for the tests. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { caseLetter, type Letter } from '../../src/app/mail.js'
import type { Log } from '../../src/app/ports.js'
import { type MailSettings, openMail, type SmtpServer } from '../../src/outlets/mail.js'
import { freePort } from '../e2e/product.js'

const FIXTURES = join(import.meta.dirname, '../fixtures/mail')
const AUTHORITY = join(FIXTURES, 'authority.pem')
const FROM = { name: 'Opgang Birkehaven', address: 'opgang@example.dk' }
const LETTER: Letter = { to: 'vagt@example.org', subject: 'Opgave H-4F7K', text: 'Hej\n', id: 'case:order-1' }
const LOGIN = { user: 'opgang', password: 'hemmeligt ord' }

/** One letter as it came. */
interface Delivered {
  readonly secure: boolean
  readonly user: string | undefined
  readonly from: string
  readonly to: readonly string[]
  readonly headers: ReadonlyMap<string, string>
  readonly text: string
}

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

/** A server that takes letters; `port` is where, `delivered` what came, `commands` counts MAIL FROM. */
async function startPeer(options: SMTPServerOptions = {}, certificate = 'server') {
  const pem = readFileSync(join(FIXTURES, `${certificate}.pem`), 'utf8')
  const delivered: Delivered[] = []
  let started = 0
  const server = new SMTPServer({
    key: pem,
    cert: pem,
    logger: false,
    authOptional: true,
    onAuth: ({ username, password }, _session, done) =>
      username === LOGIN.user && password === LOGIN.password ? done(null, { user: username }) : done(new Error('wrong')),
    onMailFrom: (_address, _session, done) => {
      started++
      done()
    },
    onData: (stream, { secure, user, envelope }, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const addresses = {
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          to: envelope.rcptTo.map(({ address }) => address),
        }
        delivered.push({ secure, user: user as string | undefined, ...addresses, ...parse(Buffer.concat(chunks)) })
        done()
      })
    },
    ...options,
  })
  // A client that turns away in the middle of TLS is an error of the server's, and expected here.
  server.on('error', () => undefined)
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  closing.push(() => new Promise<void>((resolve) => server.close(resolve)))
  return { port: (listening.address() as AddressInfo).port, delivered, started: () => started }
}

/** Headers unfolded, words of the subject and the body decoded. */
function parse(raw: Buffer): Pick<Delivered, 'headers' | 'text'> {
  const [head = '', ...body] = raw.toString('latin1').split('\r\n\r\n')
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), decodeWords(line.slice(line.indexOf(':') + 2))]),
  )
  expect(headers.size).toBe(lines.length)
  expect(headers.get('content-transfer-encoding')).toBe('quoted-printable')
  return { headers, text: decodeQuoted(body.join('\r\n\r\n')).replaceAll('\r\n', '\n') }
}

function decodeWords(value: string): string {
  return value
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?UTF-8\?Q\?([^?]*)\?=/gi, (_, words: string) => decodeQuoted(words.replaceAll('_', ' ')))
}

function decodeQuoted(text: string): string {
  const bytes = text.replace(/=\r\n/g, '').replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

function mailTo(port: number, more: Partial<Omit<MailSettings, 'server'>> & { server?: Partial<SmtpServer> } = {}) {
  const logged: string[] = []
  const note = (message: string, fields?: object) => void logged.push(`${message} ${JSON.stringify(fields)}`)
  const log: Log = { info: note, warn: note, error: note }
  const server = { host: '127.0.0.1', port, implicitTls: false, ...more.server }
  return { mail: openMail({ from: FROM, tls: 'required', caFile: AUTHORITY, ...more, server }, log), logged }
}

describe('a letter', () => {
  test('arrives over STARTTLS as it was written, to one person, with what tells machines what it is', async () => {
    const { port, delivered } = await startPeer()
    const { mail, logged } = mailTo(port, { server: { login: LOGIN } })
    const words = { receipt: 'H-4F7K', area: 'Søndervang', task: { da: 'Hente medicin på apoteket', en: 'Fetch medicine' } }
    const link = `https://opgang.example.dk/case/${'a_-9'.repeat(11)}`
    const { subject, text } = caseLetter(words, link, 7)
    expect(subject).toContain('H-4F7K')
    expect(
      await mail.send({ to: 'vagt@example.org', subject: 'Opgave på Søndervang، 👋', text: `${text}.\n.. مرحبا 👋\n`, id: 'case:o:1' }),
    ).toBe('sent')
    expect(delivered).toHaveLength(1)
    const [letter] = delivered
    expect(letter).toMatchObject({
      secure: true,
      user: LOGIN.user,
      from: FROM.address,
      to: ['vagt@example.org'],
      text: `${text}.\n.. مرحبا 👋\n`,
    })
    expect(Object.fromEntries(letter?.headers ?? [])).toMatchObject({
      from: 'Opgang Birkehaven <opgang@example.dk>',
      to: 'vagt@example.org',
      subject: 'Opgave på Søndervang، 👋',
      'auto-submitted': 'auto-generated',
      'content-type': 'text/plain; charset=utf-8',
      'message-id': expect.stringMatching(/^<[\da-f]{40}@example\.dk>$/),
    })
    for (const absent of ['x-mailer', 'list-unsubscribe', 'cc', 'bcc', 'reply-to']) expect(letter?.headers.has(absent)).toBe(false)
    expect(text).toContain(`\n${link}\n`)
    for (const word of ['H-4F7K', 'Søndervang', 'Hente medicin på apoteket', 'Fetch medicine']) expect(text).toContain(word)
    expect(logged).toEqual([])
  })

  test('has the same Message-ID when it is tried again, and another letter has another', async () => {
    const { port, delivered } = await startPeer()
    const { mail } = mailTo(port)
    for (const id of ['case:a', 'case:a', 'case:b']) await mail.send({ ...LETTER, id })
    const [first, again, other] = delivered.map(({ headers }) => headers.get('message-id'))
    expect([first === again, first === other]).toEqual([true, false])
  })

  test('goes over TLS from the first byte where the settings say so', async () => {
    const { port, delivered } = await startPeer({ secure: true })
    expect(await mailTo(port, { server: { implicitTls: true } }).mail.send(LETTER)).toBe('sent')
    expect(delivered[0]?.secure).toBe(true)
  })

  test('goes in the clear only where the settings say so', async () => {
    const { port, delivered } = await startPeer({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] })
    expect(await mailTo(port, { tls: 'off' }).mail.send(LETTER)).toBe('sent')
    expect(delivered[0]?.secure).toBe(false)
  })
})

describe('nothing is sent, and no word of it is logged, when', () => {
  const refused = async (peer: Awaited<ReturnType<typeof startPeer>>, { mail, logged }: ReturnType<typeof mailTo>, reason: string) => {
    expect(await mail.send(LETTER)).toBe('failed')
    expect(logged).toEqual([`a letter was not sent ${JSON.stringify({ reason })}`])
    expect(peer.delivered).toEqual([])
  }

  test('the server offers no TLS', async () => {
    const peer = await startPeer({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] })
    await refused(peer, mailTo(peer.port, { server: { login: LOGIN } }), 'tls')
    expect(peer.started()).toBe(0)
  })

  test.each([false, true])('the server is known by no authority that we trust (TLS from the first byte: %p)', async (implicitTls) => {
    const peer = await startPeer({ secure: implicitTls })
    const logged: string[] = []
    const note = (message: string, fields?: object) => void logged.push(`${message} ${JSON.stringify(fields)}`)
    const mail = openMail(
      { from: FROM, tls: 'required', server: { host: '127.0.0.1', port: peer.port, implicitTls, login: LOGIN } },
      { info: note, warn: note, error: note },
    )
    await refused(peer, { mail, logged }, 'certificate')
    expect(peer.started()).toBe(0)
  })

  test.each([false, true])('the certificate is that of another server (TLS from the first byte: %p)', async (implicitTls) => {
    const peer = await startPeer({ secure: implicitTls }, 'elsewhere')
    await refused(peer, mailTo(peer.port, { server: { implicitTls, login: LOGIN } }), 'certificate')
    expect(peer.started()).toBe(0)
  })

  test('the password is wrong', async () => {
    const peer = await startPeer({ authOptional: false })
    await refused(peer, mailTo(peer.port, { server: { login: { ...LOGIN, password: 'et andet ord' } } }), 'login')
  })

  test('the server refuses who it is for', async () => {
    const peer = await startPeer({ onRcptTo: (_address, _session, done) => done(new Error('no vagt@example.org here')) })
    await refused(peer, mailTo(peer.port), 'refused')
  })

  test('nobody listens', async () => {
    const { mail, logged } = mailTo(await freePort())
    expect(await mail.send(LETTER)).toBe('failed')
    expect(logged).toEqual(['a letter was not sent {"reason":"unreachable"}'])
  })

  test('the server is silent, or goes silent in the middle: within the limits of time', async () => {
    const talk = (greeting: string) => (socket: Socket) => void socket.on('error', () => undefined).write(greeting)
    for (const [greeting, limits] of [
      ['', { connectMs: 100, totalMs: 60_000, letters: 1 }],
      ['220 here\r\n', { connectMs: 60_000, totalMs: 100, letters: 1 }],
    ] as const) {
      const sockets: Socket[] = []
      const server: Server = createServer((socket) => {
        sockets.push(socket)
        talk(greeting)(socket)
      }).listen(0, '127.0.0.1')
      await once(server, 'listening')
      const { mail, logged } = mailTo((server.address() as AddressInfo).port, { limits })
      const started = performance.now()
      const waiting = mail.send(LETTER)
      expect(await mail.send(LETTER)).toBe('failed')
      expect(await waiting).toBe('failed')
      expect(performance.now() - started).toBeLessThan(5000)
      expect(logged).toEqual(['a letter was not sent {"reason":"busy"}', 'a letter was not sent {"reason":"too-late"}'])
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    }
  })

  test.each([
    ['address', { to: 'vagt@example.org\r\nBcc: all@example.org' }],
    ['address', { to: 'vagt@example.org, all@example.org' }],
    ['address', { to: 'Vagt <vagt@example.org>' }],
    ['address', { to: 'vagt@example.org> RCPT TO:<all@example.org' }],
    ['address', { to: '' }],
    ['subject', { subject: 'Opgave\r\nBcc: all@example.org' }],
    ['subject', { subject: 'Opgave\nX: y' }],
    ['subject', { subject: 'Opgave\u2028X: y' }],
    ['subject', { subject: 'Opgave '.repeat(30) }],
  ])('the %s would say more than it may: %j', async (reason, hostile) => {
    const peer = await startPeer()
    const { mail, logged } = mailTo(peer.port)
    expect(await mail.send({ ...LETTER, ...hostile })).toBe('failed')
    expect(logged).toEqual([`a letter was not sent {"reason":"${reason}"}`])
    expect(peer.started()).toBe(0)
  })
})

test('a text that looks like commands or heads stays text', async () => {
  const { port, delivered } = await startPeer()
  const text = 'Hej\r\n.\r\nMAIL FROM:<x@example.org>\r\n\r\nBcc: all@example.org\n..\n'
  expect(await mailTo(port).mail.send({ ...LETTER, text, id: 'a\r\nBcc: all@example.org' })).toBe('sent')
  expect(delivered).toHaveLength(1)
  expect(delivered[0]).toMatchObject({ to: [LETTER.to], text: text.replaceAll('\r\n', '\n') })
  expect(delivered[0]?.headers.has('bcc')).toBe(false)
})

test('a file without a certificate stops the start in words', () => {
  const open = (caFile: string) => () => mailTo(25, { caFile })
  expect(open(join(FIXTURES, 'missing.pem'))).toThrow(/SMTP_CA_FILE: no certificate can be read/)
  expect(open(join(FIXTURES, 'README.md'))).toThrow(/-----BEGIN CERTIFICATE-----/)
})

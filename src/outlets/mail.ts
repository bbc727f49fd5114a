/** Mail over SMTP. The connection is private and the server proves who it is, or nothing is sent. */
import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createTransport, type SendMailOptions, type SMTPTransportOptions } from 'nodemailer'
import { isOneLine, type Letter, type Mail, type MailSender, mailAddress } from '../app/mail.js'
import type { Log } from '../app/ports.js'

/** A mail server that takes our letters. */
export interface SmtpServer {
  readonly host: string
  readonly port: number
  /** `smtps://`: TLS from the first byte. Otherwise STARTTLS. */
  readonly implicitTls: boolean
  readonly login?: { readonly user: string; readonly password: string }
}

export interface MailSettings {
  readonly server: SmtpServer
  readonly from: MailSender
  /** `off` sends in the clear: for a server on this machine only, which the settings see to. */
  readonly tls: 'required' | 'off'
  /** A file with the certificate (PEM) of the authority to trust instead of the usual ones. */
  readonly caFile?: string
  /** {@link MAIL_LIMITS} when absent. */
  readonly limits?: MailLimits
}

/** All numbers are ours. */
export interface MailLimits {
  /** Milliseconds to a server that is ready to listen, and for all of one letter. */
  readonly connectMs: number
  readonly totalMs: number
  /** Letters under way at once; a further one fails. */
  readonly letters: number
}

const MAIL_LIMITS: MailLimits = { connectMs: 10_000, totalMs: 20_000, letters: 20 }
/** Milliseconds in which a server may close its side. */
const CLOSE_MS = 1000
/** RFC 5321, section 2.4: what both sides still speak safely. */
const TLS_MIN = 'TLSv1.2'

/** Why a letter was not sent, in the order of looking: one word for the log, which never holds an address or a server's words. */
const REASONS: readonly (readonly [reason: string, codes: RegExp])[] = [
  ['certificate', /CERT|SIGNATURE/],
  ['tls', /^(ETLS$|ERR_SSL|ERR_TLS)|^EPROTO$/],
  ['login', /^(EAUTH|ENOAUTH|EOAUTH2)$/],
  ['refused', /^(EENVELOPE|EMESSAGE)$/],
  ['too-late', /^(ETIMEDOUT|EABORT|ABORT_ERR)$/],
  ['unreachable', /^(EDNS|ECONNECTION|ESOCKET|ECONN\w+|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EPROTOCOL)$/],
]

/** Throws, in words that say what to do, when the file of the authority holds no certificate. */
export function openMail(settings: MailSettings, log: Log): Mail {
  const { from, limits = MAIL_LIMITS } = settings
  const transport = createTransport(optionsOf(settings, limits))
  let underWay = 0
  const deliver = async (letter: Letter): Promise<string | undefined> => {
    const to = mailAddress(letter.to)
    if (to === undefined || !isOneLine(letter.subject)) return to === undefined ? 'address' : 'subject'
    if (underWay >= limits.letters) return 'busy'
    underWay++
    try {
      await transport.sendMail({ ...messageOf(letter, from, to), signal: AbortSignal.timeout(limits.totalMs) })
      return undefined
    } catch (error) {
      return reasonOf(error)
    } finally {
      underWay--
    }
  }
  return {
    async send(letter) {
      const reason = await deliver(letter)
      if (reason !== undefined) log.warn('a letter was not sent', { reason })
      return reason === undefined ? 'sent' : 'failed'
    },
  }
}

function optionsOf({ server, tls, caFile }: MailSettings, { connectMs }: MailLimits): SMTPTransportOptions {
  const secured: SMTPTransportOptions = server.implicitTls ? { secure: true } : { secure: false, requireTLS: true }
  return {
    host: server.host,
    port: server.port,
    ...(tls === 'required' ? secured : { secure: false, ignoreTLS: true }),
    tls: { rejectUnauthorized: true, minVersion: TLS_MIN, ...(caFile === undefined ? {} : { ca: readAuthority(caFile) }) },
    ...(server.login === undefined ? {} : { auth: { user: server.login.user, pass: server.login.password } }),
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketCloseTimeout: CLOSE_MS,
    // What a message names is never fetched or read from the disk.
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function readAuthority(path: string): string {
  const advice = 'name a file with a certificate that begins with -----BEGIN CERTIFICATE-----'
  try {
    const pem = readFileSync(path, 'utf8')
    // Says whether it is one.
    new X509Certificate(pem).toString()
    return pem
  } catch (cause) {
    throw new Error(`SMTP_CA_FILE: no certificate can be read from ${path}; ${advice}`, { cause })
  }
}

/**
 * Plain text to one person. No `List-*` headers: these are letters to colleagues who are named in the settings of an area or a network,
 * each about one matter, and no list that anybody could leave. (Who adds some: one-click unsubscribing needs both headers on one line each
 * and both under the DKIM signature, RFC 8058, sections 3 and 4; nodemailer's `list` option folds them, and its signature leaves one out.)
 */
function messageOf(letter: Letter, from: MailSender, to: string): SendMailOptions {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1)
  return {
    from,
    to: { name: '', address: to },
    envelope: { from: from.address, to: [to] },
    subject: letter.subject,
    text: letter.text,
    // Always: a link is then never broken by a mail server that folds lines.
    encoding: 'quoted-printable',
    // Hashed, because an id of ours may hold signs that RFC 5322 does not allow there.
    messageId: `<${createHash('sha256').update(letter.id).digest('hex').slice(0, 40)}@${domain}>`,
    // RFC 3834, section 5: no holiday note comes back.
    headers: { 'Auto-Submitted': 'auto-generated' },
    xMailer: false,
  }
}

function reasonOf(error: unknown): string {
  const codes = ['originalCode', 'code', 'name'].flatMap((field) => {
    const value = typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[field] : undefined
    return typeof value === 'string' ? [value] : []
  })
  return REASONS.find(([, known]) => codes.some((code) => known.test(code)))?.[0] ?? 'unknown'
}

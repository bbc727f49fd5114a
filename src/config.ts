/** Every setting once: name, default, check, one line of help. `.env.example` and `--help` are made from this table. */
import { domainToASCII } from 'node:url'
import { z } from 'zod'
import { mailSender } from './app/mail.js'
import { copenhagenInstant } from './core/copenhagen.js'
import type { SmtpServer } from './outlets/mail.js'

const on = z.enum(['on', 'off', '1', '0', 'true', 'false'], 'write on or off').transform((value) => ['on', '1', 'true'].includes(value))
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
)
const languageCode = /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/
const url = z
  .url({ protocol: /^https?$/, error: 'write a whole address, for example https://opgang.example.dk' })
  .transform((value) => value.replace(/\/+$/, ''))

interface Setting<T> {
  readonly default: string
  readonly check: z.ZodType<T, string>
  readonly help: string
}
function setting<T>(fallback: string, check: z.ZodType<T, string>, help: string): Setting<T> {
  return { default: fallback, check, help }
}
/** Absent stays absent; present must pass. */
function optional<T>(check: z.ZodType<T, string>, help: string): Setting<T | undefined> {
  return { default: '', check, help }
}

const pages = list.transform((parts, context) => {
  const entries = parts.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)] as const)
  const wrong = entries.some(([page, token]) => !/^\d+$/.test(page) || token === '')
  const twice = new Set(entries.map(([page]) => page)).size < entries.length
  if (wrong) context.addIssue('write pageId=token, comma-separated; a page id is digits only')
  if (twice) context.addIssue('a page is named twice: give one token a page')
  return new Map(entries)
})

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'write a number from 0 to 65535')
  .transform(Number)
  .refine((value) => value <= 65535, 'write a number from 0 to 65535')
const days = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,4}$/, `write a number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `write a number from ${least} to ${most}`)
const drillClock = z.string().transform((value, context) => {
  const instant = copenhagenInstant(value)
  if (instant === undefined) context.addIssue('write a date and time of Denmark, for example 2020-03-25T10:00')
  return instant ?? 0
})
const appSecrets = list.refine(
  (secrets) => secrets.length >= 1 && secrets.length <= 2,
  'write one secret, or two comma-separated while it is rotated',
)
const smtpServer = z.string().transform((value, context) => {
  const server = readSmtpServer(value)
  if (server === undefined)
    context.addIssue('write smtp://user:password@host:587 or smtps://host, with signs such as @ : / # % in user or password as %40 %3A …')
  return server ?? z.NEVER
})
const sender = z.string().transform((value, context) => {
  const from = mailSender(value)
  if (from === undefined) context.addIssue('write an address, for example opgang@example.dk or Opgang <opgang@example.dk>')
  return from ?? z.NEVER
})
const trustProxy = z
  .string()
  .regex(/^(off|loopback|\d|[\da-f.:/,\s]+)$/, 'write off, loopback, the number of proxies in front, or their addresses')
  .transform((value) => (value === 'off' ? false : /^\d$/.test(value) ? Number(value) : value))

export const SETTINGS = {
  PORT: setting('3978', port, 'port to listen on'),
  HOST: setting('127.0.0.1', z.string().min(1, 'write an address to listen on'), 'address to listen on (0.0.0.0 in the image)'),
  DATA_DIR: setting('./data', z.string().min(1, 'write a folder'), 'folder of the embedded store and its keys'),
  MONGODB_URI: optional(
    z
      .string()
      .regex(/^mongodb(\+srv)?:\/\/\S+$/, 'write mongodb://user:password@host:27017/opgang, or leave it out for the embedded store'),
    'MongoDB instead of the embedded store, for several instances: mongodb://user:password@host:27017/opgang',
  ),
  PUBLIC_URL: optional(url, 'address that residents reach, for links and secure cookies; http://localhost:PORT when absent'),
  TRUST_PROXY: setting('off', trustProxy, 'whose forwarded headers count: off, loopback, a number of proxies, or addresses'),
  LANGUAGES: optional(
    list.refine((codes) => codes.every((code) => languageCode.test(code)), 'write language codes, comma-separated, for example da,ar'),
    'languages to offer; all with a folder in locales/ when absent',
  ),
  DEFAULT_LANGUAGE: setting('da', z.string().regex(languageCode, 'write a language code, for example da'), 'language until one is chosen'),
  CLOCK: optional(drillClock, 'a drill: facts are judged as of this time of Denmark, for example 2020-03-25T10:00'),
  TALK_DAYS: setting('30', days(1, 30), 'how many days the words of a talk between a resident and a volunteer are kept: 1 to 30'),
  REPORTED_TALK_DAYS: setting(
    '365',
    days(30, 1825),
    'how many days the words of a reported talk are kept for those who decide: 30 to 1825',
  ),
  AUDIT_DAYS: setting('730', days(180, 1825), 'how many days the console’s log of who did and saw what is kept: 180 to 1825'),
  MESSENGER_PAGES: optional(pages, 'pageId=token, comma-separated, one token a page'),
  MESSENGER_APP_ID: optional(z.string().regex(/^\d+$/, 'write the digits of the app id'), 'id of the Meta app'),
  MESSENGER_APP_SECRET: optional(appSecrets, 'secret of the Meta app; two, comma-separated, while it is rotated'),
  MESSENGER_VERIFY_TOKEN: optional(z.string(), 'word that Meta repeats when it verifies the webhook'),
  MESSENGER_HUMAN_AGENT: setting('off', on, 'on when the Human Agent feature is granted: a person may answer within 7 days'),
  GRAPH_API_URL: setting('https://graph.facebook.com/v26.0', url, 'Graph API with its version'),
  SMTP_URL: optional(smtpServer, 'mail server: smtp://user:password@host:587 or smtps://user:password@host; without it no mail is sent'),
  MAIL_FROM: optional(sender, 'address that letters come from, for example Opgang <opgang@example.dk>'),
  SMTP_TLS: setting(
    'required',
    z.enum(['required', 'off'], 'write required or off'),
    'required: nothing is sent before the mail server has proved who it is; off only for one on this machine',
  ),
  SMTP_CA_FILE: optional(
    z.string(),
    'file with the certificate (PEM) of the authority that the mail server is known by, instead of the usual ones',
  ),
  METRICS_TOKEN: optional(
    z.string().regex(/^[\w.~+/=-]{16,}$/, 'write at least 16 letters and digits'),
    'word that opens /metrics, from anywhere (Authorization: Bearer …); without it only this machine reads them, and only without PUBLIC_URL and TRUST_PROXY',
  ),
  LOG_LEVEL: setting(
    'info',
    z.enum(['error', 'warn', 'info', 'debug'], 'write error, warn, info or debug'),
    'how much the program logs: error, warn, info or debug',
  ),
} as const satisfies Record<string, Setting<unknown>>

export type SettingName = keyof typeof SETTINGS
export type Config = { readonly [K in SettingName]: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never }

/** The settings, or one line per problem: name, what is wrong, what to do. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): { config: Config } | { problems: string[] } {
  const problems: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, { default: fallback, check }] of Object.entries(SETTINGS)) {
    const given = env[name]?.trim() || fallback
    if (given === '') continue
    const read = check.safeParse(given)
    if (read.success) values[name] = read.data
    else problems.push(`${name}: ${read.error.issues.map(({ message }) => message).join('; ')}`)
  }
  const config = values as Config
  if (problems.length === 0) problems.push(...together(config))
  return problems.length === 0 ? { config } : { problems }
}

/** Settings that only make sense together. */
function together(config: Config): string[] {
  const problems: string[] = []
  if (config.MESSENGER_PAGES !== undefined) {
    for (const name of ['MESSENGER_APP_ID', 'MESSENGER_APP_SECRET', 'MESSENGER_VERIFY_TOKEN'] as const) {
      if (config[name] === undefined) problems.push(`${name}: missing, and MESSENGER_PAGES is set; copy it from the Meta app's settings`)
    }
  }
  if (config.CLOCK !== undefined && reachesStrangers(config)) {
    problems.push(
      'CLOCK: a drill would answer real people on Messenger with old rules; remove CLOCK, MESSENGER_PAGES, or point GRAPH_API_URL elsewhere',
    )
  }
  return [...problems, ...mailProblems(config)]
}

function mailProblems({ SMTP_URL: server, MAIL_FROM: from, SMTP_TLS: tls }: Config): string[] {
  if (server === undefined) return []
  const missing = from === undefined ? ['MAIL_FROM: missing, and SMTP_URL is set; write the address that letters come from'] : []
  if (tls === 'required') return missing
  const readable = isThisMachine(server.host)
    ? []
    : ['SMTP_TLS: off would let anybody on the way read the letters; leave it out, or point SMTP_URL at a mail server on this machine']
  return [...missing, ...readable, ...(server.implicitTls ? ['SMTP_TLS: off, and SMTP_URL begins with smtps; change one of them'] : [])]
}

/** Whether Messenger is set up, and with people behind it: what is sent there is then held back in trial. */
export function reachesStrangers({ MESSENGER_PAGES: pages, GRAPH_API_URL: graph }: Config): boolean {
  return pages !== undefined && isMeta(graph)
}

/** Whether a host is this machine, written in a way that nobody else can be meant by. */
export function isThisMachine(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host)
}

/** The port is the usual one when absent: 587 for letters that are handed in, 465 with TLS from the first byte (RFC 8314, section 3.3). */
function readSmtpServer(text: string): SmtpServer | undefined {
  try {
    const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text)
    const host = hostname.startsWith('[') ? hostname.slice(1, -1) : domainToASCII(decodeURIComponent(hostname))
    const more = `${pathname === '/' ? '' : pathname}${search}${hash}`
    if (!/^smtps?:$/.test(protocol) || host === '' || more !== '' || (username === '') !== (password === '')) return undefined
    const implicitTls = protocol === 'smtps:'
    const login = { user: decodeURIComponent(username), password: decodeURIComponent(password) }
    return { host, port: Number(port) || (implicitTls ? 465 : 587), implicitTls, ...(username === '' ? {} : { login }) }
  } catch {
    return undefined
  }
}

/** Whether what is sent to this address reaches people on Messenger. A host may end with a dot. */
export function isMeta(address: string): boolean {
  return /(^|\.)(facebook|instagram|messenger|fb)\.com\.?$/.test(new URL(address).hostname)
}

/** Address that residents reach. */
export function publicUrl(config: Config, listening: number): string {
  return config.PUBLIC_URL ?? `http://localhost:${listening}`
}

/** The environment of this process: read here and nowhere else. */
export function readEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env
}

/** `.env.example`, from the table. */
export function envExample(): string {
  const entries = Object.entries(SETTINGS).map(
    ([name, { default: value, help }]) => `# ${help}\n${value === '' ? '# ' : ''}${name}=${value}\n`,
  )
  return `# Settings of Opgang. Copy to .env and change what you need.\n\n${entries.join('\n')}`
}

/** `--help`, from the table. */
export function helpText(): string {
  const width = Math.max(...Object.keys(SETTINGS).map((name) => name.length))
  const lines = Object.entries(SETTINGS).map(
    ([name, { default: value, help }]) => `  ${name.padEnd(width)}  ${help}${value === '' ? '' : ` [${value}]`}`,
  )
  return `Opgang answers residents in their own language.\n\nUsage: npm start\n\nSettings (environment or .env):\n${lines.join('\n')}\n`
}

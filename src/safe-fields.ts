/** What a line of the log may hold: at any depth, no secret, no field of text, and of an error only what one needs to find it. */
import { types } from 'node:util'

/** Fields that must never be printed, whatever carries them. */
const SECRET = /token|secret|password|authorization|cookie|text/i
const HIDDEN = '[hidden]'
/** Nobody reads further, and a cycle ends here (ours). */
const DEPTH_MAX = 6
const ITEMS_MAX = 50
/** Characters of one string (ours). */
const STRING_MAX = 2000
const FRAMES_MAX = 3

/** Most strings are ids: whatever has none of this needs no second look. */
const NEEDS_CARE = /:\/\/|=|bearer/i
const CREDENTIALS = /:\/\/[^\s"'<>]*@/g
const PARAMETER = /((?:token|secret|password|proof|[?&]t)=)[^&\s"'<>]+/gi
const BEARER = /\b(bearer\s+)[^\s"'<>,]+/gi
/** V8 quotes what it could not parse. */
const NOT_JSON = /is not valid JSON$/

/** Cleans a line in place; what hangs below it is copied, never changed. */
export function makeSafe(line: Record<string, unknown>): void {
  for (const name of Object.keys(line)) {
    const value = line[name]
    if (SECRET.test(name)) line[name] = HIDDEN
    else if (typeof value !== 'number') line[name] = safeValue(value, 1)
  }
}

function safeValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return safeString(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > DEPTH_MAX) return '[deep]'
  if (isError(value)) return describe(value, depth)
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (Array.isArray(value)) return value.slice(0, ITEMS_MAX).map((item) => safeValue(item, depth + 1))
  // Dates and addresses print as words.
  if ('toJSON' in value && typeof value.toJSON === 'function') return safeValue(value.toJSON(), depth + 1)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, SECRET.test(name) ? HIDDEN : safeValue(inner, depth + 1)]))
}

/** Connection strings, parameters and headers inside a text lose what they hide. */
function safeString(text: string): string {
  const short = text.length > STRING_MAX ? cut(text) : text
  if (!NEEDS_CARE.test(short)) return short
  return short.replace(CREDENTIALS, `://${HIDDEN}@`).replace(PARAMETER, `$1${HIDDEN}`).replace(BEARER, `$1${HIDDEN}`)
}

/** Behind a whole word: half an address no longer shows where its password ends. */
function cut(text: string): string {
  const start = text.slice(0, STRING_MAX)
  return `${start.slice(0, Math.max(0, start.lastIndexOf(' ')))} …`
}

function isError(value: object): value is Error {
  return value instanceof Error || types.isNativeError(value)
}

/** Errors carry bodies and commands in fields of their own: only the code is printed. */
function describe(error: Error, depth: number): Record<string, unknown> {
  const code = 'code' in error && ['string', 'number'].includes(typeof error.code) ? { code: error.code } : {}
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return {
    name: error.name,
    message: NOT_JSON.test(error.message) ? 'not valid JSON' : safeString(error.message),
    ...code,
    at: frames?.slice(0, FRAMES_MAX).map((frame) => safeString(frame.trim())),
    ...(error.cause === undefined ? {} : { cause: safeValue(error.cause, depth + 1) }),
    ...('errors' in error && Array.isArray(error.errors) ? { errors: safeValue(error.errors, depth + 1) } : {}),
  }
}

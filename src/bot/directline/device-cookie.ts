/** The browser's device key: it lets a returning person find the conversation again, and is stored as a keyed hash only. */
import type { CookieOptions, Request, Response } from 'express'
import type { Keys } from '../../app/ports.js'

const COOKIE = 'opgang_device'
/** 180 days in milliseconds: a winter and the summer after it; each visit starts them anew. */
const LIFETIME = 180 * 24 * 3_600_000
/** A key as `Ids.next` makes it. */
const KEY = /^[A-Za-z0-9_-]{22}$/

/** The key a browser sent; undefined when it has none or not one of ours. */
export function readDevice(request: Request): string | undefined {
  const pair = (request.headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${COOKIE}=`))
  const key = pair?.slice(COOKIE.length + 1) ?? ''
  return KEY.test(key) ? key : undefined
}

export function hashDevice(key: string, keys: Keys): string {
  return keys.mac('device', key)
}

/** `secure`: the page is served over https. */
export function keepDevice(response: Response, key: string, secure: boolean): void {
  response.cookie(COOKIE, key, { ...options(secure), maxAge: LIFETIME })
}

export function dropDevice(response: Response, secure: boolean): void {
  response.clearCookie(COOKIE, options(secure))
}

function options(secure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure, path: '/' }
}

/** The cookie that keeps a member of staff signed in: for this site's own pages alone, and no script reads it. */
import type { CookieOptions, Request, Response } from 'express'
import { LOGIN_MS } from '../../app/accounts/logins.js'

/** With the prefix a browser keeps it for this very host, over https, whatever other hosts of the domain say (RFC 6265bis, section 4.1.3.2). */
function nameOf(secure: boolean): string {
  return secure ? '__Host-opgang_staff' : 'opgang_staff'
}

/** What the cookie holds; empty when there is none. */
export function readLogin(request: Request, secure: boolean): string {
  const prefix = `${nameOf(secure)}=`
  const pairs = (request.headers.cookie ?? '').split(';').map((part) => part.trim())
  return pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length) ?? ''
}

/** `secure`: staff reach the page over https. */
export function keepLogin(response: Response, token: string, secure: boolean): void {
  response.cookie(nameOf(secure), token, { ...options(secure), maxAge: LOGIN_MS })
}

export function dropLogin(response: Response, secure: boolean): void {
  response.clearCookie(nameOf(secure), options(secure))
}

function options(secure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure, path: '/' }
}

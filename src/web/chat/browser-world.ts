/** The browser as the chat sees it. */
import { browserStore } from '../shared/browser-store.js'
import type { ChatWorld } from './chat.js'
import { readArrival } from './session.js'

/** No answer in this time is no line; Direct Line's own clients wait 20 s. */
const REQUEST_MAX = 20_000

export function browserWorld(): ChatWorld {
  return {
    wire: { request: timedRequest, openSocket, after, random: Math.random, locale: navigator.language },
    tab: browserStore(() => sessionStorage),
    device: browserStore(() => localStorage),
    arrival: readArrival(location.search, navigator.languages),
    now: Date.now,
    newId,
    online: () => navigator.onLine,
  }
}

async function timedRequest(path: string, init: RequestInit): Promise<Response> {
  const abort = new AbortController()
  const callOff = after(REQUEST_MAX, () => abort.abort())
  try {
    return await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init, signal: abort.signal })
  } finally {
    callOff()
  }
}

/** The stream is on the page's own host, whatever name a proxy in front of the server gave it. */
function openSocket(url: string): WebSocket {
  const { pathname, search } = new URL(url, location.href)
  return new WebSocket(`${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}${pathname}${search}`)
}

function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/** 128 random bits in hex; `crypto.randomUUID` is missing on pages without TLS. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

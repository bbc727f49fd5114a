/** `/api/events`: what changes, as it changes, by server-sent events. */
import type { Response } from 'express'
import { createStreams, type Outlet } from '../../app/board/live-streams.js'
import { ApiError } from './api-error.js'
import type { ApiDeps, RoutesOf } from './api-route.js'

/** Proxies that buffer begin to hand on after so many bytes (2 KB is what the polyfills of server-sent events send). */
const PADDING = 2048
/** Milliseconds after which the page comes again when the stream broke. */
const RETRY_MS = 3000
/** Bytes that wait for a reader who does not take them (ours); then the stream is cut, and the page comes again and asks for everything. */
const WAITING_MAX = 64 * 1024

export function eventRoutes({ accounts, work }: ApiDeps): RoutesOf<'events'> {
  const { logins, staff, log } = accounts
  const streams = createStreams({ logins, staff, log, live: work.live, time: work.time })
  return {
    'GET /api/events': async ({ signedIn, request, response }) => {
      // Express asks us for the head alone, too, and that has an end.
      if (request.method === 'HEAD') return undefined
      const outlet = outletOf(response)
      const end = streams.open(signedIn, outlet)
      if (end === undefined) throw new ApiError('too-many-open')
      response.on('close', end)
      return undefined
    },
  }
}

/** Begins the answer with the first sign of life. */
function outletOf(response: Response): Outlet {
  const write = (text: string) => {
    if (response.writableEnded || response.destroyed) return
    if (!response.headersSent) response.writeHead(200, HEADERS).write(`:${' '.repeat(PADDING)}\nretry: ${RETRY_MS}\n\n`)
    response.write(text)
    if (response.writableLength > WAITING_MAX) response.destroy()
  }
  return {
    change: (change) => write(`data: ${JSON.stringify(change)}\n\n`),
    // An event rather than a comment: the page sees it, and knows by its absence that something holds the stream back.
    beat: () => write('event: beat\ndata: {}\n\n'),
    end: () => void response.end(),
  }
}

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
  // So that the connection ends with the stream, and a stop waits for none.
  Connection: 'close',
} as const

/** Refuses what is too much at once before anything is done with it: the page's requests and Messenger's share one event loop. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { DirectLineError } from './direct-line-error.js'
import { DIRECT_LINE_PATHS } from './paths.js'

/**
 * Posts of the page that are worked on at once. Each takes a few milliseconds, so that what comes from Messenger waits below half a second
 * behind them (ours).
 */
const POSTS_MAX = 100
/** Seconds; by then a burst is over. */
const RETRY_AFTER_S = '2'

/** True when it refused the request; everything else is left to the routes. */
export type CrowdGate = (request: IncomingMessage, response: ServerResponse) => boolean

export function createCrowdGate(postsMax: number = POSTS_MAX): CrowdGate {
  let underWay = 0
  return (request, response) => {
    if (request.method !== 'POST' || !DIRECT_LINE_PATHS.some((path) => request.url?.startsWith(`${path}/`))) return false
    if (underWay >= postsMax) {
      refuse(request, response)
      return true
    }
    underWay++
    response.once('close', () => underWay--)
    return false
  }
}

function refuse(request: IncomingMessage, response: ServerResponse): void {
  const { status, body } = new DirectLineError(503)
  const text = JSON.stringify(body)
  response
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
      'retry-after': RETRY_AFTER_S,
      'cache-control': 'no-store',
    })
    .end(text)
  // A small body is read to its end, so that the connection can be used again.
  request.resume()
}

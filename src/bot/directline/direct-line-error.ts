/** Refusals in the form Direct Line clients read: `{ error: { code, message } }`. */
import type { NextFunction, Request, Response } from 'express'
import type { Log } from '../../app/ports.js'
import { StoreUnavailable } from '../../store/collection.js'

/** Code and what to do next, by HTTP status. */
const REFUSALS = {
  400: ['BadArgument', 'Check the body of the request.'],
  401: ['MissingToken', 'Send "Authorization: Bearer <token>"; POST /conversations gives a token.'],
  403: ['Forbidden', 'Use the token of this conversation; POST /conversations gives one.'],
  404: ['NotFound', 'There is no such conversation or address; POST /conversations opens a conversation.'],
  413: ['MessageSizeTooBig', 'Send at most 64 kB.'],
  415: ['UnsupportedMediaType', 'Send JSON in UTF-8 with "Content-Type: application/json".'],
  429: ['TooManyRequests', 'Wait as long as Retry-After says, then send again.'],
  500: ['ServiceError', 'Something broke here, and it is logged; send the same activity again in a while.'],
  503: ['ServiceUnavailable', 'Nothing was lost: send the same activity again as Retry-After says.'],
} as const
export type RefusalStatus = keyof typeof REFUSALS

/** Seconds; a store that is away is mostly back within a few. */
const UNAVAILABLE_RETRY = 2

/** A request that is refused; `retryAfter` is in seconds. */
export class DirectLineError extends Error {
  readonly code: string
  readonly retryAfter: number | undefined
  constructor(
    readonly status: RefusalStatus,
    options: { readonly code?: string; readonly message?: string; readonly retryAfter?: number; readonly cause?: unknown } = {},
  ) {
    const [code, message] = REFUSALS[status]
    super(options.message ?? message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'DirectLineError'
    this.code = options.code ?? code
    this.retryAfter = options.retryAfter
  }

  get body(): { error: { code: string; message: string } } {
    return { error: { code: this.code, message: this.message } }
  }
}

/** Express's error middleware of the Direct Line routes; what is not a refusal is logged, by kind only. */
export function answerErrors(log: Log): (error: unknown, request: Request, response: Response, next: NextFunction) => void {
  return (error, _request, response, next) => {
    const refusal = toRefusal(error)
    if (refusal.status === 500) log.error('direct line request failed', { error: kindOf(refusal.cause) })
    if (response.headersSent) {
      next(error)
      return
    }
    if (refusal.retryAfter !== undefined) response.set('Retry-After', String(refusal.retryAfter))
    response.status(refusal.status).json(refusal.body)
  }
}

function toRefusal(error: unknown): DirectLineError {
  if (error instanceof DirectLineError) return error
  if (error instanceof StoreUnavailable) return new DirectLineError(503, { retryAfter: UNAVAILABLE_RETRY, cause: error })
  const status = error instanceof Error && 'status' in error ? error.status : 500
  if (status === 400)
    return new DirectLineError(400, { code: 'BadSyntax', message: 'The body is not JSON; send one JSON object.', cause: error })
  return new DirectLineError(status === 413 || status === 415 ? status : 500, { cause: error })
}

function kindOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}

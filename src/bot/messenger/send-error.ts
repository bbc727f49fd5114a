import type { SendOutcome } from '../../app/ports.js'

export type Unsent = Exclude<SendOutcome, { outcome: 'sent' }>

/** A message did not go, or may not have: `unsent` says what is known and when to try again. Holds no words of the message. */
export class SendError extends Error {
  constructor(readonly unsent: Unsent) {
    super(`Messenger: ${unsent.outcome}, ${unsent.reason}`)
    this.name = 'SendError'
  }
}

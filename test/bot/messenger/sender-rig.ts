/** A sender with its adapter against a Graph stub over real HTTP, new for each test. */
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals'
import type { SendOrder } from '../../../src/app/ports.js'
import { createBot } from '../../../src/bot/bot.js'
import type { MessengerAdapter } from '../../../src/bot/messenger/messenger-adapter.js'
import type { MessengerConfig } from '../../../src/bot/messenger/messenger-config.js'
import { MessengerSender } from '../../../src/bot/messenger/send.js'
import type { Event, Outbound } from '../../../src/core/types.js'
import { type GraphStub, type StubAnswer, startGraphStub } from '../../graph-stub.js'
import { AT, config, keys, newAdapter, PAGE, recordingLog, USER } from './messenger-test-kit.js'

/** Far above any answer of the stub. */
const TIMEOUT_MS = 10_000
/** For a stub that never answers: long enough to be asked on a busy computer. */
export const SHORT_MS = 500

export class SenderRig {
  stub!: GraphStub
  sender!: MessengerSender
  adapter!: MessengerAdapter
  log = recordingLog()
  heard: Event[] = []
  now = AT

  /** Starts anew, with other settings. */
  build(settings: Partial<MessengerConfig> = {}, timeoutMs = TIMEOUT_MS): void {
    const full = { ...config, graphApiUrl: this.stub.url, ...settings }
    const now = () => this.now
    const receive = async (_: unknown, event: Event) => {
      this.heard.push(event)
      return 'committed' as const
    }
    this.log = recordingLog()
    this.heard = []
    this.adapter = newAdapter({ config: full, log: this.log, now, timeoutMs, bot: createBot(receive, keys, now) })
    this.sender = new MessengerSender({ adapter: this.adapter, config: full, keys, log: this.log, now })
  }

  /** First letters of the texts that were asked to be sent. */
  initials(): string {
    return this.stub
      .messages()
      .map(({ body }) => (body['message'] as { text: string }).text[0])
      .join('')
  }
}

/** Declares the hooks of a test file. */
export function senderRig(): SenderRig {
  const rig = new SenderRig()
  beforeAll(async () => {
    rig.stub = await startGraphStub()
  })
  afterAll(() => rig.stub.close())
  beforeEach(() => {
    rig.now = AT + 1000
    rig.build()
  })
  afterEach(() => rig.stub.reset())
  return rig
}

export function order(message: Partial<Outbound> = {}, more: Partial<SendOrder> = {}): SendOrder {
  const said = { text: 'Hej!', language: 'da', ...message }
  return { conversation: from(USER), message: said, messageId: 'Turn.0', revision: 'r1', openedAt: AT, backlog: false, ...more }
}

export function from(user: string, account = PAGE): SendOrder['conversation'] {
  return { _id: user, version: 1, contact: user, channel: 'messenger', account, user, createdAt: AT, device: '' }
}

/** Meta's refusal with a code. */
export function failing(code: number, subcode?: number): StubAnswer {
  return { status: 400, body: { error: { code, error_subcode: subcode, message: 'm' } } }
}

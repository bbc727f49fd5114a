import { type Activity, TurnContext } from 'botbuilder'
import type { Keys, Log, Sender, SendOrder, SendOutcome } from '../../app/ports.js'
import type { Instant } from '../../core/types.js'
import { windowRule } from '../../core/window.js'
import { toActivity } from '../bot.js'
import type { MessengerAdapter, MessengerExtras } from './messenger-adapter.js'
import type { MessengerConfig } from './messenger-config.js'
import { SendError } from './send-error.js'
import { base } from './to-heard.js'

export interface MessengerSenderDeps {
  readonly adapter: MessengerAdapter
  readonly config: Pick<MessengerConfig, 'humanAgent'>
  readonly keys: Keys
  readonly log: Log
  readonly now: () => Instant
}

/** Sends settled messages on Messenger, inside its window and its rules. */
export class MessengerSender implements Sender {
  readonly #deps: MessengerSenderDeps

  constructor(deps: MessengerSenderDeps) {
    this.#deps = deps
  }

  holds({ account }: SendOrder['conversation']): boolean {
    return this.#deps.adapter.holds(account)
  }

  async send(order: SendOrder): Promise<SendOutcome> {
    const { adapter, config, log, now } = this.#deps
    const { openedAt, message, backlog } = order
    const rule = windowRule({ now: now(), openedAt, byPerson: message.byPerson === true, humanAgent: config.humanAgent })
    if (rule === 'closed') return { outcome: 'refused', reason: 'window_closed' }
    try {
      const activity = outbound(order, this.#deps.keys, {
        ...(rule === 'human_agent' ? { tag: 'HUMAN_AGENT' as const } : {}),
        ...(backlog ? { backlog } : {}),
      })
      const [response] = await adapter.sendActivities(contextOf(adapter, order), [activity])
      return { outcome: 'sent', platformId: response?.id ?? '' }
    } catch (error) {
      if (error instanceof SendError) return error.unsent
      log.error('A message could not be handed to Messenger', { message: order.messageId, error })
      return { outcome: 'unknown', reason: 'error' }
    }
  }
}

/** A fresh context of the conversation: nothing of the turn that decided is needed to send. */
function contextOf(adapter: MessengerAdapter, { conversation }: SendOrder): TurnContext {
  return new TurnContext(adapter, { ...base(conversation.account, conversation.user), type: 'event', name: 'settle' })
}

function outbound({ conversation, message, messageId, revision }: SendOrder, keys: Keys, messenger: MessengerExtras): Partial<Activity> {
  const activity = toActivity(message, messageId, revision, keys)
  const { conversation: where, channelId, serviceUrl } = base(conversation.account, conversation.user)
  return {
    ...activity,
    ...(channelId === undefined ? {} : { channelId }),
    ...(serviceUrl === undefined ? {} : { serviceUrl }),
    ...(where === undefined ? {} : { conversation: where }),
    from: { id: conversation.account, name: '' },
    recipient: { id: conversation.user, name: '' },
    channelData: { ...(activity.channelData as object | undefined), messenger },
  }
}

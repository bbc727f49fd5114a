/** What each layer of a message costs by itself, on the product's own functions. */

import { BotAdapter, TurnContext } from 'botbuilder'
import { NO_PLACES } from '../src/core/places-types.js'
import type { Event } from '../src/core/types.js'
import { median } from './arithmetic.js'
import { built, type Case, makeCases, type Parts, webhookDeps } from './layers-parts.js'

const { createBot } = await built<typeof import('../src/bot/bot.js')>('bot/bot.js')
const { createWebhook } = await built<typeof import('../src/bot/messenger/webhook.js')>('bot/messenger/webhook.js')
const { redact } = await built<typeof import('../src/core/redact.js')>('core/redact.js')
const { decideTurn } = await built<typeof import('../src/core/turn.js')>('core/turn.js')

const BATCHES = 5
const REPEATS = 25

export interface Layer {
  readonly name: string
  /** CPU, microseconds a message. */
  readonly us: number
}

/** Layers in the order a message meets them. */
export async function layersOf(parts: Parts): Promise<readonly Layer[]> {
  const cases = await makeCases(parts)
  const timed: Layer[] = []
  for (const [name, run] of runsOf(parts)) timed.push({ name, us: await costOf(cases, run) })
  return timed
}

type Run = (one: Case) => unknown

function runsOf(parts: Parts): readonly (readonly [name: string, run: Run])[] {
  const { collections, log } = parts
  return [
    ['signature, JSON, envelope to activity', hearing(parts)],
    ['activity to event', listening(parts)],
    ['redaction', ({ activity }) => redact(activity.text)],
    ['load: conversation, last turn, contact', ({ conversation }) => loading(parts, conversation._id, conversation.contact)],
    ['decide', deciding(parts)],
    ['commit: insert of the turn, many at once', inserting(parts)],
    ['log line', ({ turn }) => log.info('turn', { conversation: turn.conversation, seq: turn.seq, event: turn.event.type, ms: 1 })],
    ['render and Graph request', sending(parts)],
    ['settlement written, many at once', settling(collections)],
  ]
}

/** All cases at once, again and again; the median of several batches, after one that warms up. */
async function costOf(cases: readonly Case[], run: Run): Promise<number> {
  const costs: number[] = []
  for (let batch = 0; batch <= BATCHES; batch++) {
    const before = process.cpuUsage()
    for (let repeat = 0; repeat < REPEATS; repeat++) await Promise.all(cases.map(run))
    const { user, system } = process.cpuUsage(before)
    if (batch > 0) costs.push((user + system) / (REPEATS * cases.length))
  }
  return median(costs)
}

function hearing(parts: Parts): Run {
  const deps = webhookDeps(parts, async () => undefined)
  return createWebhook(deps)
}

function listening({ keys, time }: Parts): Run {
  const bot = createBot(async () => 'committed', keys, time.now)
  const adapter = new NoAdapter()
  return ({ activity }) => bot(new TurnContext(adapter, activity))
}

async function loading({ collections }: Parts, conversation: string, contact: string): Promise<void> {
  await collections.conversations.get(conversation)
  await collections.turns.find({ conversation }, { sort: ['seq'], descending: true, limit: 1 })
  await collections.contacts.get(contact)
}

function deciding({ library, time }: Parts): Run {
  const area = library.areas[library.defaultArea]
  if (area === undefined) throw new Error('The library has no area')
  return ({ conversation, last, turn }) => {
    const clock = { now: time.now(), contentNow: time.contentNow(), drill: false }
    const scene = {
      conversation: { id: conversation._id, channel: conversation.channel },
      session: last.session,
      contact: {},
      area,
      places: NO_PLACES,
    }
    return decideTurn(scene, turn.event satisfies Event, library, clock)
  }
}

let made = 0

function inserting({ collections }: Parts): Run {
  return async ({ turn }) => {
    made += 1
    const key = `${turn.key.slice(0, -8)}${String(made).padStart(8, '0')}`
    const outcome = await collections.turns.insert({
      ...turn,
      _id: `${turn._id.slice(0, -8)}${String(made).padStart(8, '0')}`,
      key,
      seq: turn.seq + made,
    })
    if (outcome !== 'ok') throw new Error('A turn of the layers was not inserted')
  }
}

/** A person a message: the product keeps to a rate a person. */
function sending({ messenger }: Parts): Run {
  return async ({ conversation, turn }) => {
    made += 1
    const [effect] = turn.effects
    if (effect?.type !== 'message') throw new Error('A turn of the layers says nothing')
    const order = {
      message: effect.message,
      messageId: `${turn._id}.0`,
      revision: turn.library,
      openedAt: turn.session.openedAt,
      backlog: false,
    }
    const { outcome } = await messenger.sender.send({
      ...order,
      conversation: { ...conversation, user: `9${String(made).padStart(15, '0')}` },
    })
    if (outcome !== 'sent') throw new Error(`A message of the layers was not sent but ${outcome}`)
  }
}

function settling(collections: Parts['collections']): Run {
  const versions = new Map<string, number>()
  return async ({ turn }) => {
    const version = versions.get(turn._id) ?? turn.version
    versions.set(turn._id, version + 1)
    const sent = { 0: { state: 'sent', platformId: 'm_accepted-by-the-benchmark', at: turn.at } } as const
    const outcome = await collections.turns.replace({ ...turn, version, settle: { by: '', state: 'done', sent } })
    if (outcome !== 'ok') throw new Error('A settlement of the layers was not written')
  }
}

class NoAdapter extends BotAdapter {
  override sendActivities(): Promise<never> {
    return Promise.reject(new Error('Nothing is sent here'))
  }
  override updateActivity(): Promise<never> {
    return this.sendActivities()
  }
  override deleteActivity(): Promise<never> {
    return this.sendActivities()
  }
  override continueConversation(): Promise<never> {
    return this.sendActivities()
  }
}

/** Takes words out of turns that others than their writer hold: a door that is over, words of somebody who was erased. */
import type { News } from '../../core/help-types.js'
import type { Effect, Event, Instant } from '../../core/types.js'
import type { HandoffsDeps } from './deps.js'

type BlankDeps = Pick<HandoffsDeps, 'turns' | 'scrub'>

/** The door stands no more in the turns of these keys. */
export async function blankDoor(deps: BlankDeps, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const [turn] = await deps.turns.find({ key }, { sort: ['key'], limit: 1 })
    if (turn !== undefined) await blank(deps, turn._id)
  }
  if (keys.length > 0) await deps.scrub()
}

const PAGE = 100

/** All words that crossed from a person into the conversations of others. */
export async function blankWordsOf(deps: BlankDeps, contact: string): Promise<void> {
  // Blanked turns name nobody any more: each page is the next.
  for (;;) {
    const page = await deps.turns.find({ from: contact }, { sort: ['at'], limit: PAGE })
    if (page.length === 0) return
    for (const turn of page) await blank(deps, turn._id)
  }
}

/**
 * Words of talks that are older than a setting allows, on both sides; returns how many crossed. What a talk's writer wrote is blanked with what
 * its reader read: the event's id begins with the writer's turn.
 */
export async function blankTalks(deps: BlankDeps, before: Instant): Promise<number> {
  let blanked = 0
  for (let after: (string | number)[] | undefined; ; ) {
    const page = await deps.turns.find({ from: { from: ' ' } }, { sort: ['from', 'at'], limit: PAGE, ...(after ? { after } : {}) })
    for (const turn of page.filter(({ at }) => at < before)) {
      await blank(deps, turn._id)
      if (turn.event.type === 'relayed') await blank(deps, turn.event.id.split('.')[0] ?? '')
      blanked += 1
    }
    const last = page.at(-1)
    if (last?.from === undefined || page.length < PAGE) break
    after = [last.from, last.at]
  }
  if (blanked > 0) await deps.scrub()
  return blanked
}

/** Event and messages of a turn without their words; what was sent stays sent. */
async function blank({ turns }: BlankDeps, id: string): Promise<void> {
  for (;;) {
    const turn = await turns.get(id)
    if (turn === undefined || turn.erased) return
    const { from: _, ...rest } = turn
    if ((await turns.replace({ ...rest, event: eventWithoutWords(turn.event), effects: turn.effects.map(effectWithoutWords) })) === 'ok')
      return
  }
}

/** An event of requests without a person's words; others have their own rules. */
export function eventWithoutWords(event: Event): Event {
  if (event.type === 'relayed') return { ...event, from: '', words: { text: '' } }
  if (event.type === 'news') return { ...event, news: newsWithoutWords(event.news) }
  if (event.type === 'result' && event.result.command === 'handoff') {
    const { lines: _, ...result } = event.result
    return { ...event, result }
  }
  return 'text' in event ? { ...event, text: '' } : event
}

function newsWithoutWords(news: News): News {
  switch (news.what) {
    case 'door':
      return { what: 'door', door: '' }
    case 'written':
      return { what: 'written', text: '' }
    case 'alias':
      return { what: 'alias', alias: '' }
    case 'feedback':
      return { what: 'feedback', other: '' }
    case 'talk-begins':
      return { what: 'talk-begins', talk: { ...news.talk, alias: '', other: '' } }
    case 'told': {
      const { alias: _, ...rest } = news
      return rest
    }
    default:
      return news
  }
}

/** An effect of requests, or a message, without a person's words; others have their own rules. */
export function effectWithoutWords(effect: Effect): Effect {
  switch (effect.type) {
    case 'message':
      return { ...effect, message: { text: '', language: effect.message.language } }
    case 'openHandoff': {
      const { note: _, details: __, ...rest } = effect
      return rest
    }
    case 'relay':
      return { ...effect, words: { text: '' } }
    case 'word':
      return { ...effect, word: '' }
    case 'handoff':
      return 'words' in effect.ask || 'text' in effect.ask || 'door' in effect.ask || 'phone' in effect.ask || 'alias' in effect.ask
        ? { ...effect, ask: { type: 'show' } }
        : effect
    case 'volunteer':
      return effect.change.do === 'apply' || effect.change.do === 'update' ? { ...effect, change: { do: 'leave' } } : effect
    default:
      return effect
  }
}

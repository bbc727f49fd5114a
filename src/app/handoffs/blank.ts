/** Takes words out of turns that others than their writer hold: a door that is over, words of somebody who was erased. */
import type { Effect, Event } from '../../core/types.js'
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

/** Event and messages of a turn without their words; what was sent stays sent. */
async function blank({ turns }: BlankDeps, id: string): Promise<void> {
  for (;;) {
    const turn = await turns.get(id)
    if (turn === undefined || turn.erased) return
    const { from: _, ...rest } = turn
    if ((await turns.replace({ ...rest, event: withoutWords(turn.event), effects: turn.effects.map(effectWithoutWords) })) === 'ok') return
  }
}

function withoutWords(event: Event): Event {
  if (event.type === 'relayed') return { ...event, from: '', words: { text: '' } }
  if (event.type === 'news') {
    const { news } = event
    if (news.what === 'door') return { ...event, news: { what: 'door', door: '' } }
    if (news.what === 'talk-begins') return { ...event, news: { what: 'talk-begins', talk: { ...news.talk, other: '' } } }
    return news.what === 'written' ? { ...event, news: { what: 'written', text: '' } } : event
  }
  return 'text' in event ? { ...event, text: '' } : event
}

function effectWithoutWords(effect: Effect): Effect {
  if (effect.type === 'message') return { ...effect, message: { text: '', language: effect.message.language } }
  if (effect.type === 'relay') return { ...effect, words: { text: '' } }
  if (effect.type === 'handoff' && effect.ask.type === 'show-door') return { ...effect, ask: { type: 'show-door', door: '' } }
  return effect
}

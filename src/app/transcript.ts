/**
 * Conversations as text: what a person says after `>`, what the bot answers after `<`, what else it does after `*`.
 * The terminal chat speaks this form and the tests replay it. A file begins with settings, one a line:
 * `language:` (chosen beforehand; absent is a first contact), `area:`, `clock:` (a drill, wall time of Denmark), `channel:`.
 * `> text` types, `> [Title]` taps the button with that title, `> (start)` opens the chat without a word.
 */
import { copenhagenInstant } from '../core/copenhagen.js'
import type { Library } from '../core/library.js'
import { NO_PLACES } from '../core/places-types.js'
import { redactAll } from '../core/redact.js'
import { decideTurn } from '../core/turn.js'
import type { Action, Channel, Clock, Effect, Event, Outbound, QuickReply, Scene, Session } from '../core/types.js'

/** When transcripts happen, unless they are a drill; any fixed time would do. */
const PLAYED_AT = '2026-11-23T10:00'
const MINUTE = 60_000
/** Opens the chat, as the page or Messenger's start button does. */
export const START = '(start)'

export interface TranscriptSettings {
  readonly language?: string
  readonly area?: string
  readonly clock?: string
  readonly channel?: string
}

export interface Player {
  /** Takes one line of a person (without `>`), returns the lines that follow it. Throws when a tapped button is not there. */
  hear(line: string): readonly string[]
}

/** Plays a whole transcript: its settings and `>` lines stay, everything else is what the bot does now. */
export function playTranscript(transcript: string, library: Library): string {
  const lines = transcript.split('\n')
  const player = createPlayer(readSettings(lines), library)
  const opening = lines.filter((line) => /^(\w+:|#)/.test(line))
  const said = lines.filter((line) => line.startsWith('>'))
  const turns = said.flatMap((line) => [line, ...player.hear(line.slice(1).trim())])
  return `${[...opening, ...turns].join('\n')}\n`
}

function readSettings(lines: readonly string[]): TranscriptSettings {
  const pairs = lines.flatMap((line) => {
    const found = /^(language|area|clock|channel):\s*(\S+)/.exec(line)
    return found === null ? [] : [[found[1], found[2]]]
  })
  return Object.fromEntries(pairs) as TranscriptSettings
}

export function createPlayer(settings: TranscriptSettings, library: Library): Player {
  const clock = clockOf(settings)
  const areaId = settings.area ?? library.defaultArea
  const area = library.areas[areaId]
  if (area === undefined) throw new Error(`There is no area ${areaId}; there are ${Object.keys(library.areas).join(', ')}`)
  let session: Session | undefined = settings.language === undefined ? undefined : known(settings.language, clock)
  let buttons: readonly QuickReply[] = []
  let turns = 0
  const play = (event: (base: { id: string; at: number }) => Event): readonly string[] => {
    turns += 1
    const now = { ...clock, now: clock.now + turns * MINUTE }
    const scene: Scene = {
      conversation: { id: 'transcript', channel: (settings.channel ?? 'terminal') as Channel },
      session,
      contact: {},
      area,
      places: NO_PLACES,
    }
    // Through JSON, as a store would.
    const turn = JSON.parse(JSON.stringify(decideTurn(scene, event({ id: `t${turns}`, at: now.now }), library, now))) as ReturnType<
      typeof decideTurn
    >
    session = turn.session
    buttons = turn.effects.flatMap((effect) => (effect.type === 'message' ? (effect.message.quickReplies ?? []) : []))
    return turn.effects.flatMap(showEffect)
  }
  return {
    hear: (line) => {
      if (line === START) return play((base) => ({ ...base, type: 'start' }))
      const title = /^\[(.+)\]$/.exec(line)?.[1]
      if (title === undefined) return play((base) => ({ ...base, type: 'message', ...masked(line, library) }))
      const action = actionOf(buttons, title)
      return play((base) => ({ ...base, type: 'tap', text: title, action }))
    },
  }
}

function clockOf({ clock }: TranscriptSettings): Clock {
  const now = copenhagenInstant(PLAYED_AT) ?? 0
  const contentNow = clock === undefined ? now : copenhagenInstant(clock)
  if (contentNow === undefined) throw new Error(`clock: ${clock} is no date and time; write for example 2020-03-25T10:00`)
  return { now, contentNow, drill: clock !== undefined }
}

/** Somebody who has been here before: language chosen, everything said once already. */
function known(code: string, clock: Clock): Session {
  return { language: { code, chosen: true }, answers: {}, told: { disclosure: code, machine: true, drill: true }, activeAt: clock.now }
}

function masked(line: string, { hideSecrets }: Library) {
  const { text, redacted } = redactAll(line, hideSecrets)
  return redacted.length === 0 ? { text } : { text, redacted }
}

function actionOf(buttons: readonly QuickReply[], title: string): Action {
  const button = buttons.find((shown) => shown.title === title)
  if (button === undefined)
    throw new Error(`There is no button [${title}] now; there are ${buttons.map((shown) => `[${shown.title}]`).join(' ')}`)
  return button.action
}

function showEffect(effect: Effect): readonly string[] {
  switch (effect.type) {
    case 'message':
      return showMessage(effect.message)
    case 'openHandoff':
      return [
        `* ${['openHandoff', effect.task, effect.network, effect.note, effect.within].filter((part) => part !== undefined).join(' | ')}`,
      ]
    case 'contact':
      return [`* contact | ${JSON.stringify(effect.change)}`]
    case 'call':
      return [`* call | ${effect.name}`]
    case 'question':
      return [`* question | ${effect.text}${effect.missing ? ' | missing' : ''}`]
    case 'tell-me':
    case 'told':
    case 'closed-told':
    case 'erase':
      return [`* ${effect.type}`]
    case 'useful':
      return [`* useful | ${effect.dialog}/${effect.node} | ${effect.useful ? 'yes' : 'no'}`]
    default:
      return [`* ${JSON.stringify(effect)}`]
  }
}

function showMessage(message: Outbound): readonly string[] {
  const [first = '', ...rest] = message.text.split('\n')
  return [
    `< ${first}`,
    ...rest.map((line) => `  ${line}`.trimEnd()),
    ...(message.fact === undefined ? [] : [`  (${message.fact.line} · ${message.fact.source})`]),
    ...(message.quickReplies === undefined ? [] : [`  ${message.quickReplies.map(({ title }) => `[${title}]`).join(' ')}`]),
  ]
}

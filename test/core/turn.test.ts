/** Decisions that a transcript cannot show: other events than words and taps, and libraries that changed under one's feet. */

import { describe, expect, test } from '@jest/globals'
import type { Library } from '../../src/core/library.js'
import { NO_PLACES } from '../../src/core/places-types.js'
import { decideTurn } from '../../src/core/turn.js'
import type { Action, Clock, Effect, Event, Outbound, QuickReply, Scene, Session, Turn } from '../../src/core/types.js'
import { NOW, starterLibrary } from '../library.js'

const library = await starterLibrary()
const CLOCK: Clock = { now: NOW, contentNow: NOW, drill: false }
const HOUR = 60 * 60 * 1000
const KNOWN: Session = {
  language: { code: 'da', chosen: true },
  answers: {},
  told: { disclosure: 'da', machine: true },
  activeAt: NOW,
  newestSentAt: 1000,
}

function decide(
  event: object,
  session: Session | undefined = KNOWN,
  more: { library?: Library; clock?: Clock; scene?: Partial<Scene> } = {},
): Turn {
  const used = more.library ?? library
  const area = used.areas[used.defaultArea]
  if (area === undefined) throw new Error('no area')
  const scene: Scene = { conversation: { id: 'c', channel: 'messenger' }, session, contact: {}, area, places: NO_PLACES, ...more.scene }
  return decideTurn(scene, { id: 'e', at: NOW, ...event } as Event, used, more.clock ?? CLOCK)
}
const messages = ({ effects }: { effects: readonly Effect[] }): Outbound[] =>
  effects.flatMap((effect) => (effect.type === 'message' ? [effect.message] : []))
const tap = (action?: Action) => ({ type: 'tap', text: 'x', ...(action === undefined ? {} : { action }) })
const menu = messages(decide(tap({ do: 'command', command: 'menu' }))).at(-1)

describe('first contact', () => {
  const opened = (event: object, scene?: Partial<Scene>) =>
    decideTurn(
      {
        conversation: { id: 'c', channel: 'messenger' },
        session: undefined,
        contact: {},
        places: NO_PLACES,
        area: Object.values(library.areas)[0] ?? (undefined as never),
        ...scene,
      },
      { id: 'e', at: NOW, ...event } as Event,
      library,
      CLOCK,
    )

  test('a start asks for the language, in all of them, and says nothing else', () => {
    const [list, ...others] = messages(opened({ type: 'start' }))
    expect(others).toEqual([])
    expect(list?.role).toBe('languages')
    expect(list?.quickReplies?.map(({ title }) => title)).toEqual(library.languages.map(({ name }) => name))
  })

  test('a link in a language, area and answer goes straight there, in words that say who this is', () => {
    const turn = opened({ type: 'referral', origin: { language: 'ar', area: 'sondervang', answer: 'preparedness/water-boil' } })
    expect(turn.session).toMatchObject({ language: { code: 'ar', chosen: true }, area: 'sondervang' })
    expect(messages(turn)[0]).toMatchObject({ role: 'notice', language: 'ar', text: expect.stringContaining('30') })
    expect(turn.effects.some((effect) => effect.type === 'message' && effect.read?.node === 'water-boil')).toBe(true)
  })

  test.each(['xx', '', 'zh-tw', '__proto__'])('an unknown language or place (%p) of a link is as none', (code) => {
    const turn = opened({ type: 'start', origin: { language: code, area: code, answer: `${code}/${code}` } })
    expect(messages(turn)).toHaveLength(1)
    expect(turn.session.area).toBeUndefined()
  })
})

describe('what needs no answer', () => {
  test('a reaction opens the window; an edit and a standby message open nothing', () => {
    expect(decide({ type: 'reaction' })).toMatchObject({ effects: [], session: { openedAt: NOW } })
    for (const type of ['edit', 'standby']) {
      const turn = decide({ type, text: 'menu' })
      expect(turn.effects).toEqual([])
      expect(turn.session.openedAt).toBeUndefined()
    }
  })

  test('while a person has the thread only the right to be erased is answered, until it comes back or a day has passed', () => {
    const taken = decide({ type: 'control', control: 'taken', by: 'person' }).session
    expect(messages(decide({ type: 'message', text: 'menu' }, taken))).toEqual([])
    expect(messages(decide(tap({ do: 'command', command: 'menu' }), taken))).toEqual([])
    expect(messages(decide({ type: 'message', text: 'slet mig' }, taken))).not.toEqual([])
    const returned = decide({ type: 'control', control: 'returned', by: 'app' }, taken).session
    expect(messages(decide({ type: 'message', text: 'menu' }, returned))[0]?.text).toContain(library.say('da', 'disclosure.short'))
    const later = { ...CLOCK, now: NOW + 24 * HOUR }
    expect(messages(decide({ type: 'message', text: 'menu' }, taken, { clock: later }))).not.toEqual([])
  })
})

describe('buttons', () => {
  test.each<[string, Action | undefined]>([
    ['nobody of ours made it', undefined],
    ['its quick reply is gone', { do: 'reply', dialog: 'welcome', node: 'start', reply: 'gone' }],
    ['its node is gone', { do: 'reply', dialog: 'welcome', node: 'gone', reply: 'x' }],
    ['it names what every object has', { do: 'reply', dialog: 'constructor', node: 'toString', reply: '__proto__' }],
  ])('%s: the menu, with a word', (_, action) => {
    const [notice, last] = messages(decide(tap(action)))
    expect(notice?.text).toContain(library.say('da', 'old-button'))
    expect(last).toEqual(menu)
  })

  test('a place that is gone lands on the start of its dialog, or on the menu, with a word', () => {
    const [notice, start] = messages(decide(tap({ do: 'goto', dialog: 'everyday', node: 'gone' })))
    expect(notice?.text).toContain(library.say('da', 'moved'))
    expect(start).toMatchObject({ text: library.texts('everyday', 'start', 'da').ask })
    expect(messages(decide(tap({ do: 'goto', dialog: 'gone', node: 'start' }))).at(-1)).toEqual(menu)
  })

  test('an unknown language shows the list; sixteen languages are paged so that none is lost', () => {
    const codes = ['da', 'en', 'ar', 'so', 'tr', 'ur', 'fa', 'uk', 'pl', 'ti', 'ku', 'ckb', 'bs', 'ro', 'vi', 'ta']
    const many: Library = { ...library, languages: codes.map((code) => ({ code, name: code, dir: 'ltr' })) }
    const seen: string[] = []
    let action: Action = { do: 'language', language: 'xx' }
    for (let page = 0; page < 5; page++) {
      const replies: readonly QuickReply[] = messages(decide(tap(action), KNOWN, { library: many })).at(-1)?.quickReplies ?? []
      expect(replies.length).toBeLessThanOrEqual(13)
      seen.push(...replies.flatMap((reply) => (reply.action.do === 'language' ? [reply.action.language] : [])))
      const more = replies.find((reply) => reply.action.do === 'page')
      if (more === undefined) break
      action = more.action
    }
    expect(seen.toSorted()).toEqual(codes.toSorted())
    const web = { conversation: { id: 'c', channel: 'web' as const } }
    expect(
      messages(decide(tap({ do: 'command', command: 'language' }), KNOWN, { library: many, scene: web })).at(-1)?.quickReplies,
    ).toHaveLength(16)
  })
})

describe('languages', () => {
  test("an answer that is not whole in a language comes whole in the next, with a word in the reader's", () => {
    const partly: Library = { ...library, texts: (dialog, node, code) => library.texts(dialog, node, node === 'water-boil' ? 'da' : code) }
    const arabic: Session = { ...KNOWN, language: { code: 'ar', chosen: true } }
    const said = messages(decide(tap({ do: 'goto', dialog: 'preparedness', node: 'water-boil' }), arabic, { library: partly }))
    expect(said[0]).toMatchObject({ role: 'notice', language: 'ar', text: expect.stringContaining('Dansk') })
    expect(said[1]).toMatchObject({ language: 'da', text: library.texts('preparedness', 'water-boil', 'da').say[0] })
    expect(said.at(-1)?.language).toBe('ar')
  })

  test('that a machine translated is said once a conversation', () => {
    const fresh: Session = { ...KNOWN, language: { code: 'ar', chosen: true }, told: { disclosure: 'ar' } }
    const first = decide(tap({ do: 'command', command: 'menu' }), fresh)
    expect(messages(first)[0]?.text).toContain(library.say('ar', 'machine'))
    expect(messages(decide(tap({ do: 'command', command: 'menu' }), first.session)).map(({ text }) => text)).not.toContain(
      library.say('ar', 'machine'),
    )
  })
})

test('a question of a loop without a question is an error of the library, not an endless turn', () => {
  const node = { say: [], questions: [], goto: { dialog: 'loop', node: 'start' } }
  const looping: Library = {
    ...library,
    dialogs: { ...library.dialogs, loop: { id: 'loop', name: '', history: false, nodes: { start: node } } },
    texts: (dialog, at, code) =>
      dialog === 'loop'
        ? { language: 'da', state: 'source', version: '', say: [], versions: {}, titles: {}, typed: new Map<string, string>() }
        : library.texts(dialog, at, code),
  }
  expect(() => decide(tap({ do: 'goto', dialog: 'loop', node: 'start' }), KNOWN, { library: looping })).toThrow('goes in circles')
})

test('a voice note is answered with the honest word that it cannot be heard, and buttons', () => {
  const [answer] = messages(decide({ type: 'message', text: '', attachments: ['audio'] }))
  expect(answer?.text).toBe(library.say('da', 'attachment.audio'))
  expect(answer?.quickReplies?.length).toBeGreaterThan(1)
})

test('an erasure from outside leaves a tombstone and no word', () => {
  const turn = decide({ type: 'erase' })
  expect(turn.effects).toEqual([{ type: 'erase' }])
  expect(turn.session).toMatchObject({ answers: {}, told: {} })
})

test.each<[string, object]>([
  ['a tapped button', tap({ do: 'goto', dialog: 'welcome', node: 'news' })],
  ['a change of language', { type: 'message', text: 'english' }],
  ['a picture', { type: 'message', text: '', attachments: ['image'] }],
])('after %s a yes is no yes to erasure', (_, between) => {
  const asked = decide({ type: 'message', text: 'slet mig' }).session
  expect(asked.confirming).toBe('delete-me')
  const elsewhere = decide(between, asked).session
  for (const yes of ['ja', 'yes'])
    expect(decide({ type: 'message', text: yes }, elsewhere).effects.map(({ type }) => type)).not.toContain('erase')
  expect(decide({ type: 'message', text: 'ja' }, asked).effects.map(({ type }) => type)).toContain('erase')
})

test('what comes back while a person has the thread is not said', () => {
  const taken = decide({ type: 'control', control: 'taken', by: 'person' }).session
  expect(decide({ type: 'result', of: 't.0', result: { command: 'openHandoff', receipt: 'H-2222' } }, taken).effects).toEqual([])
})

test('a language that is offered no more is asked for anew, and what is said comes in the default', () => {
  const vietnamese: Session = { ...KNOWN, language: { code: 'vi', chosen: true } }
  const turn = decide(tap({ do: 'command', command: 'menu' }), vietnamese)
  expect(messages(turn).map(({ language }) => language)).toEqual(['da'])
  expect(turn.session.language).toEqual({ code: 'da', chosen: false })
  expect(messages(turn).at(-1)?.quickReplies?.at(-1)?.action).toEqual({ do: 'command', command: 'language' })
})

/** Conversations of several turns: first contact, choosing a language, being away, and what cannot be answered. */
import { describe, expect, test } from '@jest/globals'
import type { Library } from '../../src/core/library.js'
import type { AttachmentKind } from '../../src/core/types.js'
import { starterLibrary } from '../library.js'
import { CLOCK, commands, effectsOf, KNOWN, KNOWN_ARABIC, messages, talk, texts } from './talk.js'

const library = await starterLibrary()
const HOUR = 60 * 60 * 1000
const newcomer = (used: Library = library) => talk(used, { session: undefined })
const disclosure = (language: string) => library.say(language, 'disclosure', { owner: library.areas['demo']?.owner ?? '', count: 30 })
const MENU_DA = library.texts('welcome', 'start', 'da').ask

describe('first contact', () => {
  test('a question asked before the language is chosen is remembered, and answered in that language', () => {
    const open = newcomer()
    const first = open.says('qwrtz')
    expect(messages(first)[0]?.role).toBe('languages')
    expect(first.session.pendingText).toBe('qwrtz')
    open.session = { ...first.session, pendingText: library.dialogs['preparedness']?.nodes['water-boil']?.questions[0] ?? '' }
    const chosen = open.taps({ do: 'language', language: 'da' })
    expect(effectsOf(chosen, 'message').at(1)?.read).toMatchObject({ dialog: 'preparedness', node: 'water-boil', language: 'da' })
    expect(chosen.session.pendingText).toBeUndefined()
    expect(effectsOf(chosen, 'contact')[0]?.change).toEqual({ language: { code: 'da', chosen: true } })
  })

  test('who this is and what is kept is said first, in the chosen language, once', () => {
    const open = newcomer()
    expect(messages(open.happens({ type: 'start' } as never))).toHaveLength(1)
    expect(open.session?.told).toEqual({})
    const [first, menu] = messages(open.taps({ do: 'language', language: 'ar' }))
    expect(first).toMatchObject({ role: 'notice', language: 'ar' })
    expect(first?.text.startsWith(disclosure('ar'))).toBe(true)
    expect(menu?.text).toBe(library.texts('welcome', 'start', 'ar').ask)
    expect(texts(open.goes('welcome/start')).join()).not.toContain(disclosure('ar'))
  })

  test('an answer that is sure comes before the language is chosen, with a button to choose it', () => {
    const turn = newcomer().says(library.dialogs['preparedness']?.nodes['water-boil']?.questions[0] ?? '')
    expect(texts(turn)[0]).toContain(disclosure('da'))
    expect(commands(messages(turn).at(-1))).toContain('language')
  })

  test('a known person keeps the language chosen before; a link changes only what is not known', () => {
    const open = newcomer()
    open.contact = { language: { code: 'en', chosen: true }, area: 'demo' }
    const turn = open.happens({ type: 'start', origin: { language: 'ar', area: 'sondervang' } } as never)
    expect(turn.session.language.code).toBe('en')
    expect(effectsOf(turn, 'contact')).toEqual([])
  })
})

test('after a day of silence the bot says once more that it is automatic', () => {
  const open = talk(library)
  open.clock = { ...CLOCK, now: CLOCK.now + 24 * HOUR }
  expect(texts(open.says('menu')).join()).not.toContain(library.say('da', 'disclosure.short'))
  open.clock = { ...CLOCK, now: CLOCK.now + 48 * HOUR + 1 }
  expect(texts(open.says('menu'))).toEqual([library.say('da', 'disclosure.short'), MENU_DA])
  expect(texts(open.says('menu'))).toEqual([MENU_DA])
})

test('a drill is said with its day, at the list of languages already, and once', () => {
  const open = newcomer()
  open.clock = { ...CLOCK, contentNow: Date.parse('2020-03-25T11:00Z'), drill: true }
  expect(texts(open.happens({ type: 'start' } as never))[0]).toMatch(/25\. marts 2020[^]*Vælg dit sprog/)
  expect(texts(open.taps({ do: 'language', language: 'da' }))[0]).toContain('25. marts 2020')
  expect(texts(open.says('menu'))).toEqual([MENU_DA])
})

describe('another language', () => {
  test('shows the newest answer again in it, with one tap to go back', () => {
    const open = talk(library)
    open.goes('preparedness/water-boil')
    const turn = open.says('العربية')
    expect(effectsOf(turn, 'message').find(({ read }) => read)?.read).toMatchObject({ node: 'water-boil', language: 'ar' })
    const undo = messages(turn)
      .at(-1)
      ?.quickReplies?.find(({ action }) => action.do === 'language')
    expect(undo).toEqual({ title: '↩ Dansk', action: { do: 'language', language: 'da' }, language: 'da' })
    expect(open.taps(undo?.action).session.language.code).toBe('da')
  })

  test('at a question the question stands again, and the place is kept', () => {
    const open = talk(library)
    open.goes('welcome/other')
    const turn = open.says('english')
    expect(messages(turn).at(-1)).toMatchObject({ language: 'en', text: library.texts('welcome', 'other', 'en').ask })
    expect(turn.session.place).toMatchObject({ dialog: 'welcome', node: 'other' })
  })

  test('the same language once more brings no button to itself', () => {
    const replies = messages(talk(library).says('dansk')).at(-1)?.quickReplies ?? []
    expect(replies.filter(({ action }) => action.do === 'language')).toEqual([])
  })

  test.each(['xx', '', 'zh-tw', 'ar-SY', '__proto__', 'toString'])('a session in %p, which is not offered, is still answered', (code) => {
    const open = talk(library, { session: { ...KNOWN, language: { code, chosen: true } } })
    for (const turn of [open.says('menu'), open.says('qwrtz'), open.goes('preparedness/water-boil'), open.says('hjælp')]) {
      expect(texts(turn).join('').length).toBeGreaterThan(10)
    }
  })
})

describe('what cannot be answered', () => {
  test.each<[AttachmentKind, string]>([
    ['image', 'attachment.other'],
    ['file', 'attachment.other'],
    ['audio', 'attachment.audio'],
  ])('%s: an honest word, a way to a person, and the place is kept', (kind, key) => {
    const open = talk(library)
    open.goes('welcome/other')
    const turn = open.says('', { attachments: [kind] })
    expect(texts(turn)).toEqual([library.say('da', key)])
    expect(messages(turn)[0]?.quickReplies?.map(({ action }) => action)).toContainEqual({ do: 'goto', dialog: 'welcome', node: 'person' })
    expect(turn.session.place).toMatchObject({ node: 'other' })
  })

  test.each(['👍', '🙏🏽', '❤️', '🇸🇴 🇩🇰', '👨‍👩‍👧'])('%s alone brings the open question back, or the menu', (emoji) => {
    const open = talk(library)
    expect(texts(open.says(emoji))).toEqual([MENU_DA])
    open.goes('welcome/other')
    const turn = open.says(emoji)
    expect(texts(turn)).toEqual([library.texts('welcome', 'other', 'da').ask])
    expect(turn.session.missed).toBeFalsy()
  })

  test('a sticker is as an emoji; a text beside a picture is read', () => {
    expect(texts(talk(library).says('', { attachments: ['sticker'] }))).toEqual([MENU_DA])
    expect(texts(talk(library).says('menu', { attachments: ['image'] }))).toEqual([MENU_DA])
  })

  test('what is not understood once offers topics, twice a person, and then begins again', () => {
    const open = talk(library)
    expect(texts(open.says('qwrtz'))).toEqual([library.say('da', 'not-understood')])
    expect(texts(open.says('qwrtz'))).toEqual([library.say('da', 'not-understood.again')])
    expect(texts(open.says('qwrtz'))).toEqual([library.say('da', 'not-understood')])
  })

  test('masked numbers are told first, one sentence for each kind', () => {
    const [first] = messages(talk(library).says('menu', { redacted: ['cpr', 'card'] }))
    expect(first).toMatchObject({
      role: 'notice',
      text: [library.say('da', 'redacted.cpr'), library.say('da', 'redacted.card')].join('\n\n'),
    })
  })
})

describe('late messages', () => {
  test('do not bring back an older moment: the newest question stands below the answer', () => {
    const open = talk(library)
    open.says('menu', { sentAt: 5000 })
    open.goes('welcome/other')
    const late = open.says('hjælp', { sentAt: 4999 })
    expect(texts(late)).toEqual([library.say('da', 'help'), library.texts('welcome', 'other', 'da').ask])
    expect(late.session).toMatchObject({ newestSentAt: 5000, place: { node: 'other' } })
  })

  test('two of the same moment are both in time, and none without a time is late', () => {
    const open = talk(library)
    open.says('menu', { sentAt: 5000 })
    expect(open.says('english', { sentAt: 5000 }).session.language.code).toBe('en')
    expect(open.says('dansk').session.language.code).toBe('da')
  })

  test('never erase, whatever was asked since', () => {
    const open = talk(library, { session: { ...KNOWN, newestSentAt: 5000, confirming: 'delete-me' } })
    expect(effectsOf(open.says('ja', { sentAt: 10 }), 'erase')).toEqual([])
  })
})

describe('delete me', () => {
  test.each(['ja', 'Ja!', 'YES'])('%s erases', (yes) => {
    const open = talk(library)
    open.says('slet mig')
    const turn = open.says(yes)
    expect(effectsOf(turn, 'erase')).toHaveLength(1)
    expect(messages(turn).filter(({ role }) => role === 'erased')).toHaveLength(1)
    expect(turn.session.answers).toEqual({})
  })

  test('no keeps everything and the open question', () => {
    const open = talk(library)
    open.goes('welcome/other')
    open.says('slet mig')
    const turn = open.says('nej')
    expect(texts(turn)).toEqual([library.say('da', 'delete-me.cancelled'), library.texts('welcome', 'other', 'da').ask])
    expect(turn.session).toMatchObject({ place: { node: 'other' } })
    expect(effectsOf(open.says('ja'), 'erase')).toEqual([])
  })

  test('anything else than yes ends the question: a later yes erases nothing', () => {
    const open = talk(library)
    open.says('slet mig')
    open.says('hvad koster det')
    expect(effectsOf(open.says('ja'), 'erase')).toEqual([])
  })

  test('an old yes button asks again', () => {
    const turn = talk(library).taps({ do: 'command', command: 'delete-me-yes' })
    expect(texts(turn)).toEqual([library.say('da', 'delete-me.confirm')])
    expect(turn.session.confirming).toBe('delete-me')
  })

  test.each(['slet mig', 'احذفني', 'delete me'])('%s is understood in every language, whatever is chosen', (words) => {
    expect(talk(library, { session: KNOWN_ARABIC }).says(words).session.confirming).toBe('delete-me')
  })
})

describe('stop', () => {
  test('leaves the dialog first; out of a dialog it ends what comes unasked', () => {
    const open = talk(library)
    open.contact = { topics: ['area-news', 'water'] }
    open.goes('welcome/other')
    const left = open.says('stop')
    expect(left.session.place).toBeUndefined()
    expect(effectsOf(left, 'contact')).toEqual([])
    expect(effectsOf(open.says('stop'), 'contact').map(({ change }) => change.unsubscribe)).toEqual(['area-news', 'water'])
  })

  test('begin again forgets the answers', () => {
    const turn = talk(library, { session: { ...KNOWN, answers: { postcode: '5240' } } }).says('forfra')
    expect(turn.session.answers).toEqual({})
    expect(texts(turn)).toEqual([MENU_DA])
  })
})

test('what is kept about a person is told in words, with the way to have it gone', () => {
  const open = talk(library)
  open.contact = { topics: ['area-news'] }
  const asked = open.says('hvad ved du om mig')
  expect(effectsOf(asked, 'call')).toEqual([{ type: 'call', name: 'about-me', values: {} }])
  const result = { command: 'call', name: 'about-me', values: { messages: 1, requests: 0, days: 30 } }
  const answer = open.happens({ type: 'result', of: 't.0', result } as never)
  expect(texts(answer)[0]).toContain('Samtalen: 1 besked\n')
  expect(texts(answer)[0]).not.toContain(library.say('da', 'about-me.questions', { number: 0 }))
  expect(texts(answer)[0]).toContain('area-news')
  expect(commands(messages(answer)[0])).toContain('delete-me')
})

describe('the language of the device', () => {
  const fresh = () => talk(library, { session: undefined })

  test('settles a first message that tells nothing by itself', () => {
    const own = fresh()
    own.says('👋', { locale: 'ar' })
    expect(own.session?.language.code).toBe('ar')
  })

  test('gives way to what is written, and to what is known', () => {
    const own = fresh()
    own.says('Jeg kan ikke betale min husleje i denne måned', { locale: 'ar' })
    expect(own.session?.language.code).toBe('da')
    const known = talk(library)
    known.says('👋', { locale: 'ar' })
    expect(known.session?.language.code).toBe('da')
  })

  test('that is not offered is none', () => {
    const own = fresh()
    own.says('👋', { locale: 'zh' })
    expect(own.session?.language).toEqual({ code: 'da', chosen: false })
  })
})

test('the name of an area tells nothing of the language it is written in', () => {
  const [area] = Object.values(library.areas)
  const name = area?.name.replace(/ *\(.*/, '') ?? ''
  expect(library.detect(`${name} ${name} ${name}`, { candidates: library.languages.map(({ code }) => code) }).words).toBe(0)
})

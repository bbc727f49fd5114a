/** What volunteers type instead of tapping, and what they ask about an offer. */
import { describe, expect, test } from '@jest/globals'
import type { Turn } from '../../src/core/types.js'
import { NOW } from '../library.js'
import { effectsOf, type Talk, texts } from './talk.js'
import { HOUR, last, library, OFFER, says, taskView, titles, VOLUNTEER, volunteerTalk } from './volunteering-world.js'

const changes = (turn: Turn) => effectsOf(turn, 'volunteer').map(({ change }) => change)
const asks = (turn: Turn) => effectsOf(turn, 'handoff').map(({ handoff, as, ask }) => ({ handoff, as, ask }))
const offered = (open: Talk) =>
  open.happens({ type: 'news', handoff: OFFER.handoff, receipt: OFFER.receipt, task: OFFER.task, news: { what: 'offer', offer: OFFER } })

describe('a button whose title is typed', () => {
  const typed = (id: string, language: string, start = {}) =>
    volunteerTalk({ ...start, session: { language: { code: language, chosen: true }, help: {} } }).says(says(`button.${id}`, {}, language))

  test.each(library.languages.map(({ code }) => code))('is the button: card (%s)', (language) => {
    const off = { volunteer: VOLUNTEER }
    expect(changes(typed('duty-on', language, off))).toMatchObject([{ do: 'duty', on: true }])
    expect(changes(typed('duty-off', language))).toContainEqual(expect.objectContaining({ do: 'duty', on: false }))
    expect(changes(typed('pause', language))).toContainEqual({ do: 'pause', on: true })
    expect(changes(typed('resume', language, { volunteer: { ...VOLUNTEER, paused: 'self' } }))).toEqual([{ do: 'pause', on: false }])
    expect(texts(typed('my-hours', language))[0]).toContain(says('hours.ask', {}, language))
    expect(last(typed('my-card', language))?.text).toContain('Yusuf')
    expect(texts(typed('leave', language))).toEqual([says('leave.ask', {}, language)])
  })

  test.each(library.languages.map(({ code }) => code))('is the button: offer and task (%s)', (language) => {
    const spoken = { language: { code: language, chosen: true } }
    const offer = (id: string) =>
      volunteerTalk({ session: { ...spoken, help: { offers: [OFFER] } } }).says(says(`button.${id}`, {}, language))
    expect(asks(offer('accept'))).toEqual([{ handoff: 'h1', as: 'volunteer', ask: { type: 'accept' } }])
    expect(last(offer('why'))?.text).toContain(says('why.heading', { receipt: OFFER.receipt }, language))
    const task = (id: string) =>
      volunteerTalk({ session: { ...spoken, help: { talks: [taskView('h1')], talk: 'h1' } } }).says(says(`button.${id}`, {}, language))
    for (const id of ['on-the-way', 'done']) expect(asks(task(id))).toEqual([{ handoff: 'h1', as: 'volunteer', ask: { type: id } }])
    expect(texts(task('too-heavy'))[0]).toContain('H-H1')
    expect(texts(task('agree-time'))[0]).toContain(says('time.ask', {}, language))
    for (const id of ['hand-back', 'report']) expect(last(task(id))?.text).toContain('H-H1')
  })

  test('of several offers shows them all, and means nothing to whoever has none', () => {
    const several = volunteerTalk({ session: { help: { offers: [OFFER, { ...OFFER, handoff: 'h2' }] } } }).says('Tag opgaven')
    expect([asks(several), texts(several)[0]]).toEqual([[], expect.stringContaining(says('tasks.list'))])
    expect(asks(volunteerTalk().says('Tag opgaven'))).toEqual([])
    expect(changes(volunteerTalk({ volunteer: undefined }).says('Gå på vagt'))).toEqual([])
  })
})

describe('an offer', () => {
  test.each(['hvad går det ud på?', 'hvor er det?', 'what is it about?', 'Li ku ye?', 'jeg kan ikke i dag'])(
    'is said again for %s',
    (text) => {
      const open = volunteerTalk()
      open.says('menu')
      offered(open)
      const turn = open.says(text)
      const language = open.session?.language.code ?? ''
      expect(last(turn)?.text).toContain(says('offer.again', {}, language))
      expect(last(turn)?.text).toContain(OFFER.receipt)
      expect(titles(turn).slice(0, 2)).toEqual([says('button.accept', {}, language), says('button.decline', {}, language)])
      expect(texts(turn).join()).not.toContain(library.say(language, 'not-understood'))
    },
  )

  test('is one of several that are listed then; a question that is known is answered, and what is no offer any more is not said again', () => {
    const open = volunteerTalk({ session: { help: { offers: [OFFER, { ...OFFER, handoff: 'h2' }] } } })
    expect(texts(open.says('hvad går det ud på?'))[0]).toContain(says('tasks.list'))
    expect(texts(open.says('tal med en person'))[0]).not.toContain(OFFER.receipt)
    const over = volunteerTalk({ session: { help: { offers: [{ ...OFFER, at: NOW - 24 * HOUR }] } } })
    expect(texts(over.says('hvad går det ud på?'))).toEqual([library.say('da', 'not-understood')])
  })
})

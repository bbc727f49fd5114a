/** A volunteer in the chat: their card, duty, offers, and what they hear of requests. */
import { describe, expect, test } from '@jest/globals'
import type { HandoffRefusal } from '../../src/core/handoff-types.js'
import type { News } from '../../src/core/help-types.js'
import { TASKS, taskRule } from '../../src/core/task-rules.js'
import type { Turn } from '../../src/core/types.js'
import { NOW } from '../library.js'
import { effectsOf, KNOWN, messages, type Talk, texts } from './talk.js'
import { button, HOUR, last, library, OFFER, ON_DUTY, says, taskView, titles, VOLUNTEER, volunteerTalk } from './volunteering-world.js'

const changes = (turn: Turn) => effectsOf(turn, 'volunteer').map(({ change }) => change)
const asks = (turn: Turn) => effectsOf(turn, 'handoff').map(({ handoff, as, ask }) => ({ handoff, as, ask }))
const about = (of: string) => ({ handoff: of, receipt: OFFER.receipt, task: OFFER.task })
const hears = (open: Talk, news: News, of = 'h1') => open.happens({ type: 'news', ...about(of), news })
const offered = (open: Talk, more = {}) => {
  const offer = { ...OFFER, ...more }
  return open.happens({ type: 'news', handoff: offer.handoff, receipt: offer.receipt, task: offer.task, news: { what: 'offer', offer } })
}
const ends = (open: Talk, ask: string, refused?: HandoffRefusal | 'gone' | 'window-closed') =>
  open.happens({
    type: 'result',
    of: 't.0',
    result: {
      command: 'handoff',
      as: 'volunteer',
      handoff: 'h1',
      receipt: OFFER.receipt,
      ask,
      ...(refused === undefined ? {} : { refused }),
    },
  })

describe('where a volunteer stands', () => {
  test('waits for approval', () => {
    const open = volunteerTalk({ volunteer: { ...VOLUNTEER, state: 'applied' } })
    expect(texts(open.says('frivillig'))).toEqual([says('state.applied')])
    expect(texts(open.says('på vagt'))).toEqual([says('state.applied')])
    expect(changes(open.taps({ do: 'volunteer', act: 'duty-on' }))).toEqual([])
  })

  test('is refused kindly, with the way to a person', () => {
    const open = volunteerTalk({ volunteer: { ...VOLUNTEER, state: 'refused' } })
    expect(titles(open.says('frivillig'))).toContain(library.say('da', 'person'))
  })

  test('finds the way to their card under "help"', () => {
    expect(titles(volunteerTalk().says('hjælp'))).toContain('Mit frivilligkort')
    expect(titles(volunteerTalk({ volunteer: undefined }).says('hjælp'))).not.toContain('Mit frivilligkort')
  })

  test('has a card with everything on it', () => {
    const turn = volunteerTalk().says('frivillig')
    for (const part of ['Yusuf', 'Bydelsmødrene', 'Dansk, Türkçe', 'Handle ind, Hente medicin', 'Når som helst', 'i morgen kl. 09.30'])
      expect(last(turn)?.text).toContain(part)
    expect(titles(turn)).toEqual(['Slut vagten', 'Hold pause', 'Mine opgaver', 'Mine tider', 'Hovedmenu', 'Stop som frivillig'])
    expect(titles(volunteerTalk({ volunteer: VOLUNTEER }).says('frivillig'))).toContain('Gå på vagt')
  })

  test.each([
    ['approved', 'Gå på vagt'],
    ['resumed', 'Gå på vagt'],
    ['refused', 'Tal med en person'],
    ['paused', 'Tal med en person'],
    ['under-age', 'Tal med en person'],
  ] as const)('hears that they are %s', (is, title) => {
    const turn = volunteerTalk({ volunteer: VOLUNTEER }).happens({ type: 'role', is })
    expect(texts(turn)).toEqual([says(`role.${is}`)])
    expect(titles(turn)).toContain(title)
  })
})

describe('duty', () => {
  test('begins for a day from now, by word and by button, and ends', () => {
    const open = volunteerTalk({ volunteer: VOLUNTEER })
    const on = open.says('på vagt')
    expect(changes(on)).toEqual([{ do: 'duty', on: true, openUntil: NOW + 24 * HOUR }])
    expect(texts(on)[0]).toContain('i morgen kl. 10.00')
    open.clock = { ...open.clock, now: NOW + HOUR }
    expect(changes(open.taps({ do: 'volunteer', act: 'duty-on' }))).toEqual([{ do: 'duty', on: true, openUntil: NOW + 25 * HOUR }])
    expect(changes(open.taps(button(on, 'Slut vagten')))).toMatchObject([{ do: 'duty', on: false }])
  })

  test('is gone on with by one tap when it comes to its end', () => {
    const open = volunteerTalk()
    const turn = open.happens({ type: 'duty', is: 'ending' })
    expect(texts(turn)).toEqual([says('duty.ending')])
    expect(changes(open.taps(button(turn, 'Forlæng vagten')))).toContainEqual({ do: 'duty', on: true, openUntil: NOW + 24 * HOUR })
    expect(titles(open.happens({ type: 'duty', is: 'ended' }))).toContain('Gå på vagt')
  })

  test('is noted as seen at most once an hour, for those on duty alone', () => {
    const seen = (openUntil: number, more = {}) =>
      changes(volunteerTalk({ volunteer: { ...ON_DUTY, openUntil, ...more } }).says('menu')).filter((change) => change.do === 'seen')
    expect(seen(NOW + 22 * HOUR)).toEqual([{ do: 'seen', openUntil: NOW + 24 * HOUR }])
    expect(seen(NOW + 23 * HOUR)).toEqual([])
    expect(seen(NOW - 1)).toEqual([])
    expect(seen(NOW + 22 * HOUR, { state: 'applied' })).toEqual([])
    expect(changes(volunteerTalk({ volunteer: VOLUNTEER }).says('menu'))).toEqual([])
  })

  test('ends a pause that they took, and not one that a report asks for', () => {
    const own = volunteerTalk({ volunteer: { ...VOLUNTEER, paused: 'self' } }).says('på vagt')
    expect(changes(own).map((change) => change.do)).toEqual(['pause', 'duty'])
    const open = volunteerTalk({ volunteer: { ...VOLUNTEER, paused: 'report' } })
    for (const turn of [open.says('på vagt'), open.taps({ do: 'volunteer', act: 'resume' })]) {
      expect(changes(turn)).toEqual([])
      expect(texts(turn)).toEqual([says('state.paused-report')])
    }
  })

  test('goes on behind a pause, and nobody is told to begin what never ended', () => {
    const open = volunteerTalk({ volunteer: { ...ON_DUTY, paused: 'self' } })
    const told = [open.taps({ do: 'volunteer', act: 'resume' }), volunteerTalk().happens({ type: 'role', is: 'resumed' })]
    for (const [at, first] of ['duty.pause-over', 'role.resumed.on-duty'].entries()) {
      const turn = told[at]
      expect(turn && texts(turn)).toEqual([expect.stringMatching(new RegExp(`^${says(first)}[^]*Du er på vagt til i morgen`))])
      expect(turn && titles(turn)).toContain('Slut vagten')
      expect(turn && titles(turn)).not.toContain('Gå på vagt')
    }
  })

  test('pauses and goes on; tasks stay', () => {
    const open = volunteerTalk({ session: { help: { talks: [taskView('h2')] } } })
    const turn = open.says('hold pause')
    expect(changes(turn)).toEqual([{ do: 'pause', on: true }])
    expect(texts(turn)[0]).toContain(says('duty.tasks-stay'))
    expect(changes(open.taps(button(turn, 'Slut på pausen')))).toEqual([{ do: 'pause', on: false }])
  })

  test('means nothing to those who are no volunteers', () => {
    const open = volunteerTalk({ volunteer: undefined })
    for (const text of ['på vagt', 'fri', 'pause', 'stop som frivillig', 'færdig', 'mine opgaver', 'giv tilbage', 'for tungt', 'på vej']) {
      const turn = open.says(text)
      expect([...changes(turn), ...asks(turn)]).toEqual([])
    }
    expect(texts(open.taps({ do: 'volunteer', act: 'duty-on' }))).toEqual([says('state.not-volunteer')])
  })
})

describe('what volunteers change about themselves', () => {
  test('their hours, one tap after the other; the same button twice is the same choice', () => {
    const open = volunteerTalk()
    const first = open.taps({ do: 'volunteer', act: 'my-hours' })
    expect(changes(first)).toEqual([])
    const evenings = button(first, 'Hverdage 17–22')
    const hours = [{ days: [1, 2, 3, 4, 5], from: 1020, until: 1320 }]
    const turn = open.taps(evenings)
    expect(changes(turn)).toEqual([{ do: 'update', form: { hours } }])
    expect(changes(open.taps(evenings))).toEqual([{ do: 'update', form: { hours } }])
    expect(changes(open.taps(button(turn, '✓ Hverdage 17–22')))).toEqual([{ do: 'update', form: { hours: [] } }])
    expect(titles(open.taps(button(turn, 'Færdig')))).toContain('Mine tider')
  })

  test('hours that staff wrote down are shown in words', () => {
    const hours = [{ days: [1, 3], from: 9 * 60 + 30, until: 11 * 60 }]
    expect(last(volunteerTalk({ volunteer: { ...VOLUNTEER, hours } }).says('frivillig'))?.text).toMatch(/man\.?, ons\.? kl\. 09\.30–11\.00/)
  })

  test('they stop after a second tap, and their offers with it', () => {
    const open = volunteerTalk({ session: { help: { offers: [OFFER], talks: [taskView('h2')] } } })
    const ask = open.taps({ do: 'volunteer', act: 'leave' })
    expect(changes(ask)).toEqual([])
    expect(texts(ask)[0]).toContain(says('leave.tasks'))
    expect(changes(open.taps(button(ask, 'Nej, jeg bliver')))).toEqual([])
    expect(changes(open.taps(button(ask, 'Ja, jeg stopper')))).toEqual([{ do: 'leave' }])
    expect(open.session?.help?.offers).toBeUndefined()
    open.contact = {}
    expect(texts(open.taps(button(ask, 'Ja, jeg stopper')))).toEqual([says('state.not-volunteer')])
  })
})

describe('an offer', () => {
  test('says task, time, area and language with its number, and nothing of stairwell or words', () => {
    const turn = offered(volunteerTalk())
    const text = last(turn)?.text ?? ''
    for (const part of ['H-4F7K', 'Hente medicin', 'i dag', library.areas['demo']?.name ?? '', 'Soomaali']) expect(text).toContain(part)
    expect(titles(turn)).toEqual(['Tag opgaven', 'Nej tak', 'Hvorfor mig?'])
  })

  test('tells why, and not that both live in one stairwell', () => {
    const open = volunteerTalk()
    const why = open.taps(button(offered(open), 'Hvorfor mig?'))
    expect(texts(why)[0]).toContain(says('why.near'))
    expect(texts(why)[0]).toContain('Türkçe')
    expect(texts(why)[0]).toContain(says('why.tasks-lately', { tasks: 1, offers: 3, days: 7 }))
    expect(JSON.stringify(why.effects)).not.toMatch(/opgangen|samme opgang|stairwell/)
    expect(titles(why)).toEqual(['Tag opgaven', 'Nej tak'])
  })

  test.each([
    ['Tag opgaven', 'ja', 'accept'],
    ['Nej tak', 'nej', 'decline'],
  ])('%s or %j is asked of the request', (title, word, type) => {
    const asked = [{ handoff: 'h1', as: 'volunteer', ask: { type } }]
    const open = volunteerTalk()
    const turn = offered(open)
    expect(asks(open.taps(button(turn, title)))).toEqual(asked)
    expect(asks(open.says(word))).toEqual(asked)
    ends(open, type)
    expect(open.session?.help?.offers).toBeUndefined()
  })

  test('is one of several: each has its number, a typed yes asks which', () => {
    const open = volunteerTalk()
    offered(open)
    const second = offered(open, { handoff: 'h2', receipt: 'H-2222', task: 'shopping' })
    expect(last(second)?.text).toContain('H-2222')
    const list = open.says('ja')
    expect(asks(list)).toEqual([])
    expect(titles(list)).toEqual(['H-4F7K: Hente medicin (tilbud)', 'H-2222: Handle ind (tilbud)', 'Hovedmenu'])
    const one = open.taps(button(list, 'H-4F7K: Hente medicin (tilbud)'))
    expect(asks(open.taps(button(one, 'Tag opgaven')))).toMatchObject([{ handoff: 'h1' }])
  })

  test('a typed yes to a question of a dialog takes no task', () => {
    const yesTo = Object.entries(library.dialogs).flatMap(([dialog, { nodes }]) =>
      Object.keys(nodes).flatMap((node) =>
        [...library.texts(dialog, node, 'da').typed.keys()].includes('ja tak') ? [{ dialog, node }] : [],
      ),
    )
    expect(yesTo.length).toBeGreaterThan(0)
    for (const place of yesTo)
      for (const text of ['ja', 'ja tak'])
        expect(asks(volunteerTalk({ session: { help: { offers: [OFFER] }, place: { ...place, attempts: 0 } } }).says(text))).toEqual([])
  })

  test.each([
    ['a request that is being made', { intake: { task: 'shopping', step: 'summary' as const } }],
    ['a talk', { talks: [taskView('h2')], talk: 'h2' }],
    ['when they come', { talks: [taskView('h2')], question: { ask: 'time' as const, handoff: 'h2' } }],
  ])('a typed yes to %s takes no task', (_name, help) => {
    expect(
      asks(volunteerTalk({ session: { help: { offers: [OFFER], ...help } } }).says('ja')).filter(({ ask }) => ask.type === 'accept'),
    ).toEqual([])
  })

  test('is not taken by a yes an hour later', () => {
    const open = volunteerTalk({ session: { help: { offers: [{ ...OFFER, at: NOW - HOUR - 1 }] } } })
    expect(asks(open.says('ja'))).toEqual([])
  })

  test('of yesterday is no offer any more', () => {
    const open = volunteerTalk({ session: { help: { offers: [{ ...OFFER, at: NOW - 24 * HOUR }] } } })
    expect(texts(open.says('mine opgaver'))).toEqual([says('tasks.none')])
  })

  test('accepted twice is one task: the second tap is told so', () => {
    const open = volunteerTalk()
    const turn = offered(open)
    open.taps(button(turn, 'Tag opgaven'))
    expect(texts(ends(open, 'accept'))).toEqual([])
    expect(texts(ends(open, 'accept', 'already-yours'))[0]).toContain(OFFER.receipt)
    open.session = { ...KNOWN, help: { offers: [OFFER], talks: [taskView('h1')] } }
    const again = open.taps(button(turn, 'Tag opgaven'))
    expect(asks(again)).toEqual([])
    expect(texts(again)[0]).toContain('H-H1')
  })

  const ALL: readonly (HandoffRefusal | 'gone' | 'window-closed')[] = [
    ...([
      'taken',
      'void',
      'too-late',
      'cancelled',
      'not-offered',
      'declined',
      'own-request',
      'already-yours',
      'done',
      'passed-on',
    ] as const),
    ...(['with-staff', 'frozen', 'bad-time', 'no-consent', 'not-yours', 'waiting', 'gone', 'stale-timer', 'window-closed'] as const),
  ]
  test.each(ALL)('too late or refused (%s) is said in plain words with what to do now', (refused) => {
    const open = volunteerTalk()
    offered(open)
    const turn = ends(open, 'accept', refused)
    expect(texts(turn)).toHaveLength(1)
    expect(texts(turn)[0]).not.toMatch(/volunteering\.|\{\{/)
    expect(titles(turn).length).toBeGreaterThan(0)
    expect(open.session?.help?.offers).toBeUndefined()
  })

  test('why of an offer that is over is answered', () => {
    expect(texts(volunteerTalk().taps({ do: 'task', act: 'why', of: 'h9' }))).toEqual([says('tasks.over')])
  })
})

test('a volunteer who asks for help keeps their own request', () => {
  const requests = [{ handoff: 'r1', receipt: 'H-0001', task: 'dog', state: 'looking' as const, since: NOW }]
  const open = volunteerTalk({ session: { help: { requests } } })
  offered(open)
  ends(open, 'decline')
  hears(open, { what: 'told', told: 'done', side: 'volunteer' })
  open.says('på vagt')
  open.taps({ do: 'volunteer', act: 'leave-yes' })
  expect(open.session?.help?.requests).toEqual(requests)
})

test('every task that is called out has a title, in Danish and English', () => {
  for (const task of TASKS.filter((one) => taskRule(one)?.staffOnly === undefined))
    for (const language of ['da', 'en']) expect(says(`task.${task}`, {}, language)).not.toContain('task.')
})

test('no message is without words, and none has more buttons than Messenger shows', () => {
  const open = volunteerTalk({ session: { help: { offers: [OFFER], talks: [taskView('h2'), taskView('h3')] } } })
  for (const act of ['my-tasks', 'my-card', 'my-hours', 'duty-on', 'duty-off', 'pause', 'resume', 'leave', 'leave-no', 'nonsense'])
    for (const message of messages(open.taps({ do: 'volunteer', act }))) {
      expect(message.text).not.toMatch(/volunteering\.|\{\{/)
      expect(message.quickReplies?.length ?? 0).toBeLessThanOrEqual(13)
    }
})

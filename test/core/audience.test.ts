import { describe, expect, test } from '@jest/globals'
import type { Action, QuickReply } from '../../src/core/types.js'
import { probeLibrary } from '../probe-library.js'
import { effectsOf, KNOWN_ARABIC, messages, type Talk, talk, texts } from './talk.js'

const library = await probeLibrary(
  `
start:
  ask: Hvad vil du vide?
  quick_replies: { friends: Venner, water: Vand }
friends:
  say: Vær højst 10.
  versions:
    parent: [Din teenager må mødes ude., Tal om hvorfor.]
    teenager: I må være højst 10.
  fact: { kind: rule, source: https://example.dk, owner: law, checked: 2026-11-20 }
  goto: start
water:
  say: Kog vandet.
  fact: { kind: advice, source: https://example.dk, owner: law, checked: 2026-11-20 }
  goto: start
unsure:
  say: Måske.
  versions: { parent: Måske din teenager. }
  fact: { kind: rule, source: https://example.dk, owner: law, checked: 2020-11-20, until: 2020-12-01 }
  goto: start
`,
  {
    ar: {
      'start.ask': ['Hvad vil du vide?', 'ماذا تريدون؟'],
      'start.quick_replies.friends': ['Venner', 'أصدقاء'],
      'start.quick_replies.water': ['Vand', 'ماء'],
      'friends.say.0': ['Vær højst 10.', 'عشرة على الأكثر.'],
      'friends.versions.parent.0': ['Din teenager må mødes ude.', 'اللقاء في الخارج مسموح.'],
      'friends.versions.parent.1': ['Tal om hvorfor.', 'تحدّثوا عن السبب.'],
      'friends.versions.teenager.0': ['I må være højst 10.', 'عشرة.'],
    },
  },
)

const buttons = (turn: Parameters<typeof messages>[0]): readonly QuickReply[] => messages(turn).at(-1)?.quickReplies ?? []
const actions = (turn: Parameters<typeof messages>[0], act: Action['do']) =>
  buttons(turn).flatMap(({ action }) => (action.do === act ? [action] : []))
const pick = (own: Talk, turn: Parameters<typeof messages>[0], audience: string) =>
  own.taps(actions(turn, 'audience').find((action) => action.do === 'audience' && action.audience === audience))

describe('who an answer is for', () => {
  test('is asked once, under the answer for everybody', () => {
    const own = talk(library)
    const first = own.goes('probe/friends')
    expect(texts(first)).toEqual(['Vær højst 10.', library.say('da', 'audience.ask'), 'Hvad vil du vide?'])
    // Only those that this answer has words for, beside what the dialog asks.
    expect(actions(first, 'audience').map((action) => action.do === 'audience' && action.audience)).toEqual(['parent', 'teenager'])
    expect(actions(first, 'reply')).toHaveLength(2)
    const second = own.goes('probe/friends')
    expect(texts(second)).toEqual(['Vær højst 10.', 'Hvad vil du vide?'])
    expect(texts(own.goes('probe/water'))).toEqual(['Kog vandet.', 'Hvad vil du vide?'])
  })

  test('is remembered, in the contact too, and names the words that were read', () => {
    const own = talk(library)
    const turn = pick(own, own.goes('probe/friends'), 'parent')
    expect(texts(turn)).toEqual(['Din teenager må mødes ude.', 'Tal om hvorfor.', 'Hvad vil du vide?'])
    expect(effectsOf(turn, 'contact')).toEqual([{ type: 'contact', change: { audience: 'parent' } }])
    const reads = effectsOf(turn, 'message').map(({ read }) => read?.audience)
    expect(reads).toEqual(['parent', 'parent', undefined])
    own.goes('probe/water')
    expect(texts(own.goes('probe/friends'))[0]).toBe('Din teenager må mødes ude.')
  })

  test('is known of a person who said it in another conversation', () => {
    const own = talk(library)
    own.contact = { audience: 'teenager' }
    expect(texts(own.goes('probe/friends'))).toEqual(['I må være højst 10.', 'Hvad vil du vide?'])
  })

  test('none of them, or one that this answer has no words for: the words for everybody, and no question again', () => {
    for (const audience of ['anyone', 'alone']) {
      const own = talk(library)
      const asked = own.taps({ do: 'audience', dialog: 'probe', node: 'friends' })
      expect(texts(pick(own, asked, audience))).toEqual(['Vær højst 10.', 'Hvad vil du vide?'])
      expect(texts(own.goes('probe/friends'))).toEqual(['Vær højst 10.', 'Hvad vil du vide?'])
    }
  })

  test('may be typed, as the button says it', () => {
    const own = talk(library)
    own.goes('probe/friends')
    expect(texts(own.says(library.say('da', 'audience.teenager').toUpperCase()))[0]).toBe('I må være højst 10.')
  })

  test('another text is heard as such, and the title means nothing later', () => {
    const own = talk(library)
    own.goes('probe/friends')
    expect(texts(own.says('menu'))).not.toContain('I må være højst 10.')
    expect(texts(own.says(library.say('da', 'audience.teenager')))).not.toContain('I må være højst 10.')
  })

  test('may be changed under an answer, and from what is kept of me', () => {
    const own = talk(library)
    const turn = pick(own, own.goes('probe/friends'), 'parent')
    const [again] = actions(turn, 'audience')
    expect(again).toEqual({ do: 'audience', dialog: 'probe', node: 'friends' })
    const asked = own.taps(again)
    expect(texts(asked)).toEqual([library.say('da', 'audience.ask')])
    expect(texts(pick(own, asked, 'teenager'))[0]).toBe('I må være højst 10.')
    own.says('om mig')
    const known = own.happens({
      type: 'result',
      of: 'x',
      result: { command: 'call', name: 'about-me', values: { messages: 1, requests: 0, days: 30 } },
    } as never)
    expect(texts(known)[0]).toContain(library.say('da', 'about-me.audience', { audience: library.say('da', 'audience.teenager') }))
    expect(actions(known, 'audience')).toHaveLength(1)
  })

  test('an ended fact has no words for anybody, and asks nobody who they are', () => {
    const own = talk(library)
    expect(texts(own.goes('probe/unsure')).join(' ')).not.toContain(library.say('da', 'audience.ask'))
    own.contact = { audience: 'parent' }
    expect(texts(own.goes('probe/unsure')).join(' ')).not.toContain('Måske')
  })
})

describe('the same answer for the teenager', () => {
  test('stands in Danish beside the parent’s language, and the talk goes on in that', () => {
    const own = talk(library, { session: KNOWN_ARABIC })
    const turn = pick(own, own.goes('probe/friends'), 'parent')
    expect(texts(turn)[0]).toBe('اللقاء في الخارج مسموح.')
    const shown = own.taps(actions(turn, 'show')[0])
    expect(messages(shown).map(({ text, language }) => [text, language])).toEqual([
      ['I må være højst 10.', 'da'],
      ['ماذا تريدون؟', 'ar'],
    ])
    expect(messages(shown)[0]?.fact?.line).toContain('Regel')
    expect(own.session?.audience).toBe('parent')
  })

  test('is offered to a parent only', () => {
    const own = talk(library)
    expect(actions(pick(own, own.goes('probe/friends'), 'teenager'), 'show')).toEqual([])
  })

  test('of an answer that has it no more is an old button', () => {
    const turn = talk(library).taps({ do: 'show', audience: 'teenager', language: 'da', dialog: 'probe', node: 'water' })
    expect(texts(turn)[0]).toContain(library.say('da', 'old-button'))
  })
})

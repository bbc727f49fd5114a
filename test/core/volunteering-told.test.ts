/** What volunteers hear of requests, and of rest. */
import { describe, expect, test } from '@jest/globals'
import type { Told } from '../../src/core/handoff-types.js'
import type { News } from '../../src/core/help-types.js'
import type { Turn } from '../../src/core/types.js'
import { NOW } from '../library.js'
import { effectsOf, type Talk, texts } from './talk.js'
import { button, HOUR, OFFER, says, titles, volunteerTalk } from './volunteering-world.js'

const asks = (turn: Turn) => effectsOf(turn, 'handoff').map(({ handoff, as, ask }) => ({ handoff, as, ask }))
const hears = (open: Talk, news: News) => open.happens({ type: 'news', handoff: 'h1', receipt: OFFER.receipt, task: OFFER.task, news })

describe('what is told', () => {
  const TOLD: readonly Told[] = [
    'taken',
    'changed',
    'offer-withdrawn',
    'cancelled',
    'handed-on',
    'thanks',
    'done',
    'do-not-go',
    'relay-ended',
    'report-taken',
  ]
  test.each(TOLD)('%s, with the number; the offer is gone', (what) => {
    const open = volunteerTalk({ session: { help: { offers: [OFFER] } } })
    expect(texts(hears(open, { what: 'told', told: what, side: 'volunteer' }))).toEqual([says(`told.${what}`, { receipt: OFFER.receipt })])
    expect(open.session?.help?.offers).toBeUndefined()
  })

  test('other offers stay, and the way to them', () => {
    const open = volunteerTalk({ session: { help: { offers: [OFFER, { ...OFFER, handoff: 'h2' }] } } })
    expect(titles(hears(open, { what: 'told', told: 'taken', side: 'volunteer' }))).toEqual(['Mine opgaver'])
    expect(open.session?.help?.offers?.map(({ handoff }) => handoff)).toEqual(['h2'])
  })

  test.each([
    [false, NOW + 2 * HOUR],
    [true, NOW + 26 * HOUR],
  ])('rest (heavy: %s): until when nobody asks, and after something heavy the way to people', (heavy, until) => {
    const open = volunteerTalk()
    const turn = hears(open, { what: 'rest', heavy, until })
    expect(texts(turn)[0]).toContain(heavy ? 'i morgen kl. 12.00' : 'i dag kl. 12.00')
    expect(titles(turn).includes('Meld en bekymring')).toBe(heavy)
    if (!heavy) return
    expect(texts(turn)[0]).toContain(says('rest.heavy'))
    const ask = open.taps(button(turn, 'Meld en bekymring'))
    expect(asks(ask)).toEqual([])
    expect(asks(open.taps(button(ask, 'Ja, meld det')))).toEqual([{ handoff: 'h1', as: 'volunteer', ask: { type: 'report' } }])
  })

  test('rest is no promise to somebody who has stopped, who has no card either', () => {
    const turn = hears(volunteerTalk({ volunteer: undefined }), { what: 'rest', heavy: false, until: NOW + HOUR })
    expect(texts(turn)).toEqual([says('rest.thanks', { receipt: OFFER.receipt })])
    expect(titles(turn)).toEqual(['Hovedmenu'])
  })

  test('rest without a time to come promises none', () => {
    expect(texts(hears(volunteerTalk(), { what: 'rest', heavy: false, until: NOW }))).toEqual([
      says('rest.thanks', { receipt: OFFER.receipt }),
    ])
  })
})

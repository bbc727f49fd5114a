/** A helper who says in the talk that they come now is on the way, as by the button; anything less plain is words and no more. */
import { describe, expect, test } from '@jest/globals'
import { starterLibrary } from '../library.js'
import { effectsOf, KNOWN, type Talk, talk } from './talk.js'
import { begins, HELPER, relays, view } from './talkers.js'

const library = await starterLibrary()
const ON_THE_WAY = { type: 'handoff', handoff: 'h1', as: 'volunteer', ask: { type: 'on-the-way' } }

function helper(language = 'da', more: Parameters<typeof view>[0] = {}): Talk {
  const person = talk(library, { session: { ...KNOWN, language: { code: language, chosen: true } } })
  begins(person, { ...HELPER, ...more })
  return person
}

describe('on the way', () => {
  test.each([
    ['da', 'Jeg er der om 10 minutter'],
    ['da', 'Hej, jeg er der om 10 min.'],
    ['da', 'kommer om 5 min'],
    ['en', "I'll be there in 10 minutes"],
    ['en', 'be there in 5 mins'],
    ['ar', 'سأكون عندك بعد ١٠ دقائق'],
    ['so', '10 daqiiqo kadib waan imaanayaa'],
    ['tr', '10 dakika sonra oradayım'],
    ['ur', 'میں 10 منٹ میں پہنچ رہا ہوں'],
    ['uk', 'Буду за 10 хвилин'],
    ['pl', 'Będę za 10 minut'],
    ['fa', 'تا ۱۰ دقیقه دیگر می‌رسم'],
    ['ti', 'ድሕሪ 10 ደቒቕ ክመጽእ እየ'],
    ['ku', 'Ez ê di 10 deqeyan de werim'],
    ['bs', 'Stižem za 10 minuta'],
  ])('counts in %s: "%s"', (language, words) => {
    const turn = helper(language).says(words)
    expect(relays(turn)).toMatchObject([{ handoff: 'h1' }])
    expect(effectsOf(turn, 'handoff')).toEqual([ON_THE_WAY])
  })

  test.each([
    'Er du hjemme om 10 minutter?',
    'Jeg er der om 10 minutter?',
    'bussen kommer om 10 minutter',
    'jeg er der ikke om 10 minutter',
    'Jeg er der om 90 minutter',
    'jeg er der om 2 dage',
    'hvis butikken har åbent, så er jeg der om 10 minutter',
    'jeg kommer i morgen',
  ])('is not guessed from "%s"', (words) => {
    const turn = helper().says(words)
    expect([relays(turn).length, effectsOf(turn, 'handoff')]).toEqual([1, []])
  })

  test.each(['on-my-way', 'at-your-door', 'at-the-stairwell'])('counts by the card %s', (card) => {
    expect(effectsOf(helper().taps({ do: 'card', of: 'h1', card }), 'handoff')).toEqual([ON_THE_WAY])
  })

  test('is said once, and never by the one who waits', () => {
    expect(effectsOf(helper('da', { coming: true }).says('Jeg er der om 10 minutter'), 'handoff')).toEqual([])
    const resident = helper('da', { side: 'resident' })
    expect(effectsOf(resident.says('Jeg er der om 10 minutter'), 'handoff')).toEqual([])
    expect(effectsOf(helper().taps({ do: 'card', of: 'h1', card: 'i-am-late' }), 'handoff')).toEqual([])
  })
})

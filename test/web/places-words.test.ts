/** What the page "Områder" makes of what staff write, and how it says what is kept. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { NETWORK_KINDS } from '../../src/core/places-types.js'
import type { Hours } from '../../src/core/wall-hours.js'
import type { NetworkView, PlaceView } from '../../src/web/console/api.js'
import { readHoursWords, sayHours, writeHoursWords } from '../../src/web/console/places/hours-words.js'
import { networkBody, networkDraft } from '../../src/web/console/places/network-draft.js'
import { OFFERED_TASKS } from '../../src/web/console/places/network-words.js'
import { placeBody, placeDraft } from '../../src/web/console/places/place-draft.js'
import { shortName } from '../../src/web/console/places/short-name.js'
import { weekGaps } from '../../src/web/console/places/week-gaps.js'

const textsOf = (language: 'da' | 'en'): Record<string, string> =>
  JSON.parse(readFileSync(`locales/${language}/console-places.json`, 'utf8')).texts
const danish = { language: 'da', say: (key: string) => textsOf('da')[key] ?? key } as const
const english = { language: 'en', say: (key: string) => textsOf('en')[key] ?? key } as const
const OFFICE: Hours = { days: [1, 2, 3, 4, 5], from: 480, until: 960 }

describe('hours in words', () => {
  test.each([
    ['ma-fr 8-16', [OFFICE]],
    ['Mandag–fredag 8.00–16.00', [OFFICE]],
    ['mon-fri 08:00-16:00', [OFFICE]],
    [
      'ma-to 8-16, fr 8-13',
      [
        { ...OFFICE, days: [1, 2, 3, 4] },
        { ...OFFICE, days: [5], until: 780 },
      ],
    ],
    ['lø,sø 10.30-14', [{ days: [6, 7], from: 630, until: 840 }]],
    ['fr-ma 22-2', [{ days: [1, 5, 6, 7], from: 1320, until: 120 }]],
    ['0-24', [{ days: [1, 2, 3, 4, 5, 6, 7], from: 0, until: 0 }]],
    ['', []],
    [' , ', []],
  ] as [string, Hours[]][])('%s', (text, hours) => expect(readHoursWords(text)).toEqual(hours))

  test.each(['ma-fr', '8', 'xx 8-16', 'ma 25-26', 'ma 8.70-9', 'm 8-16', 'ma-ti-on 8-16', 'ma 24-8', 'ma-fr 8-16, lø'])(
    '%s is none',
    (text) => expect(readHoursWords(text)).toBeUndefined(),
  )

  test('what is written is read again, in both languages', () => {
    const all: Hours[] = [OFFICE, { days: [6, 7], from: 1230, until: 0 }, { days: [3], from: 60, until: 60 }]
    for (const language of ['da', 'en'] as const) expect(readHoursWords(writeHoursWords(all, language))).toEqual(all)
    expect(writeHoursWords(all, 'da')).toBe('ma-fr 8-16, lø,sø 20.30-24, on 1-1')
  })

  test('are said in whole words', () => {
    const nights: Hours[] = [
      { ...OFFICE, from: 0, until: 480 },
      { ...OFFICE, from: 960, until: 0 },
      { days: [6, 7], from: 0, until: 0 },
    ]
    expect(sayHours(nights, danish)).toBe('mandag–fredag 0–8 og 16–24, lørdag og søndag hele døgnet')
    expect(sayHours(nights, english)).toBe('Monday–Friday 0–8 and 16–24, Saturday and Sunday day and night')
    expect(sayHours([{ days: [1, 2, 3, 4, 5, 6, 7], from: 510, until: 960 }], danish)).toBe('alle dage 8.30–16')
  })
})

describe('when nobody is on call', () => {
  test('somebody who is there at any time leaves no gap, nobody at all the whole week', () => {
    expect(weekGaps([{ hours: [OFFICE] }, { hours: [] }])).toEqual([])
    expect(sayHours(weekGaps([]), danish)).toBe('alle dage hele døgnet')
  })

  test('hours of several people count together, also over midnight and over the end of the week', () => {
    expect(sayHours(weekGaps([{ hours: [OFFICE] }]), danish)).toBe('mandag–fredag 0–8 og 16–24, lørdag og søndag hele døgnet')
    const weekend: Hours = { days: [5, 6, 7], from: 960, until: 480 }
    const evenings: Hours = { days: [1, 2, 3, 4], from: 900, until: 480 }
    const people = [{ hours: [OFFICE] }, { hours: [weekend, evenings] }]
    expect(sayHours(weekGaps(people), danish)).toBe('lørdag og søndag 8–16')
    expect(weekGaps([...people, { hours: [{ days: [6, 7], from: 480, until: 1200 }] }])).toEqual([])
  })

  test('a single gap is named by its day', () => {
    const most: Hours[] = [
      { days: [1, 2, 3, 4, 5, 7], from: 0, until: 0 },
      { days: [6], from: 0, until: 1200 },
    ]
    expect(sayHours(weekGaps([{ hours: most }]), danish)).toBe('lørdag 20–24')
  })
})

describe('what is sent', () => {
  const place: PlaceView = {
    ...{ id: 'birk', name: 'Birk', seen: 3, stairwells: ['1', '12 A'], neighbours: ['vang', 'gone'], officeHours: [OFFICE] },
    onCall: [{ id: 'sanne', name: 'Sanne', mail: 'sanne@example.org', hours: [OFFICE] }],
  }

  test('an area that nobody touched is sent as it is kept, without neighbours that are gone', () => {
    const { id: _, name: __, ...kept } = place
    expect(placeBody(placeDraft(place, 'da', ['birk', 'vang']), [])).toEqual({ body: { ...kept, neighbours: ['vang'] } })
  })

  test('somebody new gets a short name that is free; somebody known elsewhere stays one person', () => {
    const draft = placeDraft(place, 'da', [])
    const known = [{ id: 'torben', name: 'Torben', mail: 'torben@example.org' }]
    const added = ['Sanne', 'Torben', 'Torben', 'سناء'].map((name, at) => ({ key: String(at), name, mail: '', hours: '' }))
    const made = placeBody({ ...draft, onCall: [...draft.onCall, ...added] }, known)
    expect('body' in made && (made.body as PlaceView).onCall.map(({ id, mail }) => [id, mail])).toEqual([
      ['sanne', 'sanne@example.org'],
      ['sanne-2', undefined],
      ['torben', 'torben@example.org'],
      ['torben-2', undefined],
      ['vagt', undefined],
    ])
  })

  test('hours that cannot be read stop it, by their field', () => {
    const draft = { ...placeDraft(place, 'da', []), officeHours: 'sometimes' }
    const onCall = draft.onCall.map((one) => ({ ...one, hours: 'ma' }))
    expect(placeBody({ ...draft, onCall }, [])).toEqual({ unreadable: ['onCall.0.hours', 'officeHours'] })
  })

  test('a network: empty settings are left out, quiet hours may be none', () => {
    const network = {
      ...{ id: 'naboer', kind: 'neighbours', names: { da: 'Naboer', xx: 'kept' }, areas: ['birk'], tasks: ['talk'], seen: 2 },
      settings: { k: 4, quiet: { from: 1320, until: 420 } },
    } as const satisfies NetworkView
    const { id: _, ...kept } = network
    const draft = networkDraft(network, 'da', ['birk'])
    expect(networkBody(draft)).toEqual({ body: kept })
    const settings = (quiet: string, k = '') => networkBody({ ...draft, settings: { quiet, k } })
    expect(settings('')).toEqual({ body: { ...kept, settings: {} } })
    expect(settings('Ingen', 'many')).toEqual({ body: { ...kept, settings: { k: -1, quiet: { from: 0, until: 0 } } } })
    expect(settings('at night')).toEqual({ unreadable: ['settings.quiet'] })
    expect(networkDraft(undefined, 'da', ['birk'])).toMatchObject({ seen: 0, areas: ['birk'], external: false })
  })

  test('short names', () => {
    expect(['Fædregruppen (Birk)', 'Çiğdem  Ø.', 'جيران', 'x'.repeat(99)].map(shortName)).toEqual([
      ...['faedregruppen-birk', 'cigdem-oe', '', 'x'.repeat(36)],
    ])
  })
})

test('every kind and every task that may be chosen has its words', () => {
  const keys = [...NETWORK_KINDS.map((kind) => `networks.kind.${kind}`), ...OFFERED_TASKS.map((task) => `networks.task.${task}`)]
  for (const language of ['da', 'en'] as const) expect(keys.filter((key) => textsOf(language)[key] === undefined)).toEqual([])
})

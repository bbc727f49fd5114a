/** What a turn does with danger: the card first, the case for staff, and nothing of the talk lost. */
import { expect, test } from '@jest/globals'
import type { Danger } from '../../src/core/danger.js'
import type { Library } from '../../src/core/library.js'
import type { Turn } from '../../src/core/types.js'
import { starterLibrary } from '../library.js'
import { built, probeLibrary, starterSources } from '../probe-library.js'
import { CLOCK, effectsOf, KNOWN, KNOWN_ARABIC, messages, type Talk, talk, texts } from './talk.js'

/** Words that are danger here, so that these tests are about the card only. */
const WORDS: Readonly<Record<string, Danger>> = {
  'han slår mig': { kind: 'violence', certainty: 'sure', language: 'da' },
  'he hits me': { kind: 'violence', certainty: 'sure', language: 'en' },
  'طفلي لا يتنفس': { kind: 'illness', certainty: 'sure', language: 'ar' },
  'він мене б’є': { kind: 'violence', certainty: 'sure', language: 'uk' },
  'jeg kan ikke mere': { kind: 'suicide', certainty: 'unclear', language: 'da' },
}
const library: Library = { ...(await starterLibrary()), danger: (text) => WORDS[text] }
const roles = (turn: Turn) => messages(turn).map(({ role }) => role)
const languages = (turn: Turn) => messages(turn).map(({ language }) => language)
const cases = (turn: Turn) => effectsOf(turn, 'openHandoff').map(({ task, note, language }) => [task, note, language])
const buttons = (turn: Turn) => messages(turn).at(-1)?.quickReplies ?? []

const POSTCODE = `
start:
  ask: Hvilket postnummer?
  expect: { type: digits, length: 4 }
  retry: Skriv fire tal.
  save: postcode
  goto: saved
saved: { say: Tak. }
`
const asking: Library = { ...(await probeLibrary(POSTCODE)), danger: (text) => WORDS[text] }

/** In the middle of a dialog, where a postcode is asked for. */
function midDialog(): Talk {
  const known = talk(asking)
  known.goes('probe/start')
  return known
}

test('the card comes in the same turn, in the middle of another dialog, and the place stays', () => {
  const known = midDialog()
  const { place } = known.session ?? {}
  const turn = known.says('han slår mig')
  expect(roles(turn)[0]).toBe('danger')
  expect(texts(turn)[0]).toMatch(/112[\s\S]*1888/)
  expect(known.session?.place).toEqual(place)
  expect(texts(known.says('5240')).join()).not.toContain('112')
  expect(known.session?.answers).toEqual({ postcode: '5240' })
})

test('numbers stand as buttons: 112, the doctor, the line that is there for this, somebody here', () => {
  const [card] = messages(talk(library).says('han slår mig'))
  expect(card?.phones?.map(({ number }) => number)).toEqual(['112', '00 00 00 04 (demo)', '1888', '00 00 00 01 (demo)'])
})

test('the words’ language first, then the conversation’s, then Danish', () => {
  const arabic = talk(library, { session: KNOWN_ARABIC })
  expect(languages(arabic.says('he hits me'))).toEqual(['en', 'en', 'ar', 'da', 'en'])
  expect(languages(talk(library).says('han slår mig'))).toEqual(['da', 'da', 'da'])
})

test('a language that is not offered has its card all the same', async () => {
  const some: Library = { ...built(await starterSources(), { languages: ['da', 'en'] }).library, danger: (text) => WORDS[text] }
  expect(some.languages.map(({ code }) => code)).not.toContain('uk')
  expect(languages(talk(some).says('він мене б’є'))).toEqual(['uk', 'uk', 'da', 'uk'])
})

test('it goes before what is said at first contact, and the talk goes on in the language of the words', () => {
  const newcomer = talk(library, { session: undefined })
  const turn = newcomer.says('طفلي لا يتنفس')
  expect(roles(turn)[0]).toBe('danger')
  expect(roles(turn)).toContain('notice')
  expect(buttons(turn)).not.toHaveLength(0)
  expect(newcomer.session?.language).toEqual({ code: 'ar', chosen: false, heard: true })
})

test('the case is opened once for a kind and a day, and no receipt is given for it', () => {
  const known = talk(library)
  const first = known.says('he hits me')
  expect(cases(first)).toEqual([['danger', 'violence', 'en']])
  expect(first.effects[0]?.type).toBe('openHandoff')
  expect(cases(known.says('he hits me'))).toEqual([])
  expect(cases(known.says('طفلي لا يتنفس'))).toEqual([['danger', 'illness', 'ar']])
  known.clock = { ...CLOCK, now: CLOCK.now + 25 * 60 * 60 * 1000 }
  expect(cases(known.says('he hits me'))).toEqual([['danger', 'violence', 'en']])
})

test('"it was a mistake" goes back politely, and closes nothing', () => {
  const known = midDialog()
  known.says('han slår mig')
  const turn = known.taps({ do: 'danger', answer: 'mistake', kind: 'violence', language: 'da' })
  expect(texts(turn)[0]).toContain('Godt, at ingen er i fare')
  expect(texts(turn).at(-1)).toContain('postnummer')
  expect(known.session?.danger?.cases).toHaveProperty('violence')
})

test('unclear words ask whether anyone is in danger: yes brings the card, no the ordinary answer', () => {
  const known = talk(library)
  const asked = known.says('jeg kan ikke mere')
  expect(messages(asked)).toHaveLength(1)
  expect(buttons(asked).map(({ title }) => title)).toEqual(['Ja, nu', 'Nej, ingen fare'])
  expect(cases(asked)).toEqual([])
  const yes = known.taps(buttons(asked)[0]?.action)
  expect(texts(yes)[0]).toContain('Livslinien')
  expect(cases(yes)).toEqual([['danger', 'suicide', 'da']])
  const again = known.says('jeg kan ikke mere')
  const no = known.taps(buttons(again)[1]?.action)
  expect(texts(no)[0]).toContain('Godt, at ingen er i fare')
  expect(texts(no)).toHaveLength(2)
  expect(known.session?.danger).not.toHaveProperty('unclear')
})

test.each(['message', 'standby', 'edit'] as const)(
  'while a person has the thread the card still comes, as %s, and the silence stays',
  (type) => {
    const session = { ...KNOWN, silentUntil: CLOCK.now + 1000 }
    const known = talk(library, { session })
    const turn = known.happens({ type, text: 'he hits me' })
    expect(roles(turn)[0]).toBe('danger')
    expect(roles(turn)).not.toContain('notice')
    expect(known.session?.silentUntil).toBe(session.silentUntil)
    expect(messages(known.says('hej'))).toEqual([])
    expect(messages(known.taps({ do: 'danger', answer: 'mistake', kind: 'violence', language: 'en' }))).toHaveLength(1)
    expect(known.session?.silentUntil).toBe(session.silentUntil)
  },
)

test('a late message is met too, and the place stays where newer ones took it', () => {
  const known = midDialog()
  known.says('hej igen', { sentAt: 2000 })
  const { place } = known.session ?? {}
  expect(roles(known.says('han slår mig', { sentAt: 1000 }))[0]).toBe('danger')
  expect(known.session?.place).toEqual(place)
})

test('it never answers the question whether to delete everything', () => {
  const known = talk(library)
  known.says('slet mig')
  known.says('han slår mig')
  expect(known.session).not.toHaveProperty('confirming')
})

/** What a resident reads when staff closed their request, and when nothing is said. */
import { expect, test } from '@jest/globals'
import { NOW, starterLibrary } from '../library.js'
import { effectsOf, KNOWN, KNOWN_ARABIC, talk, texts } from './talk.js'

const CLOSED = { type: 'closed', handoff: 't1.0', receipt: 'H-4F7K' } as const
const library = await starterLibrary()
const line = (language: string) => library.say(language, 'handoff.closed', { receipt: 'H-4F7K' })

test.each([
  ['da', KNOWN],
  ['ar', KNOWN_ARABIC],
])('one line in %s, with the number', (language, session) => {
  const turn = talk(library, { session }).happens(CLOSED)
  expect(texts(turn)).toEqual([line(language)])
  expect(line(language)).toContain('H-4F7K')
  expect(effectsOf(turn, 'closed-told')).toEqual([{ type: 'closed-told', handoff: 't1.0', told: true }])
})

test('every language that is offered has the line', () => {
  const lines = library.languages.map(({ code }) => line(code))
  expect(new Set(lines).size).toBe(lines.length)
})

test('a question that is open stands again below, and the dialog stays where it is', () => {
  const open = talk(library)
  const asked = open.goes('welcome/start')
  const { place } = open.session ?? {}
  expect(texts(open.happens(CLOSED))).toEqual([line('da'), ...texts(asked).slice(-1)])
  expect(open.session?.place).toEqual(place)
})

test.each([
  ['a person has the thread', { silentUntil: NOW + 1 }],
  ['a command is out', { place: { dialog: 'welcome', node: 'start', attempts: 0, waitsForCall: true } }],
])('while %s nothing is said, and that it was not told is kept', (_, more) => {
  const turn = talk(library, { session: { ...KNOWN, ...more } }).happens(CLOSED)
  expect(turn.effects).toEqual([{ type: 'closed-told', handoff: 't1.0', told: false }])
})

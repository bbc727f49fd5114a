/** A case as a coordinator reads it: in words of both languages of staff, and nothing of who takes part. */
import { expect, test } from '@jest/globals'
import { caseLines } from '../../src/app/help-list-case.js'
import { draftHandoff } from '../../src/core/handoff.js'
import { HANDOFF_STATES } from '../../src/core/handoff-types.js'
import type { HandoffDocument } from '../../src/store/collections.js'
import { NOW, starterLibrary } from '../library.js'

const HOUR = 3_600_000
const library = await starterLibrary()
const timings = { t1: 10, t2: 20, t3: 45, t4: 30, t5: 15 }
const handoff = draftHandoff({ resident: 'c1', task: 'keys', minor: false, timings })
const HAPPENED = [
  ...['confirm', 'change', 'offer', 'wait', 'accept', 'decline', 'agree-time', 'on-the-way', 'done', 'hand-back', 'nobody-came', 'cancel'],
  ...['pass-on', 'to-staff', 'take', 'let-go', 'reopen', 'report', 'decide-report', 'written', 'show-door'],
  ...['timer-T1', 'timer-T2', 'timer-T3', 'timer-T4', 'timer-T5'],
]
const REQUEST: HandoffDocument = {
  _id: 't1.0',
  version: 1,
  contact: 'c1',
  conversation: 'web:1',
  receipt: 'H-4F7K',
  task: 'keys',
  network: 'mothers',
  note: 'Nøglen sidder fast',
  area: 'demo',
  language: 'so',
  state: 'open',
  openedAt: NOW - 2 * HOUR,
  handoff: { ...handoff, state: 'with-staff', frozen: true },
  details: { when: 'today', stairwell: '12', otherLanguages: [], wishes: {}, kept: [], minor: false, alias: 'Amina (prøve)', behalf: true },
  history: [
    { at: NOW - 2 * HOUR, what: 'confirm', by: 'resident' },
    { at: NOW, what: 'timer-T3' },
  ],
  decisions: [{ at: NOW, step: 'wave', log: [{ volunteer: 'c7', asked: true, why: [] }] }],
}
const wordsOf = (language: string) => ({
  say: (key: string, values?: Readonly<Record<string, string | number>>) => library.say(language, key, values),
  areaName: () => 'Birkehaven',
  languageName: () => 'Soomaali',
})

test('says where it stands, what was written, who was asked and what happened', () => {
  const lines = caseLines(wordsOf('da'), REQUEST, NOW)
  expect(lines).toEqual([
    'H-4F7K: Ærinde med nøgler.',
    'Nu: hos de ansatte. For 2 timer siden.',
    'Alt står stille, til en bekymring er afgjort.',
    'Område: Birkehaven.',
    'Opgang: 12.',
    'Sprog: Soomaali.',
    'En koordinator har bedt for beboeren.',
    'Beboeren skriver: Nøglen sidder fast',
    'Spurgt i den sidste runde: 1.',
    '23.11. 08.00: bedt om (beboeren)',
    '23.11. 10.00: ingen fundet i tide',
  ])
  expect(lines.join('\n')).not.toMatch(/c1|c7|Amina|web:/)
})

test.each(['da', 'en'])('has words in %s for all that can happen, and every state', (language) => {
  for (const what of HAPPENED) {
    const [line = ''] = caseLines(wordsOf(language), { ...REQUEST, history: [{ at: NOW, what, by: 'staff' }] }, NOW).slice(-1)
    expect(line.split(': ')[1]).not.toMatch(new RegExp(`^${what} |coordinating`))
  }
  for (const state of HANDOFF_STATES) {
    expect(caseLines(wordsOf(language), { ...REQUEST, handoff: { ...handoff, state } }, NOW).join('\n')).not.toContain('coordinating.')
  }
  const { handoff: _, details: __, history: ___, decisions: ____, ...old } = REQUEST
  expect(caseLines(wordsOf(language), { ...old, state: 'closed' }, NOW).join('\n')).not.toContain('coordinating.')
})

test('shows what has no words yet by its id', () => {
  expect(caseLines(wordsOf('da'), { ...REQUEST, history: [{ at: NOW, what: 'new-thing' }] }, NOW).at(-1)).toBe('23.11. 10.00: new-thing')
})

test('of danger the kind and the talk it was written in, in words', () => {
  const danger = { ...REQUEST, task: 'danger', note: 'weapon', talks: ['H-9XYZ'] }
  expect(caseLines(wordsOf('da'), danger, NOW)).toEqual(
    expect.arrayContaining(['Fare: våben.', 'Skrevet, mens samtalen om H-9XYZ var åben. Alarmen står dér.']),
  )
})

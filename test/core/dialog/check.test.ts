import { describe, expect, test } from '@jest/globals'
import { checkDialogs } from '../../../src/core/dialog/check.js'
import { callsKnown, factsInForce, ownersKnown } from '../../../src/core/dialog/check-facts.js'
import { translationsBelong, translationsComplete } from '../../../src/core/dialog/check-translations.js'
import { at, type Given, library, messages } from './check-library.js'

test('a sound library has no problems, and every rule is asked', () => {
  const sound: Given = {
    nodes: 'start:\n  ask: Hvad?\n  quick_replies: { help: Hjælp }\nhelp:\n  say: Ring 112.\n  goto: start',
    en: { name: 'Test', 'start.ask': 'What?', 'start.quick_replies.help': 'Help', 'help.say.0': 'Call 112.' },
  }
  expect(checkDialogs(library(sound))).toEqual([])
  const broken: Given = { nodes: 'a:\n  say: Ring 113.\n  goto: b', en: { name: '{{x}}', gone: 'A' } }
  expect(new Set(checkDialogs(library(broken)).map(({ message }) => message.slice(0, 12))).size).toBeGreaterThanOrEqual(6)
})

describe('facts and calls', () => {
  const fact = (rest: string) => `start:\n  say: A\n  fact: { kind: rule, source: https://a.dk, checked: 2020-01-01, ${rest} }`

  test('a fact that has ended is a warning, but not in an archive', () => {
    expect(at(factsInForce, { nodes: fact('owner: law, until: 2026-11-23') })).toEqual([[6, 'start', 'warning']])
    expect(messages(factsInForce, { nodes: fact('owner: law, until: 2026-11-23') })[0]).toContain('ended 23 November 2026')
    expect(at(factsInForce, { nodes: fact('owner: law, until: 2026-11-24') })).toEqual([])
    expect(at(factsInForce, { nodes: fact('owner: law') })).toEqual([])
    expect(at(factsInForce, { nodes: fact('owner: law, until: 2020-11-23'), history: true })).toEqual([])
  })

  test('its owner has a name', () => {
    expect(at(ownersKnown, { nodes: fact('owner: nobody') })).toEqual([[6, 'start', 'error']])
    expect(at(ownersKnown, { nodes: fact('owner: law') })).toEqual([])
  })

  test('a call names a function', () => {
    expect(at(callsKnown, { nodes: 'start:\n  call: wether\n  goto: b\nb: { call: weather }' })).toEqual([[5, 'start', 'error']])
  })
})

describe('translations', () => {
  const nodes = 'start: { say: [A, B] }\nb: { say: C }'

  test('what is missing or outdated is one warning a dialog and language', () => {
    const found = translationsComplete(library({ nodes, en: { name: 'T', 'start.say.0': 'A', 'b.say.0': 'C' }, outdated: ['b.say.0'] }))
    expect(found).toMatchObject([{ file: 'locales/en/test.json', language: 'en', severity: 'warning' }])
    expect(found[0]?.message).toContain('en: of 4 texts of test 1 is missing (start.say.1) and 1 is outdated (b.say.0)')
    expect(translationsComplete(library({ nodes }))).toEqual([])
  })

  test('what is left over is a warning', () => {
    const found = translationsBelong(library({ nodes, en: { 'start.say.2': 'X' }, questions: { gone: ['A'] } }))
    expect(found.map(({ line, severity, message }) => [line, severity, message.slice(0, 16)])).toEqual([
      [2, 'warning', '`start.say.2` is'],
      [undefined, 'warning', '`gone.questions`'],
    ])
  })
})

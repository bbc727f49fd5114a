import { describe, expect, test } from '@jest/globals'
import { compileNode, parseTranslations, type TranslatedText, type Translations, textPaths } from '../../../src/core/dialog/translations.js'
import { hash } from '../../../src/core/hash.js'
import { dialogOf, yamlSource } from './yaml-source.js'

const dialog = dialogOf(`
start:
  say: Hej
  ask: Hvad vil du?
  quick_replies: { help: Hjælp, start: Igen }
  retry: Tryk.
help:
  say: [Et, To]
silent:
  branch: [{ else: help }]
`)

const DANISH = new Map(textPaths(dialog).map(({ path, text }) => [path, text]))

function of(path: string, text: string, change: Partial<TranslatedText> = {}): [string, TranslatedText] {
  return [path, { text, state: 'checked', of: hash(DANISH.get(path) ?? ''), ...change }]
}

function english(...changes: [string, TranslatedText][]): Translations {
  const texts = Object.fromEntries([
    of('start.say.0', 'Hi'),
    of('start.ask', 'What do you want?'),
    of('start.retry', 'Tap.'),
    of('start.quick_replies.help', 'Help'),
    of('start.quick_replies.start', 'Again'),
    of('help.say.0', 'One'),
    of('help.say.1', 'Two'),
    ...changes,
  ])
  return { texts, questions: {} }
}

test('all Danish texts have a path, in the order of the file', () => {
  expect(textPaths(dialog)).toEqual([
    { path: 'name', text: 'Prøve' },
    { path: 'start.say.0', text: 'Hej' },
    { path: 'start.ask', text: 'Hvad vil du?' },
    { path: 'start.retry', text: 'Tryk.' },
    { path: 'start.quick_replies.help', text: 'Hjælp' },
    { path: 'start.quick_replies.start', text: 'Igen' },
    { path: 'help.say.0', text: 'Et' },
    { path: 'help.say.1', text: 'To' },
  ])
})

describe('texts of a node', () => {
  test('Danish is the source', () => {
    expect(compileNode(dialog, 'start', 'da')).toEqual({
      language: 'da',
      state: 'source',
      version: expect.stringMatching(/^[0-9a-z]{11}$/),
      versions: {},
      say: ['Hej'],
      ask: 'Hvad vil du?',
      retry: 'Tryk.',
      titles: { help: 'Hjælp', start: 'Igen' },
    })
  })

  test('another language, when it has the whole', () => {
    expect(compileNode(dialog, 'start', 'en', english())).toMatchObject({
      language: 'en',
      state: 'checked',
      say: ['Hi'],
      titles: { help: 'Help', start: 'Again' },
    })
    expect(compileNode(dialog, 'help', 'en', english())).toMatchObject({ say: ['One', 'Two'], titles: {} })
  })

  test.each(['start.say.0', 'start.ask', 'start.retry', 'start.quick_replies.help'])('none without %s', (path) => {
    const { [path]: _, ...texts } = english().texts
    expect(compileNode(dialog, 'start', 'en', { texts, questions: {} })).toBeUndefined()
    expect(compileNode(dialog, 'help', 'en', { texts, questions: {} })).toBeDefined()
  })

  test('none without translations, none of a node that is not there', () => {
    expect(compileNode(dialog, 'start', 'en')).toBeUndefined()
    expect(compileNode(dialog, 'gone', 'da')).toBeUndefined()
    expect(compileNode(dialog, 'constructor', 'da')).toBeUndefined()
  })

  test('a node without texts is whole in every language', () => {
    expect(compileNode(dialog, 'silent', 'ar')).toMatchObject({ language: 'ar', say: [], titles: {} })
  })

  test('the worst state wins', () => {
    const machine = of('start.ask', 'x', { state: 'machine' })
    const outdated = of('start.retry', 'x', { of: hash('Tryk her.') })
    const unknown = of('start.retry', 'x')
    delete (unknown[1] as { of?: string }).of
    const state = (...changes: [string, TranslatedText][]) => compileNode(dialog, 'start', 'en', english(...changes))?.state
    expect([state(), state(machine), state(machine, outdated), state(outdated), state(unknown)]).toEqual([
      'checked',
      'machine',
      'outdated',
      'outdated',
      'outdated',
    ])
  })

  test('the version changes with anything that is read, and with nothing else', () => {
    const version = (...changes: [string, TranslatedText][]) => compileNode(dialog, 'start', 'en', english(...changes))?.version
    const same = version()
    expect(version(of('help.say.0', 'Other'))).toBe(same)
    expect(version(of('start.ask', 'What do you want?', { state: 'machine' }))).toBe(same)
    for (const path of ['start.say.0', 'start.ask', 'start.retry', 'start.quick_replies.help'])
      expect(version(of(path, 'Other'))).not.toBe(same)
  })
})

describe('translation files', () => {
  const read = (value: unknown) => parseTranslations('en', 'test', yamlSource(JSON.stringify(value, null, 1), 'locales/en/test.json'))

  test('texts and examples', () => {
    const name = { text: 'Test', state: 'checked', of: hash('Prøve'), by: 'Ana', on: '2026-01-02' }
    expect(
      read({
        name,
        'help.say.0': { text: 'One', state: 'machine' },
        'help.questions': { examples: ['Help me', 'I need help'], state: 'machine' },
      }),
    ).toEqual({
      translations: { texts: { name, 'help.say.0': { text: 'One', state: 'machine' } }, questions: { help: ['Help me', 'I need help'] } },
    })
  })

  test.each([
    [{ 'help.sya.0': { text: 'A', state: 'machine' } }, /is no text of a dialog/],
    [{ 'help.say': { text: 'A', state: 'machine' } }, /is no text of a dialog/],
    [{ 'a.b.questions': { examples: [] } }, /is no text of a dialog/],
    [{ name: 'A' }, /must be a list of keys/],
    [{ name: { text: '', state: 'machine' } }, /must be a text/],
    [{ name: { text: 'A', state: 'outdated' } }, /one of machine, checked/],
    [{ name: { text: 'A' } }, /one of machine, checked/],
    [{ name: { text: 'A', state: 'machine', off: 'x' } }, /did you mean `of`/],
    [{ 'help.questions': ['A'] }, /must be a list of keys/],
    [{ 'help.questions': { examples: 'A' } }, /must be a list/],
    [['A'], /must be a list of paths/],
  ])('%j', (value, message) => {
    const found = read(value)
    const [problem] = 'problems' in found ? found.problems : []
    expect(problem).toMatchObject({ file: 'locales/en/test.json', language: 'en', severity: 'error' })
    expect(problem?.message).toMatch(message)
  })

  test('the line and the node are told', () => {
    expect(read({ name: { text: 'A', state: 'machine' }, 'help.say.0': { text: 1, state: 'machine' } })).toMatchObject({
      problems: [{ line: 7, node: 'help' }],
    })
  })
})

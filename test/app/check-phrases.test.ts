import { expect, test } from '@jest/globals'
import { checkPhrases } from '../../src/app/check-phrases.js'
import type { WordsOfLanguage } from '../../src/app/sources.js'
import { HELP_COMMANDS, type HelpCommand } from '../../src/core/command-types.js'

type Texts = Readonly<Record<string, string>>
const DANISH: Texts = {
  hello: 'Hej {{name}}',
  bye: 'Farvel',
  days_one: '{{count}} dag hos {{owner}}',
  days_other: '{{count}} dage hos {{owner}}',
}
const ENGLISH: Texts = {
  hello: 'Hello {{ name }}',
  bye: 'Bye',
  days_one: 'one day at {{owner}}',
  days_other: '{{count}} days at {{owner}}',
}

const check = (language: string, own: Texts | undefined, more: { web?: Texts; cards?: Texts } = {}) =>
  checkPhrases({
    languages: ['da', language],
    phrases: { da: DANISH, ...(own === undefined ? {} : { [language]: own }) },
    webTexts: { da: { title: 'Opgang' }, [language]: more.web ?? { title: 'Opgang' } },
    helpPhrases: {},
    phraseCards: more.cards === undefined ? {} : { da: { late: 'Jeg kommer {{time}}.' }, uk: more.cards },
    words: {},
  })
const said = (problems: ReturnType<typeof check>) => problems.map(({ file, message }) => `${file}: ${message}`)

test('a whole language has no problem', () => {
  expect(check('en', ENGLISH)).toEqual([])
})

test('each missing phrase is named, in the file where it is missing', () => {
  const { bye: _, ...rest } = ENGLISH
  expect(said(check('en', rest))).toEqual(['locales/en/common.json: bye is missing: translate it from Danish'])
  expect(said(check('en', ENGLISH, { web: {} }))).toEqual(['locales/en/web.json: title is missing: translate it from Danish'])
  expect(said(check('en', undefined))).toEqual(['locales/en/common.json: is missing: copy the Danish file and translate it'])
})

test('a phrase that Danish does not have is a slip of the pen', () => {
  expect(said(check('en', { ...ENGLISH, goodbye: 'Bye' }))).toEqual([
    'locales/en/common.json: goodbye is not in Danish: remove it, or correct its name',
  ])
})

test('Arabic needs all six forms of what is counted, a language without forms one', () => {
  const forms = ['zero', 'one', 'two', 'few', 'many', 'other'].map((form) => [`days_${form}`, 'أيام {{count}} {{owner}}'] as const)
  const arabic: Texts = { hello: '{{name}}', bye: 'وداعا', ...Object.fromEntries(forms) }
  expect(check('ar', arabic)).toEqual([])
  const { days_two: _, days_many: __, ...rest } = arabic
  expect(said(check('ar', rest)).toSorted()).toEqual([
    'locales/ar/common.json: days_many is missing: translate it from Danish',
    'locales/ar/common.json: days_two is missing: translate it from Danish',
  ])
  expect(check('vi', { hello: '{{name}}', bye: 'x', days_other: '{{count}} {{owner}}' })).toEqual([])
})

test.each<[string, Texts]>([
  ['misspelled', { hello: 'Hello {{nmae}}' }],
  ['lost', { hello: 'Hello' }],
  ['added', { bye: 'Bye {{name}}' }],
  ['lost in a plural form', { days_one: 'one day' }],
])('a value that is %s is a problem', (_, change) => {
  const [problem, ...others] = check('en', { ...ENGLISH, ...change })
  expect(others).toEqual([])
  expect(problem).toMatchObject({
    severity: 'error',
    language: 'en',
    message: expect.stringContaining('names other values than the Danish text'),
  })
})

test('a word may mean one command only, over all languages and spellings', () => {
  const commands = {
    language: ['sprog'],
    menu: ['menu'],
    restart: ['forfra'],
    help: ['hjælp'],
    stop: ['stop'],
    'about-me': ['om mig'],
    'delete-me': ['slet'],
    ...(Object.fromEntries(HELP_COMMANDS.map((command) => [command, [command]])) as Record<HelpCommand, string[]>),
  }
  const house = { entrance: [], house: [], inside: [], rest: [] }
  const heard = { not: [], keys: [], coming: [], soon: [], woman: [], man: [], enough: [], house }
  const danish: WordsOfLanguage = { state: 'source', commands, languages: {}, heard }
  const english = (stop: string): WordsOfLanguage => ({ ...danish, commands: { ...commands, stop: [stop] } })
  const words = (stop: string) =>
    checkPhrases({ languages: [], phrases: {}, webTexts: {}, helpPhrases: {}, phraseCards: {}, words: { da: danish, en: english(stop) } })
  expect(words('halt')).toEqual([])
  expect(said(words('HJAELP!'))).toEqual(['locales/en/words.json: "HJAELP!" means both help and stop: keep it in one'])
})

test('phrase cards are whole in every language that has them and in every one that is offered', () => {
  expect(said(check('en', ENGLISH, { cards: {} }))).toEqual([
    'locales/en/phrase-cards.json: is missing: copy the Danish file and translate it',
    'locales/uk/phrase-cards.json: late is missing: translate it from Danish',
  ])
  expect(said(check('en', ENGLISH, { cards: { late: 'Буду пізніше.' } }))).toContain(
    'locales/uk/phrase-cards.json: late names other values than the Danish text: use {{time}}',
  )
})

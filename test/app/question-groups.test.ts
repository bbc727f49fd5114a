/** What belongs together: by the answer that came nearest, by words within a language, by numbers and names over languages. */
import { expect, test } from '@jest/globals'
import { groupQuestions } from '../../src/app/question-groups.js'
import type { QuestionDocument } from '../../src/store/collections.js'

type Asked = Parameters<typeof groupQuestions>[0][number]

let count = 0
function asked(text: string, more: Partial<Asked> = {}): Asked {
  count += 1
  return { _id: `q${String(count).padStart(3, '0')}`, askedAt: count, text, language: 'da', guesses: [], state: 'new', ...more }
}
const near = (node: string, score: number) => ({ guesses: [{ dialog: 'everyday', node, score }] })
const grouped = (...questions: Asked[]) => groupQuestions(questions).map(({ questions: all }) => all.map(({ text }) => text))

test('the same answer came nearest: one group over languages, newest group first', () => {
  const groups = grouped(
    asked('hvor afleverer jeg nøglen', near('keys', 0.3)),
    asked('أين أسلم المفتاح', { language: 'ar', ...near('keys', 0.4) }),
    asked('cykelkælder', near('bikes', 0.3)),
  )
  expect(groups).toEqual([['cykelkælder'], ['hvor afleverer jeg nøglen', 'أين أسلم المفتاح']])
})

test('an answer that came only by chance near says nothing', () => {
  expect(grouped(asked('fregat', near('keys', 0.1)), asked('havregryn', near('keys', 0.1)))).toHaveLength(2)
})

test.each([
  ['more than half of the shorter words', 'hvor er cykelkælderen', 'jeg kan ikke finde nøglen til cykelkælderen', 1],
  ['other spelling of letters', 'Hvad koster vaskeriet?', 'VASKERIET koster', 1],
  ['only words without a topic', 'hvordan kan jeg få en frugtkurv', 'hvordan kan jeg få en altankasse', 2],
  ['one word of two', 'cykel stjålet', 'cykel kælder', 2],
])('in one language: %s', (_, one, other, groups) => {
  expect(grouped(asked(one), asked(other))).toHaveLength(groups)
})

test.each([
  ['a name', 'hvornår kommer YouSee her', 'متى تصل خدمة YouSee', 1],
  ['a number', 'hvad er regning 7741', 'ما هو الحساب ٧٧٤١', 1],
  ['a short number', 'hvem bor i nr 12', 'من يسكن في 12', 2],
  ['the first word of a sentence', 'Nøglen er væk', 'Nøglen pliik plok', 2],
])('in two languages: %s', (_, one, other, groups) => {
  expect(grouped(asked(one), asked(other, { language: 'ar' }))).toHaveLength(groups)
})

test('a word that many ask with tells nothing apart', () => {
  const many = ['altan', 'kælder', 'parkering', 'vaskeri', 'legeplads', 'grill', 'hund', 'affald'].map((word) => asked(`blokken ${word}`))
  expect(groupQuestions(many)).toHaveLength(8)
})

test('the same wherever they come in, and like the oldest of a group only, so that groups do not drift', () => {
  const all = [asked('cykel kælder nøgle'), asked('kælder nøgle lås'), asked('nøgle lås dør')]
  const ids = (questions: readonly Asked[]) => groupQuestions(questions).map(({ id, questions: ones }) => [id, ones.map(({ _id }) => _id)])
  expect(ids(all)).toEqual(ids(all.toReversed()))
  expect(ids(all)).toHaveLength(2)
})

test.each([
  [['answered', 'new', 'linked'], 'new'],
  [['answered', 'linked', 'dismissed'], 'linked'],
  [['answered', 'dismissed'], 'answered'],
  [['dismissed', 'dismissed'], 'dismissed'],
] as const)('a group of %j is %s', (states, state) => {
  const questions = states.map((own: QuestionDocument['state']) => asked('cykelkælder', { state: own }))
  expect(groupQuestions(questions)).toMatchObject([{ state, id: questions[0]?._id }])
})

test('a question whose words are gone stands by what came near, alone without it', () => {
  expect(grouped(asked(''), asked(''), asked('', near('keys', 0.5)), asked('nøgle', near('keys', 0.5)))).toHaveLength(3)
})

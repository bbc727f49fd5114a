import { expect, test } from '@jest/globals'
import { checkExamples, leaveOut } from '../../src/app/check-examples.js'
import { probeLibrary } from '../probe-library.js'

const MIXED = `
start:
  say: Hej.
  questions: [Hvad koster vaskeriet?, Hvad koster en vask?, Prisen for en vask, Hvad er prisen i vaskeriet?]
keys:
  say: Kom efter den.
  questions: [Jeg har mistet min nøgle, Min nøgle er væk, Hvor får jeg en ny nøgle?, Hvad koster en vask nu?]
cellar:
  say: Gå ned.
  questions: [Hvor er kælderen?, Nede i kælderen]
`
const library = await probeLibrary(MIXED)
const problems = checkExamples(library).filter(({ file }) => file.includes('probe'))

test('a question that another node wins is named with both nodes, the language and the question', () => {
  const mixed = problems.filter(({ node, message }) => node === 'keys' && message.includes('probe/start'))
  expect(mixed).toEqual([
    {
      file: 'dialogs/probe.yaml',
      node: 'keys',
      language: 'da',
      severity: 'warning',
      message: expect.stringContaining('“Hvad koster en vask nu?” would be taken for probe/start'),
    },
  ])
})

test('a node whose questions are its own is not named', () => {
  expect(problems.filter(({ node, message }) => node === 'cellar' && message.includes('would be taken'))).toEqual([])
})

test('a node with fewer than three questions in a language is told, one without any is not', () => {
  expect(problems.filter(({ node, message }) => node === 'cellar' && message.includes('has 2 of at least 3 questions'))).toHaveLength(1)
  expect(problems.filter(({ language }) => language !== 'da')).toEqual([])
})

test('every question is left out once, titles and answers never', () => {
  const examples = library.matcher.examples('da')
  const questions = examples.filter(({ kind }) => kind === 'question')
  const left = leaveOut(examples, 'da').map(({ example }) => example)
  expect(examples.some(({ kind }) => kind === 'answer')).toBe(true)
  expect(left).toHaveLength(questions.length)
  expect(new Set(left)).toEqual(new Set(questions))
})

test('what is left out is not known: no question is found word for word', () => {
  for (const { ranked, example } of leaveOut(library.matcher.examples('da'), 'da')) {
    if (example.text === 'Nede i kælderen') expect(ranked[0]?.score ?? 0).toBeLessThan(1)
  }
})

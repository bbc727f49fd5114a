import { expect, test } from '@jest/globals'
import { starterLibrary } from '../library.js'
import { probeLibrary } from '../probe-library.js'

const library = await probeLibrary(`
start:
  say: ['Ring til {{area.caretaker_phone}} i dag.', '${'Meget lang tekst. '.repeat(40)}']
  questions: [Hvem reparerer?]
other:
  say: Andet.
  questions: [Hvad er andet?]
asking:
  ask: Hvad så?
  quick_replies: { door: Lås og dør }
door:
  say: Låsesmed.
  questions: [Jeg er låst ude]
unasked:
  say: Ingen spørger.
`)
const own = library.matcher.examples('da').filter(({ dialog }) => dialog === 'probe')
const of = (node: string) => own.filter((example) => example.node === node).map(({ kind, text }) => [kind, text])

test('a node is learnt from its questions, its title and its answer', () => {
  expect(of('door')).toEqual([
    ['question', 'Jeg er låst ude'],
    ['title', 'Lås og dør'],
    ['answer', 'Låsesmed.'],
  ])
})

test('a title that two nodes have is left out', () => {
  expect(of('other')).toEqual([
    ['question', 'Hvad er andet?'],
    ['answer', 'Andet.'],
  ])
})

test('of an answer the first 400 characters, without the names of values', () => {
  const [, [, answer] = []] = of('start')
  expect(answer).toMatch(/^Ring til +i dag\. Meget lang/)
  expect(answer).toHaveLength(400)
})

test('a node without questions is not learnt', () => {
  expect([...of('unasked'), ...of('asking')]).toEqual([])
})

test('each language learns from its own texts alone', async () => {
  const starter = await starterLibrary()
  const arabic = starter.matcher.examples('ar')
  expect(arabic.length).toBeGreaterThan(100)
  // A word that stands on doors is asked for in every language.
  const danish = new Set(starter.matcher.examples('da').flatMap(({ text }) => (text.includes(' ') ? [text] : [])))
  expect(arabic.filter(({ text }) => danish.has(text))).toEqual([])
  expect(library.matcher.examples('ar').filter(({ dialog }) => dialog === 'probe')).toEqual([])
})

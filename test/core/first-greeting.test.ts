/** Somebody who was never here says hello: they choose their language first. */
import { expect, test } from '@jest/globals'
import { library } from './asking-world.js'
import { effectsOf, messages, talk, texts } from './talk.js'

test.each(['salaan', 'مرحبا', 'سلام', 'merhaba', 'السلام عليكم', 'hej'])(
  '%s is met with the list of languages by their own names',
  (hello) => {
    const person = talk(library, { session: undefined })
    const [list, ...others] = messages(person.says(hello))
    expect(others).toEqual([])
    expect(list?.quickReplies?.map(({ title }) => title)).toEqual(library.languages.map(({ name }) => name))
    const chosen = person.taps({ do: 'language', language: 'so' })
    expect(texts(chosen).at(-1)).toBe(library.texts('welcome', 'start', 'so').ask)
    expect(effectsOf(chosen, 'question')).toEqual([])
  },
)

test('whose language is known is greeted at once', () => {
  const person = talk(library)
  expect(texts(person.says('hej')).join()).toContain(library.texts('welcome', 'hello', 'da').say[0])
})

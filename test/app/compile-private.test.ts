/** The word lists of private things: what is refused, and that folders of words alone offer no language. */
import { describe, expect, test } from '@jest/globals'
import { yamlSource } from '../core/dialog/yaml-source.js'
import { build, built, shortSources } from '../probe-library.js'

const sources = await shortSources()
const english = sources.locales['en']?.['private']?.value as { secrets: object; child: object }

function problemsWith(changed: object) {
  const file = 'locales/en/private.json'
  const source = yamlSource(JSON.stringify({ state: 'machine', ...english, ...changed }, null, 2), file)
  const made = build({ ...sources, locales: { ...sources.locales, en: { ...sources.locales['en'], private: source } } })
  return 'problems' in made ? made.problems : []
}

describe('a list that cannot be used is told with its file and line', () => {
  test.each([
    [{ secrets: { ...english.secrets, words: [] } }, 'secrets.words'],
    [{ secrets: { ...english.secrets, words: ['pass*word'] } }, 'secrets.words.0'],
    [{ secrets: { ...english.secrets, links: ['my new'] } }, 'secrets.links.0: write one word of letters alone'],
    [{ secrets: { ...english.secrets, units: ['m2'] } }, 'secrets.units.0: write one word of letters alone'],
    [{ secrets: { ...english.secrets, word: ['code'] } }, 'word'],
    [{ child: { ...english.child, ages: ['i am'] } }, 'child.ages.0: write # where the age stands'],
    [{ child: { ...english.child, parents: ['i write for mum'] } }, 'child.parents.0: write @ where the parent stands'],
    [{ child: { ...english.child, ages: ['i am ^ #'] } }, 'child.ages.0'],
    [{ child: { ...english.child, numbers: { five: 'five' } } }, 'child.numbers.five'],
  ])('%#', (changed, message) => {
    const [problem] = problemsWith(changed)
    expect(problem).toMatchObject({
      file: 'locales/en/private.json',
      line: expect.any(Number),
      severity: 'error',
      message: expect.stringContaining(message),
    })
  })
})

test('without Danish words nothing starts', () => {
  const { private: _, ...danish } = sources.locales['da'] ?? {}
  const made = build({ ...sources, locales: { ...sources.locales, da: danish } })
  expect('problems' in made && made.problems).toContainEqual(
    expect.objectContaining({ file: 'locales/da/private.json', severity: 'error' }),
  )
})

test('a folder of private words alone hides secrets of its language and offers none', () => {
  const { private: own } = sources.locales['pl'] ?? {}
  if (own === undefined) throw new Error('no private words')
  const { library } = built({ ...sources, locales: { ...sources.locales, pl: { private: own } } })
  expect(library.languages.map(({ code }) => code)).not.toContain('pl')
  expect(library.hideSecrets('moje hasło: słońce').found).toBe(true)
  const { pl: _, ...locales } = sources.locales
  expect(built({ ...sources, locales }).library.hideSecrets('moje hasło: słońce').found).toBe(false)
})

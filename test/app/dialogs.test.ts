/** From files to a library: what is refused, what is told, and what the result promises. */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Source, Sources } from '../../src/app/sources.js'
import type { Problem } from '../../src/core/types.js'
import { nodesFile, yamlSource } from '../core/dialog/yaml-source.js'
import { ROOT } from '../library.js'
import { build, built, shortSources, starterSources } from '../probe-library.js'

const sources = await shortSources()
const short = built(sources)
const starter = built(await starterSources())

const problemsOf = (changed: Partial<Sources>): readonly Problem[] => {
  const made = build({ ...sources, ...changed })
  return 'problems' in made ? made.problems : []
}
const without = <T>(from: Readonly<Record<string, T>>, ...names: string[]) =>
  Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name)))
const json = (value: unknown, file: string): Source => yamlSource(JSON.stringify(value), file)

describe('problems', () => {
  test('of every file are reported at once, each with its file', () => {
    const problems = problemsOf({
      dialogs: {
        ...sources.dialogs,
        one: yamlSource(nodesFile('start: { saay: Hej. }'), 'dialogs/one.yaml'),
        two: yamlSource('language: da', 'dialogs/two.yaml'),
      },
      areas: { ...sources.areas, third: yamlSource('name: Uden ejer', 'dialogs/areas/third.yaml') },
      locales: {
        ...sources.locales,
        ar: { ...sources.locales['ar'], common: json({ state: 'perhaps', texts: {} }, 'locales/ar/common.json') },
        en: { ...sources.locales['en'], welcome: json(['no'], 'locales/en/welcome.json') },
      },
    })
    const files = new Set(problems.map(({ file }) => file))
    for (const file of [
      'dialogs/one.yaml',
      'dialogs/two.yaml',
      'dialogs/areas/third.yaml',
      'locales/ar/common.json',
      'locales/en/welcome.json',
    ]) {
      expect(files).toContain(file)
    }
    expect(problems.find(({ file }) => file === 'dialogs/one.yaml')).toMatchObject({
      line: 4,
      message: expect.stringContaining('did you mean `say`'),
    })
  })

  test('of meaning are all reported too', () => {
    const problems = problemsOf({
      dialogs: {
        ...sources.dialogs,
        one: yamlSource(nodesFile('start: { say: Hej., goto: nowhere }'), 'dialogs/one.yaml'),
        two: yamlSource(nodesFile('start: { say: Hej., goto: gone/start }'), 'dialogs/two.yaml'),
      },
      areas: {},
    })
    const errors = problems.filter(({ severity }) => severity === 'error').map(({ file }) => file)
    expect(new Set(errors)).toEqual(new Set(['dialogs/one.yaml', 'dialogs/two.yaml', 'dialogs/areas']))
  })

  test.each<[string, Partial<Sources>, string, string]>([
    ['no area', { areas: {} }, 'dialogs/areas', 'there is no area'],
    ['no welcome', { dialogs: without(sources.dialogs, 'welcome') }, 'dialogs/welcome.yaml', 'node start is missing'],
    [
      'no way to a person',
      { dialogs: { welcome: yamlSource(nodesFile('start: { say: Hej. }'), 'dialogs/welcome.yaml') } },
      'dialogs/welcome.yaml',
      'node person is missing',
    ],
    [
      'no Danish words',
      { locales: { ...sources.locales, da: without(sources.locales['da'] ?? {}, 'words') } },
      'locales/da/words.json',
      'is missing',
    ],
    [
      'no Arabic phrases',
      { locales: { ...sources.locales, ar: without(sources.locales['ar'] ?? {}, 'common') } },
      'locales/ar/common.json',
      'is missing: copy the Danish file',
    ],
    [
      'no Arabic words of the page',
      { locales: { ...sources.locales, ar: without(sources.locales['ar'] ?? {}, 'web') } },
      'locales/ar/web.json',
      'is missing: copy the Danish file',
    ],
  ])('%s is refused, and it is said what to do', (_, changed, file, words) => {
    expect(problemsOf(changed)).toContainEqual(
      expect.objectContaining({ file, severity: 'error', message: expect.stringContaining(words) }),
    )
  })
})

describe('languages', () => {
  const offered = (languages: readonly string[], defaultLanguage = 'da') => {
    const made = built(sources, { languages, defaultLanguage })
    return { codes: made.library.languages.map(({ code }) => code), told: made.warnings.filter(({ file }) => file === 'LANGUAGES') }
  }

  test('without a choice every folder is offered, Danish first', () => {
    expect(short.library.languages.map(({ code }) => code)).toEqual([
      'da',
      'ar',
      'bs',
      'en',
      'fa',
      'ku',
      'pl',
      'so',
      'ti',
      'tr',
      'uk',
      'ur',
    ])
  })

  test.each(['zh-tw', 'xx', '', 'constructor', '../da'])('a code without a folder (%p) is told and left out', (code) => {
    const { codes, told } = offered(['ar', code])
    expect(codes).toEqual(['da', 'ar'])
    expect(told).toEqual([expect.objectContaining({ severity: 'warning', message: expect.stringContaining(`locales/${code}`) })])
  })

  test('a code with a region is its language, and twice the same is once', () => {
    expect(offered(['ar-SY', 'ar', 'AR'])).toEqual({ codes: ['da', 'ar'], told: [] })
  })

  test('the default language is always offered and comes first', () => {
    expect(offered(['ar'], 'en').codes).toEqual(['en', 'ar'])
    expect(built(sources, { defaultLanguage: 'en' }).library.defaultLanguage).toBe('en')
    expect(offered([], 'tlh').codes).toEqual(['da'])
  })

  test('an answer in a language that is not offered is still whole, in Danish', () => {
    const { library } = built(sources, { languages: ['en'] })
    expect(library.texts('welcome', 'start', 'ar').language).toBe('da')
    expect(library.say('xx', 'person')).toBe('Tal med en person')
    expect(() => library.texts('welcome', 'gone', 'da')).toThrow('no node welcome/gone')
  })
})

describe('the revision', () => {
  test('is the same for the same content in another folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'opgang-'))
    try {
      for (const part of ['dialogs', 'locales']) await cp(join(ROOT, part), join(folder, part), { recursive: true })
      expect(built(await starterSources(folder)).library.revision).toBe(starter.library.revision)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test.each<[string, (from: Sources) => Sources]>([
    [
      'a dialog',
      (from) => ({ ...from, dialogs: { ...from.dialogs, extra: yamlSource(nodesFile('start: { say: Hej. }'), 'dialogs/extra.yaml') } }),
    ],
    ['an area', (from) => ({ ...from, areas: without(from.areas, 'sondervang') })],
    ['a translation', (from) => ({ ...from, locales: { ...from.locales, ar: without(from.locales['ar'] ?? {}, 'welcome') } })],
  ])('changes with %s', (_, changed) => {
    expect(built(changed(sources)).library.revision).not.toBe(short.library.revision)
  })
})

describe('every word of the starter library does what it says', () => {
  const folders = Object.entries(sources.locales).flatMap(([language, files]) => {
    const words = files['words']?.value as Record<'commands' | 'languages', Record<string, string[]>> | undefined
    return words === undefined ? [] : [{ language, commands: Object.entries(words.commands), languages: Object.entries(words.languages) }]
  })

  test.each(folders)('commands in $language', ({ commands }) => {
    expect(commands.length).toBeGreaterThan(0)
    for (const [command, texts] of commands)
      for (const text of texts) expect([text, starter.library.command(text)]).toEqual([text, command])
  })

  test.each(folders)('names of languages in $language', ({ languages }) => {
    const offered = starter.library.languages.map(({ code }) => code)
    for (const [code, texts] of languages) {
      const wanted = offered.includes(code) ? code : undefined
      for (const text of texts) expect([text, starter.library.languageNamed(text)]).toEqual([text, wanted])
    }
  })

  test('a name of its own for each, and no command inside a sentence', () => {
    for (const { code, name } of starter.library.languages) expect(starter.library.languageNamed(` ${name.toUpperCase()}. `)).toBe(code)
    expect(starter.library.command('kan du hjælpe mig med menuen')).toBeUndefined()
    expect(starter.library.command('constructor')).toBeUndefined()
  })
})

test('what can be offered as a guess has a title of its own in every language', () => {
  const { library } = starter
  for (const { code } of library.languages) {
    const titles = Object.values(library.dialogs).flatMap(({ id, nodes }) =>
      Object.entries(nodes).flatMap(([node, { questions }]) =>
        questions.length === 0 || !library.isNamed(id, node) ? [] : [library.title(id, node, code)],
      ),
    )
    expect(titles.filter((title, at) => title === '' || titles.indexOf(title) !== at)).toEqual([])
  }
  expect(library.title('preparedness', 'water-boil', 'xx')).toBe(library.title('preparedness', 'water-boil', 'da'))
})

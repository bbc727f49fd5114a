import { describe, expect, test } from '@jest/globals'
import { averageLix, coverage, FULL_LANGUAGES, lacks } from '../../src/app/coverage.js'
import type { Sources } from '../../src/app/sources.js'
import { printCoverage } from '../../src/cli/dialogs-coverage.js'
import { built, starterSources } from '../probe-library.js'

const TWENTY = [
  'symptoms',
  'test-how',
  'close-contact',
  'gathering-limit',
  'teenager-friends',
  'school-daycare',
  'grandparents',
  'rule-or-advice',
  'doctor-access',
  'help-shopping',
  'help-medicine',
  'loneliness',
  'violence-at-home',
  'want-to-volunteer',
  'three-days',
  'water-boil',
  'power-cut',
  'rent-arrears',
  'letter-explain',
  'interpreter-right',
]
const sources = await starterSources()
const topics = coverage(built(sources))

/** The starter files with one entry of a translation taken out or changed. */
function changed(language: string, dialog: string, change: (entries: Record<string, unknown>) => Record<string, unknown>): Sources {
  const source = sources.locales[language]?.[dialog]
  if (source === undefined) throw new Error(`no ${language}/${dialog}`)
  const value = change(source.value as Record<string, unknown>)
  return { ...sources, locales: { ...sources.locales, [language]: { ...sources.locales[language], [dialog]: { ...source, value } } } }
}
const without = (path: string) => (entries: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(entries).filter(([name]) => name !== path))
const lacking = (own: Sources) => coverage(built(own)).flatMap(lacks)

describe('the starter content', () => {
  test('has the twenty answers, whole in seven languages, found by eight questions and in three taps', () => {
    expect(topics.map(({ node }) => node).toSorted()).toEqual(TWENTY.toSorted())
    expect(FULL_LANGUAGES).toEqual(['da', 'en', 'ar', 'so', 'tr', 'ur', 'fa'])
    expect(topics.flatMap(lacks)).toEqual([])
  })

  test('reads easily in Danish: mean LIX under 35, and no answer at a newspaper’s level', () => {
    expect(averageLix(topics)).toBeLessThan(35)
  })

  test('tells a teenager and a parent apart wherever the fact touches them', () => {
    const both = topics.filter(({ audiences }) => audiences.includes('parent') && audiences.includes('teenager')).map(({ node }) => node)
    expect(both).toEqual(
      expect.arrayContaining(['teenager-friends', 'gathering-limit', 'school-daycare', 'grandparents', 'interpreter-right']),
    )
  })
})

describe('the command', () => {
  const printed = (own: Sources) => {
    const lines: string[] = []
    return { code: printCoverage(built(own), (line) => void lines.push(line)), text: lines.join('\n') }
  }

  test('ends well where nothing is missing, with a row for each answer and each language', () => {
    const { code, text } = printed(sources)
    expect(code).toBe(0)
    for (const node of TWENTY) expect(text).toMatch(new RegExp(`^${node} .* source \\d+ .* machine \\d+`, 'm'))
    expect(text).toMatch(/20 answers, \d+ Danish words, mean LIX \d\d\.\d/)
    expect(text).not.toContain('missing:')
  })

  test('fails where one text is missing, and says which', () => {
    const { code, text } = printed(changed('so', 'preparedness', without('water-boil.say.1')))
    expect([code, text]).toEqual([1, expect.stringContaining('missing: water-boil is not written in so')])
  })
})

describe('what an answer lacks', () => {
  test('is a text', () => {
    expect(lacking(changed('so', 'preparedness', without('water-boil.say.1')))).toEqual([
      'water-boil is not written in so: translate every text of it',
    ])
  })

  test('is a version for one audience', () => {
    expect(lacking(changed('fa', 'corona', without('teenager-friends.versions.teenager.0')))).toEqual([
      'teenager-friends is not written in fa: translate every text of it',
    ])
  })

  test('is a text of the Danish that there is now', () => {
    const old = changed('tr', 'everyday', (entries) => ({
      ...entries,
      'rent-arrears.say.0': { ...(entries['rent-arrears.say.0'] as object), of: 'other' },
    }))
    expect(lacking(old)).toEqual(['rent-arrears in tr is of an older Danish text: translate it anew'])
  })

  test('are questions', () => {
    const few = changed('ur', 'neighbours', (entries) => {
      const { examples } = entries['loneliness.questions'] as { examples: string[] }
      return { ...entries, 'loneliness.questions': { examples: examples.slice(0, 7), state: 'machine' } }
    })
    expect(lacking(few)).toEqual(['loneliness has 7 questions in ur: write at least 8'])
  })

  test('is a way by buttons', () => {
    const [topic] = topics
    if (topic === undefined) throw new Error('no topic')
    expect(lacks({ ...topic, taps: 4 })).toEqual([`${topic.node} is not reached in 3 taps from the main menu: add a button`])
    expect(lacks({ ...topic, taps: undefined })).toHaveLength(1)
    expect(lacks({ ...topic, taps: 3 })).toEqual([])
  })
})

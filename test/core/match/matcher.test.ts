import { describe, expect, test } from '@jest/globals'
import { buildMatcher, type LearntFrom } from '../../../src/core/match/matcher.js'
import { starterLibrary } from '../../library.js'

const asked = (node: string, ...texts: string[]): LearntFrom[] => texts.map((text) => ({ dialog: 'd', node, text, kind: 'question' }))
const DANISH = [
  ...asked('water', 'Skal jeg koge vandet?', 'Er vandet farligt at drikke?', 'Kan man drikke vandet?'),
  ...asked('rent', 'Jeg kan ikke betale huslejen', 'Hvad gør jeg ved huslejen?', 'Huslejen er for dyr'),
]
const ARABIC = [
  ...asked('water', 'هل أغلي الماء؟', 'هل الماء صالح للشرب؟', 'الماء ملوث'),
  ...asked('rent', 'لا أستطيع دفع الإيجار', 'ماذا أفعل بالإيجار؟', 'الإيجار غالي'),
]
const TURKISH = [...asked('water', 'Su içilir mi?'), { dialog: 'd', node: 'rent', text: 'Kira', kind: 'title' as const }]

describe('a language that knows most nodes', () => {
  const matcher = buildMatcher({ da: DANISH, ar: ARABIC, so: [] })

  test('answers directly, by its own examples alone', () => {
    expect(matcher.match('kan jeg betale huslejen', 'da')[0]).toMatchObject({ node: 'rent', direct: true })
    expect(matcher.match('الايجار', 'ar')[0]).toMatchObject({ node: 'rent', direct: true })
    expect(matcher.match('kan jeg betale huslejen', 'ar').every(({ score }) => score < 0.35)).toBe(true)
  })

  test('gives its examples back', () => {
    expect(matcher.examples('da')).toEqual(DANISH)
    expect(matcher.examples('so')).toEqual([])
    expect(matcher.examples('xx')).toEqual([])
  })
})

describe('a language with too few examples', () => {
  const matcher = buildMatcher({ da: DANISH, ar: ARABIC, tr: TURKISH, so: [], fa: [], ti: [] })

  test('guesses from languages of its script, never directly', () => {
    const [best] = matcher.match('jeg kan ikke betale huslejen', 'so')
    expect(best).toMatchObject({ node: 'rent', direct: false })
    expect(best?.score).toBeGreaterThan(0.6)
    expect(matcher.match('لا استطيع دفع الايجار', 'fa')[0]).toMatchObject({ node: 'rent', direct: false })
    expect(matcher.match('jeg kan ikke betale huslejen', 'fa').every(({ score }) => score < 0.35)).toBe(true)
  })

  test('of a script that no other has, guesses from Danish and English', () => {
    expect(matcher.match('husleje', 'ti')[0]).toMatchObject({ node: 'rent', direct: false })
  })

  test('is certain of its own texts word for word, of nothing else', () => {
    expect(matcher.match('su içilir mi', 'tr')[0]).toMatchObject({ node: 'water', score: 1, direct: true })
    expect(matcher.match('KİRA!', 'tr')[0]).toMatchObject({ node: 'rent', score: 1, direct: true })
    expect(matcher.match('Huslejen er for dyr', 'tr')[0]).toMatchObject({ node: 'rent', score: 1, direct: false })
  })

  test('is believed where it is very sure of an answer with enough questions', async () => {
    const { matcher: starter } = await starterLibrary()
    const few = starter.examples('tr').filter(({ node }) => node === 'teenager-friends')
    const starting = buildMatcher({ da: starter.examples('da'), tr: few })
    expect(starting.match('kızım bu akşam arkadaşlarıyla dışarı çıkabilir mi', 'tr')[0]).toMatchObject({
      node: 'teenager-friends',
      direct: true,
    })
    for (const other of ['evde su yok', 'kirayı ödeyemiyorum', 'mektubu anlamadım']) {
      expect(starting.match(other, 'tr').filter(({ score, direct }) => direct && score >= 0.6)).toEqual([])
    }
  })

  test('lists each node once, best first', () => {
    const ranked = matcher.match('vandet og huslejen', 'tr')
    expect(new Set(ranked.map(({ node }) => node)).size).toBe(ranked.length)
    expect(ranked.map(({ score }) => score)).toEqual(ranked.map(({ score }) => score).toSorted((a, b) => b - a))
  })
})

test('a match before all is learnt gives the same answer, and so does one after', () => {
  const languages = { da: DANISH, ar: ARABIC, tr: TURKISH, so: [] }
  const matcher = buildMatcher(languages)
  const steps = matcher.prepare('tr')
  steps.next()
  steps.next()
  const [text, expected] = ['kan jeg betale', buildMatcher(languages).match('kan jeg betale', 'tr')]
  expect(expected[0]).toMatchObject({ node: 'rent', direct: false })
  expect(matcher.match(text, 'tr')).toEqual(expected)
  expect([...steps]).toEqual([])
  expect([...matcher.prepare('da'), ...matcher.prepare('so'), ...matcher.prepare('xx')]).toEqual([])
  expect([...matcher.prepare('ar')].length).toBeGreaterThan(5)
  expect(matcher.match(text, 'tr')).toEqual(expected)
})

test.each([{}, { da: [] }, { da: asked('water', 'Vand?') }])('a library with hardly any examples works', (byLanguage) => {
  const matcher = buildMatcher(byLanguage)
  expect(matcher.match('noget helt andet', 'da').every(({ score }) => score < 0.6)).toBe(true)
  expect(matcher.match('', 'da')).toEqual([])
  expect(matcher.match('hej', 'xx')).toEqual(matcher.match('hej', 'xx'))
})

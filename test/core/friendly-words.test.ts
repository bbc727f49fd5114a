/** Short answers in other words than a button's title: a yes with a please behind it, as soon as possible, that is all. */
import { describe, expect, test } from '@jest/globals'
import { asksOf, intakeOf, library, resident, SHOP, said, say, waiting } from './asking-world.js'
import { effectsOf, KNOWN, type Talk } from './talk.js'
import { OFFER, volunteerTalk } from './volunteering-world.js'

const YES: readonly (readonly [language: string, words: string])[] = [
  ['da', 'ja det er fint'],
  ['da', 'ja tak, gør det'],
  ['en', 'yes please do'],
  ['ar', 'نعم من فضلك'],
  ['ar', 'نعم تمام'],
  ['so', 'haa dir'],
  ['tr', 'evet lütfen, gönder'],
  ['ur', 'ہاں، بھیج دیں'],
  ['uk', 'так, будь ласка, надішліть'],
  ['pl', 'tak, proszę'],
  ['fa', 'بله لطفا'],
  ['ti', 'እወ በጃኹም'],
  ['ku', 'erê, baş e'],
  ['bs', 'da, može, hvala'],
]
/** Up to the summary, in whatever language. */
function summarised(person: Talk): void {
  person.goes(SHOP)
  for (const [step, value] of [
    ['what', 'skip'],
    ['when', 'today'],
    ['where', 'none'],
    ['language', 'only'],
    ['wishes', 'none'],
  ] as const)
    person.taps({ do: 'intake', step, value })
}

const spoken = (code: string) => ({ ...KNOWN, language: { code, chosen: true } })

describe('a yes with friendly words behind it', () => {
  test.each(YES)('sends the request at its summary, in %s: "%s"', (code, words) => {
    const person = resident({ session: spoken(code) })
    summarised(person)
    expect(effectsOf(person.says(words), 'openHandoff')).toHaveLength(1)
  })

  test.each(YES)('takes the offer, in %s: "%s"', (code, words) => {
    const open = volunteerTalk({ session: { ...spoken(code), help: { offers: [OFFER] } } })
    expect(effectsOf(open.says(words), 'handoff').map(({ ask }) => ask.type)).toEqual(['accept'])
  })

  test('calls the request off where that is asked, and a no keeps it', () => {
    const person = waiting()
    person.says('fortryd')
    expect(said(person.says('nej tak ellers ikke'))).toContain(say('cancel.kept'))
    person.says('fortryd')
    expect(asksOf(person.says('ja tak, det er fint'))).toMatchObject([{ type: 'cancel' }])
  })

  test('is a try at the button of a dialog that is open beside an offer', () => {
    const open = volunteerTalk({ session: { ...spoken('da'), help: { offers: [OFFER] } } })
    open.goes('neighbours/shopping-next')
    expect(effectsOf(open.says('ja tak, det er fint'), 'handoff')).toEqual([])
  })

  test.each([
    ['da', 'ja, men først i morgen'],
    ['da', 'ja hvis det er en kvinde'],
    ['en', 'yes, but not today'],
    ['ar', 'نعم لكن غدا'],
  ])('is none where it goes on otherwise, in %s: "%s"', (code, words) => {
    const person = resident({ session: spoken(code) })
    summarised(person)
    expect(effectsOf(person.says(words), 'openHandoff')).toEqual([])
    expect(intakeOf(person)?.step).toBe('summary')
    const open = volunteerTalk({ session: { ...spoken(code), help: { offers: [OFFER] } } })
    expect(effectsOf(open.says(words), 'handoff')).toEqual([])
  })
})

/** At a step of the intake, in a language. */
function askedFor(step: 'when' | 'wishes' | 'language', code: string): Talk {
  const person = resident({ session: spoken(code) })
  summarised(person)
  person.taps({ do: 'intake', step: 'change', value: step })
  return person
}

describe('as soon as possible', () => {
  test.each([
    ['da', 'Så snart som muligt'],
    ['da', 'hurtigst muligt, tak'],
    ['en', 'as soon as possible please'],
    ['ar', 'في أقرب وقت ممكن'],
    ['ar', 'سريعا'],
    ['so', 'sida ugu dhakhsaha badan'],
    ['tr', 'en kısa zamanda'],
    ['ur', 'جتنی جلدی ہو سکے'],
    ['uk', 'якнайшвидше'],
    ['pl', 'jak najszybciej, proszę'],
    ['fa', 'هر چه زودتر'],
    ['ti', 'ብዝተኻእለ ቅልጡፍ'],
    ['ku', 'di zûtirîn dem de'],
    ['bs', 'što prije'],
  ])('is now, in %s: "%s"', (code, words) => {
    const person = askedFor('when', code)
    person.says(words)
    expect(intakeOf(person)).toMatchObject({ when: 'now', step: 'summary' })
  })

  test.each(['hurtigst muligt efter klokken 17', 'ikke hurtigst muligt', 'hurtigst muligt?'])('"%s" is not', (words) => {
    const person = askedFor('when', 'da')
    person.says(words)
    expect(intakeOf(person)?.when).toBe('today')
  })
})

describe('wishes in other words', () => {
  test.each([
    ['so', 'naag', 'woman'],
    ['so', 'naag fadlan', 'woman'],
    ['da', 'en dame', 'woman'],
    ['tr', 'bir kadın lütfen', 'woman'],
    ['ku', 'jin', 'woman'],
    ['ur', 'خاتون', 'woman'],
    ['uk', 'мужчину', 'man'],
    ['so', 'naag maya', undefined],
  ])('a woman or a man, in %s: "%s"', (code, words, gender) => {
    const person = askedFor('wishes', code)
    person.says(words)
    expect(intakeOf(person)?.gender).toBe(gender)
  })

  test.each([
    ['da', 'ikke andet, tak'],
    ['en', "that's it, thanks"],
    ['ar', 'خلص'],
    ['ar', 'بس'],
    ['ar', 'هذا كل شيء'],
    ['so', 'intaas'],
    ['tr', 'bu kadar'],
    ['ur', 'بس اتنا ہی'],
    ['uk', 'більше нічого, дякую'],
    ['pl', 'to tyle'],
    ['fa', 'همینه'],
    ['ti', 'እዚ ጥራይ እዩ'],
    ['ku', 'bes e'],
    ['bs', 'to je to'],
  ])('that is all of them, in %s: "%s"', (code, words) => {
    const person = askedFor('wishes', code)
    person.taps({ do: 'intake', step: 'wishes', value: 'woman' })
    person.says(words)
    expect(intakeOf(person)).toMatchObject({ step: 'summary', gender: 'woman' })
  })

  test.each(library.languages.map(({ code }) => code))(
    'that is all, in the words of the button, where nothing was wished, in %s',
    (code) => {
      const person = askedFor('wishes', code)
      person.says(say('done', {}, code))
      expect(intakeOf(person)?.step).toBe('summary')
    },
  )

  test('that is all of the languages too, and nothing elsewhere', () => {
    const person = askedFor('language', 'da')
    person.says('engelsk')
    person.says('det var det')
    expect(intakeOf(person)).toMatchObject({ step: 'summary', otherLanguages: ['en'] })
    person.says('det var det')
    expect(intakeOf(person)?.step).toBe('summary')
  })
})

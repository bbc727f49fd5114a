import { describe, expect, test } from '@jest/globals'
import { decideLanguage, type LanguageDecision, type LanguageState } from '../../../src/core/language/decide-language.js'
import { createDetect } from '../../../src/core/language/detect.js'
import { readLanguageTables } from '../../../src/store/language-tables.js'

const detect = createDetect(await readLanguageTables('locales'))
const OFFERED = ['da', 'en', 'ar', 'so', 'tr', 'ur', 'fa']
const chosen = (code: string): LanguageState => ({ code, chosen: true })
const guessed = (code: string): LanguageState => ({ code, chosen: false })

interface Case {
  readonly text: string
  readonly current?: LanguageState
  readonly locale?: string
  readonly offered?: readonly string[]
  readonly decision: LanguageDecision
  readonly likely?: string
}

const keep: LanguageDecision = { do: 'keep' }
const ask: LanguageDecision = { do: 'ask' }
const to = (language: string): LanguageDecision => ({ do: 'switch', to: language })
const offer = (language: string): LanguageDecision => ({ do: 'offer', to: language })
const notOffered = (language: string): LanguageDecision => ({ do: 'not-offered', language })

const CASES: Readonly<Record<string, Case>> = {
  'a first sentence decides': { text: 'selam, oğlum arkadaşlarıyla buluşabilir mi', decision: to('tr'), likely: 'tr' },
  'a first Danish sentence too': { text: 'Hvornår er vaskeriet åbent?', decision: to('da'), likely: 'da' },
  'Swedish is answered in Danish': { text: 'Hej, jag skulle vilja boka en tid', decision: to('da'), likely: 'da' },
  'Norwegian too': { text: 'Jeg lurer på om dere har åpent i morgen', current: chosen('da'), decision: keep, likely: 'da' },
  'a sentence outweighs a choice': { text: 'متى يفتح المكتب يوم الجمعة؟', current: chosen('da'), decision: to('ar'), likely: 'ar' },
  'of the same script too': {
    text: 'Can somebody come and look at my heating?',
    current: chosen('da'),
    decision: to('en'),
    likely: 'en',
  },
  'ok changes nothing': { text: 'ok', current: chosen('da'), decision: keep, likely: 'da' },
  'nor does ok elsewhere': { text: 'ok', current: guessed('tr'), decision: keep, likely: 'tr' },
  'nor a greeting': { text: 'hej', current: guessed('en'), decision: keep },
  'nor thanks': { text: 'tak', current: guessed('en'), offered: [...OFFERED, 'pl'], decision: keep },
  'nor thanks in Danish': { text: 'tak', current: guessed('da'), offered: [...OFFERED, 'pl'], decision: keep, likely: 'da' },
  'nor a name': { text: 'Ali', current: guessed('da'), decision: keep },
  'nor a full name': { text: 'Fatima Hassan', current: guessed('da'), decision: keep },
  'nor three names': { text: 'Mehmet Yusuf Hassan', current: guessed('da'), decision: keep },
  'three names first': { text: 'Mehmet Yusuf Hassan', decision: ask },
  'nor a number': { text: '12 34 56 78', current: guessed('ar'), decision: keep, likely: 'ar' },
  'nor an emoji': { text: '👍', current: chosen('so'), decision: keep, likely: 'so' },
  'one clear word is offered': { text: 'merhaba', current: guessed('da'), decision: offer('tr'), likely: 'tr' },
  'two clear words are offered': { text: 'teşekkür ederim', current: guessed('da'), decision: offer('tr'), likely: 'tr' },
  'two words of another script too': { text: 'شكرا لكم', current: chosen('en'), decision: offer('ar'), likely: 'ar' },
  'Arabic in Latin letters': { text: 'shlon', current: guessed('da'), decision: offer('ar'), likely: 'ar' },
  'Arabic in Latin letters, first': { text: 'shlon asawi fahs', decision: offer('ar'), likely: 'ar' },
  'Urdu in Latin letters': { text: 'mujhe', decision: offer('ur'), likely: 'ur' },
  'a whole sentence of it is no switch': { text: 'mujhe corona test karwana hai', current: chosen('da'), decision: offer('ur') },
  'and none where it is spoken already': { text: 'shlon', current: chosen('ar'), decision: keep, likely: 'ar' },
  'nor where it is not offered': { text: 'mujhe', current: guessed('da'), offered: ['da', 'en'], decision: keep },
  'a first single word asks': { text: 'hej', decision: ask, likely: 'da' },
  'so does a first text without words': { text: '👍', decision: ask, likely: 'da' },
  'the language of the profile answers it': { text: '👍', locale: 'ar', decision: to('ar'), likely: 'ar' },
  'unless it is not offered': { text: '👍', locale: 'fi', decision: ask, likely: 'da' },
  'or the word speaks against it': { text: 'hej', locale: 'ar', decision: ask, likely: 'da' },
  'Russian is not offered': { text: 'я хочу записаться к врачу', decision: notOffered('ru'), likely: 'da' },
  'nor later': { text: 'я хочу записаться к врачу', current: chosen('en'), decision: notOffered('ru'), likely: 'en' },
  'Polish has a table and no texts': { text: 'Kiedy biuro jest otwarte w piątek?', current: chosen('da'), decision: notOffered('pl') },
  'a word of it is no reason': { text: 'dziękuję', current: chosen('da'), decision: keep },
  'Danish itself may be missing': { text: 'Hvornår er vaskeriet åbent?', offered: ['en'], decision: notOffered('da'), likely: 'en' },
}

describe('decideLanguage', () => {
  test.each(Object.entries(CASES))('%s', (_name, { text, current, locale, offered = OFFERED, decision, likely }) => {
    const areaDefault = offered.includes('da') ? 'da' : 'en'
    const answer = decideLanguage({ text, current, ...(locale === undefined ? {} : { locale }), areaDefault, offered, detect })
    expect(answer.decision).toEqual(decision)
    if (likely !== undefined) expect(answer.likely).toBe(likely)
    expect(offered).toContain(answer.likely)
  })
})

import { describe, expect, test } from '@jest/globals'
import { createDetect } from '../../../src/core/language/detect.js'
import { readLanguageTables } from '../../../src/store/language-tables.js'

const detect = createDetect(await readLanguageTables('locales'), ['Solhaven'])
const ALL = ['da', 'en', 'ar', 'so', 'tr', 'ur', 'fa', 'pl', 'uk', 'ti', 'ku', 'ckb', 'bs', 'ro', 'vi', 'ta']
const best = (text: string, candidates: readonly string[] = ALL) => detect(text, { candidates }).ranked[0]

/** Two everyday sentences of each language. */
const SENTENCES: Readonly<Record<string, readonly string[]>> = {
  da: ['Hvornår har kontoret åbent på fredag?', 'Min vaskemaskine lækker, og der er vand overalt'],
  en: ['When is the office open on Friday?', 'My washing machine leaks and there is water everywhere'],
  ar: ['متى يفتح المكتب يوم الجمعة؟', 'الغسالة معطلة وهناك ماء في كل مكان'],
  so: ['Goorma ayuu xafiisku furan yahay Jimcaha?', 'Waxaan u baahanahay qof i caawiya'],
  tr: ['Ofis cuma günü ne zaman açık?', 'Çamaşır makinem bozuldu ve her yerde su var'],
  ur: ['دفتر جمعہ کو کب کھلتا ہے؟', 'میری واشنگ مشین خراب ہے اور ہر جگہ پانی ہے'],
  fa: ['دفتر جمعه کی باز است؟', 'ماشین لباسشویی من خراب شده و همه جا آب است'],
  pl: ['Kiedy biuro jest otwarte w piątek?', 'Moja pralka przecieka i wszędzie jest woda'],
  uk: ['Коли офіс відчинений у пʼятницю?', 'Моя пральна машина тече, і всюди вода'],
  ti: ['እቲ ቤት ጽሕፈት ዓርቢ መዓስ ይኽፈት?', 'ሓገዝ የድልየኒ ኣሎ'],
  ku: ['Ofîs roja înê kengî vekirî ye?', 'Ez dixwazim bi kesekî re biaxivim'],
  ckb: ['نووسینگەکە ڕۆژی هەینی کەی کراوەیە؟', 'دەمەوێت لەگەڵ کەسێک قسە بکەم'],
  bs: ['Kada je ured otvoren u petak?', 'Моја машина за прање веша цури'],
  ro: ['Când este deschis biroul vineri?', 'Mașina mea de spălat curge și este apă peste tot'],
  vi: ['Văn phòng mở cửa lúc nào vào thứ sáu?', 'Máy giặt của tôi bị rò nước'],
  ta: ['வெள்ளிக்கிழமை அலுவலகம் எப்போது திறந்திருக்கும்?', 'எனக்கு உதவி வேண்டும்'],
}

describe('detect', () => {
  test.each(Object.entries(SENTENCES).flatMap(([language, texts]) => texts.map((text) => [language, text] as const)))(
    'a sentence of %s: %s',
    (language, text) => {
      expect(best(text)?.language).toBe(language)
      expect(best(text)?.p).toBeGreaterThan(0.95)
    },
  )

  test.each([
    ['tr', 'camasir makinem bozuldu ve her yerde su var'],
    ['da', 'hvornaar aabner vaskekaelderen paa loerdag'],
    ['vi', 'van phong mo cua luc nao vao thu sau'],
    ['bs', 'zelim da pricam sa nekim o stanu'],
  ])('without the right keyboard: %s', (language, text) => {
    expect(best(text)?.language).toBe(language)
  })

  test.each([
    ['da', 'Hej, jag skulle vilja boka en tid hos er'],
    ['da', 'Jeg lurer på om dere har åpent i morgen'],
    ['fa', 'من می خواهم با شما گپ بزنم، مکتب اطفال چه وقت باز است'],
    ['bs', 'Zanima me gdje se nalazi ljekarna i kada radi'],
  ])('neighbours and dialects count as %s', (language, text) => {
    expect(best(text)?.language).toBe(language)
  })

  test.each([
    ['ru', 'Я хочу записаться к врачу, что мне делать'],
    ['am', 'እኔ ሐኪም ማየት እፈልጋለሁ ምን ማድረግ አለብኝ'],
    ['de', 'Ich möchte gerne einen Termin beim Arzt machen'],
    ['ps', 'زه غواړم له ډاکټر سره وګورم، څه باید وکړم'],
  ])('a language without answers is told apart: %s', (language, text) => {
    expect(best(text)).toMatchObject({ language, p: expect.any(Number) })
    expect(best(text)?.p).toBeGreaterThan(0.85)
  })

  test('probabilities sum to one, best first', () => {
    const { ranked } = detect('hej med dig', { candidates: ALL })
    expect(ranked.reduce((total, { p }) => total + p, 0)).toBeCloseTo(1)
    expect(ranked.map(({ p }) => p)).toEqual(ranked.map(({ p }) => p).toSorted((a, b) => b - a))
    expect(ranked.map(({ language }) => language)).not.toEqual(expect.arrayContaining(['nb']))
  })

  test('a language that is not offered is at a disadvantage, and a prior outweighs a single word', () => {
    const p = (candidates: string[], priors = {}) =>
      detect('tak', { candidates, priors }).ranked.find(({ language }) => language === 'da')?.p ?? 0
    expect(p(['da'])).toBeGreaterThan(p(ALL))
    expect(p(ALL, { da: 5 })).toBeGreaterThan(0.9)
  })

  test.each([
    ['', 0],
    ['12 34 56 78', 0],
    ['👍🎉', 0],
    ['\u200b\u200e\u2060', 0],
    ['OK covid-19 WhatsApp', 0],
    ['Solhaven', 0],
    ['https://example.org/hvad-koster-det anna@example.org @anna www.example.org example.org/side', 0],
    ['καλημέρα', 0],
    ['Jeg vil gerne tale med Fatima Hassan', 5],
    ['Fatima Hassan Yusuf', 1],
    ['Hej.\nJeg hedder Ali! Hvor er I? 👋 Hilsen', 7],
    ['hvad koster det? https://example.org/was-kostet-das', 3],
  ])('what counts as words in %j: %d', (text, words) => {
    const detection = detect(text, { candidates: ALL })
    expect(detection.words).toBe(words)
    expect(detection.ranked.length > 0).toBe(words > 0)
  })

  test('a title in another language says nothing about who asks for it', () => {
    expect(best('Kan jeg låne The Lord of the Rings på biblioteket?')?.language).toBe('da')
    expect(best('Bu akşam The Sound of Music filmini izlemek istiyorum')?.language).toBe('tr')
  })

  test('of mixed scripts the one with most letters is judged', () => {
    expect(best('Anna: متى يفتح المكتب يوم الجمعة')?.language).toBe('ar')
    expect(best('Hvad betyder ordet سلام på dansk?')?.language).toBe('da')
  })

  test.each(['a', '😀', '\u200b', '\ud800', 'a\u0301', '\u0301', 'a3', "a'", 'ﷺ', 'hej مرحبا привет ', '@', 'a.'])(
    'a long run of %j ends, and its rest is not read',
    (piece) => {
      const long = piece.repeat(2000)
      const [short, longer] = [long.slice(0, 2000), long].map((text) => detect(text, { candidates: ALL }))
      expect(longer).toEqual(short)
    },
  )
})

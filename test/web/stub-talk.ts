/** What the stub server says: a short conversation in Danish and Arabic with every kind of message the page can show. */
type Language = 'da' | 'ar' | 'en'

export const LANGUAGES = [
  { code: 'da', name: 'Dansk', dir: 'ltr' },
  { code: 'en', name: 'English', dir: 'ltr' },
  { code: 'ar', name: 'العربية', dir: 'rtl' },
  { code: 'so', name: 'Soomaali', dir: 'ltr' },
  { code: 'tr', name: 'Türkçe', dir: 'ltr' },
  { code: 'ur', name: 'اردو', dir: 'rtl' },
  { code: 'fa', name: 'فارسی', dir: 'rtl' },
] as const

interface Extras {
  readonly fact?: { readonly kind: 'rule' | 'advice'; readonly line: string; readonly source: string }
  readonly phones?: readonly { readonly title: string; readonly number: string }[]
  readonly role?: 'languages' | 'notice' | 'danger'
  readonly byPerson?: boolean
  readonly titleLanguages?: readonly (string | undefined)[]
}
export interface Said {
  readonly text: string
  readonly language: Language
  readonly extras?: Extras
  /** Title and value. */
  readonly replies?: readonly (readonly [string, string])[]
}

const WORDS = {
  da: {
    hello: 'Hej. Jeg svarer automatisk. Sig til, hvis du hellere vil tale med et menneske.\n\nHvad vil du vide noget om?',
    menu: ['Corona', 'Min teenager', 'Hjælp', 'Er der fare?'],
    teenager:
      'Udenfor må højst 10 personer være samlet. Det er en regel.\n\nAt ses derhjemme er ikke forbudt, men myndighederne råder fra det. Ring på 70 20 02 33, eller læs mere på https://www.sst.dk/corona.',
    fact: 'Regel · Sundhedsstyrelsen · tjekket 20. marts 2020',
    next: ['Hvad skal jeg sige til min søn?', 'Jeg vil tale med et menneske'],
    danger: 'Er nogen i fare lige nu, så ring 112. Du kan også tale med nogen, der er vant til at hjælpe.',
    phones: ['Ring 112', 'Lev Uden Vold, hele døgnet'],
    person: 'Hej, det er Sanne fra boligkontoret. Jeg kommer forbi i morgen kl. 10.',
    echo: 'Du skrev: ',
  },
  ar: {
    hello: 'مرحبًا. أجيب بشكل آلي. قل لي إن كنت تفضّل التحدث مع شخص.\n\nعمّ تريد أن تسأل؟',
    menu: ['كورونا', 'ابني المراهق', 'مساعدة', 'هل هناك خطر؟'],
    teenager:
      'في الخارج يُسمح بتجمع 10 أشخاص كحد أقصى. هذه قاعدة.\n\nاللقاء في البيت غير ممنوع، لكن السلطات تنصح بعدمه. اتصل بالرقم 70 20 02 33 أو اقرأ المزيد على https://www.sst.dk/corona.',
    fact: 'قاعدة · هيئة الصحة الدنماركية · رُوجعت في 20 مارس 2020',
    next: ['ماذا أقول لابني؟', 'أريد التحدث مع شخص'],
    danger: 'إذا كان أحد في خطر الآن فاتصل بالرقم 112. يمكنك أيضًا التحدث مع من اعتاد المساعدة.',
    phones: ['اتصل بـ 112', 'الحياة بلا عنف، على مدار الساعة'],
    person: 'مرحبًا، أنا سانه من مكتب السكن. سأمرّ غدًا الساعة 10.',
    echo: 'كتبتَ: ',
  },
} as const

const VALUES = ['corona', 'teenager', 'help', 'danger'] as const

export const FIRST: Said = {
  text: 'Vælg sprog\nChoose a language\nاختر اللغة',
  language: 'da',
  extras: { role: 'languages', titleLanguages: LANGUAGES.map(({ code }) => code) },
  replies: LANGUAGES.map(({ code, name }) => [name, `language:${code}`] as const),
}

/** What is answered to a text or a tapped value, and in which language it goes on. */
export function answer(text: string, value: string | undefined, language: Language): Said[] {
  const named = LANGUAGES.find(({ code, name }) => value === `language:${code}` || (value === undefined && text === name))
  const spoken = named?.code ?? language
  const words = WORDS[spoken === 'ar' ? 'ar' : 'da']
  const say = (said: string, rest: Omit<Said, 'text' | 'language'> = {}): Said[] => [
    { text: said, language: spoken === 'ar' ? 'ar' : 'da', ...rest },
  ]
  if (named !== undefined || value === 'MENU_RESTART')
    return say(words.hello, { replies: words.menu.map((title, index) => [title, VALUES[index] ?? ''] as const) })
  switch (value ?? text) {
    case 'teenager':
      return say(words.teenager, {
        extras: { fact: { kind: 'rule', line: words.fact, source: 'https://www.sst.dk/da/corona' } },
        replies: [
          [words.next[0], 'son'],
          [words.next[1], 'person'],
        ],
      })
    case 'danger':
      return say(words.danger, {
        extras: {
          role: 'danger',
          phones: [
            { title: words.phones[0], number: '112' },
            { title: words.phones[1], number: '18 88' },
          ],
        },
      })
    case 'person':
      return say(words.person, { extras: { byPerson: true } })
    default:
      return say(`${words.echo}${text}`)
  }
}

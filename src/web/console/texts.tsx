/** The console's words: Danish first, English for who switches. */
import { createContext, useContext, useEffect, useMemo, useState } from 'react'
import danish from '../../../locales/da/console.json' with { type: 'json' }
import danishBoard from '../../../locales/da/console-board.json' with { type: 'json' }
import danishMode from '../../../locales/da/console-mode.json' with { type: 'json' }
import danishPeople from '../../../locales/da/console-people.json' with { type: 'json' }
import danishPlaces from '../../../locales/da/console-places.json' with { type: 'json' }
import english from '../../../locales/en/console.json' with { type: 'json' }
import englishBoard from '../../../locales/en/console-board.json' with { type: 'json' }
import englishMode from '../../../locales/en/console-mode.json' with { type: 'json' }
import englishPeople from '../../../locales/en/console-people.json' with { type: 'json' }
import englishPlaces from '../../../locales/en/console-places.json' with { type: 'json' }

const DANISH = { ...danish.texts, ...danishBoard.texts, ...danishMode.texts, ...danishPeople.texts, ...danishPlaces.texts }
const ENGLISH = { ...english.texts, ...englishBoard.texts, ...englishMode.texts, ...englishPeople.texts, ...englishPlaces.texts }

export type TextKey = keyof typeof DANISH
export type StaffLanguage = 'da' | 'en'

export interface Texts {
  readonly language: StaffLanguage
  /** False for an id that the server sends and nobody has written words for. */
  knows(key: string): key is TextKey
  say(key: TextKey, values?: Readonly<Record<string, string>>): string
  /** "25. nov. 2026 14.20". */
  time(at: number): string
  switchLanguage(): void
}

const STRINGS: Readonly<Record<StaffLanguage, Readonly<Record<TextKey, string>>>> = { da: DANISH, en: ENGLISH }
const LOCALES: Readonly<Record<StaffLanguage, string>> = { da: 'da-DK', en: 'en-GB' }
const KEPT = 'opgang-console-language'

const TextsContext = createContext<Texts | undefined>(undefined)

export function TextsProvider({ children }: { readonly children: React.ReactNode }): React.ReactNode {
  const [language, setLanguage] = useState<StaffLanguage>(() => (localStorage.getItem(KEPT) === 'en' ? 'en' : 'da'))
  const texts = useMemo(() => createTexts(language, setLanguage), [language])
  useEffect(() => {
    document.documentElement.lang = language
    document.title = texts.say('title')
    localStorage.setItem(KEPT, language)
  }, [language, texts])
  return <TextsContext value={texts}>{children}</TextsContext>
}

/** Only below a {@link TextsProvider}. */
export function useTexts(): Texts {
  const texts = useContext(TextsContext)
  if (texts === undefined) throw new Error('useTexts needs a TextsProvider around it')
  return texts
}

function createTexts(language: StaffLanguage, set: (language: StaffLanguage) => void): Texts {
  const format = new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'medium', timeStyle: 'short' })
  return {
    language,
    knows: (key): key is TextKey => Object.hasOwn(DANISH, key),
    say: (key, values = {}) => STRINGS[language][key].replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => values[name] ?? placeholder),
    time: (at) => format.format(at),
    switchLanguage: () => set(language === 'da' ? 'en' : 'da'),
  }
}

/** What the page says before the server gave it any texts: the line is slow or away. */
const WORDS: Readonly<Record<string, { readonly dir: 'ltr' | 'rtl'; readonly slow: string; readonly offline: string }>> = {
  da: { dir: 'ltr', slow: 'Chatten åbner …', offline: 'Ingen forbindelse til internettet. Siden prøver igen af sig selv.' },
  en: { dir: 'ltr', slow: 'The chat is opening …', offline: 'No connection to the internet. The page tries again by itself.' },
  ar: { dir: 'rtl', slow: 'المحادثة تُفتح …', offline: 'لا يوجد اتصال بالإنترنت. تحاول الصفحة من جديد تلقائيًا.' },
}

/** The words in the first of the device's languages that there are words in, else Danish. */
export function bootWords(
  kind: 'slow' | 'offline',
  deviceLanguages: readonly string[],
): { language: string; dir: 'ltr' | 'rtl'; text: string } {
  const codes = deviceLanguages.map((tag) => tag.toLowerCase().split('-')[0] ?? '')
  const language = codes.find((code) => WORDS[code] !== undefined) ?? 'da'
  const words = WORDS[language]
  return { language, dir: words?.dir ?? 'ltr', text: words?.[kind] ?? '' }
}

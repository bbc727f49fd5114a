/** A language twice: as staff call it, and as its speakers write it. */
import { useTexts } from '../texts.js'
import { languageName } from './languages.js'

export function LanguageLabel({ code }: { readonly code: string }): React.ReactNode {
  const { language } = useTexts()
  const { known, name, dir } = languageName(code, language)
  if (known === name) return known
  return (
    <span>
      {known}{' '}
      <bdi lang={code} dir={dir} className="endonym">
        {name}
      </bdi>
    </span>
  )
}

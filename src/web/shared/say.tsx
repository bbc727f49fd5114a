/** The page's texts for every part of it. */
import { createContext, useContext } from 'react'
import type { Texts } from './texts.js'

const TextsContext = createContext<Texts | undefined>(undefined)

export const TextsProvider = TextsContext.Provider

/** Texts in the language of the page; only below a {@link TextsProvider}. */
export function useTexts(): Texts {
  const texts = useContext(TextsContext)
  if (texts === undefined) throw new Error('useTexts needs a TextsProvider around it')
  return texts
}

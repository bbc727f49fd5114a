/** Which page is open, and what of it: kept behind the `#` of the address, so that reload and the way back work. Ids alone stand there. */
import { useCallback, useEffect, useState } from 'react'

export const PAGES = ['board', 'people', 'places', 'staff', 'audit', 'mode', 'me'] as const
export type PageName = (typeof PAGES)[number]

export interface Place {
  readonly page: PageName
  readonly open: string
}

/** `#board/H-4F7K`; whatever is not a page is the first of them. */
function placeOf(hash: string, first: PageName): Place {
  const [name = '', open = ''] = hash.replace(/^#/, '').split('/')
  const page = PAGES.find((one) => one === name)
  return page === undefined ? { page: first, open: '' } : { page, open: decoded(open) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // Not one of our addresses: nothing is open.
    return ''
  }
}

/** The place, and the way to another. */
export function usePlace(first: PageName): readonly [Place, (place: Place) => void] {
  const [hash, setHash] = useState(() => window.location.hash)
  useEffect(() => {
    const follow = () => setHash(window.location.hash)
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])
  const go = useCallback(({ page, open }: Place) => {
    window.location.hash = open === '' ? page : `${page}/${encodeURIComponent(open)}`
  }, [])
  return [placeOf(hash, first), go]
}

/** The time, for what changes by itself on the page. */
import { useEffect, useState } from 'react'

const MINUTE = 60_000

/** Anew each minute. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE)
    return () => clearInterval(timer)
  }, [])
  return now
}

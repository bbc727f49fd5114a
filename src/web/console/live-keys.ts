/** Which answers of the server hold what changed: the keys by which react-query has them. */
import type { BoardChange } from '../../core/board-types.js'

/** Each key once; a shorter key stands for all that begin with it. */
export function keysOf(changes: readonly BoardChange[]): readonly (readonly string[])[] {
  const keys = changes.flatMap(keysOfOne)
  return [...new Map(keys.map((key) => [key.join(), key])).values()]
}

function keysOfOne({ what, id }: BoardChange): readonly (readonly string[])[] {
  switch (what) {
    case 'request':
      return [['requests'], ['request', id]]
    case 'presence':
      return [['request', id]]
    // Its request is not known by it; of requests one is open at a time.
    case 'alarm':
      return [['alarms'], ['requests'], ['request']]
    case 'person':
      // Whom the open request may be given to follows from who is on duty.
      return [['people'], ['person', id], ['request']]
    // Who is on call, and how many administrators there are, also decides what is missing for going live.
    case 'place':
      return [['places'], ['mode']]
    case 'staff':
      return [['staff'], ['mode']]
    case 'audit':
      return [['audit']]
    case 'mode':
      return [['mode']]
  }
}

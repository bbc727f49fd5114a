/** Places that a dialog file names. */
import type { Goto } from '../types.js'
import { type Cursor, ID, report } from './cursor.js'

/** `more` is a node of this dialog, `meals/start` one of another. */
export function readGoto(dialog: string, cursor: Cursor): Goto | undefined {
  const parts = typeof cursor.value === 'string' ? cursor.value.split('/') : []
  const [first = '', second] = parts
  if (parts.length > 2 || !parts.every((part) => ID.test(part)) || first === '') {
    return report(cursor, `\`${String(cursor.path.at(-1))}\` must be a node of this dialog (more) or of another (meals/start)`)
  }
  return second === undefined ? { dialog, node: first } : { dialog: first, node: second }
}

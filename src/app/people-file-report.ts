/** What an import did, in lines for a terminal: counts, and the first names of each kind. */

import { fileIdOf } from './people-file-export.js'
import type { Missing } from './people-file-import.js'
import type { Removed } from './people-file-remove.js'

/** Ids by what became of them. */
export interface Changes {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly unchanged: readonly string[]
  readonly gone: readonly string[]
  readonly elsewhere: readonly string[]
}

/** Names of one kind in one line: all lines together fit in one answer of a running server. */
const NAMED_MAX = 5

export function reportLines(
  { areas, networks, volunteers }: Readonly<Record<'areas' | 'networks' | 'volunteers', Changes>>,
  missing: Missing,
  removed: Removed | undefined,
): readonly string[] {
  return [
    countLine('Areas', areas),
    countLine('Networks', networks),
    countLine('Volunteers', volunteers),
    ...told(
      volunteers.gone,
      (ids) => `Not brought back, they stopped in the chat or had everything erased: ${ids}. Take them out of the file.`,
    ),
    ...told(volunteers.elsewhere, (ids) => `Left out, their chat is not known here: ${ids}. Take them out of the file.`),
    ...(removed === undefined ? missingLines(missing) : removedLines(removed)),
  ]
}

function countLine(what: string, { added, changed, unchanged }: Changes): string {
  const part = (word: string, ids: readonly string[]) => `${ids.length} ${word}${ids.length === 0 ? '' : ` (${some(ids)})`}`
  return `${what}: ${part('added', added)}, ${part('changed', changed)}, ${unchanged.length} unchanged.`
}

function missingLines({ areas, networks, volunteers }: Missing): readonly string[] {
  const lines = [
    ...told(areas, (ids) => `Not in the file, and left as they are: areas ${ids}.`),
    ...told(networks, (ids) => `Not in the file, and left as they are: networks ${ids}.`),
    ...told(volunteers.map(fileIdOf), (ids) => `Not in the file, and left as they are: volunteers ${ids}.`),
  ]
  return lines.length === 0 ? [] : [...lines, 'With --remove-missing they are removed.']
}

function removedLines({ areas, networks, volunteers, refused }: Removed): readonly string[] {
  return [
    ...told(areas, (ids) => `Removed: areas ${ids}.`),
    ...told(networks, (ids) => `Removed: networks ${ids}.`),
    ...told(volunteers, (ids) => `Removed: volunteers ${ids}.`),
    ...refused.slice(0, NAMED_MAX).map(({ id, why }) => `Not removed: ${id}, ${why}.`),
    ...(refused.length > NAMED_MAX ? [`Not removed: ${refused.length - NAMED_MAX} more.`] : []),
  ]
}

function told(ids: readonly string[], say: (ids: string) => string): readonly string[] {
  return ids.length === 0 ? [] : [say(some(ids))]
}

function some(ids: readonly string[]): string {
  const more = ids.length > NAMED_MAX ? ` and ${ids.length - NAMED_MAX} more` : ''
  return `${ids.slice(0, NAMED_MAX).join(', ')}${more}`
}

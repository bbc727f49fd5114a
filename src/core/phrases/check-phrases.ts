/** What is wrong with a language's groups and patterns, in words for whoever wrote them. */
import type { LanguageCode } from '../types.js'
import { parsePattern } from './parse-pattern.js'
import { entriesOf, SPELLINGS_MAX, spellings, writtenForms } from './spell.js'

/** A slip, and the path of what it is in. */
export interface PhraseFault {
  readonly path: readonly (string | number)[]
  readonly message: string
}

type Groups = Readonly<Record<string, readonly string[]>>

/** Groups that are empty or too wide, and groups they name that are not there. */
export function checkGroups(groups: Groups, language: LanguageCode): readonly PhraseFault[] {
  return Object.entries(groups).flatMap(([name, lines]) => {
    const path = ['groups', name]
    const entries = lines.flatMap(entriesOf)
    if (entries.length === 0) return [{ path, message: `@${name} is empty: give it words or remove it` }]
    return entries.flatMap((entry) => checkEntry(entry, groups, language).map((message) => ({ path, message })))
  })
}

/** Names a pattern uses and no group has, and places where nothing can stand. */
export function checkPattern(words: string, groups: Groups, language: LanguageCode): readonly string[] {
  const ways = parsePattern(words)
  if (ways.length === 0) return ['an empty pattern: write words or remove it']
  const entries = new Set(ways.flat().flatMap((slot) => slot.entries))
  return [...entries].flatMap((entry) => checkEntry(entry, groups, language))
}

/** Whether one plain word of a few letters would be enough: nobody means danger by one ordinary word. */
export function isTooShort(words: string, shortest: number): boolean {
  return parsePattern(words).some(
    (slots) =>
      slots.length === 1 &&
      slots.some(({ entries }) => entries.some((entry) => !/[\s@(]/u.test(entry) && entry.replaceAll('*', '').length < shortest)),
  )
}

function checkEntry(entry: string, groups: Groups, language: LanguageCode): readonly string[] {
  if (entry.startsWith('@')) return entry.slice(1) in groups ? [] : [`there is no group ${entry}: correct its name, or add it to groups`]
  if (spellings(entry).length >= SPELLINGS_MAX) return [`"${entry}" has ${SPELLINGS_MAX} spellings or more: split it`]
  return writtenForms(entry, language).length > 0 ? [] : [`"${entry}" has no letters: nothing is ever written so`]
}

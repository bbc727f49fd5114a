/** What a caller may ask of any engine, checked once: engines get known paths, plain values and whole limits, and nothing else. */
import type { CollectionDeclaration, Page, Scalar, Where } from './collection.js'

/** Why a store that was opened for reading only refuses every write. */
export const FOR_READING_ONLY = 'it was opened for reading only; send the change to the running server'

/** One comparison of a declared path; all conditions of a query must hold. */
export type Condition =
  | { readonly path: string; readonly is: 'equal' | 'from' | 'below'; readonly value: Scalar }
  | { readonly path: string; readonly is: 'in'; readonly values: readonly Scalar[] }

export interface CheckedPage {
  readonly sort: readonly string[]
  readonly descending: boolean
  readonly limit: number
  /** One value for each path to sort by. */
  readonly after: readonly Scalar[] | undefined
}

/** A wrong shape must never mean "no condition": a removal would take everything. Throws `TypeError`, as all checks here. */
export function checkedWhere(declaration: CollectionDeclaration, where: Where): Condition[] {
  return Object.entries(where).flatMap(([path, wanted]) => conditionsOf(checkedPath(declaration, path), wanted))
}

export function checkedPage(declaration: CollectionDeclaration, { sort, descending, limit, after }: Page): CheckedPage {
  if (sort.length === 0) throw new TypeError(`A page of ${declaration.name} names at least one path to sort by.`)
  if (after !== undefined && after.length !== sort.length)
    throw new TypeError('A page continues after as many values as it has paths to sort by.')
  return {
    sort: sort.map((path) => checkedPath(declaration, path)),
    descending: descending === true,
    limit: checkedLimit(limit),
    after: after?.map(checkedScalar),
  }
}

/** A path that no index knows would read the whole collection, unnoticed until it is large. */
export function checkedPath(declaration: CollectionDeclaration, path: string): string {
  const known = path === '_id' || [...declaration.unique, ...declaration.indexes].some((paths) => paths.includes(path))
  if (!known) throw new TypeError(`${declaration.name} has no index on "${path}"; declare one in collections.ts before asking for it.`)
  return path
}

export function checkedLimit(limit: number): number {
  if (!Number.isSafeInteger(limit) || limit < 1) throw new TypeError(`A limit is a whole number from 1 on, not ${limit}.`)
  return limit
}

export function checkedScalar(value: unknown): Scalar {
  if (typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && !Number.isNaN(value))) return value
  throw new TypeError(`A value to look for is a text, a number or a boolean, not ${value === null ? 'null' : typeof value}.`)
}

function conditionsOf(path: string, wanted: Where[string]): Condition[] {
  if (typeof wanted !== 'object' || wanted === null) return [{ path, is: 'equal', value: checkedScalar(wanted) }]
  if ('in' in wanted) return [{ path, is: 'in', values: wanted.in.map(checkedScalar) }]
  const range: Condition[] = []
  if ('from' in wanted) range.push({ path, is: 'from', value: checkedScalar(wanted.from) })
  if ('below' in wanted) range.push({ path, is: 'below', value: checkedScalar(wanted.below) })
  if (range.length === 0) throw new TypeError(`The condition on ${path} needs a value, in, from or below.`)
  return range
}

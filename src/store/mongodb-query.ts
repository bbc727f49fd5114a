/** The port's queries as MongoDB's. Every value stands behind an operator of ours; paths come from declarations only. */
import type { Document } from 'mongodb'
import type { CollectionDeclaration, Count, Page, Scalar, Where } from './collection.js'
import { type Condition, checkedPage, checkedPath, checkedWhere } from './query.js'

export interface Find {
  readonly filter: Document
  readonly sort: Readonly<Record<string, 1 | -1>>
  readonly limit: number
}

const OPERATORS = { equal: '$eq', from: '$gte', below: '$lt' } as const

export function filterOf(declaration: CollectionDeclaration, where: Where): Document {
  return allOf(checkedWhere(declaration, where).map(condition))
}

export function findOf(declaration: CollectionDeclaration, where: Where, page: Page): Find {
  const { sort, descending, limit, after } = checkedPage(declaration, page)
  const behind = after === undefined ? [] : behindOf(sort, after, descending)
  return {
    filter: allOf([...checkedWhere(declaration, where).map(condition), ...behind]),
    sort: Object.fromEntries(sort.map((path) => [path, descending ? -1 : 1])),
    limit,
  }
}

/** Documents `{ _id: { v0, v1, … }, count }`, one for each combination of values; a missing path counts as null. */
export function countPipeline(declaration: CollectionDeclaration, where: Where, by: readonly string[]): Document[] {
  const values = by.map((path, i) => [`v${i}`, { $ifNull: [`$${checkedPath(declaration, path)}`, null] }])
  const group = { _id: by.length === 0 ? null : Object.fromEntries(values), count: { $sum: 1 } }
  return [{ $match: filterOf(declaration, where) }, { $group: group }]
}

/** Without paths the count of nothing is 0, not absent. */
export function countsOf(groups: readonly Document[], by: readonly string[]): Count[] {
  if (by.length === 0) return [{ by: [], count: Number(groups[0]?.['count'] ?? 0) }]
  return groups.map(({ _id, count }) => ({
    by: by.map((_, i) => ((_id as Document)[`v${i}`] ?? null) as Scalar | null),
    count: Number(count),
  }))
}

function condition(wanted: Condition): Document {
  if (wanted.is === 'in') return { [wanted.path]: { $in: [...wanted.values] } }
  return { [wanted.path]: { [OPERATORS[wanted.is]]: wanted.value } }
}

/** A ladder: behind in the first path, or equal there and behind in the second, … The first rung alone lets an index begin at its place. */
function behindOf(sort: readonly string[], values: readonly Scalar[], descending: boolean): Document[] {
  const beyond = descending ? '$lt' : '$gt'
  const rungs = sort.map((path, i) => {
    const equal = sort.slice(0, i).map((earlier, j) => ({ [earlier]: { $eq: values[j] } }))
    return allOf([...equal, { [path]: { [beyond]: values[i] } }])
  })
  return [{ [sort[0] ?? '_id']: { [`${beyond}e`]: values[0] } }, { $or: rungs }]
}

/** Conditions on one path must not overwrite each other. */
function allOf(conditions: readonly Document[]): Document {
  return conditions.length === 0 ? {} : { $and: [...conditions] }
}

/** The port's queries as SQL. Values are always bound; paths come from declarations only. */
import type { CollectionDeclaration, Page, Scalar, Where } from './collection.js'
import { type Condition, checkedLimit, checkedPage, checkedPath, checkedScalar, checkedWhere } from './query.js'
import type { Bound } from './sqlite-connection.js'

export interface Statement {
  readonly sql: string
  readonly values: readonly Bound[]
}

/** The columns of a row, text as blobs. */
const ROW = 'CAST(id AS BLOB), version, CAST(doc AS BLOB), checksum'
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/**
 * Makes a collection's table and indexes where they are missing. Documents stay readable by a person with the `sqlite3` program.
 * @param temporary an empty stand-in for a table that nobody has made yet, for a store opened for reading only.
 */
export function createStatements(declaration: CollectionDeclaration, temporary = false): string[] {
  const name = checkedName(declaration.name)
  const table = `TABLE IF NOT EXISTS ${name} (id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, doc TEXT NOT NULL, checksum INTEGER NOT NULL)`
  if (temporary) return [`CREATE TEMP ${table}`]
  const index = (kind: string, paths: readonly string[]): string =>
    `CREATE ${kind} IF NOT EXISTS ${[name, ...paths].join('_').replaceAll('.', '_')} ON ${name} (${paths.map(column).join(', ')})`
  return [
    `CREATE ${table}`,
    ...declaration.unique.map((paths) => index('UNIQUE INDEX', paths)),
    ...declaration.indexes.map((paths) => index('INDEX', paths)),
  ]
}

export function getStatement(declaration: CollectionDeclaration, id: string): Statement {
  return { sql: `SELECT ${ROW} FROM ${declaration.name} WHERE id = ?`, values: [bound(checkedScalar(id))] }
}

export function findStatement(declaration: CollectionDeclaration, where: Where, page: Page): Statement {
  const { sort, descending, limit, after } = checkedPage(declaration, page)
  const columns = sort.map(column)
  const behind = after === undefined ? [] : [behindOf(columns, after, descending)]
  const filter = conditions([...filters(declaration, where), ...behind])
  const order = columns.map((path) => (descending ? `${path} DESC` : path)).join(', ')
  return {
    sql: `SELECT ${ROW} FROM ${declaration.name}${filter.sql} ORDER BY ${order} LIMIT ?`,
    values: [...filter.values, limit],
  }
}

export function removeStatement(declaration: CollectionDeclaration, where: Where, limit: number): Statement {
  const { name } = declaration
  const filter = conditions(filters(declaration, where))
  return {
    sql: `DELETE FROM ${name} WHERE rowid IN (SELECT rowid FROM ${name}${filter.sql} LIMIT ?)`,
    values: [...filter.values, checkedLimit(limit)],
  }
}

/** Columns: for each path its value and its JSON type, and last the count. */
export function countStatement(declaration: CollectionDeclaration, where: Where, by: readonly string[]): Statement {
  const filter = conditions(filters(declaration, where))
  const groups = by.map((path) => column(checkedPath(declaration, path)))
  const values = groups.map(
    (group, i) => `CASE typeof(${group}) WHEN 'text' THEN CAST(${group} AS BLOB) ELSE ${group} END, ${jsonType(by[i] ?? '')}`,
  )
  const grouping = groups.length === 0 ? '' : ` GROUP BY ${groups.join(', ')}`
  return { sql: `SELECT ${[...values, 'count(*)'].join(', ')} FROM ${declaration.name}${filter.sql}${grouping}`, values: filter.values }
}

function filters(declaration: CollectionDeclaration, where: Where): Statement[] {
  return checkedWhere(declaration, where).map(filterOf)
}

const COMPARISONS = { equal: '=', from: '>=', below: '<' } as const

function filterOf(condition: Condition): Statement {
  const expression = column(condition.path)
  if (condition.is === 'in')
    return { sql: `${expression} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(condition.values.map(bound))] }
  return { sql: `${expression} ${COMPARISONS[condition.is]} ?`, values: [bound(condition.value)] }
}

/** SQLite cannot seek in an index of expressions by several values at once, only by the first: without it each page reads all before it. */
function behindOf(columns: readonly string[], values: readonly Scalar[], descending: boolean): Statement {
  const sign = descending ? '<' : '>'
  return {
    sql: `${columns[0]} ${sign}= ? AND (${columns.join(', ')}) ${sign} (${columns.map(() => '?').join(', ')})`,
    values: [values[0] ?? '', ...values].map(bound),
  }
}

function conditions(all: readonly Statement[]): Statement {
  if (all.length === 0) return { sql: '', values: [] }
  return { sql: ` WHERE ${all.map((one) => one.sql).join(' AND ')}`, values: all.flatMap((one) => one.values) }
}

/** Written the same everywhere, because SQLite uses an index only for the very expression it was made with. */
function column(path: string): string {
  return path === '_id' ? 'id' : `json_extract(doc, '${jsonPath(path)}')`
}

function jsonType(path: string): string {
  return `json_type(doc, '${jsonPath(path)}')`
}

function jsonPath(path: string): string {
  return `$.${path.split('.').map(checkedName).join('.')}`
}

function checkedName(name: string): string {
  if (!NAME.test(name)) throw new TypeError(`"${name}" cannot be the name of a table or a field: letters, digits and _ only.`)
  return name
}

/** JSON's true and false are 1 and 0 to SQLite. */
function bound(value: Scalar): Bound {
  return typeof value === 'boolean' ? Number(value) : value
}

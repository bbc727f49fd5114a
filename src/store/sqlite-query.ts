/** The port's queries as SQL. Values are always bound; paths come from declarations only. */
import type { CollectionDeclaration, Page, Scalar, Where } from './collection.js'
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
  return { sql: `SELECT ${ROW} FROM ${declaration.name} WHERE id = ?`, values: [bound(id)] }
}

export function findStatement(declaration: CollectionDeclaration, where: Where, page: Page): Statement {
  if (page.sort.length === 0) throw new TypeError(`A page of ${declaration.name} names at least one path to sort by.`)
  const sort = page.sort.map((path) => declared(declaration, path))
  const behind = page.after === undefined ? [] : [after(sort, page.after, page.descending === true)]
  const filter = conditions([...filters(declaration, where), ...behind])
  const order = sort.map((path) => (page.descending === true ? `${path} DESC` : path)).join(', ')
  return {
    sql: `SELECT ${ROW} FROM ${declaration.name}${filter.sql} ORDER BY ${order} LIMIT ?`,
    values: [...filter.values, checkedLimit(page.limit)],
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
  const groups = by.map((path) => declared(declaration, path))
  const values = groups.map(
    (group, i) => `CASE typeof(${group}) WHEN 'text' THEN CAST(${group} AS BLOB) ELSE ${group} END, ${jsonType(by[i] ?? '')}`,
  )
  const grouping = groups.length === 0 ? '' : ` GROUP BY ${groups.join(', ')}`
  return { sql: `SELECT ${[...values, 'count(*)'].join(', ')} FROM ${declaration.name}${filter.sql}${grouping}`, values: filter.values }
}

function filters(declaration: CollectionDeclaration, where: Where): Statement[] {
  return Object.entries(where).flatMap(([path, wanted]) => wantedOf(path, declared(declaration, path), wanted))
}

/** A wrong shape must never mean "no condition": a removal would take everything. */
function wantedOf(path: string, expression: string, wanted: Where[string]): Statement[] {
  if (typeof wanted !== 'object' || wanted === null) return [{ sql: `${expression} = ?`, values: [bound(wanted)] }]
  if ('in' in wanted) return [{ sql: `${expression} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(wanted.in.map(bound))] }]
  const range: Statement[] = []
  if ('from' in wanted) range.push({ sql: `${expression} >= ?`, values: [bound(wanted.from)] })
  if ('below' in wanted) range.push({ sql: `${expression} < ?`, values: [bound(wanted.below)] })
  if (range.length === 0) throw new TypeError(`The condition on ${path} needs a value, in, from or below.`)
  return range
}

/** SQLite cannot seek in an index of expressions by several values at once, only by the first: without it each page reads all before it. */
function after(sort: readonly string[], values: readonly Scalar[], descending: boolean): Statement {
  if (values.length !== sort.length) throw new TypeError('A page continues after as many values as it has paths to sort by.')
  const sign = descending ? '<' : '>'
  return {
    sql: `${sort[0]} ${sign}= ? AND (${sort.join(', ')}) ${sign} (${sort.map(() => '?').join(', ')})`,
    values: [values[0], ...values].map(bound),
  }
}

function conditions(all: readonly Statement[]): Statement {
  if (all.length === 0) return { sql: '', values: [] }
  return { sql: ` WHERE ${all.map((one) => one.sql).join(' AND ')}`, values: all.flatMap((one) => one.values) }
}

/** A path that no index knows would read the whole table, unnoticed until the table is large. */
function declared(declaration: CollectionDeclaration, path: string): string {
  const known = path === '_id' || [...declaration.unique, ...declaration.indexes].some((paths) => paths.includes(path))
  if (!known) throw new TypeError(`${declaration.name} has no index on "${path}"; declare one in collections.ts before asking for it.`)
  return column(path)
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

function checkedLimit(limit: number): number {
  if (!Number.isSafeInteger(limit) || limit < 1) throw new TypeError(`A limit is a whole number from 1 on, not ${limit}.`)
  return limit
}

/** JSON's true and false are 1 and 0 to SQLite. */
function bound(value: unknown): Bound {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'string' || (typeof value === 'number' && !Number.isNaN(value))) return value
  throw new TypeError(`A value to look for is a text, a number or a boolean, not ${value === null ? 'null' : typeof value}.`)
}

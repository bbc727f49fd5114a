/** The port's queries as SQL. Values are always bound; paths come from declarations only. */
import type { CollectionDeclaration, Page, Scalar, Where } from './collection.js'
import { type Condition, checkedLimit, checkedPage, checkedPath, checkedScalar, checkedWhere } from './query.js'
import type { Bound } from './sqlite-connection.js'

export interface Statement {
  readonly sql: string
  readonly values: readonly Bound[]
}

/** The columns of a row that are read, text as blobs. */
const ROW = 'CAST(id AS BLOB), version, CAST(doc AS BLOB), checksum'
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
/** Columns that every table has. `doc` stands last: what is searched by is then found without reading it. */
const OWN_COLUMNS = ['id', 'version', 'checksum', 'doc']

/** Paths that have a column of their own, beside the document they are part of: those that are declared, each once. */
export function columnPaths({ name, unique, indexes }: CollectionDeclaration): string[] {
  const paths = [...new Set([...unique, ...indexes].flat())].filter((path) => path !== '_id')
  const taken = paths.find((path) => OWN_COLUMNS.includes(path))
  if (taken !== undefined) throw new TypeError(`${name} cannot be searched by "${taken}": every table has a column of that name.`)
  return paths
}

/**
 * Makes a collection's table and indexes where they are missing. Documents stay readable by a person with the `sqlite3` program.
 * @param temporary an empty stand-in for a table that nobody has made yet, for a store opened for reading only.
 */
export function createStatements(declaration: CollectionDeclaration, temporary = false): string[] {
  if (temporary) return [`CREATE TEMP ${tableOf(declaration)}`]
  return [`CREATE ${tableOf(declaration)}`, ...indexesOf(declaration).map(({ sql }) => sql)]
}

function tableOf(declaration: CollectionDeclaration): string {
  const own = 'id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, checksum INTEGER NOT NULL'
  const columns = columnPaths(declaration).map((path) => `${column(path)}, `)
  return `TABLE IF NOT EXISTS ${checkedName(declaration.name)} (${own}, ${columns.join('')}doc TEXT NOT NULL)`
}

/** The indexes of a collection, by name. */
export function indexesOf(declaration: CollectionDeclaration): { readonly name: string; readonly sql: string }[] {
  const make = (kind: string, paths: readonly string[]) => {
    const name = ['by', checkedName(declaration.name), ...paths].join('_').replaceAll('.', '_')
    return { name, sql: `CREATE ${kind} IF NOT EXISTS ${name} ON ${declaration.name} (${paths.map(column).join(', ')})` }
  }
  return [...declaration.unique.map((paths) => make('UNIQUE INDEX', paths)), ...declaration.indexes.map((paths) => make('INDEX', paths))]
}

/** Makes a table of another layout anew, from its documents: an older version, or a path that was declared since. */
export function rebuildStatements(declaration: CollectionDeclaration): string[] {
  const { name } = declaration
  const old = `${checkedName(name)}_before`
  const paths = columnPaths(declaration)
  const values = paths.map((path) => `json_extract(doc, '${jsonPath(path)}'), `).join('')
  return [
    `ALTER TABLE ${name} RENAME TO ${old}`,
    `CREATE ${tableOf(declaration)}`,
    `INSERT INTO ${name} (id, version, checksum, ${paths.map((path) => `${column(path)}, `).join('')}doc) SELECT id, version, checksum, ${values}doc FROM ${old}`,
    `DROP TABLE ${old}`,
  ]
}

/** Values in the order of {@link insertSql}. */
export function insertSql(declaration: CollectionDeclaration): string {
  const columns = ['id', 'version', 'checksum', 'doc', ...columnPaths(declaration).map(column)]
  return `INSERT INTO ${declaration.name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`
}

/**
 * Two ways to write a next version. `usual` finds nothing where a path that is not `changing` would change, but leaves all indexes alone
 * that hold no such path: SQLite works on every index whose columns are named, changed or not. Values: version, checksum, doc, the
 * columns set, id, the stored version, and for `usual` the other columns.
 */
export function replaceSql(declaration: CollectionDeclaration): { readonly usual: string; readonly whole: string } {
  const { name, changing = [] } = declaration
  const set = (paths: readonly string[]) => ['version', 'checksum', 'doc', ...paths.map(column)].map((each) => `${each} = ?`).join(', ')
  const same = columnPaths(declaration)
    .filter((path) => !changing.includes(path))
    .map((path) => ` AND ${column(path)} IS ?`)
  return {
    usual: `UPDATE ${name} SET ${set(changing)} WHERE id = ? AND version = ?${same.join('')}`,
    whole: `UPDATE ${name} SET ${set(columnPaths(declaration))} WHERE id = ? AND version = ?`,
  }
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

/** The first value by itself too: with a mixed condition SQLite seeks by it, and not by the comparison of rows. */
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

function column(path: string): string {
  return path === '_id' ? 'id' : `"${path.split('.').map(checkedName).join('.')}"`
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

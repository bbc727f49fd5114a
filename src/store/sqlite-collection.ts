/** One collection of the embedded store: one table, one JSON document a row. */
import type { Collection, CollectionDeclaration, Count, Page, Scalar, Stored, Where } from './collection.js'
import type { Writes } from './sqlite-batch.js'
import { type Connection, isUniqueViolation } from './sqlite-connection.js'
import { StoreDamaged } from './sqlite-fault.js'
import {
  columnPaths,
  countStatement,
  findStatement,
  getStatement,
  insertSql,
  removeStatement,
  replaceSql,
  type Statement,
} from './sqlite-query.js'
import { type Column, columnReader, documentOf, rowOf } from './sqlite-row.js'

export class SqliteCollection<T extends Stored> implements Collection<T> {
  readonly #insert: string
  readonly #replace: { readonly usual: string; readonly whole: string }
  readonly #all: (doc: Stored) => Column[]
  readonly #changing: (doc: Stored) => Column[]
  readonly #fixed: (doc: Stored) => Column[]

  constructor(
    private readonly declaration: CollectionDeclaration,
    private readonly connection: Connection,
    private readonly writes: Writes,
    private readonly onDamage: (damage: StoreDamaged) => void,
  ) {
    const paths = columnPaths(declaration)
    const { changing = [] } = declaration
    this.#insert = insertSql(declaration)
    this.#replace = replaceSql(declaration)
    this.#all = columnReader(paths)
    this.#changing = columnReader(changing)
    this.#fixed = columnReader(paths.filter((path) => !changing.includes(path)))
  }

  async insert(doc: T): Promise<'ok' | 'duplicate'> {
    const row = [...rowOf(doc, doc.version), ...this.#all(doc)]
    return this.writes.add(() => (this.connection.run(this.#insert, row) === 1 ? 'ok' : 'duplicate'))
  }

  async get(id: string): Promise<T | undefined> {
    return this.#read(getStatement(this.declaration, id))[0]
  }

  async find(where: Where, page: Page): Promise<T[]> {
    return this.#read(findStatement(this.declaration, where, page))
  }

  async replace(doc: T): Promise<'ok' | 'conflict'> {
    const [id, version, checksum, json] = rowOf(doc, doc.version + 1)
    const next = [version, checksum, json]
    const usual = [...next, ...this.#changing(doc), id, doc.version, ...this.#fixed(doc)]
    const whole = [...next, ...this.#all(doc), id, doc.version]
    const { usual: first, whole: second } = this.#replace
    return this.writes.add(() => (this.#change(first, usual) === 1 || this.#change(second, whole) === 1 ? 'ok' : 'conflict'))
  }

  async remove(where: Where, limit: number): Promise<number> {
    const { sql, values } = removeStatement(this.declaration, where, limit)
    return this.writes.add(() => this.connection.run(sql, values))
  }

  async count(where: Where, by: readonly string[] = []): Promise<Count[]> {
    const { sql, values } = countStatement(this.declaration, where, by)
    return this.connection.rows(sql, values).map((row) => ({
      by: by.map((_, i) => scalarOf(row[2 * i], row[2 * i + 1])),
      count: Number(row[2 * by.length]),
    }))
  }

  #read(statement: Statement): T[] {
    try {
      return this.connection.rows(statement.sql, statement.values).map((row) => documentOf(this.declaration.name, row) as T)
    } catch (error) {
      if (error instanceof StoreDamaged) this.onDamage(error)
      throw error
    }
  }

  /** Trying again cannot help a replace that takes another document's unique key, so it must not look like a conflict. */
  #change(sql: string, values: readonly Column[]): number {
    try {
      return this.connection.run(sql, values)
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      throw new TypeError(`A replace in ${this.declaration.name} took a unique key of another document; unique keys stay as inserted.`, {
        cause: error,
      })
    }
  }
}

/** SQLite gives JSON's true and false as 1 and 0; the JSON type tells them apart. */
function scalarOf(value: unknown, type: unknown): Scalar | null {
  if (type === 'true' || type === 'false') return type === 'true'
  if (ArrayBuffer.isView(value)) return Buffer.from(value as Uint8Array).toString()
  return typeof value === 'number' ? value : null
}

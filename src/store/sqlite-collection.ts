/** One collection of the embedded store: one table, one JSON document a row. */
import type { Collection, CollectionDeclaration, Count, Page, Scalar, Stored, Where } from './collection.js'
import type { Writes } from './sqlite-batch.js'
import { type Connection, isUniqueViolation } from './sqlite-connection.js'
import { StoreDamaged } from './sqlite-fault.js'
import { countStatement, findStatement, getStatement, removeStatement, type Statement } from './sqlite-query.js'
import { documentOf, rowOf } from './sqlite-row.js'

export class SqliteCollection<T extends Stored> implements Collection<T> {
  readonly #insert: string
  readonly #replace: string

  constructor(
    private readonly declaration: CollectionDeclaration,
    private readonly connection: Connection,
    private readonly writes: Writes,
    private readonly onDamage: (damage: StoreDamaged) => void,
  ) {
    this.#insert = `INSERT INTO ${declaration.name} (id, version, doc, checksum) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`
    this.#replace = `UPDATE ${declaration.name} SET version = ?, doc = ?, checksum = ? WHERE id = ? AND version = ?`
  }

  async insert(doc: T): Promise<'ok' | 'duplicate'> {
    const row = rowOf(doc, doc.version)
    return this.writes.add(() => (this.connection.run(this.#insert, row) === 1 ? 'ok' : 'duplicate'))
  }

  async get(id: string): Promise<T | undefined> {
    return this.#read(getStatement(this.declaration, id))[0]
  }

  async find(where: Where, page: Page): Promise<T[]> {
    return this.#read(findStatement(this.declaration, where, page))
  }

  async replace(doc: T): Promise<'ok' | 'conflict'> {
    const [id, version, json, checksum] = rowOf(doc, doc.version + 1)
    return this.writes.add(() => (this.#change(this.#replace, [version, json, checksum, id, doc.version]) === 1 ? 'ok' : 'conflict'))
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
  #change(sql: string, values: readonly (string | number)[]): number {
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

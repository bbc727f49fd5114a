/** Brings a table to the layout of its declaration: at the first start, and after an upgrade. */
import { type CollectionDeclaration, StoreUnavailable } from './collection.js'
import type { Connection } from './sqlite-connection.js'
import { columnPaths, createStatements, indexesOf, rebuildStatements } from './sqlite-query.js'

/** Makes what is missing; a table of another layout is made anew from its documents, in one transaction. */
export function layOut(connection: Connection, declaration: CollectionDeclaration): void {
  if (hasOtherLayout(connection, declaration)) rebuild(connection, declaration)
  dropUndeclared(connection, declaration)
  for (const statement of createStatements(declaration)) connection.exec(statement)
}

/** For a store that is opened for reading: throws `StoreUnavailable` when only a server can bring the table up. */
export function checkLayout(connection: Connection, declaration: CollectionDeclaration): void {
  if (hasOtherLayout(connection, declaration))
    throw new StoreUnavailable('it was made by another version of the program; start the server once, which brings it up')
}

/** False for a table that is not there yet. */
function hasOtherLayout(connection: Connection, declaration: CollectionDeclaration): boolean {
  const columns = connection.rows(`PRAGMA table_info(${declaration.name})`).map((row) => String(row[1]))
  if (columns.length === 0) return false
  const wanted = ['id', 'version', 'checksum', ...columnPaths(declaration), 'doc']
  return wanted.join() !== columns.join()
}

function rebuild(connection: Connection, declaration: CollectionDeclaration): void {
  connection.exec('BEGIN IMMEDIATE')
  try {
    for (const statement of rebuildStatements(declaration)) connection.exec(statement)
    connection.exec('COMMIT')
  } finally {
    if (connection.inTransaction) connection.exec('ROLLBACK')
  }
}

/** An index that nothing asks for any more costs every write. */
function dropUndeclared(connection: Connection, declaration: CollectionDeclaration): void {
  const wanted = new Set(indexesOf(declaration).map(({ name }) => name))
  const made = connection.rows("SELECT CAST(name AS BLOB) FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?", [
    declaration.name,
  ])
  for (const name of made.map(([bytes]) => Buffer.from(bytes as Uint8Array).toString())) {
    if (!wanted.has(name)) connection.exec(`DROP INDEX "${name}"`)
  }
}

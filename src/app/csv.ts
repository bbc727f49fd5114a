/** Tables as files that a Danish Excel opens by a double click. */

/** A spreadsheet takes a cell that begins so for a formula, in East Asian width too (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/
const LINE_END = '\r\n'
/** Without it Excel reads UTF-8 as the letters of Windows. */
const BYTE_ORDER_MARK = '\uFEFF'

/** Every cell is quoted; one that begins like a formula gets an apostrophe before it, so that it is text. Parts are `;`, as Danish Excel reads it. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `${BYTE_ORDER_MARK}${rows.map((row) => row.map(cell).join(';') + LINE_END).join('')}`
}

function cell(text: string): string {
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
}

/** The id in the page of somebody's line. */
export function rowId(person: string): string {
  return `person-${person}`
}

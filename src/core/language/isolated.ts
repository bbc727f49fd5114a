/** A name or a person's own words inside another sentence keep their own direction (Unicode UAX 9: FSI … PDI). */
export function isolated(text: string): string {
  return `\u2068${text.replace(/[\u202A-\u202E\u2066-\u2069]/g, '')}\u2069`
}

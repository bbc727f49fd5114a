/** What `npm run people` is asked to do, from its arguments. */
import { parseArgs } from 'node:util'

export type PeopleOrder =
  | { readonly act: 'check'; readonly file: string }
  | { readonly act: 'import'; readonly file: string; readonly removeMissing: boolean }
  /** Without a file everything is printed. */
  | { readonly act: 'export'; readonly file: string | undefined }

const COMMAND = 'npm run people --'
const FORMS = {
  check: `${COMMAND} check FILE`,
  import: `${COMMAND} import FILE [--remove-missing]`,
  export: `${COMMAND} export [FILE]`,
}

/** The order, or one line that says what to write instead. */
export function peopleOrder(args: readonly string[]): PeopleOrder | { readonly wrong: string } {
  const [act, ...rest] = args
  const found = parsed(rest)
  const [file, ...more] = found?.positionals ?? []
  const removeMissing = found?.removeMissing ?? false
  if (act !== 'check' && act !== 'import' && act !== 'export')
    return { wrong: `Say what to do: ${FORMS.check}, import FILE [--remove-missing], or export [FILE]` }
  const wrong = { wrong: `Write: ${FORMS[act]}` }
  if (found === undefined || more.length > 0 || file === '' || (removeMissing && act !== 'import')) return wrong
  if (act === 'export') return { act, file }
  if (file === undefined) return wrong
  return act === 'check' ? { act, file } : { act, file, removeMissing }
}

function parsed(args: readonly string[]): { readonly positionals: readonly string[]; readonly removeMissing: boolean } | undefined {
  try {
    const options = { 'remove-missing': { type: 'boolean', default: false } } as const
    const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options })
    return { positionals, removeMissing: values['remove-missing'] }
  } catch {
    // Whoever wrote it reads the right form instead.
    return undefined
  }
}

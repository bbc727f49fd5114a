/** What staff ask of a file of people from a terminal: the check and the import, told in lines. */
import { copenhagenDate } from '../core/copenhagen.js'
import type { Library } from '../core/library.js'
import type { Problem } from '../core/types.js'
import type { AccountsDeps } from './accounts/accounts-deps.js'
import { COMMAND_LINE, note } from './accounts/audit.js'
import { describeProblem } from './live-library.js'
import { type FileWorld, type PeopleFile, readPeople } from './people-file.js'
import { type ImportDeps, importPeople } from './people-file-import.js'
import type { Time } from './ports.js'
import type { Source } from './sources.js'

export interface ImportOrder {
  readonly act: 'import-people'
  /** Whole path of the file, on the machine of the store. */
  readonly people: string
  readonly removeMissing: boolean
}

export type ReadPeopleFile = (file: string) => Promise<{ source: Source } | { problems: Problem[] }>

export interface PeopleOrderDeps extends ImportDeps, Pick<AccountsDeps, 'audit' | 'ids'> {
  readonly library: Pick<Library, 'areas' | 'languages'>
  readonly time: Pick<Time, 'now'>
  readonly read: ReadPeopleFile
}

/** A running server's answer has at most 4,096 characters. */
const ANSWER_MAX = 3500

/** What a file is held against: the areas and languages in force, today. */
export function fileWorld({ areas, languages }: Pick<Library, 'areas' | 'languages'>, now: number): FileWorld {
  return { areas: Object.keys(areas), languages: languages.map(({ code }) => code), today: copenhagenDate(now) }
}

/** Reads, checks and imports; resolves with what was done. Throws `Error` with every mistake, as far as they fit. */
export async function orderImport(deps: PeopleOrderDeps, { people, removeMissing }: ImportOrder): Promise<string> {
  const read = await readPeopleOf(deps.read, people, fileWorld(deps.library, deps.time.now()))
  if ('problems' in read) throw new Error(mistakes(read.problems))
  await note(deps, { who: COMMAND_LINE, what: 'people-imported', about: '' }, 'all')
  return (await importPeople(deps, read.file, { removeMissing })).join('\n')
}

export async function readPeopleOf(
  read: ReadPeopleFile,
  file: string,
  world: FileWorld,
): Promise<{ file: PeopleFile; warnings: Problem[] } | { problems: Problem[] }> {
  const found = await read(file)
  return 'problems' in found ? found : readPeople(found.source, world)
}

function mistakes(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').map(describeProblem)
  const shown: string[] = []
  for (const error of errors) {
    if ([...shown, error].join('\n').length > ANSWER_MAX) break
    shown.push(error)
  }
  const more = errors.length > shown.length ? [`and ${errors.length - shown.length} more: npm run people -- check lists them all`] : []
  return ['Nothing was imported.', ...shown, ...more].join('\n')
}

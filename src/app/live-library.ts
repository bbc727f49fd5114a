/** The library in force, swapped whole: turns under way finish on the one they took. A broken change keeps the last good one. */

import type { Library } from '../core/library.js'
import type { Problem } from '../core/types.js'
import type { BuildOptions, Built } from './dialogs.js'
import { buildLibrary } from './dialogs.js'
import type { LibrarySource } from './library-source.js'
import type { Log } from './ports.js'
import type { Sources } from './sources.js'
import type { Phrases } from './texts.js'

export interface LiveLibrary extends LibrarySource {
  webTexts(): Phrases
  /** Reads the files again; on problems keeps what is in force and logs them. */
  reload(): Promise<void>
}

/** Files that cannot become a library: every problem, one a line. */
export class LibraryProblems extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(describeProblem).join('\n- '))
    this.name = 'LibraryProblems'
  }
}

/** `dialogs/corona.yaml:12 (help, ar): what is wrong and what to do` */
export function describeProblem({ file, line, node, language, message }: Problem): string {
  const at = [node, language].filter((part) => part !== undefined).join(', ')
  return `${file}${line === undefined ? '' : `:${line}`}${at === '' ? '' : ` (${at})`}: ${message}`
}

export type ReadSources = () => Promise<{ sources: Sources } | { problems: Problem[] }>

/** Throws {@link LibraryProblems} when there is no good library to begin with. */
export async function openLibrary(read: ReadSources, options: () => BuildOptions, log: Log): Promise<LiveLibrary> {
  let built = await build(read, options())
  for (const line of warningLines(built.warnings)) log.warn(line)
  return {
    current: (): Library => built.library,
    webTexts: () => built.webTexts,
    async reload() {
      try {
        built = await build(read, options())
        log.info('dialogs were read again', { revision: built.library.revision })
      } catch (error) {
        if (!(error instanceof LibraryProblems)) throw error
        for (const problem of error.problems) log.error(`${describeProblem(problem)} (the last good version stays in force)`)
      }
    },
  }
}

/** What waits for translators is told in one line: an ended fact must not drown in it. */
function warningLines(warnings: readonly Problem[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const { language } of warnings) if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1)
  const others = warnings.filter(({ language }) => language === undefined).map(describeProblem)
  if (counts.size === 0) return others
  const languages = [...counts].map(([language, count]) => `${language} ${count}`).join(', ')
  return [...others, `translations have warnings (${languages}): npm run dialogs -- check lists them`]
}

async function build(read: ReadSources, options: BuildOptions): Promise<Built> {
  const files = await read()
  const built = 'problems' in files ? files : buildLibrary(files.sources, options)
  // What stands in the way, without what can wait.
  if ('problems' in built) throw new LibraryProblems(built.problems.filter(({ severity }) => severity === 'error'))
  return built
}

/** `npm run dialogs -- check`: every problem of dialogs/ and locales/, and questions that another answer wins. `-- coverage`: which promised answers are there in which language. `-- stamp`: notes which Danish each new translation is of. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkExamples } from '../app/check-examples.js'
import { checkDangerWords } from '../app/compile-danger.js'
import type { Built } from '../app/dialogs.js'
import { checkGlossary, readGlossary } from '../app/glossary.js'
import { describeProblem } from '../app/live-library.js'
import { textPaths } from '../core/dialog/translations.js'
import { hash } from '../core/hash.js'
import type { Dialog, Problem } from '../core/types.js'
import { readGlossaryFile, readSources } from '../store/files.js'
import { dialogsCoverage } from './dialogs-coverage.js'
import { endWithReader } from './end-with-reader.js'
import { FOLDERS, loadLibrary } from './library.js'

const USAGE = 'Usage: npm run dialogs -- check | coverage | stamp\n'

endWithReader()
const [command] = process.argv.slice(2)
if (command === 'check') await check()
else if (command === 'coverage') process.exitCode = await dialogsCoverage((line) => process.stdout.write(`${line}\n`))
else if (command === 'stamp') await stamp()
else {
  process.stderr.write(USAGE)
  process.exitCode = 1
}

async function check(): Promise<void> {
  const built = await loadLibrary()
  const problems =
    'problems' in built
      ? built.problems
      : [...built.warnings, ...checkExamples(built.library), ...(await dangerSlips()), ...(await glossarySlips(built))]
  for (const problem of problems) process.stdout.write(`${problem.severity}: ${describeProblem(problem)}\n`)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  process.stdout.write(`${errors} errors, ${problems.length - errors} warnings\n`)
  process.exitCode = errors === 0 ? 0 : 1
}

async function dangerSlips(): Promise<readonly Problem[]> {
  const files = await readSources(FOLDERS)
  return 'problems' in files ? files.problems : checkDangerWords(files.sources)
}

async function glossarySlips(built: Built): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  const terms = readGlossary(await readGlossaryFile(FOLDERS, problems), problems)
  return [...problems, ...checkGlossary(terms, built)]
}

/** A translation without `of` is taken to be of the Danish as it stands now; those that have one are left alone. */
async function stamp(): Promise<void> {
  const built = await loadLibrary()
  if ('problems' in built) return check()
  for (const language of (await readdir(FOLDERS.locales)).filter((name) => name !== 'da')) {
    for (const dialog of Object.values(built.library.dialogs)) await stampFile(join(FOLDERS.locales, language, `${dialog.id}.json`), dialog)
  }
}

async function stampFile(file: string, dialog: Dialog): Promise<void> {
  const content = await readFile(file, 'utf8').catch(() => undefined)
  if (content === undefined) return
  const entries = JSON.parse(content) as Record<string, { text?: string; of?: string }>
  const danish = new Map(textPaths(dialog).map(({ path, text }) => [path, text]))
  for (const [path, entry] of Object.entries(entries)) {
    const source = danish.get(path)
    if (source !== undefined && entry.of === undefined) entry.of = hash(source)
  }
  await writeFile(file, `${JSON.stringify(entries, null, 2)}\n`)
}

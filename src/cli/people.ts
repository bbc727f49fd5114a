/**
 * `npm run people`: areas, networks and volunteers as one file. `-- check FILE` tells every mistake; `-- import FILE` goes through the running
 * server, or into the store where none runs; `-- export [FILE]` writes what the store has.
 */
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { describeProblem, LibraryProblems } from '../app/live-library.js'
import { exportPeople } from '../app/people-file-export.js'
import { fileWorld, type ImportOrder, orderImport, readPeopleOf } from '../app/people-file-order.js'
import { type Config, readConfig, readEnvironment } from '../config.js'
import type { Library } from '../core/library.js'
import { readPeopleYaml, writePeopleYaml } from '../store/people-yaml.js'
import { FILE_MODE } from '../store/private-file.js'
import { systemTime } from '../time.js'
import { ids } from '../wiring.js'
import { endWithReader } from './end-with-reader.js'
import { loadLibrary } from './library.js'
import { type PeopleOrder, peopleOrder } from './people/order.js'
import { throughServer } from './through-server.js'
import { withCollections } from './with-collections.js'

endWithReader()

const read = readConfig(readEnvironment())
const order = peopleOrder(process.argv.slice(2))
if ('wrong' in order) fail(order.wrong)
else if ('problems' in read) fail(read.problems.join('\n'))
else await carryOut(read.config, order).catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)))

function tell(text: string): void {
  process.stdout.write(`${text}\n`)
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
}

async function carryOut(config: Config, wanted: PeopleOrder): Promise<void> {
  switch (wanted.act) {
    case 'check':
      await check(await libraryOf(config), resolve(wanted.file))
      return
    case 'import':
      return importFile(config, { act: 'import-people', people: resolve(wanted.file), removeMissing: wanted.removeMissing })
    case 'export':
      return exportFile(config, wanted.file)
  }
}

/** Every mistake and every warning, a line each; true when there is no mistake. */
async function check(library: Library, file: string): Promise<boolean> {
  const found = await readPeopleOf(readPeopleYaml, file, fileWorld(library, Date.now()))
  const problems = 'problems' in found ? found.problems : found.warnings
  for (const problem of problems) tell(`${problem.severity}: ${describeProblem(problem)}`)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  tell(`${errors} errors, ${problems.length - errors} warnings`)
  if (errors > 0) process.exitCode = 1
  return errors === 0
}

/** Checked here first, because every mistake fits in a terminal and not in an answer of the server. */
async function importFile(config: Config, wanted: ImportOrder): Promise<void> {
  const library = await libraryOf(config)
  if (!(await check(library, wanted.people))) return fail('Nothing was imported.')
  const inStore = () =>
    withCollections(config, false, (collections) =>
      orderImport({ ...collections, ids, library, time: systemTime(config.CLOCK), read: readPeopleYaml }, wanted),
    )
  tell(await throughServer(config.DATA_DIR, wanted, inStore))
}

async function exportFile(config: Config, file: string | undefined): Promise<void> {
  const text = writePeopleYaml(await withCollections(config, true, exportPeople))
  if (file === undefined) return void process.stdout.write(text)
  await writeFile(resolve(file), text, { flag: 'wx', mode: FILE_MODE }).catch((error: unknown) => {
    const there = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw there ? new Error(`${file} is there already: name a new file`) : error
  })
  tell(`${file} holds the areas, networks and volunteers. It has names and mail addresses: keep it private.`)
}

async function libraryOf(config: Config): Promise<Library> {
  const built = await loadLibrary({ languages: config.LANGUAGES, defaultLanguage: config.DEFAULT_LANGUAGE })
  if ('problems' in built) throw new LibraryProblems(built.problems)
  return built.library
}

/**
 * `npm run questions`: what nobody could answer, in groups. `-- answer ID dialog/node`, `-- dismiss ID` (both with `--group`) change it
 * through the running server, or in the store where none runs; `-- show ID` and `-- useful` read.
 */
import { parseArgs } from 'node:util'
import { type Waiting, waitingFor } from '../app/answer-back.js'
import { describeProblem } from '../app/live-library.js'
import { groupQuestions } from '../app/question-groups.js'
import { showGroup, showVotes } from '../app/question-list.js'
import { allQuestions, orderQuestions, type QuestionOrder } from '../app/questions.js'
import { type Config, readConfig, readEnvironment } from '../config.js'
import type { Library } from '../core/library.js'
import type { Collections, QuestionDocument } from '../store/collections.js'
import { systemTime } from '../time.js'
import { endWithReader } from './end-with-reader.js'
import { loadLibrary } from './library.js'
import { throughServer } from './through-server.js'
import { withCollections } from './with-collections.js'

const USAGE = `Usage: npm run questions                                    new groups
       npm run questions -- --all | --state new|linked|answered|dismissed
       npm run questions -- show ID                         the group of a question
       npm run questions -- answer ID DIALOG/NODE [--group] this answer, for it or for its group
       npm run questions -- dismiss ID [--group]            put aside
       npm run questions -- useful                          how useful answers were`
const STATES: readonly string[] = ['new', 'linked', 'answered', 'dismissed'] satisfies QuestionDocument['state'][]

type Wanted = { readonly act: 'list'; readonly state: string | undefined } | { readonly act: 'show'; readonly question: string }
type Order = Wanted | { readonly act: 'useful' } | QuestionOrder

endWithReader()

const read = readConfig(readEnvironment())
const order = orderOf(process.argv.slice(2))
if (order === undefined) fail(USAGE)
else if ('problems' in read) fail(read.problems.join('\n'))
else await carryOut(read.config, order).then(tell, (error: unknown) => fail(error instanceof Error ? error.message : String(error)))

function tell(line: string): void {
  process.stdout.write(`${line}\n`)
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
}

/** Undefined for what is no order. */
function orderOf(args: string[]): Order | undefined {
  try {
    const flag = { type: 'boolean', default: false } as const
    const options = { all: flag, group: flag, state: { type: 'string', default: 'new' } } as const
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options })
    const [act, question, place, ...more] = positionals
    if (more.length > 0) return undefined
    if (act === undefined) return STATES.includes(values.state) ? { act: 'list', state: values.all ? undefined : values.state } : undefined
    if (act === 'useful') return question === undefined ? { act } : undefined
    return question === undefined ? undefined : orderAbout(act, question, { place, group: values.group })
  } catch {
    // An option that there is not: the usage says which there are.
    return undefined
  }
}

function orderAbout(act: string, question: string, { place, group }: { place: string | undefined; group: boolean }): Order | undefined {
  if (act === 'answer') {
    const [dialog = '', node = '', ...rest] = place?.split('/') ?? []
    return node === '' || rest.length > 0 ? undefined : { act, question, at: { dialog, node }, group }
  }
  if (place !== undefined) return undefined
  if (act === 'dismiss') return { act, question, group }
  return act === 'show' ? { act, question } : undefined
}

async function carryOut(config: Config, wanted: Order): Promise<string> {
  if (wanted.act === 'answer' || wanted.act === 'dismiss') return change(config, wanted)
  return withCollections(config, true, async (collections) => {
    if (wanted.act === 'useful') return showVotes(await collections.votes.count({}, ['dialog', 'node', 'text', 'language', 'useful']))
    return listed(config, collections, wanted)
  })
}

/** The server tells askers at once; without one they are told when it starts. */
function change(config: Config, wanted: QuestionOrder): Promise<string> {
  return throughServer(config.DATA_DIR, wanted, async () => {
    const library = await libraryOf(config)
    return withCollections(config, false, (collections) => orderQuestions({ ...collections, library }, wanted))
  })
}

async function listed(config: Config, collections: Collections, wanted: Wanted): Promise<string> {
  const library = await libraryOf(config)
  const questions = await allQuestions(collections.questions)
  const groups = groupQuestions(questions).filter(({ state, questions: ones }) =>
    wanted.act === 'show' ? ones.some(({ _id }) => _id === wanted.question) : wanted.state === undefined || state === wanted.state,
  )
  if (groups.length === 0 && wanted.act === 'show') throw new Error(`There is no question ${wanted.question}; --all lists them`)
  if (groups.length === 0) return 'There are no such questions.'
  const waiting = await waitingOf(config, { collections, library }, questions)
  return groups.map((group) => showGroup(group, library, waiting)).join('\n\n')
}

/** What is in the way of each asker who waits for an answer that there is. */
async function waitingOf(
  config: Config,
  { collections, library }: { collections: Collections; library: Library },
  questions: readonly QuestionDocument[],
): Promise<ReadonlyMap<string, Waiting>> {
  const deps = { ...collections, library: () => library, time: systemTime(config.CLOCK) }
  const waiting = new Map<string, Waiting>()
  for (const question of questions) {
    if (question.state === 'linked' && question.wish) waiting.set(question._id, await waitingFor(deps, question))
  }
  return waiting
}

async function libraryOf({ LANGUAGES: languages, DEFAULT_LANGUAGE: defaultLanguage }: Config): Promise<Library> {
  const built = await loadLibrary({ languages, defaultLanguage })
  if ('problems' in built) throw new Error(built.problems.map(describeProblem).join('\n'))
  return built.library
}

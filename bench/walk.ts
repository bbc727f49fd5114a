/** What people say: a way through the starter dialogs, three levels down and back, in two languages. Every step is answered with one message. */
import { join } from 'node:path'
import { buildLibrary } from '../src/app/dialogs.js'
import { createRecognize } from '../src/app/recognize.js'
import type { Library } from '../src/core/library.js'
import type { AskReply, Goto, LanguageCode } from '../src/core/types.js'
import { readSources } from '../src/store/files.js'
import { readTables } from '../src/store/read-tables.js'
import { ROOT } from './root.js'

/** Quick replies by id, from the main menu to the third level, back, down another way, and up to the menu. */
const WAY = ['everyday', 'money', 'start', 'home', 'start', 'menu'] as const
const START: Goto = { dialog: 'welcome', node: 'start' }

const LANGUAGES = ['da', 'ar'] as const

export interface Step {
  /** The quick reply's title, typed. */
  readonly typed: string
  /** The product's whole answer. */
  readonly answer: string
}

export interface Walk {
  /** Language name, typed at first contact. The answer to it ends at the main menu. */
  readonly language: string
  /** A round: after the last step one stands at the main menu again. */
  readonly steps: readonly Step[]
}

/** A walk per language of {@link LANGUAGES}. Throws when the starter dialogs have no such way. */
export async function readWalks(): Promise<readonly Walk[]> {
  const files = await readSources({ dialogs: join(ROOT, 'dialogs'), locales: join(ROOT, 'locales') })
  const tables = await readTables(join(ROOT, 'locales'))
  const options = { languages: undefined, defaultLanguage: 'da', now: Date.now(), recognize: createRecognize(), ...tables }
  const built = 'problems' in files ? files : buildLibrary(files.sources, options)
  if ('problems' in built) throw new Error('The starter dialogs cannot be read: run npm run dialogs -- check')
  return LANGUAGES.map((code) => walkIn(built.library, code))
}

function walkIn(library: Library, code: LanguageCode): Walk {
  const steps: Step[] = []
  let here = START
  for (const id of WAY) {
    const reply = replyAt(library, here, id)
    const typed = library.texts(here.dialog, here.node, code).titles[id] ?? reply.title
    here = reply.goto
    steps.push({ typed, answer: library.texts(here.dialog, here.node, code).ask ?? '' })
  }
  const language = library.languages.find((offered) => offered.code === code)?.name
  if (language === undefined) throw new Error(`The starter dialogs are not offered in ${code}`)
  return { language, steps }
}

function replyAt(library: Library, { dialog, node }: Goto, id: string): AskReply {
  const does = library.dialogs[dialog]?.nodes[node]?.does
  const reply = does?.kind === 'ask' ? does.ask.quickReplies.find((one) => one.id === id) : undefined
  if (reply === undefined) throw new Error(`${dialog}/${node} has no quick reply ${id}: give bench/walk.ts another way through the dialogs`)
  return reply
}

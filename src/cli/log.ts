/** `npm run log`: every turn in the store, oldest first, for people or (`-- --json`) one JSON object a line. */
import { parseArgs } from 'node:util'
import { fullText } from '../bot/bot.js'
import { type Config, readConfig, readEnvironment } from '../config.js'
import { COLLECTIONS, type TurnDocument } from '../store/collections.js'
import { openStore } from '../store/open-store.js'
import { endWithReader } from './end-with-reader.js'

const PAGE = 500

endWithReader()

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
const read = readConfig(readEnvironment())
if ('problems' in read) fail(read.problems.join('\n'))
else await printLog(read.config, values.json).catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)))

function fail(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
}

async function printLog({ DATA_DIR: dir, MONGODB_URI: mongodbUri }: Config, json: boolean): Promise<void> {
  const store = await openStore({ dir, mongodbUri, readOnly: true })
  const turns = store.collection<TurnDocument>(COLLECTIONS.turns)
  for (let after: (string | number)[] | undefined; ; ) {
    const page = await turns.find({}, { sort: ['at', 'conversation', 'seq'], limit: PAGE, ...(after ? { after } : {}) })
    for (const turn of page) process.stdout.write(json ? `${JSON.stringify(asRow(turn))}\n` : asText(turn))
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) break
    after = [last.at, last.conversation, last.seq]
  }
  await store.close()
}

function asRow({ _id, conversation, seq, at, session, event, effects, settle }: TurnDocument): object {
  const { id, type } = event
  const text = 'text' in event ? event.text : ''
  return {
    turn: _id,
    conversation,
    seq,
    at: new Date(at).toISOString(),
    channel: channelOf(conversation),
    language: session.language.code,
    event: { ...event, id, type, text },
    effects,
    settle,
  }
}

function channelOf(conversation: string): string {
  return conversation.slice(0, conversation.indexOf(':'))
}

function asText(turn: TurnDocument): string {
  const { conversation, seq, at, session, event, effects } = turn
  const head = `${new Date(at).toISOString()}  ${conversation} #${seq}  ${session.language.code}`
  if (turn.erased) return `${head}\n  (erased)\n\n`
  const heard = 'text' in event ? `> ${event.text}` : `> (${event.type})`
  const lines = effects.map((effect) => (effect.type === 'message' ? `< ${fullText(effect.message)}` : `* ${effect.type}`))
  return `${[head, heard, ...lines].join('\n').replaceAll('\n', '\n  ')}\n\n`
}

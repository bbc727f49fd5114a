/** `npm run nlu -- detect | match | eval | phrasings`: what the bot understands, so that it can be measured. */

import { endWithReader } from './end-with-reader.js'

type Print = (line: string) => void
/** Arguments after the name, lines of input, where a line of output goes, and a complaint; resolves to the exit code. */
type Nlu = (args: readonly string[], input: AsyncIterable<string | Buffer>, print: Print, warn: Print) => Promise<number>

/** Loaded when asked for: none needs what another reads. */
const COMMANDS: Readonly<Record<string, () => Promise<Nlu>>> = {
  detect: async () => (await import('./nlu-detect.js')).nluDetect,
  match: async () => (await import('./nlu-match.js')).nluMatch,
  eval: async () => {
    const { nluEval } = await import('./nlu-eval.js')
    return (args, _input, print) => nluEval(args, print)
  },
  phrasings: async () => {
    const { nluPhrasings } = await import('./nlu-phrasings.js')
    return (args, _input, print) => nluPhrasings(args, print)
  },
}

endWithReader()

const [name = '', ...args] = process.argv.slice(2)
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
if (command === undefined) fail(`Usage: npm run --silent nlu -- ${Object.keys(COMMANDS).join(' | ')}`)
else {
  const nlu = await command()
  const to = (stream: NodeJS.WriteStream) => (line: string) => void stream.write(`${line}\n`)
  process.exitCode = await nlu(args, process.stdin, to(process.stdout), to(process.stderr)).catch((error: unknown) =>
    fail(error instanceof Error ? error.message : String(error)),
  )
}

function fail(message: string): number {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
  return 1
}

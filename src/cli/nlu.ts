/** `npm run nlu -- detect`: what the bot understands, on lines from standard input, so that it can be measured. */

/** Arguments after the name, lines of input, and where a line of output goes; resolves to the exit code. */
type Nlu = (args: readonly string[], input: AsyncIterable<string | Buffer>, print: (line: string) => void) => Promise<number>

/** Loaded when asked for: none needs what another reads. */
const COMMANDS: Readonly<Record<string, () => Promise<Nlu>>> = {
  detect: async () => (await import('./nlu-detect.js')).nluDetect,
}

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

const [name = '', ...args] = process.argv.slice(2)
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
if (command === undefined) fail(`Usage: npm run --silent nlu -- ${Object.keys(COMMANDS).join(' | ')}`)
else {
  const nlu = await command()
  process.exitCode = await nlu(args, process.stdin, (line) => process.stdout.write(`${line}\n`)).catch((error: unknown) =>
    fail(error instanceof Error ? error.message : String(error)),
  )
}

function fail(message: string): number {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
  return 1
}

/** Puts everything together: settings → store → use cases → edges → server; and takes it apart again in order. */
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { helpText, publicUrl, readConfig, readEnvironment } from './config.js'
import { createLog } from './log.js'

/** Open work may take this long after SIGTERM; then the process ends all the same. */
const STOP_MS = 9000

if (process.argv.includes('--help')) process.stdout.write(helpText())
else await main()

async function main(): Promise<void> {
  const environment = readEnvironment()
  const read = readConfig(environment)
  if ('problems' in read) return refuse(read.problems)
  const { config } = read
  const production = environment['NODE_ENV'] === 'production'
  const log = createLog(config.LOG_LEVEL, production)
  const root = fileURLToPath(new URL('..', import.meta.url))
  try {
    // After the settings are read: a wrong one is told at once.
    const { startApplication } = await import('./application.js')
    const application = await startApplication(config, { log, root, watch: !production })
    const { port } = application.server.address() as AddressInfo
    process.stdout.write(`Opgang is open at ${publicUrl(config, port)}/\n`)
    // For people, once: it is a way in, and no log keeps it.
    if (application.firstLink !== undefined)
      process.stdout.write(
        `Nobody can sign in yet. This link makes the first administrator, once, within 24 hours:\n${application.firstLink}\n`,
      )
    stopOn(['SIGTERM', 'SIGINT'], application.stop)
  } catch (error) {
    refuse([error instanceof Error ? explain(error) : String(error)])
  }
}

function refuse(problems: readonly string[]): void {
  process.stderr.write(`Opgang cannot start:\n${problems.map((problem) => `- ${problem}`).join('\n')}\n`)
  process.exitCode = 1
}

function explain(error: Error): string {
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return 'PORT: the port is in use; stop what uses it, or set another'
  if (code === 'EACCES') return 'PORT: listening there is not allowed; set a port above 1023'
  if (code === 'EADDRNOTAVAIL') return 'HOST: this machine has no such address; set 127.0.0.1 or 0.0.0.0'
  return error.message
}

function stopOn(signals: readonly NodeJS.Signals[], stop: () => Promise<void>): void {
  let stopping = false
  for (const signal of signals) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      setTimeout(() => process.exit(1), STOP_MS).unref()
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`Opgang did not stop in order: ${error instanceof Error ? error.message : String(error)}\n`)
          process.exit(1)
        },
      )
    })
  }
}

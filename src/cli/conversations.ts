/** `npm run conversations -- resume|erase ID`: gives a conversation back to the bot, or erases its person, through the running server. */
import { readConfig, readEnvironment } from '../config.js'
import { sendControl } from '../http/control.js'

const USAGE = 'Usage: npm run conversations -- resume|erase CONVERSATION   (ids are in `npm run log`)'

const [act, conversation] = process.argv.slice(2)
const read = readConfig(readEnvironment())
if ('problems' in read) end(read.problems.join('\n'), false)
else if ((act !== 'resume' && act !== 'erase') || conversation === undefined) end(USAGE, false)
else {
  await sendControl(read.config.DATA_DIR, { act, conversation }).then(
    ({ ok, line }) => end(line, ok),
    (error: unknown) => end(error instanceof Error ? error.message : String(error), false),
  )
}

function end(line: string, ok: boolean): void {
  process[ok ? 'stdout' : 'stderr'].write(`${line}\n`)
  process.exitCode = ok ? 0 : 1
}

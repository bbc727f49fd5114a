/** A command's order: through the running server, which sees what it changes at once, or in the store where none runs. */
import { type ControlOrder, NoServer, sendControl } from '../http/control.js'

/** The line that says what was done. Throws `Error` with what to do when the order was refused. */
export async function throughServer(dir: string, order: ControlOrder, withoutServer: () => Promise<string>): Promise<string> {
  try {
    const { ok, line } = await sendControl(dir, order)
    if (!ok) throw new Error(line)
    return line
  } catch (error) {
    if (!(error instanceof NoServer)) throw error
    return withoutServer()
  }
}

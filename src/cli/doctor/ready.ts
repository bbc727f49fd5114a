/** Whether the server, as residents reach it, says that it can take turns. */
import { ask } from './ask.js'
import { bad, doubtful, type Finding, good } from './finding.js'

const REASON_MAX = 300

export async function checkReady(publicUrl: string): Promise<Finding> {
  const url = `${publicUrl}/readyz`
  const answer = await ask(url)
  if ('reason' in answer) return bad(`Server: ${url} cannot be reached: ${answer.reason}`)
  if (answer.status === 200 && answer.body.trim() === 'ready') return good(`Server: ${publicUrl} is ready`)
  if (answer.status === 503) return bad(`Server: not ready: ${answer.body.replaceAll(/\s+/g, ' ').trim().slice(0, REASON_MAX)}`)
  if (answer.status === 403) return doubtful(`Server: ${url} is closed to the outside; ask it on the machine itself`)
  return bad(`Server: ${url} answered ${answer.status}; check PUBLIC_URL, and that the server in front passes it on`)
}

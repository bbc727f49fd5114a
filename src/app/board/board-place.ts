/** Where a request stands on the board of staff. */
import { taskRule } from '../../core/task-rules.js'

/** True for danger and violence: only staff marked for safeguarding see such a request. */
export function isDanger(task: string): boolean {
  return taskRule(task)?.staffOnly === 'danger'
}

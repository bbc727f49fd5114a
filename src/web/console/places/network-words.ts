/** Kinds and tasks of networks in words. */
import { TASKS, taskRule } from '../../../core/task-rules.js'
import type { NetworkView } from '../api.js'
import type { TextKey, Texts } from '../texts.js'

/** Tasks that volunteers may have. */
export const OFFERED_TASKS: readonly string[] = TASKS.filter((task) => taskRule(task)?.staffOnly === undefined)

/** Every offered task has its text; any other keeps its id. */
export function taskWords(task: string, say: Texts['say']): string {
  return OFFERED_TASKS.includes(task) ? say(`networks.task.${task}` as TextKey) : task
}

/** Its name in the reader's language, or in Danish. */
export function networkName({ names }: Pick<NetworkView, 'names'>, language: string): string {
  return names[language] ?? names['da'] ?? ''
}

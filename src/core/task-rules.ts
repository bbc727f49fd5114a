/** What each task asks of whoever does it, in one table. */

/** Kinds of vetting that a task can ask for; only the kind and the last valid day are kept, never a document. */
export type VettingKind = 'children'

/** Why a request is for staff alone. */
export type StaffOnly = 'minor' | 'danger' | 'keys' | 'for-staff' | 'unknown-task'

/** What a task asks; an empty rule asks nothing more than being of age and approved. */
export interface TaskRule {
  /** Present: no volunteer is ever asked. */
  readonly staffOnly?: Exclude<StaffOnly, 'minor' | 'unknown-task'>
  /** Vetting in force on the day. */
  readonly vetting?: VettingKind
  /** Kroner that a volunteer may lay out; with a receipt, never with the resident's card, PIN or MitID. */
  readonly limitKroner?: number
  /** Done only with the resident at the volunteer's side. */
  readonly besideResident?: true
  /** The resident phones the pharmacy or hands over the health card at the door: no CPR number is passed on. */
  readonly noNumbers?: true
}

/** Small purchases for a household of one or two; a setting of the project, no rule of law. */
const SHOPPING_LIMIT_KRONER = 500

/**
 * Direct contact with children under 15 asks for a children's certificate (børneattest; frivillighed.dk, sm.dk). Danger,
 * violence and keys to a home are for people who are paid, trained and insured.
 */
const TASK_RULES: Readonly<Record<string, TaskRule>> = {
  shopping: { limitKroner: SHOPPING_LIMIT_KRONER },
  medicine: { noNumbers: true },
  visit: {},
  talk: {},
  walk: {},
  dog: {},
  errand: {},
  interpret: { besideResident: true },
  letter: { besideResident: true },
  digital: { besideResident: true },
  homework: { vetting: 'children' },
  children: { vetting: 'children' },
  keys: { staffOnly: 'keys' },
  danger: { staffOnly: 'danger' },
  violence: { staffOnly: 'danger' },
  contact: { staffOnly: 'for-staff' },
  volunteer: { staffOnly: 'for-staff' },
}

/** The tasks that have a rule; anything else is for staff. */
export const TASKS: readonly string[] = Object.keys(TASK_RULES)

/** What a request says that decides who may do it. */
export interface TaskFacts {
  readonly task: string
  /** The person says or seems to be under 18. */
  readonly minor: boolean
  /** Whoever comes is with children under 15, whatever the task is. */
  readonly children?: boolean
}

/** The rule of a task; undefined for a task that the table does not know. */
export function taskRule(task: string): TaskRule | undefined {
  return Object.hasOwn(TASK_RULES, task) ? TASK_RULES[task] : undefined
}

/** Why a request must not be called out to volunteers; undefined when it may. */
export function staffOnlyReason({ task, minor }: TaskFacts): StaffOnly | undefined {
  if (minor) return 'minor'
  const rule = taskRule(task)
  return rule === undefined ? 'unknown-task' : rule.staffOnly
}

/** The vetting that must be in force for this request. */
export function vettingFor({ task, children }: TaskFacts): VettingKind | undefined {
  return children === true ? 'children' : taskRule(task)?.vetting
}

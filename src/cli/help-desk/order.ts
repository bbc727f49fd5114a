/** What `npm run help-desk` is asked to do, from its arguments. */
import { parseArgs } from 'node:util'
import type { CloseOrder } from '../../app/help-desk.js'
import { CLOSE_REASONS } from '../../core/closed-types.js'
import { PEOPLE_ACTS, PEOPLE_FORMS, type PeopleOrder, peopleOrder } from './people-order.js'

export interface ListOrder {
  readonly act: 'list'
  readonly area: string | undefined
  readonly task: string | undefined
  /** Also closed ones. */
  readonly all: boolean
  readonly json: boolean
}

export interface ShowOrder {
  readonly act: 'show'
  readonly receipt: string
  readonly json: boolean
}

export type HelpDeskOrder = ListOrder | ShowOrder | CloseOrder | PeopleOrder

const COMMAND = 'npm run help-desk --'
const FORMS = {
  list: `${COMMAND} list [--area ID] [--task TASK] [--all] [--json]`,
  show: `${COMMAND} show RECEIPT [--json]`,
  close: `${COMMAND} close RECEIPT --reason ${CLOSE_REASONS.join('|')} [--tell]`,
}

/** The order, or one line that says what to write instead. */
export function helpDeskOrder(args: readonly string[]): HelpDeskOrder | { readonly wrong: string } {
  const [act, ...rest] = args
  switch (act) {
    case 'list':
      return listOrder(rest) ?? wrong('list')
    case 'show':
      return showOrder(rest) ?? wrong('show')
    case 'close':
      return closeOrder(rest) ?? wrong('close')
    default:
      return otherOrder(act, rest)
  }
}

function otherOrder(act: string | undefined, rest: readonly string[]): HelpDeskOrder | { readonly wrong: string } {
  const people = PEOPLE_ACTS.find((known) => known === act)
  if (people !== undefined) return peopleOrder(people, rest) ?? { wrong: `Write: ${COMMAND} ${PEOPLE_FORMS[people]}` }
  const acts = 'list, show RECEIPT, close RECEIPT --reason REASON, approve, on-call AREA, coordinator AREA, or volunteer ID'
  return { wrong: `Say what to do: ${COMMAND} ${acts}` }
}

function wrong(act: keyof typeof FORMS): { readonly wrong: string } {
  return { wrong: `Write: ${FORMS[act]}` }
}

const flag = { type: 'boolean', default: false } as const

function listOrder(args: readonly string[]): ListOrder | undefined {
  const options = { area: { type: 'string' }, task: { type: 'string' }, all: flag, json: flag } as const
  const { values } = parsed(() => parseArgs({ args: [...args], options })) ?? {}
  return values === undefined ? undefined : { act: 'list', area: values.area, task: values.task, all: values.all, json: values.json }
}

function showOrder(args: readonly string[]): ShowOrder | undefined {
  const found = parsed(() => parseArgs({ args: [...args], allowPositionals: true, options: { json: flag } }))
  const receipt = receiptIn(found?.positionals)
  return found === undefined || receipt === undefined ? undefined : { act: 'show', receipt, json: found.values.json }
}

function closeOrder(args: readonly string[]): CloseOrder | undefined {
  const options = { reason: { type: 'string' }, tell: flag } as const
  const found = parsed(() => parseArgs({ args: [...args], allowPositionals: true, options }))
  const receipt = receiptIn(found?.positionals)
  const reason = CLOSE_REASONS.find((known) => known === found?.values.reason)
  if (found === undefined || receipt === undefined || reason === undefined) return undefined
  return { act: 'close', receipt, reason, tell: found.values.tell }
}

/** Undefined for an option that there is not, or one without its value. */
function parsed<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch {
    // Whoever wrote it reads the right form instead.
    return undefined
  }
}

/** Longer than any receipt. */
const RECEIPT_MAX = 40

/** The one receipt, in capitals as it was given out. */
function receiptIn(positionals: readonly string[] = []): string | undefined {
  const [receipt, ...more] = positionals
  return receipt === undefined || receipt === '' || receipt.length > RECEIPT_MAX || more.length > 0 ? undefined : receipt.toUpperCase()
}

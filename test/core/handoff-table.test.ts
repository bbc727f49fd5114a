import { describe, expect, test } from '@jest/globals'
import { transition } from '../../src/core/handoff.js'
import {
  HANDOFF_ROLES,
  HANDOFF_STATES,
  type Handoff,
  type HandoffCommand,
  type HandoffRole,
  type HandoffState,
} from '../../src/core/handoff-types.js'
import { accept, BY, DAY, inState, MINUTE, NOON, offerTo } from './handoff-world.js'

/**
 * Who may do what when, written again by hand. Columns are states; a cell says who may (R resident, A assignee, V volunteer who was
 * offered it, C coordinator, S staff, T the program) and the next state (`>`) or what else stops them (`!`); `-` is nobody.
 */
const GRID = `
command        draft      open                  offered               accepted          on-the-way        done                    handed-back             cancelled            passed-on               with-staff
confirm        RCS>open   -                     -                     -                 -                 -                       -                       -                    -                       -
change         RCS>draft  RCS>open              RCS>open              -                 -                 -                       RCS>open                -                    -                       -
offer          -          CST>offered           CST>offered           -                 -                 -                       CST>offered             -                    -                       -
wait           -          T>open                T>offered             -                 -                 -                       T>handed-back           -                    -                       -
accept         -          V>accepted            V>accepted            -                 -                 -                       V!void                  -                    -                       -
decline        -          V>open                V>offered             -                 -                 -                       V!void                  -                    -                       -
withdraw-offer -          CST>open              CST>offered           -                 -                 -                       CST!not-offered         -                    -                       -
could-not-be-reached -    T>open                T>offered             -                 -                 -                       T!not-offered           -                    -                       -
agree-time     -          -                     -                     A>accepted        A>accepted        -                       -                       -                    -                       -
on-the-way     -          -                     -                     A>on-the-way      -                 -                       -                       -                    -                       -
done           -          -                     -                     ARCS>done         ARCS>done         -                       -                       -                    RCS>done                CS>done
hand-back      -          -                     -                     A>handed-back     A>handed-back     -                       -                       -                    -                       -
nobody-came    -          -                     -                     RCS>handed-back   RCS>handed-back   RCS>with-staff          -                       -                    RCS>with-staff          -
cancel         RCS>cancelled RCS>cancelled      RCS>cancelled         RCS>cancelled     RCS>cancelled     -                       RCS>cancelled           -                    RCS>cancelled           RCS>cancelled
close          CS>cancelled CS>cancelled        CS>cancelled          CS>cancelled      CS>cancelled      -                       CS>cancelled            -                    CS>cancelled            CS>cancelled
pass-on        -          CS>passed-on          CS>passed-on          ACS>passed-on     ACS>passed-on     -                       CS>passed-on            -                    -                       CS>passed-on
to-staff       -          RCST>with-staff       RCST>with-staff       RCST>with-staff   RCST>with-staff   -                       RCST>with-staff         -                    RCST>with-staff         -
of-age         -          -                     -                     -                 -                 -                       -                       -                    -                       R!with-staff
take           -          -                     -                     -                 -                 -                       -                       -                    CS>passed-on            CS>with-staff
let-go         -          -                     -                     -                 -                 -                       -                       -                    CS!passed-on            CS!with-staff
reopen         -          -                     -                     -                 -                 -                       -                       -                    CS>open                 CS>open
report         -          RAVCS!nobody-to-report RAVCS!nobody-to-report RCS>with-staff  RCS>with-staff    RCS>done                RCS>handed-back         RCS>cancelled        RCS>passed-on           RCS>with-staff
decide-report  -          CS!nothing-to-decide  CS!nothing-to-decide  CS!nothing-to-decide CS!nothing-to-decide CS!nothing-to-decide CS!nothing-to-decide  CS!nothing-to-decide CS!nothing-to-decide    CS!nothing-to-decide
timer          -          T>with-staff          T>open                T>accepted        -                 -                       T>with-staff            -                    -                       -
`
/** A volunteer's report takes their own words for it: only who talked with the resident has something to report. */
const REPORT_BY: Readonly<Partial<Record<HandoffRole, Readonly<Partial<Record<HandoffState, string>>>>>> = {
  assignee: {
    accepted: '>with-staff',
    'on-the-way': '>with-staff',
    done: '>done',
    'handed-back': '>with-staff',
    cancelled: '>cancelled',
    'passed-on': '>with-staff',
    'with-staff': '>with-staff',
  },
  volunteer: {
    accepted: '!nobody-to-report',
    'on-the-way': '!nobody-to-report',
    done: '!nobody-to-report',
    'handed-back': '!nobody-to-report',
    cancelled: '!nobody-to-report',
    'passed-on': '!nobody-to-report',
    'with-staff': '!nobody-to-report',
  },
}
const LETTERS: Readonly<Record<HandoffRole, string>> = {
  resident: 'R',
  assignee: 'A',
  volunteer: 'V',
  coordinator: 'C',
  staff: 'S',
  timer: 'T',
}
const OF_STATE: Readonly<Record<HandoffState, string>> = {
  draft: 'not-confirmed',
  open: 'waiting',
  offered: 'waiting',
  accepted: 'taken',
  'on-the-way': 'taken',
  done: 'done',
  'handed-back': 'waiting',
  cancelled: 'cancelled',
  'passed-on': 'passed-on',
  'with-staff': 'with-staff',
}

const [head = [], ...rows] = GRID.trim()
  .split('\n')
  .map((line) => line.split(/\s+/))
const CELLS = new Map(rows.map(([command = '', ...cells]) => [command, new Map(cells.map((cell, at) => [head[at + 1], cell]))]))
const COMMANDS = rows.map(([command]) => command as HandoffCommand['type'])
/** One of every type: a new command without a row does not compile, one without a command fails below. */
const commandOf = (handoff: Handoff, role: HandoffRole): Record<HandoffCommand['type'], HandoffCommand> => ({
  confirm: { type: 'confirm' },
  change: { type: 'change' },
  offer: offerTo(['fourth'], NOON + 2 * DAY),
  wait: { type: 'wait', until: NOON + 2 * DAY, afresh: false },
  accept,
  decline: { type: 'decline' },
  'withdraw-offer': { type: 'withdraw-offer', volunteer: 'second' },
  'could-not-be-reached': { type: 'could-not-be-reached', volunteers: ['second'] },
  'agree-time': { type: 'agree-time', at: NOON + 2 * DAY },
  'on-the-way': { type: 'on-the-way' },
  done: { type: 'done' },
  'hand-back': { type: 'hand-back', reason: 'no-time' },
  'nobody-came': { type: 'nobody-came' },
  cancel: { type: 'cancel' },
  close: { type: 'close', helped: false },
  'pass-on': { type: 'pass-on', network: 'red-cross', consent: true },
  'to-staff': { type: 'to-staff', why: 'asked-for-staff' },
  take: { type: 'take' },
  'let-go': { type: 'let-go' },
  'of-age': { type: 'of-age' },
  reopen: { type: 'reopen' },
  report: role === 'assignee' || role === 'volunteer' ? { type: 'report' } : { type: 'report', about: 'first' },
  'decide-report': { type: 'decide-report', about: 'first', outcome: 'may-go-on' },
  timer: { type: 'timer', ...(handoff.timers.at(-1) ?? { timer: 'T1', turn: 99 }) },
})

/** As the cell says, or why not. */
function expected(command: HandoffCommand['type'], state: HandoffState, role: HandoffRole): string {
  if (command === 'report' && REPORT_BY[role]?.[state] !== undefined) return REPORT_BY[role][state]
  const [, roles = '', then = ''] = /^([A-Z]*)(.*)$/.exec(CELLS.get(command)?.get(state) ?? '') ?? []
  if (roles.includes(LETTERS[role])) return then
  if (command === 'accept' || command === 'decline') return answerOf(state, role)
  const ever = [...(CELLS.get(command)?.values() ?? [])].some((cell) => /^[A-Z]*/.exec(cell)?.[0].includes(LETTERS[role]))
  const reports = command === 'report' && (role === 'assignee' || role === 'volunteer')
  if (!ever && !reports) return role === 'assignee' && HAD_IT.includes(state) ? '!void' : '!not-yours'
  if (roles !== '') return '!not-yours'
  return role === 'assignee' && OF_STATE[state] === 'taken' ? '!already-yours' : `!${OF_STATE[state]}`
}

const HAD_IT: readonly HandoffState[] = ['accepted', 'on-the-way', 'done', 'handed-back', 'cancelled', 'passed-on', 'with-staff']

/** What somebody hears who may not answer an offer. */
function answerOf(state: HandoffState, role: HandoffRole): string {
  if (role !== 'assignee' && role !== 'volunteer') return '!not-yours'
  if (state === 'draft') return '!not-offered'
  if (OF_STATE[state] === 'waiting') return '!void'
  return OF_STATE[state] === 'taken' && role === 'assignee' ? '!already-yours' : `!${OF_STATE[state]}`
}

/** The assignee by name in every state, also where there should be none: what a broken record must not allow. */
function situation(state: HandoffState, role: HandoffRole): Handoff {
  const handoff = inState(state)
  if (role !== 'assignee') return handoff
  const offers = handoff.offers.map((offer) => (offer.volunteer === 'first' ? { ...offer, state: 'accepted' as const } : offer))
  return { ...handoff, assignee: 'first', offers }
}

describe.each(HANDOFF_STATES)('in %s', (state) => {
  test.each(HANDOFF_ROLES)('%s', (role) => {
    const handoff = situation(state, role)
    const commands = commandOf(handoff, role)
    const heard = COMMANDS.map((type) => {
      const now = type === 'timer' ? Math.max(NOON, ...handoff.timers.map(({ due }) => due)) : NOON + MINUTE
      const outcome = transition(handoff, commands[type], BY[role], now)
      return [type, 'refused' in outcome ? `!${outcome.refused}` : `>${outcome.handoff.state}`]
    })
    expect(heard).toEqual(COMMANDS.map((type) => [type, expected(type, state, role)]))
  })
})

test('the table has every command and every state', () => {
  expect(new Set(COMMANDS)).toEqual(new Set(Object.keys(commandOf(inState('draft'), 'resident'))))
  expect(head.slice(1)).toEqual([...HANDOFF_STATES])
  for (const row of rows) expect(row).toHaveLength(HANDOFF_STATES.length + 1)
})

test.each(HANDOFF_STATES)('%s is reached, and survives JSON', (state) => {
  const handoff = inState(state)
  expect(handoff.state).toBe(state)
  expect(JSON.parse(JSON.stringify(handoff))).toEqual(handoff)
})

test('no refused command and no allowed one changes what it was given', () => {
  for (const state of HANDOFF_STATES)
    for (const role of HANDOFF_ROLES) {
      const handoff = situation(state, role)
      const before = JSON.stringify(handoff)
      for (const command of Object.values(commandOf(handoff, role))) transition(handoff, command, BY[role], NOON + MINUTE)
      expect(JSON.stringify(handoff)).toBe(before)
    }
})

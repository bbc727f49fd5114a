/** A small neighbourhood that lives through a week by the real rules: people, requests, deadlines and answers, all drawn by a seed. */
import { decideCallOut } from '../../src/core/callout.js'
import {
  type CallOutDecision,
  type CallOutInput,
  type CallOutRequest,
  type CallOutSettings,
  DEFAULT_SETTINGS,
  type Volunteer,
} from '../../src/core/callout-types.js'
import { asked, draftHandoff, transition } from '../../src/core/handoff.js'
import { reportedPairs } from '../../src/core/handoff-report.js'
import type { By, Handoff, HandoffCommand, HandoffEvent } from '../../src/core/handoff-types.js'
import { type Dice, seededDice } from '../../src/core/match/seeded.js'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** Mondays: an ordinary week, one whose Sunday has 23 hours, one whose Sunday has 25. */
const WEEKS = ['2026-06-08', '2026-03-23', '2026-10-19'].map((day) => Date.parse(`${day}T00:00Z`))
const LANGUAGES = ['so', 'ar', 'tr', 'da']
const NEIGHBOURS: Readonly<Record<string, readonly string[]>> = { a: ['b'], b: ['a', 'c'], c: ['b'] }
const PLAIN_TASKS = ['medicine', 'shopping', 'homework']

/** What somebody does with an offer, and with a task. */
export type Temper = 'willing' | 'slow' | 'silent' | 'declines' | 'stays-away' | 'hands-back' | 'reported'
export interface Neighbour {
  readonly volunteer: Omit<
    Volunteer,
    'activeTasks' | 'openOffers' | 'lastFinished' | 'tasksLately' | 'offersLately' | 'dutySince' | 'openUntil'
  >
  readonly temper: Temper
  readonly duty: readonly { readonly from: number; readonly until: number }[]
}
export interface Asking {
  readonly at: number
  readonly request: Omit<CallOutRequest, 'openedAt' | 'waves' | 'asked' | 'declinedBy' | 'reportedWith'>
  readonly widens: boolean
}
export interface Week {
  readonly start: number
  readonly settings: CallOutSettings
  readonly neighbours: readonly Neighbour[]
  readonly askings: readonly Asking[]
  /** How long after coming on duty a message may be sent. */
  readonly windowMs: number
  readonly dice: Dice
}

/** One request on its way. */
interface Case {
  handoff: Handoff
  request: Asking['request']
  readonly asking: Asking
}
export interface Watch {
  /** After every decision: what it was made from and what it was. */
  readonly decided: (input: CallOutInput, decision: CallOutDecision) => void
  /** After every change: tasks that each has now. */
  readonly moved?: (active: ReadonlyMap<string, number>) => void
}
export interface Lived {
  readonly handoffs: readonly Handoff[]
  readonly tasks: ReadonlyMap<string, number>
  readonly offers: ReadonlyMap<string, number>
}

export function drawWeek(seed: number): Week {
  const dice = seededDice(seed)
  const pick = <T>(items: readonly T[]) => items[dice(items.length)] as T
  const start = WEEKS[dice(WEEKS.length)] ?? 0
  const quiet = pick([
    DEFAULT_SETTINGS.quiet,
    DEFAULT_SETTINGS.quiet,
    { from: 0, until: 0 },
    { from: 90, until: 150 },
    { from: 120, until: 180 },
  ])
  const settings = { ...DEFAULT_SETTINGS, k: 1 + dice(4), quiet, loadCap: 1 + dice(3), restMinutes: pick([0, 30, 120]) }
  // A resident may be a volunteer too.
  const neighbours = Array.from({ length: dice(14) }, (_, at) => drawNeighbour(at === 0 && dice(3) === 0 ? 'r0' : `v${at}`, start, dice))
  // Half of the requests come within the same two hours, often in the night when the clock is changed.
  const busy = start + (dice(2) === 0 ? dice(7 * 24) : 6 * 24 + dice(4) - 2) * HOUR
  const askings = Array.from({ length: 1 + dice(8) }, (_, at) => {
    const minutes = dice(2) === 0 ? dice(7 * 24 * 60) : (busy - start) / MINUTE + dice(120)
    return drawAsking(`r${at >> 1}`, start + minutes * MINUTE, dice)
  })
  return { start, settings, neighbours, askings, windowMs: DAY, dice }
}

function some<T>(items: readonly T[], dice: Dice): T[] {
  const chosen = items.filter(() => dice(3) > 0)
  return chosen.length === 0 ? [items[dice(items.length)] as T] : chosen
}

function drawNeighbour(id: string, start: number, dice: Dice): Neighbour {
  const tempers: readonly Temper[] = ['willing', 'willing', 'slow', 'silent', 'declines', 'stays-away', 'hands-back', 'reported']
  const gender = ([undefined, 'woman', 'man'] as const)[dice(3)]
  const validTo = new Date(start + (dice(10) - 2) * DAY).toISOString().slice(0, 10)
  const area = 'aabc'.charAt(dice(4))
  const stairwell = dice(4) === 0 ? {} : { stairwell: `${area}${dice(2)}` }
  const hours = Array.from({ length: Math.max(0, dice(5) - 2) }, () => ({
    days: some([1, 2, 3, 4, 5, 6, 7], dice),
    from: dice(48) * 30,
    until: dice(48) * 30,
  }))
  const duty = Array.from({ length: 3 + dice(8) }, () => start + dice(7 * 24) * HOUR)
  return {
    volunteer: {
      id,
      languages: some(LANGUAGES, dice),
      area,
      ...stairwell,
      tasks: some([...PLAIN_TASKS, 'keys', 'danger'], dice),
      hours,
      ...(gender === undefined ? {} : { gender }),
      vetting: dice(2) === 0 ? [] : [{ kind: 'children', validTo }],
      adult: dice(10) > 0,
      paused: dice(12) === 0,
    },
    temper: tempers[dice(tempers.length)] ?? 'willing',
    duty: duty.map((from) => ({ from, until: from + (6 + dice(25)) * HOUR })),
  }
}

function drawAsking(resident: string, at: number, dice: Dice): Asking {
  const tasks = [...PLAIN_TASKS, ...PLAIN_TASKS, ...PLAIN_TASKS, 'keys', 'danger']
  const [language = 'da', ...otherLanguages] = some(LANGUAGES, dice).toSorted(() => dice(3) - 1)
  const area = 'aabc'.charAt(dice(4))
  const gender = ([undefined, undefined, 'woman', 'man'] as const)[dice(4)]
  return {
    at,
    widens: dice(2) === 0,
    request: {
      resident,
      task: tasks[dice(tasks.length)] ?? 'medicine',
      minor: dice(25) === 0,
      children: dice(6) === 0,
      language,
      otherLanguages,
      area,
      ...(dice(4) === 0 ? {} : { stairwell: `${area}${dice(2)}` }),
      urgent: dice(4) === 0,
      wishes: { ...(gender === undefined ? {} : { gender }), notFromStairwell: dice(4) === 0 },
      kept: [],
      otherNetworks: dice(6) === 0 ? ['fathers'] : [],
    },
  }
}

/** Lives through the week and on until nothing more is to come. */
export function live(week: Week, watch: Watch): Lived {
  return new Life(week, watch).run()
}

class Life {
  private readonly cases: Case[]
  private readonly agenda: { readonly at: number; readonly run: () => void }[] = []
  private readonly accepts: { readonly volunteer: string; readonly at: number }[] = []
  private readonly offers: { readonly volunteer: string; readonly at: number }[] = []
  private readonly finished = new Map<string, number>()
  private now = 0

  constructor(
    private readonly week: Week,
    private readonly watch: Watch,
  ) {
    this.cases = week.askings.map((asking) => {
      const { resident, task, minor } = asking.request
      return { handoff: draftHandoff({ resident, task, minor, timings: week.settings }), request: asking.request, asking }
    })
  }

  run(): Lived {
    for (const one of this.cases)
      this.later(one.asking.at, () => this.command(one, { type: 'confirm' }, { as: 'resident', contact: one.request.resident }))
    for (let steps = 0; this.agenda.length > 0; steps += 1) {
      if (steps > 20_000) throw new Error('a week without an end')
      const next = this.agenda.reduce((first, one, at, all) => (one.at < (all[first]?.at ?? 0) ? at : first), 0)
      const [{ at, run } = { at: 0, run: () => undefined }] = this.agenda.splice(next, 1)
      this.now = at
      run()
      this.watch.moved?.(this.active())
    }
    const count = (list: readonly { volunteer: string }[]) =>
      list.reduce((counts, { volunteer }) => counts.set(volunteer, (counts.get(volunteer) ?? 0) + 1), new Map<string, number>())
    return { handoffs: this.cases.map(({ handoff }) => handoff), tasks: count(this.accepts), offers: count(this.offers) }
  }

  private later(at: number, run: () => void): void {
    this.agenda.push({ at, run })
  }

  private command(one: Case, command: HandoffCommand, by: By): boolean {
    const outcome = transition(one.handoff, command, by, this.now)
    if ('refused' in outcome) return false
    one.handoff = outcome.handoff
    for (const event of outcome.events) this.follow(one, event)
    return true
  }

  private follow(one: Case, event: HandoffEvent): void {
    if (event.type === 'timer')
      this.later(event.due, () => this.command(one, { type: 'timer', timer: event.timer, turn: event.turn }, { as: 'timer' }))
    if (event.type === 'call-out') this.later(this.now, () => this.callOut(one))
    if (event.type === 'offer') for (const volunteer of event.volunteers) this.answer(one, volunteer)
    if (event.type === 'relay' && event.is === 'begins') this.help(one, event.volunteer)
    if (event.type === 'relay' && event.is === 'ends') this.finished.set(event.volunteer, this.now)
  }

  private callOut(one: Case): void {
    if (one.handoff.state !== 'open' && one.handoff.state !== 'handed-back') return
    const input = this.inputOf(one)
    const decision = decideCallOut(input)
    this.watch.decided(input, decision)
    switch (decision.step) {
      case 'wave':
        return this.must(one, { type: 'offer', volunteers: decision.volunteers, deadline: decision.deadline })
      case 'wait':
        return this.must(one, { type: 'wait', until: decision.until, afresh: decision.why === 'quiet-hours' })
      case 'network':
        one.request = { ...one.request, otherNetworks: one.request.otherNetworks.slice(1) }
        return this.callOut(one)
      case 'widen': {
        const { gender: _, ...ungendered } = one.request.wishes
        const widened = decision.wish === 'gender' ? ungendered : { ...one.request.wishes, notFromStairwell: false }
        const kept = [...one.request.kept, decision.wish]
        one.request = one.asking.widens ? { ...one.request, wishes: widened } : { ...one.request, kept }
        return this.callOut(one)
      }
      case 'staff':
        return this.must(one, { type: 'to-staff', why: decision.why })
    }
  }

  private must(one: Case, command: HandoffCommand): void {
    if (!this.command(one, command, { as: 'timer' })) throw new Error(`${command.type} refused in ${one.handoff.state}`)
  }

  private answer(one: Case, volunteer: string): void {
    this.offers.push({ volunteer, at: this.now })
    const { temper = 'willing' } = this.week.neighbours.find((neighbour) => neighbour.volunteer.id === volunteer) ?? {}
    if (temper === 'silent') return
    const after = temper === 'slow' ? 5 + this.week.dice(25) : 1 + this.week.dice(8)
    const by: By = { as: 'volunteer', contact: volunteer }
    this.later(this.now + after * MINUTE, () => {
      if (temper === 'declines') return void this.command(one, { type: 'decline' }, by)
      if (this.command(one, { type: 'accept', codeWord: 'lantern' }, by)) this.accepts.push({ volunteer, at: this.now })
    })
  }

  private help(one: Case, volunteer: string): void {
    const { temper = 'willing' } = this.week.neighbours.find((neighbour) => neighbour.volunteer.id === volunteer) ?? {}
    const by: By = { as: 'volunteer', contact: volunteer }
    const at = (minutes: number, command: HandoffCommand, who: By = by) =>
      this.later(this.now + minutes * MINUTE, () => void this.command(one, command, who))
    if (temper === 'stays-away') return
    at(5, { type: 'on-the-way' })
    if (temper === 'hands-back') at(10, { type: 'hand-back', reason: 'ill' })
    if (temper === 'reported') at(15, { type: 'report' }, { as: 'resident', contact: one.request.resident })
    at(40, { type: 'done' })
  }

  private active(): Map<string, number> {
    const counts = new Map<string, number>()
    for (const { handoff } of this.cases) {
      const { assignee, state } = handoff
      if (assignee !== undefined && state !== 'done') counts.set(assignee, (counts.get(assignee) ?? 0) + 1)
    }
    return counts
  }

  private inputOf({ handoff, request, asking }: Case): CallOutInput {
    const lately = (list: readonly { volunteer: string; at: number }[], id: string) =>
      list.filter(({ volunteer, at }) => volunteer === id && this.now - at < this.week.settings.fairShareDays * DAY).length
    const active = this.active()
    const open = this.cases.flatMap((one) => one.handoff.offers.filter(({ state }) => state === 'open'))
    const volunteers = this.week.neighbours.map(({ volunteer, duty }): Volunteer => {
      const on = duty.find(({ from, until }) => from <= this.now && this.now < until)
      const wrote = duty.filter(({ from }) => from <= this.now).map(({ from }) => from)
      const last = this.finished.get(volunteer.id)
      return {
        ...volunteer,
        ...(on === undefined ? {} : { dutySince: on.from }),
        ...(wrote.length === 0 ? {} : { openUntil: Math.max(...wrote) + this.week.windowMs }),
        activeTasks: active.get(volunteer.id) ?? 0,
        openOffers: open.filter((offer) => offer.volunteer === volunteer.id).length,
        ...(last === undefined ? {} : { lastFinished: last }),
        tasksLately: lately(this.accepts, volunteer.id),
        offersLately: lately(this.offers, volunteer.id),
      }
    })
    const reportedWith = this.cases.filter((one) => one.request.resident === request.resident).flatMap((one) => reportedPairs(one.handoff))
    return {
      request: { ...request, ...asked(handoff), openedAt: handoff.callOutAt ?? asking.at, waves: handoff.wave, reportedWith },
      settings: this.week.settings,
      volunteers,
      neighbours: NEIGHBOURS[request.area] ?? [],
      seed: handoff.turns,
      now: this.now,
    }
  }
}

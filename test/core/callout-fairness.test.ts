import { expect, test } from '@jest/globals'
import { type CallOutDecision, type CallOutInput, DEFAULT_SETTINGS, type Volunteer } from '../../src/core/callout-types.js'
import { seededDice } from '../../src/core/match/seeded.js'
import { DAY, drawWeek, HOUR, type Lived, live, MINUTE, type Neighbour, type Temper, type Week } from './callout-world.js'

const WORLDS = 2500
/** Summer time of 2026, by the law itself (2000/84/EC): it begins and ends at 01:00 UTC. */
const SUMMER = [Date.parse('2026-03-29T01:00Z'), Date.parse('2026-10-25T01:00Z')] as const

/** Date, weekday (0 is Sunday) and minute of the day in Denmark, without the calendar of the program. */
function wall(now: number) {
  const shown = new Date(now + (now >= SUMMER[0] && now < SUMMER[1] ? 2 : 1) * HOUR)
  return { date: shown.toISOString().slice(0, 10), weekday: shown.getUTCDay(), minute: shown.getUTCHours() * 60 + shown.getUTCMinutes() }
}

/** The rules of who may be asked, told once more in the plainest way: every breach by name. */
function breaches({ request, settings, neighbours, now }: CallOutInput, volunteer: Volunteer): string[] {
  const { date, weekday, minute } = wall(now)
  const { quiet } = settings
  const quietNow = quiet.from < quiet.until ? minute >= quiet.from && minute < quiet.until : minute >= quiet.from || minute < quiet.until
  const duringHours = volunteer.hours.some(({ days, from, until }) =>
    [0, 1].some((ago) => {
      const began = days.map((day) => day % 7).includes((weekday + 7 - ago) % 7)
      const since = minute + ago * 24 * 60
      return began && since >= from && since < (until > from ? until : until + 24 * 60)
    }),
  )
  const needsCertificate = request.children === true || request.task === 'homework'
  const sameHouse = volunteer.area === request.area
  const maybeSameStairs =
    sameHouse && (request.stairwell === undefined || volunteer.stairwell === undefined || request.stairwell === volunteer.stairwell)
  const rules: Readonly<Record<string, boolean>> = {
    minor: request.minor,
    staff: ['danger', 'keys'].includes(request.task),
    quiet: !request.urgent && quiet.from !== quiet.until && quietNow,
    self: volunteer.id === request.resident,
    reported: request.reportedWith.includes(volunteer.id),
    declined: request.declinedBy.includes(volunteer.id),
    again: request.asked.includes(volunteer.id),
    young: !volunteer.adult,
    task: !volunteer.tasks.includes(request.task),
    certificate: needsCertificate && !volunteer.vetting.some(({ validTo }) => validTo >= date),
    language: ![request.language, ...request.otherLanguages].some((language) => volunteer.languages.includes(language)),
    far: !sameHouse && !neighbours.includes(volunteer.area),
    paused: volunteer.paused,
    duty: volunteer.dutySince === undefined,
    window: volunteer.openUntil === undefined || volunteer.openUntil <= now,
    cap: volunteer.activeTasks + volunteer.openOffers >= settings.loadCap,
    hours: volunteer.hours.length > 0 && !duringHours,
    rest: volunteer.lastFinished !== undefined && now - volunteer.lastFinished < settings.restMinutes * MINUTE,
    gender: request.wishes.gender !== undefined && volunteer.gender !== request.wishes.gender,
    stairwell: request.wishes.notFromStairwell === true && maybeSameStairs,
  }
  return Object.keys(rules).filter((rule) => rules[rule])
}

/** What somebody is chosen by, nearest and least burdened first, as one number a place. */
function rank({ request }: CallOutInput, volunteer: Volunteer): number[] {
  const near = volunteer.area !== request.area ? 2 : request.stairwell !== undefined && volunteer.stairwell === request.stairwell ? 0 : 1
  return [near, volunteer.languages.includes(request.language) ? 0 : 1, volunteer.tasksLately, volunteer.offersLately]
}

const before = (a: readonly number[], b: readonly number[]) =>
  a.map((one, at) => one - (b[at] ?? 0)).find((difference) => difference !== 0) ?? 0

/** Everything that is wrong with a decision. */
function faults(input: CallOutInput, decision: CallOutDecision): unknown[] {
  const free = input.volunteers.filter((volunteer) => breaches(input, volunteer).length === 0)
  const inTime = input.now < input.request.openedAt + input.settings.t3 * MINUTE
  if (decision.step !== 'wave') return free.length > 0 && inTime ? [`nobody asked, though ${free.length} could be`] : []
  const ranks = free.map((volunteer) => rank(input, volunteer)).toSorted(before)
  const reach = input.request.waves === 0 ? Math.max(1, ranks[0]?.[0] ?? 0) : 2
  const best = ranks.filter(([near = 0]) => near <= reach).slice(0, input.settings.k)
  const chosen = decision.volunteers.flatMap((id) => input.volunteers.filter((volunteer) => volunteer.id === id))
  return [
    ...chosen.flatMap((volunteer) => breaches(input, volunteer)),
    ...(JSON.stringify(chosen.map((volunteer) => rank(input, volunteer))) === JSON.stringify(best) ? [] : ['somebody was passed over']),
    ...(decision.deadline > input.now && decision.deadline - input.now <= input.settings.t3 * MINUTE ? [] : ['no deadline']),
  ]
}

test('in thousands of weeks caps, rest, quiet hours, wishes and bars hold, nobody is passed over, and every request ends', () => {
  const seen = new Map<string, number>()
  const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1)
  for (let seed = 0; seed < WORLDS; seed += 1) {
    const week = drawWeek(seed)
    const { handoffs } = live(week, {
      decided: (input, decision) => {
        count(decision.step === 'wait' ? decision.why : decision.step)
        for (const fault of faults(input, decision))
          throw new Error(`world ${seed}, ${new Date(input.now).toISOString()}: ${String(fault)}`)
      },
      moved: (active) => {
        for (const tasks of active.values()) if (tasks > week.settings.loadCap) throw new Error(`world ${seed}: too many tasks at a time`)
      },
    })
    for (const { state } of handoffs) count(state)
  }
  const ends = ['done', 'with-staff']
  const steps = ['wave', 'quiet-hours', 'hours', 'busy', 'offers-out', 'network', 'widen', 'staff']
  expect(new Set(seen.keys())).toEqual(new Set([...ends, ...steps]))
  expect([...seen.values()].every((times) => times > 20)).toBe(true)
})

/** Equals who are there all week, whatever their temper, and requests one after another by day. */
function crowd(seed: number, tempers: readonly Temper[], k: number): Lived & { readonly ids: readonly string[] } {
  const start = Date.parse('2026-10-19T00:00Z')
  const neighbours = tempers.map((temper, at): Neighbour => {
    const volunteer = {
      id: `v${at}`,
      languages: ['so'],
      area: 'a',
      tasks: ['medicine'],
      hours: [],
      vetting: [],
      adult: true,
      paused: false,
    }
    return { volunteer, temper, duty: [{ from: start, until: start + 8 * DAY }] }
  })
  const askings = Array.from({ length: 35 }, (_, at) => ({
    at: start + Math.floor(at / 5) * DAY + (8 + (at % 5) * 2) * HOUR,
    widens: false,
    request: {
      resident: `r${at}`,
      task: 'medicine',
      minor: false,
      language: 'so',
      otherLanguages: [],
      area: 'a',
      urgent: false,
      wishes: {},
      kept: [],
      otherNetworks: [],
    },
  }))
  const week: Week = { start, settings: { ...DEFAULT_SETTINGS, k }, neighbours, askings, windowMs: 8 * DAY, dice: seededDice(seed) }
  return { ...live(week, { decided: () => undefined }), ids: neighbours.map(({ volunteer }) => volunteer.id) }
}

test('nobody eligible is starved over the seven days: all are asked, all who want a task have one', () => {
  const tempers: readonly Temper[] = ['willing', 'willing', 'slow', 'slow', 'silent', 'declines', 'stays-away', 'hands-back']
  for (let seed = 0; seed < 24; seed += 1) {
    const drawn = seededDice(seed)
    const people = Array.from({ length: 3 + drawn(8) }, () => tempers[drawn(tempers.length)] ?? 'willing')
    const { ids, offers, tasks } = crowd(seed, people, 1 + (seed % 3))
    expect({ seed, neverAsked: ids.filter((id) => !offers.has(id)) }).toEqual({ seed, neverAsked: [] })
    const wanting = ids.filter((_, at) => people[at] === 'willing')
    expect({ seed, without: wanting.filter((id) => !tasks.has(id)) }).toEqual({ seed, without: [] })
  }
})

test('among equals who all want to, tasks are shared evenly', () => {
  for (let seed = 0; seed < 6; seed += 1) {
    const { ids, tasks } = crowd(seed, Array<Temper>(7).fill('willing'), 1)
    expect(ids.map((id) => tasks.get(id))).toEqual(Array<number>(7).fill(5))
  }
})

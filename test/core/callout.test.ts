import { describe, expect, test } from '@jest/globals'
import { decideCallOut } from '../../src/core/callout.js'
import { type CallOutInput, type CallOutRequest, DEFAULT_SETTINGS, type Volunteer } from '../../src/core/callout-types.js'
import { TASKS, taskRule, vettingFor } from '../../src/core/task-rules.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** A Wednesday, twelve on a Danish wall. */
const NOON = Date.parse('2026-06-10T10:00Z')

const request = (change: Partial<CallOutRequest> = {}): CallOutRequest => ({
  resident: 'resident',
  task: 'medicine',
  minor: false,
  language: 'so',
  otherLanguages: ['ar'],
  area: 'east',
  stairwell: 'east-3',
  urgent: false,
  wishes: {},
  kept: [],
  openedAt: NOON,
  waves: 0,
  asked: [],
  declinedBy: [],
  reportedWith: [],
  otherNetworks: [],
  ...change,
})

const person = (id: string, change: Partial<Volunteer> = {}): Volunteer => ({
  id,
  languages: ['so', 'da'],
  area: 'east',
  stairwell: 'east-1',
  tasks: ['medicine', 'homework', 'keys', 'danger'],
  hours: [],
  vetting: [],
  adult: true,
  paused: false,
  dutySince: NOON - HOUR,
  openUntil: NOON + 12 * HOUR,
  activeTasks: 0,
  openOffers: 0,
  tasksLately: 0,
  offersLately: 0,
  ...change,
})

const input = (volunteers: readonly Volunteer[], change: Partial<CallOutRequest> = {}, more: Partial<CallOutInput> = {}): CallOutInput => ({
  request: request(change),
  settings: DEFAULT_SETTINGS,
  volunteers,
  neighbours: ['west'],
  seed: 7,
  now: NOON,
  ...more,
})

const decide = (...args: Parameters<typeof input>) => decideCallOut(input(...args))
const askedIn = (decision: ReturnType<typeof decideCallOut>) => (decision.step === 'wave' ? decision.volunteers : decision.step)
const whyOf = (decision: ReturnType<typeof decideCallOut>, id: string) => decision.log.find(({ volunteer }) => volunteer === id)?.why

describe('one volunteer', () => {
  const hours = (days: number[], from: number, until: number) => ({ hours: [{ days, from: from * 60, until: until * 60 }] })
  const ended = { kind: 'children' as const, validTo: '2026-06-09' }
  const valid = { kind: 'children' as const, validTo: '2026-06-10' }

  test.each<[string, Partial<Volunteer>, Partial<CallOutRequest>, unknown]>([
    ['is the resident', { id: 'resident' }, {}, [{ id: 'own-request' }]],
    ['shares a report with the resident', {}, { reportedWith: ['v'] }, [{ id: 'reported-pair' }]],
    ['declined', {}, { declinedBy: ['v'], asked: ['v'] }, [{ id: 'declined' }]],
    ['was asked', {}, { asked: ['v'] }, [{ id: 'already-asked' }]],
    ['did not say that they are of age', { adult: false }, {}, [{ id: 'not-adult' }]],
    ['does other tasks', { tasks: ['dog'] }, {}, [{ id: 'other-tasks', values: { task: 'medicine' } }]],
    ['has no certificate', {}, { task: 'homework' }, [{ id: 'certificate', values: { kind: 'children' } }]],
    [
      'has a certificate that ended yesterday',
      { vetting: [{ ...ended, validTo: '2025-01-01' }, ended] },
      { task: 'homework' },
      [{ id: 'certificate', values: { kind: 'children', ended: '2026-06-09' } }],
    ],
    ['has one until tonight', { vetting: [ended, valid] }, { task: 'homework' }, undefined],
    ['has none, and a child is there', {}, { children: true }, [{ id: 'certificate', values: { kind: 'children' } }]],
    ['speaks no language of the resident', { languages: ['da', 'tr'] }, {}, [{ id: 'language', values: { language: 'so' } }]],
    ['shares another language', { languages: ['ar'] }, {}, undefined],
    ['lives far', { area: 'north' }, {}, [{ id: 'far', values: { area: 'north' } }]],
    ['lives in an area beside', { area: 'west' }, {}, undefined],
    ['paused', { paused: true }, {}, [{ id: 'paused' }]],
    ['comes on duty later', { dutySince: NOON + 1 }, {}, [{ id: 'off-duty' }]],
    ['has a window that closes now', { openUntil: NOON }, {}, [{ id: 'window-closed' }]],
    ['has one that closes in a moment', { openUntil: NOON + 1 }, {}, undefined],
    ['has two tasks', { activeTasks: 2 }, {}, [{ id: 'load', values: { tasks: 2, cap: 2 } }]],
    ['has a task and an offer', { activeTasks: 1, openOffers: 1 }, {}, [{ id: 'load', values: { tasks: 2, cap: 2 } }]],
    ['has one task', { activeTasks: 1 }, {}, undefined],
    ['has hours on other days', hours([1, 2, 4, 5, 6, 7], 8, 20), {}, [{ id: 'hours' }]],
    ['has hours that end now', hours([3], 8, 12), {}, [{ id: 'hours' }]],
    ['has hours that begin now', hours([3], 12, 13), {}, undefined],
    ['has hours since last night', hours([2], 22, 13), {}, undefined],
    ['rests', { lastFinished: NOON - HOUR + 1 }, {}, [{ id: 'rest', values: { until: NOON + 1 } }]],
    ['has rested', { lastFinished: NOON - HOUR }, {}, undefined],
    ['is a man', { gender: 'man' }, { wishes: { gender: 'woman' } }, [{ id: 'wish-gender', values: { wish: 'woman' } }]],
    ['has not said', {}, { wishes: { gender: 'woman' } }, [{ id: 'wish-gender', values: { wish: 'woman' } }]],
    ['is a woman', { gender: 'woman' }, { wishes: { gender: 'woman' } }, undefined],
    ['lives on the stairwell', { stairwell: 'east-3' }, { wishes: { notFromStairwell: true } }, [{ id: 'wish-stairwell' }]],
    ['lives on another', {}, { wishes: { notFromStairwell: true } }, undefined],
    ['does not say where', { area: 'west' }, { wishes: { notFromStairwell: true } }, undefined],
    [
      'is kept away by more than one thing',
      { paused: true, languages: ['da'] },
      {},
      [{ id: 'language', values: { language: 'so' } }, { id: 'paused' }],
    ],
  ])('%s', (_, change, wanted, why) => {
    const decision = decide([person('v', change)], wanted)
    const { id } = person('v', change)
    if (why === undefined) expect(askedIn(decision)).toEqual([id])
    else expect({ asked: decision.step === 'wave', why: whyOf(decision, id) }).toEqual({ asked: false, why })
  })

  test('off duty', () => {
    const { dutySince: _, openUntil: __, ...off } = person('v')
    expect(whyOf(decide([off]), 'v')).toEqual([{ id: 'off-duty' }, { id: 'window-closed' }])
  })

  test('who has not said on which stairwell they live may live on it', () => {
    const { stairwell: _, ...unknown } = person('v')
    expect(whyOf(decide([unknown], { wishes: { notFromStairwell: true } }), 'v')).toEqual([{ id: 'wish-stairwell' }])
  })
})

describe('the order', () => {
  test('stairwell, then area; the own language, then a shared one; then who did least lately', () => {
    const volunteers = [
      person('shared', { languages: ['ar'] }),
      person('two', { tasksLately: 2 }),
      person('none'),
      person('beside', { area: 'west' }),
      person('stairs', { stairwell: 'east-3', languages: ['ar'], tasksLately: 5 }),
    ]
    const decision = decide(volunteers)
    expect(decision).toMatchObject({ step: 'wave', wave: 1, volunteers: ['stairs', 'none', 'two'], deadline: NOON + 10 * MINUTE })
    expect(whyOf(decision, 'stairs')).toEqual([
      { id: 'near', values: { circle: 'stairwell' } },
      { id: 'speaks', values: { language: 'ar' } },
      { id: 'tasks-lately', values: { tasks: 5, offers: 0, days: 7 } },
    ])
    expect(whyOf(decision, 'shared')).toEqual([{ id: 'next-wave' }])
    expect(whyOf(decision, 'beside')).toEqual([{ id: 'wider-wave' }])
  })

  test('the first wave stays in the area; the second goes beyond; nobody in the area goes beyond at once', () => {
    const volunteers = [person('here'), person('beside', { area: 'west' })]
    expect(askedIn(decide(volunteers))).toEqual(['here'])
    const second = decide(volunteers, { waves: 1, asked: ['here'] }, { now: NOON + 10 * MINUTE })
    expect(second).toMatchObject({ step: 'wave', wave: 2, volunteers: ['beside'], deadline: NOON + 20 * MINUTE })
    expect(askedIn(decide(volunteers, { declinedBy: ['here'] }))).toEqual(['beside'])
  })

  test('among those who did as much, the least asked', () => {
    const volunteers = [person('often', { offersLately: 4 }), person('twice', { offersLately: 2 }), person('busy', { tasksLately: 1 })]
    expect(askedIn(decide(volunteers))).toEqual(['twice', 'often', 'busy'])
  })

  test('a tie is drawn by the seed, whatever order they are read in', () => {
    const volunteers = Array.from({ length: 12 }, (_, at) => person(`v${at}`))
    const one = askedIn(decide(volunteers))
    expect(askedIn(decide(volunteers.toReversed()))).toEqual(one)
    const draws = Array.from({ length: 40 }, (_, seed) => askedIn(decide(volunteers, {}, { seed })))
    expect(new Set(draws.flat()).size).toBe(12)
  })

  test('the last wave ends when staff are told', () => {
    const late = decide([person('v')], { waves: 2 }, { now: NOON + 40 * MINUTE })
    expect(late).toMatchObject({ wave: 3, deadline: NOON + 45 * MINUTE })
  })

  test('everybody has a line in the log, asked or not', () => {
    const volunteers = [person('a'), person('b', { paused: true }), person('c', { area: 'west' })]
    const { log } = decide(volunteers)
    expect(log.map(({ volunteer, asked }) => [volunteer, asked])).toEqual([
      ['a', true],
      ['c', false],
      ['b', false],
    ])
    for (const { why } of log) expect(why.length).toBeGreaterThan(0)
  })
})

describe('for staff', () => {
  test.each([
    [{ minor: true }, 'minor'],
    [{ task: 'danger' }, 'danger'],
    [{ task: 'violence', urgent: true }, 'danger'],
    [{ task: 'keys' }, 'keys'],
    [{ task: 'contact' }, 'for-staff'],
    [{ task: 'toString' }, 'unknown-task'],
  ])('%j', (change, why) => {
    const everything = person('v', { tasks: [...TASKS, 'toString'] })
    expect(decide([everything], change)).toMatchObject({ step: 'staff', why, log: [{ asked: false }] })
  })

  test('at T3, whoever is free', () => {
    expect(decide([person('v')], {}, { now: NOON + 45 * MINUTE - 1 }).step).toBe('wave')
    expect(decide([person('v')], {}, { now: NOON + 45 * MINUTE })).toMatchObject({ step: 'staff', why: 'nobody-in-time' })
  })

  test('nobody can be asked: at once, with the next hour when somebody is', () => {
    expect(decide([])).toEqual({ step: 'staff', why: 'nobody-eligible', log: [] })
    const { dutySince: _, ...off } = person('v', { hours: [{ days: [3, 4], from: 16 * 60, until: 18 * 60 }] })
    expect(decide([off])).toMatchObject({ step: 'staff', nextAt: NOON + 4 * HOUR })
    const tomorrow = { ...off, hours: [{ days: [4], from: 9 * 60, until: 18 * 60 }] }
    expect(decide([tomorrow])).toMatchObject({ step: 'staff', nextAt: NOON + 21 * HOUR })
    expect(decide([person('v', { paused: true })])).not.toHaveProperty('nextAt')
  })
})

describe('when nobody can be asked now', () => {
  const man = person('man', { gender: 'man' })
  const woman = { wishes: { gender: 'woman' as const } }

  test('another network first', () => {
    expect(decide([man], { ...woman, otherNetworks: ['fathers', 'red-cross'] })).toMatchObject({ step: 'network', network: 'fathers' })
  })

  test('the resident is asked before a wish is widened, and once', () => {
    expect(decide([man], woman)).toMatchObject({ step: 'widen', wish: 'gender', free: 1 })
    expect(decide([man], { ...woman, kept: ['gender'] })).toMatchObject({ step: 'staff', why: 'nobody-eligible' })
    expect(decide([person('m', { paused: true })], woman).step).toBe('staff')
  })

  test('the wish that keeps most away; both in turn when it takes both', () => {
    const wishes = { gender: 'woman' as const, notFromStairwell: true }
    const there = (id: string, gender: 'woman' | 'man') => person(id, { gender, stairwell: 'east-3' })
    expect(decide([there('a', 'woman'), there('b', 'woman'), man], { wishes })).toMatchObject({ wish: 'stairwell', free: 2 })
    expect(decide([there('a', 'man')], { wishes })).toMatchObject({ step: 'widen', wish: 'gender', free: 0 })
    expect(decide([there('a', 'man')], { wishes, kept: ['stairwell'] }).step).toBe('staff')
  })

  test('somebody is there before T3: wait for them', () => {
    const resting = person('v', { lastFinished: NOON - 40 * MINUTE })
    expect(decide([resting])).toMatchObject({ step: 'wait', until: NOON + 20 * MINUTE, why: 'hours' })
    const soon = person('v', { hours: [{ days: [3], from: 12 * 60 + 30, until: 20 * 60 }] })
    expect(decide([soon])).toMatchObject({ step: 'wait', until: NOON + 30 * MINUTE })
    const late = person('v', { hours: [{ days: [3], from: 12 * 60 + 45, until: 20 * 60 }] })
    expect(decide([late])).toMatchObject({ step: 'staff', nextAt: NOON + 45 * MINUTE })
  })

  test('somebody could but for what they have: whoever is freed is looked at again, until T3', () => {
    const busy = person('v', { activeTasks: 2 })
    expect(decide([busy])).toMatchObject({ step: 'wait', until: NOON + 45 * MINUTE, why: 'busy' })
    expect(decide([busy], { wishes: { gender: 'woman' }, kept: ['gender'] })).toMatchObject({ step: 'staff', why: 'nobody-eligible' })
    expect(decide([person('v', { activeTasks: 2, paused: true })])).toMatchObject({ step: 'staff', why: 'nobody-eligible' })
  })

  test('offers are out: wait for them until T3', () => {
    expect(decide([person('v')], { asked: ['v'], waves: 1 })).toMatchObject({ step: 'wait', until: NOON + 45 * MINUTE, why: 'offers-out' })
    // Nobody waits for an answer of whoever may not be written to any more.
    expect(decide([person('v', { openUntil: NOON })], { asked: ['v'], waves: 1 })).toMatchObject({ step: 'staff', why: 'nobody-eligible' })
    expect(decide([person('v')], { declinedBy: ['v'], waves: 1 })).toMatchObject({ step: 'staff', why: 'nobody-eligible' })
  })
})

describe('quiet hours', () => {
  const at = (wall: string, offset: string) => Date.parse(`${wall}${offset}`)
  const alwaysThere = (now: number) => person('v', { dutySince: now - HOUR, openUntil: now + DAY })
  const decideAt = (now: number, change: Partial<CallOutRequest> = {}, settings = DEFAULT_SETTINGS) =>
    decide([alwaysThere(now)], { openedAt: now, ...change }, { now, settings })

  test.each([
    ['2026-06-10T20:59', '+02:00', 'wave', ''],
    ['2026-06-10T21:00', '+02:00', 'wait', '2026-06-11T08:00+02:00'],
    ['2026-06-11T07:59', '+02:00', 'wait', '2026-06-11T08:00+02:00'],
    ['2026-06-11T08:00', '+02:00', 'wave', ''],
    ['2026-03-28T23:00', '+01:00', 'wait', '2026-03-29T08:00+02:00'],
    ['2026-03-29T03:30', '+02:00', 'wait', '2026-03-29T08:00+02:00'],
    ['2026-10-24T23:00', '+02:00', 'wait', '2026-10-25T08:00+01:00'],
    ['2026-10-25T02:30', '+02:00', 'wait', '2026-10-25T08:00+01:00'],
    ['2026-10-25T02:30', '+01:00', 'wait', '2026-10-25T08:00+01:00'],
    ['2026-12-31T22:00', '+01:00', 'wait', '2027-01-01T08:00+01:00'],
  ])('%s%s: %s', (wall, offset, step, until) => {
    const decision = decideAt(at(wall, offset))
    expect(decision.step).toBe(step)
    if (decision.step === 'wait') expect(decision).toMatchObject({ until: Date.parse(until), why: 'quiet-hours' })
    expect(decideAt(at(wall, offset), { urgent: true }).step).toBe('wave')
  })

  test('a network may have none, and may have them by day', () => {
    const night = at('2026-06-10T23:00', '+02:00')
    expect(decideAt(night, {}, { ...DEFAULT_SETTINGS, quiet: { from: 0, until: 0 } }).step).toBe('wave')
    expect(decideAt(night, {}, { ...DEFAULT_SETTINGS, quiet: { from: 12 * 60, until: 14 * 60 } }).step).toBe('wave')
    expect(decideAt(NOON, {}, { ...DEFAULT_SETTINGS, quiet: { from: 12 * 60, until: 14 * 60 } }).step).toBe('wait')
  })

  test('an end inside the hour that is left out or comes twice is always ahead', () => {
    const quiet = { from: 0, until: 2 * 60 + 30 }
    for (const now of [at('2026-03-29T01:45', '+01:00'), at('2026-10-25T02:10', '+02:00'), at('2026-10-25T02:10', '+01:00')]) {
      const decision = decideAt(now, {}, { ...DEFAULT_SETTINGS, quiet })
      if (decision.step !== 'wait') throw new Error(decision.step)
      expect(decision.until).toBeGreaterThan(now)
      expect(decision.until - now).toBeLessThanOrEqual(2 * HOUR)
    }
  })
})

test('the table of tasks', () => {
  expect(TASKS.filter((task) => taskRule(task)?.staffOnly !== undefined)).toEqual(['keys', 'danger', 'violence', 'contact', 'volunteer'])
  expect(TASKS.filter((task) => vettingFor({ task, minor: false }) === 'children')).toEqual(['homework', 'children'])
  expect(taskRule('shopping')?.limitKroner).toBe(500)
  expect(TASKS.filter((task) => taskRule(task)?.besideResident)).toEqual(['interpret', 'letter', 'digital'])
  expect(taskRule('medicine')?.noNumbers).toBe(true)
})

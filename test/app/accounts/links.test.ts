/** One-time links: once, in time, for whom they are; and letters that tell nobody who works here. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { firstLink, orderLink } from '../../../src/app/accounts/first-administrator.js'
import { mailLink, useLink } from '../../../src/app/accounts/links.js'
import { removeStaff } from '../../../src/app/accounts/staff.js'
import type { StaffDocument } from '../../../src/store/staff-documents.js'
import { type AccountsStage, only, openAccounts, tokenOf } from '../../accounts-stage.js'

const HOUR = 3_600_000
let stage: AccountsStage
let sanne: StaffDocument
beforeEach(async () => {
  stage = await openAccounts()
  sanne = await stage.add('Sanne', only('coordinator', ['demo']), { mail: 'sanne@example.org', state: 'invited' })
})
afterEach(() => stage.close())
const auditOf = async () =>
  (await stage.deps.audit.find({}, { sort: ['at', '_id'], limit: 50 })).map(({ who, what, about, area }) => [who, what, about, area])

test('a link works once, makes whoever was invited active, and ends their other links', async () => {
  const [one, other] = [await stage.link(sanne), await stage.link(sanne)]
  expect(await useLink(stage.deps, one)).toMatchObject({ is: 'staff', staff: { name: 'Sanne', state: 'active' } })
  expect([await useLink(stage.deps, one), await useLink(stage.deps, other)]).toEqual([{ is: 'used' }, { is: 'used' }])
  expect((await stage.deps.staff.get(sanne._id))?.state).toBe('active')
  expect(JSON.stringify(await stage.deps.oneTimes.find({}, { sort: ['until'], limit: 9 }))).not.toContain(one)
  expect(await auditOf()).toContainEqual(['command line', 'link-made', sanne._id, 'demo'])
})

test('of many who press at the same moment one gets in', async () => {
  const token = await stage.link(sanne)
  const used = await Promise.all(Array.from({ length: 20 }, () => useLink(stage.deps, token)))
  expect(used.filter(({ is }) => is === 'staff')).toHaveLength(1)
  expect(used.filter(({ is }) => is === 'used')).toHaveLength(19)
})

test('a link ends after 24 hours, with its person, and is not one of another kind', async () => {
  const token = await stage.link(sanne)
  stage.time.advance(24 * HOUR - 1)
  const late = await stage.link(sanne)
  stage.time.advance(1)
  expect(await useLink(stage.deps, token)).toEqual({ is: 'late' })
  await removeStaff(stage.deps, { id: 'x', areas: 'all' }, sanne._id)
  expect(await useLink(stage.deps, late)).toEqual({ is: 'unknown' })
  expect(await useLink(stage.deps, 'A'.repeat(44))).toEqual({ is: 'unknown' })
  const _id = stage.deps.keys.mac('one-time', `staff:${'B'.repeat(44)}`)
  await stage.deps.oneTimes.insert({
    _id,
    version: 1,
    opens: { what: 'case', handoff: 'h', network: 'n' },
    until: stage.time.now() + HOUR,
    used: false,
  })
  expect(await useLink(stage.deps, 'B'.repeat(44))).toEqual({ is: 'unknown' })
})

test('a letter goes to a known address alone, three times an hour at most', async () => {
  expect(await mailLink(stage.deps, ' nobody')).toBe('nobody')
  expect(await mailLink(stage.deps, 'nobody@example.org')).toBe('nobody')
  for (const written of ['sanne@example.org', 'Sanne@Example.org', 'SANNE@EXAMPLE.ORG'])
    expect(await mailLink(stage.deps, written)).toBe('sent')
  expect(await mailLink(stage.deps, 'sanne@example.org')).toBe('too often')
  stage.time.advance(HOUR)
  expect(await mailLink(stage.deps, 'sanne@example.org')).toBe('sent')
  expect(stage.letters.map(({ to }) => to)).toEqual(Array(4).fill('sanne@example.org'))
  expect(new Set(stage.letters.map(({ id }) => id)).size).toBe(4)
  const link = /https:\S+/.exec(stage.letters[3]?.text ?? '')?.[0] ?? ''
  expect(await useLink(stage.deps, tokenOf(link))).toMatchObject({ is: 'staff' })
  await removeStaff(stage.deps, { id: 'x', areas: 'all' }, sanne._id)
  stage.time.advance(HOUR)
  expect(await mailLink(stage.deps, 'sanne@example.org')).toBe('nobody')
  expect(stage.logged).toEqual([])
})

test('the first start makes one administrator, however many start at once; with staff there is no link', async () => {
  const links = await Promise.all([firstLink(stage.deps), firstLink(stage.deps), firstLink(stage.deps)])
  const admins = (await stage.deps.staff.find({ state: 'invited' }, { sort: ['_id'], limit: 9 })).filter(
    ({ name }) => name === 'Administrator',
  )
  expect(admins).toHaveLength(1)
  expect(await useLink(stage.deps, tokenOf(links[1] ?? ''))).toMatchObject({ is: 'staff', staff: { roles: only('administrator') } })
  for (const other of [links[0], links[2]]) expect(await useLink(stage.deps, tokenOf(other ?? ''))).toEqual({ is: 'used' })
  expect(await firstLink(stage.deps)).toBeUndefined()
})

test('at the command line a link is for whom the name says, and nothing is guessed', async () => {
  const chief = await stage.add('Chief', only('administrator'))
  const lineOf = async (name?: string) => (await orderLink(stage.deps, name)).split('\n')
  expect((await lineOf())[1]).toBe('It signs in Chief once, within 24 hours.')
  expect((await lineOf('sanne@example.org'))[1]).toContain('Sanne')
  expect((await lineOf('SANNE'))[1]).toContain('Sanne')
  await stage.add('Second', only('administrator'))
  await expect(orderLink(stage.deps)).rejects.toThrow('That could be several: give a name or a mail address of Chief, Second')
  await expect(orderLink(stage.deps, 'Nobody')).rejects.toThrow(
    'There is no Nobody: give a name or a mail address of Chief, Sanne (sanne@example.org), Second',
  )
  expect(await auditOf()).toContainEqual(['command line', 'link-made', chief._id, ''])
})

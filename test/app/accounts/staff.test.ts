/** Who may change whom, that somebody can always let people in, and how long a browser stays signed in. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { AUDIT_PAGE, note, readAudit } from '../../../src/app/accounts/audit.js'
import { answerOnce, isOurs, makeChallenge } from '../../../src/app/accounts/challenges.js'
import { openLogin, whoIs } from '../../../src/app/accounts/logins.js'
import { changeStaff, inviteStaff, removeStaff } from '../../../src/app/accounts/staff.js'
import type { StaffDocument } from '../../../src/store/staff-documents.js'
import { type AccountsStage, only, openAccounts } from '../../accounts-stage.js'

const HOUR = 3_600_000
let stage: AccountsStage
beforeEach(async () => {
  stage = await openAccounts()
})
afterEach(() => stage.close())
const by = ({ _id: id }: StaffDocument) => ({ id, areas: 'all' as const })
const administrators = async () =>
  (await stage.deps.staff.find({ state: 'active' }, { sort: ['_id'], limit: 99 })).filter(({ roles }) =>
    roles.some(({ role, areas }) => role === 'administrator' && areas === 'all'),
  )

test('two administrators who remove or demote each other at the same moment never leave none', async () => {
  for (let round = 0; round < 10; round += 1) {
    const [one, other] = [await stage.add('One', only('administrator')), await stage.add('Other', only('administrator'))]
    const demote = (who: StaffDocument, whom: StaffDocument) =>
      changeStaff(stage.deps, by(who), whom._id, { name: whom.name, roles: only('reader'), safeguarding: false })
    await Promise.all([
      removeStaff(stage.deps, by(one), other._id),
      round % 2 === 0 ? removeStaff(stage.deps, by(other), one._id) : demote(other, one),
    ])
    const left = await administrators()
    expect(left.length).toBeGreaterThanOrEqual(1)
    for (const who of left) await stage.deps.staff.replace({ ...who, state: 'removed' })
  }
})

test('the last administrator of all areas stays, whoever else there is', async () => {
  const chief = await stage.add('Chief', only('administrator'))
  const second = await stage.add('Second', only('administrator'))
  await stage.add('Invited', only('administrator'), { state: 'invited' })
  await stage.add('Of one area', only('administrator', ['demo']))
  expect(await removeStaff(stage.deps, by(chief), second._id)).toMatchObject({ state: 'removed', passkeys: [] })
  expect(await removeStaff(stage.deps, by(chief), chief._id)).toBe('last')
  expect(await changeStaff(stage.deps, by(chief), chief._id, { name: 'Chief', roles: only('reader'), safeguarding: false })).toBe('last')
  expect(await changeStaff(stage.deps, by(chief), chief._id, { name: 'New name', roles: chief.roles, safeguarding: true })).toMatchObject({
    name: 'New name',
  })
})

test('nobody has the mail address of somebody else, and whoever was removed has none', async () => {
  const chief = await stage.add('Chief', only('administrator'))
  const wish = { name: 'Sanne', mail: 'Sanne@example.org', roles: only('reader'), safeguarding: false }
  const sanne = (await inviteStaff(stage.deps, by(chief), wish)) as StaffDocument
  expect(sanne).toMatchObject({ mail: 'sanne@example.org', state: 'invited' })
  expect(await inviteStaff(stage.deps, by(chief), { ...wish, mail: 'SANNE@example.org' })).toBe('mail-taken')
  expect(await changeStaff(stage.deps, by(chief), sanne._id, wish)).toMatchObject({ mail: 'sanne@example.org' })
  const { mail: _, ...without } = wish
  expect(await changeStaff(stage.deps, by(chief), sanne._id, without)).not.toHaveProperty('mail')
  await changeStaff(stage.deps, by(chief), sanne._id, wish)
  expect(await removeStaff(stage.deps, by(chief), sanne._id)).not.toHaveProperty('mail')
  expect(await inviteStaff(stage.deps, by(chief), wish)).toMatchObject({ state: 'invited' })
})

test('the same roles in another order are no change, and end no login', async () => {
  const chief = await stage.add('Chief', only('administrator'))
  const roles = [...only('reader', ['demo', 'birkehaven']), ...only('editor')]
  const sanne = await stage.add('Sanne', roles)
  const token = await openLogin(stage.deps, sanne, 'link')
  const again = [...only('editor'), ...only('reader', ['birkehaven', 'demo'])]
  await changeStaff(stage.deps, by(chief), sanne._id, { name: 'Sanne', roles: again, safeguarding: false })
  expect(await whoIs(stage.deps, token, true)).toBeDefined()
  await changeStaff(stage.deps, by(chief), sanne._id, { name: 'Sanne', roles: only('editor'), safeguarding: false })
  expect(await whoIs(stage.deps, token, true)).toBeUndefined()
})

test('the record says what was given and what was taken', async () => {
  const chief = await stage.add('Chief', only('administrator'))
  const wish = { name: 'Sanne', mail: 'sanne@example.org', roles: only('reader'), safeguarding: true }
  const sanne = (await inviteStaff(stage.deps, by(chief), wish)) as StaffDocument
  for (const next of [
    { ...wish, safeguarding: false },
    { ...wish, safeguarding: false, roles: only('coordinator') },
    { ...wish, name: 'Sanne B.', mail: 'other@example.org', roles: only('coordinator') },
    { ...wish, name: 'Sanne B.', mail: 'other@example.org', roles: only('coordinator') },
  ]) {
    stage.time.advance(1)
    await changeStaff(stage.deps, by(chief), sanne._id, next)
  }
  const lines = (await readAudit(stage.deps, 'all')).map(({ at, what }) => `${at - stage.time.now() + 4} ${what}`)
  expect(lines.toSorted()).toEqual([
    '0 staff-danger-given',
    '0 staff-invited',
    '1 staff-danger-taken',
    '2 staff-roles-changed',
    '3 staff-changed',
    '3 staff-danger-given',
    '3 staff-mail-changed',
    '4 staff-changed',
  ])
})

test('a login ends 12 hours after somebody last used it, and after a week; and with its person', async () => {
  const sanne = await stage.add('Sanne', only('reader'))
  const idle = await openLogin(stage.deps, sanne, 'link')
  stage.time.advance(12 * HOUR - 1)
  expect(await whoIs(stage.deps, idle, true)).toMatchObject({ staff: { name: 'Sanne' } })
  stage.time.advance(12 * HOUR)
  expect(await whoIs(stage.deps, idle, true)).toBeUndefined()
  const alone = await openLogin(stage.deps, sanne, 'link')
  stage.time.advance(12 * HOUR - 1)
  expect(await whoIs(stage.deps, alone, false)).toBeDefined()
  stage.time.advance(1)
  expect(await whoIs(stage.deps, alone, false)).toBeUndefined()
  const used = await openLogin(stage.deps, sanne, 'link')
  for (let hours = 0; hours < 7 * 24 - 8; hours += 8) {
    stage.time.advance(8 * HOUR)
    expect(await whoIs(stage.deps, used, true)).toBeDefined()
  }
  stage.time.advance(8 * HOUR)
  expect(await whoIs(stage.deps, used, true)).toBeUndefined()
  const last = await openLogin(stage.deps, sanne, 'passkey')
  await stage.deps.staff.replace({ ...sanne, state: 'removed' })
  expect(await whoIs(stage.deps, last, true)).toBeUndefined()
})

test('a challenge is for one purpose, for five minutes, and is answered once', async () => {
  const { deps, time } = stage
  const challenge = makeChallenge(deps, 'sign-in')
  expect([isOurs(deps, 'sign-in', challenge), isOurs(deps, 'add:sanne', challenge)]).toEqual([true, false])
  expect(isOurs(deps, 'sign-in', challenge.replace(/\.[\da-z]+\./, '.zzzzzzzzz.'))).toBe(false)
  expect(await Promise.all([answerOnce(deps, challenge), answerOnce(deps, challenge)])).toEqual([true, false])
  time.advance(5 * 60_000)
  expect(isOurs(deps, 'sign-in', challenge)).toBe(false)
})

test('the record is read newest first, page by page, and by area', async () => {
  for (let line = 0; line < AUDIT_PAGE + 5; line += 1) {
    await note(stage.deps, { who: 'w', what: 'staff-changed', about: `a${line}` }, line % 2 === 0 ? ['demo'] : 'all')
    stage.time.advance(line % 3)
  }
  const first = await readAudit(stage.deps, 'all')
  const last = first.at(-1)
  const second = await readAudit(stage.deps, 'all', { at: last?.at ?? 0, id: last?._id ?? '' })
  expect([first.length, second.length]).toEqual([AUDIT_PAGE, 5])
  expect(new Set([...first, ...second].map(({ about }) => about)).size).toBe(AUDIT_PAGE + 5)
  expect(first[0]?.about).toBe(`a${AUDIT_PAGE + 4}`)
  const here = await readAudit(stage.deps, ['demo'])
  expect(here.every(({ area }) => area === 'demo')).toBe(true)
  expect(await readAudit(stage.deps, ['elsewhere'])).toEqual([])
})

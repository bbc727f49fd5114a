/** Whoever's account is changed is told by mail, at the address that was theirs until then. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { orderLink } from '../../../src/app/accounts/first-administrator.js'
import { giveLink, useLink } from '../../../src/app/accounts/links.js'
import { removePasskey } from '../../../src/app/accounts/passkeys.js'
import { changeStaff } from '../../../src/app/accounts/staff.js'
import type { StaffDocument } from '../../../src/store/staff-documents.js'
import { type AccountsStage, only, openAccounts } from '../../accounts-stage.js'
import { NOW } from '../../library.js'

const KEY = { id: 'k', publicKey: 'k', counter: 0, transports: [], name: 'phone', createdAt: NOW }
const by = { id: 'chief', areas: 'all' } as const
let stage: AccountsStage
let sanne: StaffDocument
beforeEach(async () => {
  stage = await openAccounts()
  sanne = await stage.add('Sanne', only('coordinator', ['demo']), { mail: 'sanne@example.org', passkeys: [KEY] })
})
afterEach(() => stage.close())
/** To whom, and the Danish sentence that says what. */
const told = () => stage.letters.map(({ to, text }) => [to, text.split('\n')[2]])

test('of a passkey that is gone, and not of one that was none', async () => {
  expect(await removePasskey(stage.deps, sanne, 'other')).toBe(false)
  expect(told()).toEqual([])
  expect(await removePasskey(stage.deps, sanne, 'k')).toBe(true)
  expect(told()).toEqual([['sanne@example.org', 'En adgangsnøgle til din adgang er fjernet.']])
  const [letter] = stage.letters
  expect(letter?.text).toContain('https://opgang.example/console#me')
  expect(JSON.stringify(letter)).not.toMatch(/Sanne|phone|link=/)
})

test('of a link that somebody else was given, without the link', async () => {
  await orderLink(stage.deps, 'Sanne')
  expect(told()).toEqual([['sanne@example.org', 'Der er lavet et link, som logger ind som dig. Det er givet til en anden.']])
  expect(stage.letters[0]?.text).not.toContain('link=')
})

test('of another address at the one that was theirs, where links that were sent work no more', async () => {
  const link = await stage.link(sanne)
  const wish = { name: 'Sanne', roles: sanne.roles, safeguarding: false }
  await changeStaff(stage.deps, by, sanne._id, { ...wish, mail: 'Sanne@example.org' })
  expect(told()).toEqual([])
  await changeStaff(stage.deps, by, sanne._id, { ...wish, mail: 'new@example.org' })
  expect(told()).toEqual([['sanne@example.org', 'Denne mailadresse er ikke længere den, du får links sendt til.']])
  expect(await useLink(stage.deps, link)).toEqual({ is: 'used' })
})

test('whoever has no address is told nothing, and a link in their hand still works when they get one', async () => {
  const karin = await stage.add('Karin', only('reader'), { passkeys: [KEY] })
  const link = await stage.link(karin)
  await removePasskey(stage.deps, karin, 'k')
  await changeStaff(stage.deps, by, karin._id, { name: 'Karin', roles: karin.roles, safeguarding: false, mail: 'karin@example.org' })
  expect(told()).toEqual([])
  expect(await useLink(stage.deps, link)).toMatchObject({ is: 'staff' })
})

/** A mail server that takes its time, or does not take the first letter. */
function mailed(first: Promise<'sent' | 'failed'>) {
  const letters: string[] = []
  const send = async ({ subject }: { subject: string }) => (letters.push(subject), letters.length === 1 ? first : ('sent' as const))
  return { letters, deps: { ...stage.deps, mail: { send } } }
}

test('of a link that did not go to them: it is handed over, and they are told', async () => {
  const { letters, deps } = mailed(Promise.resolve('failed'))
  expect(await giveLink(deps, sanne, 'chief')).toEqual({ mail: 'failed', link: expect.stringContaining('#link=') })
  expect(letters.map((subject) => subject.split(' / ')[1])).toEqual(['Sign in to Opgang', 'Your access to Opgang was changed'])
})

test('of a link that is handed over since the mail server hangs, whether or not it is mailed later', async () => {
  const { letters, deps } = mailed(new Promise(() => undefined))
  const giving = giveLink(deps, sanne, 'chief')
  while (stage.time.sleepers() === 0) await new Promise(setImmediate)
  stage.time.advance(4000)
  expect(await giving).toEqual({ mail: 'slow', link: expect.stringContaining('#link=') })
  expect(letters).toHaveLength(2)
})

test('a link that was mailed is shown to nobody', async () => {
  expect(await giveLink(stage.deps, sanne, 'chief')).toEqual({ mail: 'sent' })
  expect(stage.time.sleepers()).toBe(0)
})

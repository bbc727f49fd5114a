/** Trial or live: what the store has, what is missing for it, and who gets letters meanwhile. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Letter, MailOutcome } from '../../src/app/mail.js'
import { changeMode, createModeSource } from '../../src/app/mode.js'
import { restrainMail } from '../../src/app/mode-mail.js'
import { findMissing, type ReadinessDeps } from '../../src/app/mode-missing.js'
import { isMeta, isThisMachine } from '../../src/config.js'
import { NO_PLACES, type Places } from '../../src/core/places-types.js'
import type { Area } from '../../src/core/types.js'
import { StoreUnavailable } from '../../src/store/collection.js'
import { type Collections, openCollections } from '../../src/store/collections.js'
import type { StaffDocument } from '../../src/store/staff-documents.js'
import { type AccountsStage, only, openAccounts } from '../accounts-stage.js'
import { probeLibrary } from '../probe-library.js'
import { openStage, type Stage } from '../stage.js'

const KEY: StaffDocument['passkeys'][number] = { id: 'k', publicKey: 'p', counter: 0, transports: [], name: 'Telefon', createdAt: 1 }
const area = (id: string, more: Partial<Area> = {}): Area => ({
  ...{ id, name: id, demo: false, owner: 'Bo', variables: { doctor_phone: '1813' } },
  ...more,
})
const placesOf = (onCall: Readonly<Record<string, readonly string[]>>): Places => ({
  ...NO_PLACES,
  places: Object.fromEntries(
    Object.entries(onCall).map(([id, mails]) => [
      id,
      {
        ...{ id, stairwells: [], neighbours: [], officeHours: [] },
        onCall: mails.map((mail, at) => ({ id: `p${at}`, name: 'P', hours: [], mail })),
      },
    ]),
  ),
})

let accounts: AccountsStage
let stage: Stage
let collections: Collections
beforeEach(async () => {
  accounts = await openAccounts()
  stage = await openStage({ library: await probeLibrary('start: { say: Hej. }') })
  collections = openCollections(stage.store)
})
afterEach(() => Promise.all([accounts.close(), stage.close()]))

function readiness(areas: readonly Area[], places: Places, more: Partial<ReadinessDeps> = {}): ReadinessDeps {
  const library = { areas: Object.fromEntries(areas.map((one) => [one.id, one])), defaultArea: areas[0]?.id ?? '' }
  return { staff: accounts.deps.staff, library: () => library, places: () => places, hasMail: true, reachesStrangers: false, ...more }
}

test('a store that says nothing is in trial; another instance follows, and nothing older wins', async () => {
  const [here, there] = [createModeSource(collections.modes), createModeSource(collections.modes)]
  await here.follow()
  expect(here.current()).toBe('trial')
  await here.set('live', 1)
  expect([here.current(), there.current()]).toEqual(['live', 'trial'])
  await there.follow()
  expect([there.current(), there.since()]).toEqual(['live', 1])
  // Both at once: one after the other.
  await Promise.all([here.set('trial', 2), there.set('trial', 2)])
  await Promise.all([here.follow(), there.follow()])
  expect([here.current(), there.current(), (await collections.modes.get('mode'))?.version]).toEqual(['trial', 'trial', 3])
  // A look that began before the change and ends after it.
  const { modes } = collections
  let isLate = false
  const get = async (id: string) => (isLate ? { _id: id, version: 1, mode: 'trial' as const, since: 0 } : modes.get(id))
  const late = createModeSource(Object.assign(Object.create(modes) as typeof modes, { get, replace: modes.replace.bind(modes) }))
  await late.set('live', 3)
  isLate = true
  await late.follow()
  expect(late.current()).toBe('live')
})

test('two administrators of everything who can sign in again', async () => {
  const deps = readiness([area('gellerup')], placesOf({ gellerup: ['a@example.org'] }))
  const missing = async (more: Partial<ReadinessDeps> = {}) => (await findMissing({ ...deps, ...more })).map(({ what }) => what)
  await accounts.add('One', only('administrator'), { passkeys: [KEY] })
  expect(await missing()).toEqual(['second-administrator'])
  await accounts.add('Of one area', only('administrator', ['gellerup']), { passkeys: [KEY] })
  await accounts.add('Invited', only('administrator'), { passkeys: [KEY], state: 'invited' })
  await accounts.add('Lost', only('administrator'))
  expect(await missing()).toEqual(['second-administrator'])
  await accounts.add('By mail', only('administrator'), { mail: 'by@example.org' })
  expect(await missing()).toEqual([])
  expect(await missing({ hasMail: false })).toEqual(['second-administrator'])
})

test('the doctor and somebody on call in each area in use; a made-up one is no place for strangers', async () => {
  for (const name of ['One', 'Two']) await accounts.add(name, only('administrator'), { passkeys: [KEY] })
  const areas = [
    area('gellerup', { variables: { doctor_phone: ' ' } }),
    area('vollsmose', { variables: {} }),
    area('demo', { demo: true }),
    area('unused', { demo: true }),
  ]
  const places = placesOf({ gellerup: ['a@example.org'], demo: [] })
  expect(await findMissing(readiness(areas, places))).toEqual([
    { what: 'doctor', area: 'gellerup' },
    { what: 'doctor', area: 'vollsmose' },
    { what: 'on-call', area: 'vollsmose' },
    { what: 'on-call', area: 'demo' },
  ])
  // Whoever comes from nowhere in particular gets the first one's numbers.
  const alone = readiness([area('demo', { demo: true }), area('gellerup')], placesOf({ gellerup: ['a'], demo: ['b'] }))
  expect(await findMissing(alone)).toEqual([])
  expect(await findMissing({ ...alone, reachesStrangers: true })).toEqual([{ what: 'made-up-area', area: 'demo' }])
})

test('nothing is changed while anything is missing, and a record that cannot be written stops the change', async () => {
  const deps = { ...accounts.deps, mode: createModeSource(collections.modes) }
  const notYet = readiness([area('gellerup')], NO_PLACES)
  expect(await changeMode({ ...deps, ...notYet }, 'chief', 'live')).toHaveLength(2)
  for (const name of ['One', 'Two']) await accounts.add(name, only('administrator'), { passkeys: [KEY] })
  const ready = readiness([area('gellerup')], placesOf({ gellerup: ['a@example.org'] }))
  const away = { ...accounts.deps.audit, insert: () => Promise.reject(new StoreUnavailable('away')) }
  await expect(changeMode({ ...deps, ...ready, audit: away }, 'chief', 'live')).rejects.toThrow('away')
  expect(await collections.modes.get('mode')).toBeUndefined()
  expect(await changeMode({ ...deps, ...ready }, 'chief', 'live')).toEqual([])
  expect(deps.mode.current()).toBe('live')
})

test('letters: staff and those on call get them, others do not, and a letter in doubt waits', async () => {
  const letters: string[] = []
  const mail = { send: async ({ to }: Letter): Promise<MailOutcome> => (letters.push(to), 'sent') }
  await accounts.add('Sanne', only('reader'), { mail: 'sanne@example.org' })
  await accounts.add('Gone', only('reader'), { mail: 'gone@example.org', state: 'removed' })
  let restrained = true
  const { staff, log } = accounts.deps
  const places = placesOf({ gellerup: ['Vagt@Example.org'] })
  const held = restrainMail(mail, { staff, places: () => places, log, restrained: () => restrained })
  const send = (to: string, by = held) => by.send({ to, subject: 's', text: 't', id: 'i' })
  for (const to of ['sanne@example.org', 'SANNE@example.org', 'vagt@example.org']) expect([to, await send(to)]).toEqual([to, 'sent'])
  for (const to of ['help@example.org', 'gone@example.org', 'nothing']) expect([to, await send(to)]).toEqual([to, 'trial'])
  expect(accounts.logged.join()).not.toContain('example.org')
  const away = { find: () => Promise.reject(new StoreUnavailable('away')) }
  const unsure = restrainMail(mail, { staff: away, places: () => places, log, restrained: () => true })
  expect([await send('help@example.org', unsure), await send('vagt@example.org', unsure)]).toEqual(['failed', 'sent'])
  restrained = false
  expect(await send('help@example.org')).toBe('sent')
  expect(letters).toHaveLength(5)
})

test('whose address it is', () => {
  for (const [address, is] of [
    ['https://graph.facebook.com/v26.0', true],
    ['https://GRAPH.facebook.com./v26.0', true],
    ['https://graph.instagram.com/v26.0', true],
    ['https://graph.facebook.com.example.org/v26.0', false],
    ['https://notfacebook.com/v26.0', false],
    ['http://127.0.0.1:4000', false],
  ] as const)
    expect([address, isMeta(address)]).toEqual([address, is])
  for (const [host, is] of [
    ['localhost', true],
    ['127.0.0.1', true],
    ['::1', true],
    ['localhost.example.org', false],
    ['127.0.0.1.example.org', false],
    ['smtp.example.org', false],
  ] as const)
    expect([host, isThisMachine(host)]).toEqual([host, is])
})

/** Going live and back by the console's API. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { StaffDocument } from '../../../src/store/staff-documents.js'
import { only } from '../../accounts-stage.js'
import { type ConsoleStage, openConsole } from '../../console-stage.js'
import { starterLibrary } from '../../library.js'

const PASSKEY: StaffDocument['passkeys'][number] = { id: 'k', publicKey: 'p', counter: 0, transports: [], name: 'Telefon', createdAt: 1 }
const WITH_KEY = { passkeys: [PASSKEY] }
const LIVE = { body: { live: true } }

const library = await starterLibrary()
const areas = Object.values(library.areas).map(({ id }) => id)

let stage: ConsoleStage
let chief: string
beforeEach(async () => {
  stage = await openConsole(library)
  chief = (await stage.staff('Chief', only('administrator'), WITH_KEY)).token
})
afterEach(() => stage.close())

async function putOnCall(): Promise<void> {
  const { places } = stage.work.collections
  for (const area of areas) {
    const place = await places.get(area)
    const onCall = [{ id: 'sanne', name: 'Sanne', hours: [] }]
    if (place === undefined) await places.insert({ _id: area, version: 1, stairwells: [], neighbours: [], officeHours: [], onCall })
    else await places.replace({ ...place, onCall })
  }
  await stage.work.places.follow()
}
const mode = async (token = chief) => (await stage.ask('GET /api/mode', { token })).body
const lines = async () =>
  (await stage.work.collections.audit.find({}, { sort: ['at', '_id'], limit: 99 })).filter(({ what }) => /^went-/.test(what))

test('a fresh installation is in trial, and whoever may not is told nothing of how to leave it', async () => {
  expect((await mode()).mode).toBe('trial')
  const reader = await stage.staff('Reader', only('reader', ['birkehaven']))
  expect(await mode(reader.token)).toEqual({ mode: 'trial', missing: [{ what: 'second-administrator' }] })
  const elsewhere = await stage.staff('Elsewhere', only('administrator', areas))
  for (const { token } of [reader, elsewhere]) {
    const { status, body } = await stage.ask('PUT /api/mode', { token, ...LIVE })
    expect([status, body.code]).toEqual([403, 'forbidden'])
  }
  expect((await stage.ask('PUT /api/mode', { token: chief, body: { live: 'yes' } })).body.code).toBe('unreadable')
  expect(await lines()).toEqual([])
})

test('what is missing refuses it, is told with the refusal, and changes nothing', async () => {
  const { status, body } = await stage.ask('PUT /api/mode', { token: chief, ...LIVE })
  expect([status, body.code]).toEqual([409, 'not-ready'])
  expect(body.more.missing).toEqual([{ what: 'second-administrator' }, { what: 'on-call', area: 'demo' }])
  expect(body.message.da).toBe('Opgang kan ikke gå i drift endnu.')
  await putOnCall()
  expect((await stage.ask('PUT /api/mode', { token: chief, ...LIVE })).body.more.missing).toEqual([{ what: 'second-administrator' }])
  expect([(await mode()).mode, await lines()]).toEqual(['trial', []])
})

test('with two administrators and somebody on call it goes live and back, once each, and the record says who', async () => {
  await putOnCall()
  const { staff } = await stage.staff('Second', only('administrator'), WITH_KEY)
  expect((await stage.ask('PUT /api/mode', { token: chief, ...LIVE })).body).toEqual({ mode: 'live', missing: [] })
  await stage.ask('PUT /api/mode', { token: chief, ...LIVE })
  expect([(await mode()).mode, stage.work.mode.current()]).toEqual(['live', 'live'])
  // Who was needed to go live may go: it stays live, and is told.
  await stage.ask('DELETE /api/staff/:staff', { token: chief, of: staff._id })
  expect(await mode()).toEqual({ mode: 'live', missing: [{ what: 'second-administrator' }] })
  expect((await stage.ask('PUT /api/mode', { token: chief, body: { live: false } })).body.mode).toBe('trial')
  expect((await lines()).map(({ what, area }) => [what, area])).toEqual([
    ['went-live', ''],
    ['went-trial', ''],
  ])
})

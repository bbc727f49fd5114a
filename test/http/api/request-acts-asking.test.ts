/** Coordinators have others asked, or another: only who may be asked is, and whoever has it loses it kindly. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { HandoffDocument } from '../../../src/store/collections.js'
import { type Acting, openActing } from '../../acting-stage.js'

const MINUTE = 60_000

let acting: Acting
beforeEach(async () => {
  acting = await openActing()
})
afterEach(() => acting.board.close())

describe('asking volunteers', () => {
  test('the next ones are asked now, while the first still may say yes; and when there are none it is said', async () => {
    await acting.town.arrive('amina')
    for (const name of ['a', 'b', 'c', 'd']) await acting.town.arrive(name, {})
    const request = await acting.town.asks('amina')
    const asked = (document: HandoffDocument) => document.handoff?.offers.filter(({ state }) => state === 'open').length
    expect(asked(request)).toBe(3)
    const more = await acting.done(request, { do: 'ask-more' })
    expect([more.handoff?.state, more.handoff?.wave, asked(more)]).toEqual(['offered', 2, 4])
    expect(more.history?.at(-1)).toMatchObject({ what: 'offer', who: `staff:${acting.sanne.id}` })
    expect(await acting.refused(more, { do: 'ask-more' })).toEqual([409, 'nobody-now', undefined])
    expect(await acting.refused(more, { do: 'reassign' })).toEqual([409, 'nobody-now', undefined])
  })

  test('from staff it goes back to volunteers when there is somebody to ask, and stays with staff when there is not', async () => {
    const request = await acting.withStaff()
    expect(await acting.refused(request, { do: 'ask-more' })).toEqual([409, 'nobody-now', undefined])
    await acting.town.arrive('lone', {})
    const more = await acting.done(request, { do: 'ask-more' })
    expect(more.handoff?.state).toBe('offered')
    expect(await acting.town.heard('lone')).toEqual(['offer'])
    expect(await acting.alarms(request)).toMatchObject([{ state: 'over' }])
  })

  test('nobody is woken at night for what is not urgent', async () => {
    acting.board.stage.time.advance(13 * 60 * MINUTE)
    acting.sanne = await acting.somebody('Sanne')
    await acting.town.arrive('amina')
    await acting.town.arrive('lone', {})
    const request = await acting.town.asks('amina', { details: { when: 'tomorrow' } })
    expect(await acting.refused(request, { do: 'ask-more' })).toEqual([409, 'quiet-hours', undefined])
  })

  test('whoever has it loses it kindly, and the one whom staff chose is asked', async () => {
    const request = await acting.held()
    const hodan = await acting.town.arrive('hodan', {})
    const moved = await acting.done(request, { do: 'reassign', to: hodan })
    expect(moved.handoff?.state).toBe('offered')
    expect(moved.handoff?.offers.filter(({ state }) => state === 'open')).toMatchObject([{ volunteer: hodan }])
    expect((await acting.town.heard('lone')).slice(-2)).toEqual(['talk-ends', 'handed-on'])
    expect(await acting.town.heard('amina')).not.toContain('with-staff')
    expect((await acting.town.heard('amina')).at(-1)).toBe('looking')
    expect(await acting.alarms(request)).toEqual([])
    const { volunteer } = (await acting.board.stage.collections.contacts.get(hodan)) ?? {}
    expect(Object.keys(volunteer?.load.offers ?? {})).toEqual([request._id])
    await acting.town.does('hodan', request._id, { type: 'accept' })
    expect((await acting.town.request(request._id)).handoff).toMatchObject({ state: 'accepted', assignee: hodan })
  })

  test('one who cannot be asked is refused with why, and the helper keeps the task', async () => {
    const request = await acting.held()
    const away = await acting.town.arrive('away', { dutySince: undefined as never, languages: ['so'] })
    const [status, code, more] = await acting.refused(request, { do: 'reassign', to: away })
    expect([status, code]).toEqual([409, 'cannot-be-asked'])
    expect((more as { why: { id: string }[] }).why.map(({ id }) => id)).toEqual(['language', 'off-duty'])
    expect(await acting.refused(request, { do: 'reassign', to: request.handoff?.assignee ?? '' })).toMatchObject([
      409,
      'cannot-be-asked',
      { why: [{ id: 'declined' }] },
    ])
    expect(await acting.refused(request, { do: 'reassign', to: 'nobody' })).toEqual([409, 'cannot-be-asked', { why: [] }])
    expect(await acting.refused(request, { do: 'reassign' })).toEqual([409, 'nobody-now', undefined])
    expect((await acting.town.request(request._id)).handoff?.state).toBe('accepted')
  })
})

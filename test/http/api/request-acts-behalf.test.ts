/** A request that coordinators open at the console for somebody who has no chat. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Acting, openActing } from '../../acting-stage.js'

const CPR = '010170-1234'

let acting: Acting
beforeEach(async () => {
  acting = await openActing()
})
afterEach(() => acting.board.close())

describe('for somebody without a chat', () => {
  const ORDER = {
    id: 'ingrids-order',
    task: 'medicine',
    area: 'demo',
    language: 'da',
    when: 'now',
    stairwell: 'opgang 3',
    note: `Posen ligger ved disken ${CPR}`,
    alias: ' Ingrid ',
    wishes: { gender: 'woman' },
  }
  const open = (body: object, by = acting.sanne) => acting.board.ask('POST /api/requests', { token: by.token, body })

  test('staff open it, carry the words to the helper, and read the code word', async () => {
    const lone = await acting.town.arrive('lone', { gender: 'woman' })
    const { status, body } = await open(ORDER)
    expect([status, body.receipt]).toEqual([200, expect.stringMatching(/^H-/)])
    const request = await acting.town.request(body.id)
    expect(request).toMatchObject({
      note: 'Posen ligger ved disken ▮▮▮▮▮▮-▮▮▮▮',
      details: { alias: 'Ingrid', stairwell: '3', behalf: true, minor: false, wishes: { gender: 'woman' } },
      history: [{ what: 'confirm', by: 'staff', who: `staff:${acting.sanne.id}` }, { what: 'offer' }],
      handoff: { state: 'offered', offers: [{ volunteer: lone }] },
    })
    expect(await acting.lines()).toEqual([{ who: acting.sanne.id, what: 'request-opened', about: body.receipt, area: 'demo' }])
    expect(await acting.refused(request, { do: 'say', text: 'Hej' })).toEqual([409, 'no-helper', undefined])
    expect(await acting.refused(request, { do: 'write', text: 'Hej' })).toEqual([409, 'no-chat', undefined])
    await acting.town.does('lone', request._id, { type: 'accept' })
    const again = await open(ORDER)
    expect(again.body).toMatchObject({ id: body.id, receipt: body.receipt, codeWord: expect.stringMatching(/^\p{L}+ \d\d$/u) })
    const order = { id: 'said-once-only' }
    await acting.done(request, { do: 'say', text: 'Ring på hos nabo, skriv til mia@example.dk' }, order)
    await acting.done(request, { do: 'say', text: 'Ring på hos nabo, skriv til mia@example.dk' }, order)
    expect((await acting.town.heard('lone')).filter((what) => what === 'relayed')).toHaveLength(1)
    const read = await acting.town.read('lone')
    expect(read).toContain('Ring på hos nabo')
    expect(read).not.toContain('mia@example.dk')
    const log = await acting.board.stage.log(request.conversation)
    expect(log.map(({ event }) => event.type)).toContain('news')
    expect(JSON.stringify(log)).not.toContain(CPR)
  })

  test('nobody can open its conversation, and another member of staff with the same id opens their own', async () => {
    const first = (await open(ORDER)).body.id
    const { device, user } = (await acting.board.stage.collections.conversations.get((await acting.town.request(first)).conversation)) ?? {}
    expect([device, user === ORDER.id]).toEqual(['', false])
    expect((await open(ORDER, acting.karin)).body.id).not.toBe(first)
    const twice = await Promise.all([open({ ...ORDER, id: 'two-at-once' }), open({ ...ORDER, id: 'two-at-once' })])
    expect(twice[0]?.body).toEqual(twice[1]?.body)
  })

  test('what a resident could not ask for is refused in words', async () => {
    for (const [change, code] of [
      [{ area: 'birkehaven' }, 'foreign-area'],
      [{ area: 'atlantis' }, 'foreign-area'],
      [{ task: 'keys' }, 'task-not-offered'],
      [{ task: 'danger' }, 'task-not-offered'],
      [{ task: '__proto__' }, 'task-not-offered'],
      [{ language: 'xx' }, 'unreadable'],
      [{ alias: '22 33 44 55' }, 'alias-unusable'],
      [{ stairwell: 'den røde dør' }, 'stairwell-unusable'],
      [{ note: 'x'.repeat(501) }, 'unreadable'],
      [{ door: '2. tv' }, 'unreadable'],
    ] as const)
      expect([change, (await open({ ...ORDER, ...change })).body.code]).toEqual([change, code])
    expect(await acting.board.stage.collections.handoffs.find({ state: 'open' }, { sort: ['openedAt', '_id'], limit: 9 })).toEqual([])
    expect(await acting.lines()).toEqual([])
  })
})

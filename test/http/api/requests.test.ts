/** The lists of requests as coordinators read them: in their order, and nothing of those they may not see. */
import { describe, expect, test } from '@jest/globals'
import { MINUTE } from '../../app/board-world.js'
import { idsOf, of, stageReading } from '../../reading-stage.js'

const reading = stageReading()

describe('the lists', () => {
  test('each request stands in the list of where it is, those who wait longest first', async () => {
    const amina = await reading.world.person('Amina')
    const yusuf = await reading.world.volunteer('Yusuf')
    const first = await reading.world.asks(amina)
    await reading.world.passes(MINUTE)
    const second = await reading.world.asks(amina)
    expect(await reading.list()).toMatchObject({ counts: { waiting: 2, going: 0, closed: 0 }, rows: [{ id: first }, { id: second }] })
    await reading.world.act(yusuf, first, { type: 'accept' })
    const going = await reading.list('?list=going')
    expect(going).toMatchObject({ counts: { waiting: 1, going: 1 }, rows: [{ id: first, state: 'accepted', helper: 'Yusuf', asked: 1 }] })
    expect(going.rows[0]).not.toHaveProperty('waitsSince')
    // Handed back: it waits again, but not longer than the other since then.
    await reading.world.passes(MINUTE)
    await reading.world.act(yusuf, first, { type: 'hand-back', reason: 'ill' })
    const waiting = await reading.list()
    expect(idsOf(waiting)).toEqual([second, first])
    expect(waiting.rows[1]?.waitsSince).toBe(reading.board.stage.time.now())
    await reading.world.act(amina, second, { type: 'cancel' }, 'resident')
    await reading.world.passes(MINUTE)
    await reading.world.act(amina, first, { type: 'cancel' }, 'resident')
    expect(idsOf(await reading.list('?list=closed'))).toEqual([first, second])
    expect(await reading.list()).toMatchObject({ rows: [], counts: { waiting: 0, going: 0, closed: 2 } })
  })

  test('what staff have is going, with the name of who has it', async () => {
    const handoff = await reading.world.asks(await reading.world.person('Amina'))
    const { staff } = await reading.board.staff('Bo', of('demo'))
    expect((await reading.list()).rows).toMatchObject([{ state: 'with-staff', alarm: { why: 'nobody-eligible' } }])
    await reading.world.act(await reading.world.coordinator('karin'), handoff, { type: 'take' }, 'coordinator')
    expect(await reading.list('?list=going')).toMatchObject({ rows: [{ id: handoff, staff: 'Karin' }], counts: { waiting: 0, going: 1 } })
    const taken = await reading.world.known(handoff)
    if (taken.handoff === undefined) throw new Error('no rules')
    await reading.board.stage.collections.handoffs.replace({ ...taken, handoff: { ...taken.handoff, staff: `staff:${staff._id}` } })
    expect((await reading.list('?list=going')).rows).toMatchObject([{ staff: 'Bo' }])
  })

  test('danger stands first, and is neither line nor number to who is not marked for it', async () => {
    const amina = await reading.world.person('Amina')
    const shopping = await reading.world.asks(amina)
    await reading.world.passes(MINUTE)
    const danger = await reading.world.endangered(amina)
    expect(await reading.list()).toMatchObject({ rows: [{ id: shopping }], counts: { waiting: 1 } })
    const all = await reading.list('', reading.guard)
    expect(idsOf(all)).toEqual([danger, shopping])
    expect(all).toMatchObject({ counts: { waiting: 2 }, rows: [{ danger: true }, {}] })
    expect(await reading.list('?task=danger')).toMatchObject({ rows: [], counts: { waiting: 0 } })
    const pages = [await reading.list('?size=1', reading.guard)]
    pages.push(await reading.list(`?size=1&next=${encodeURIComponent(pages[0]?.next ?? '')}`, reading.guard))
    expect(pages.flatMap(idsOf)).toEqual([danger, shopping])
    expect(pages[1]).not.toHaveProperty('next')
  })

  test('only of the areas of who asks; a foreign one is refused', async () => {
    const amina = await reading.world.person('Amina')
    const here = await reading.world.asks(amina)
    const there = await reading.world.asks(amina, { area: 'birkehaven' })
    expect(idsOf(await reading.list())).toEqual([here])
    const both = (await reading.board.staff('Both', of('demo', 'birkehaven'))).token
    expect(new Set(idsOf(await reading.list('', both)))).toEqual(new Set([here, there]))
    expect(await reading.list('?area=birkehaven', both)).toMatchObject({ rows: [{ id: there }], counts: { waiting: 1 } })
    const { status, body } = await reading.board.ask('GET /api/requests', { token: reading.sanne, query: '?area=birkehaven' })
    expect([status, body.code]).toEqual([403, 'foreign-area'])
  })

  test('by language and task, and what cannot be read is said', async () => {
    const amina = await reading.world.person('Amina')
    const medicine = await reading.world.asks(amina)
    await reading.world.asks(amina, { task: 'shopping' })
    expect(idsOf(await reading.list('?task=medicine&language=so'))).toEqual([medicine])
    expect(await reading.list('?task=medicine')).toMatchObject({ counts: { waiting: 1 } })
    expect(await reading.list('?language=ar')).toMatchObject({ rows: [], counts: { waiting: 0 } })
    for (const query of ['?list=all', '?size=0', '?size=1000', '?next=x', '?next=2.1.a', '?area=demo&area=demo', '?task=%27', '?language='])
      expect((await reading.board.ask('GET /api/requests', { token: reading.sanne, query })).body.code).toBe('unreadable')
  })
})

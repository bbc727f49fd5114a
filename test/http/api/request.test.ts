/** One request whole, as coordinators read it, and nothing of those they may not see. */
import { describe, expect, test } from '@jest/globals'
import { closeRequest } from '../../../src/app/help-desk.js'
import { MINUTE, type Person } from '../../app/board-world.js'
import { idsOf, of, stageReading } from '../../reading-stage.js'

const reading = stageReading()

describe('one request', () => {
  test('who was asked and why, what happened with names, and the talk in order', async () => {
    const amina = await reading.world.person('Amina')
    const yusuf = await reading.world.volunteer('Yusuf')
    const hodan = await reading.world.volunteer('Hodan')
    await reading.world.volunteer('Leyla', { languages: ['tr'] })
    const handoff = await reading.world.asks(amina)
    reading.board.stage.time.advance(MINUTE)
    await reading.world.act(hodan, handoff, { type: 'decline' })
    reading.board.stage.time.advance(MINUTE)
    await reading.world.act(yusuf, handoff, { type: 'accept' })
    reading.board.stage.time.advance(1)
    await reading.world.writes(yusuf, handoff, { text: 'Jeg kommer om en time' })
    await reading.world.writes(amina, handoff, { text: 'شكرا' })
    await reading.world.writes(yusuf, handoff, { card: 'come-at', value: '15.00' })
    const { receipt } = await reading.world.known(handoff)
    const seen = await reading.view(receipt)
    expect(seen).toMatchObject({
      ...{ id: handoff, receipt, task: 'medicine', state: 'accepted', note: 'two boxes', stairwell: '1', alias: 'Amina' },
      ...{ helper: 'Yusuf', asked: 2, declined: 1, wave: 1, others: [], network: 'Naboer' },
    })
    expect(seen.timeline.map(({ what, by, who }) => [what, by, who])).toEqual([
      ['confirm', 'resident', undefined],
      ['offer', undefined, expect.stringMatching(/^(Yusuf, Hodan|Hodan, Yusuf)$/)],
      ['decline', 'volunteer', 'Hodan'],
      ['accept', 'volunteer', 'Yusuf'],
    ])
    expect(seen.decisions).toMatchObject([
      { step: 'wave', notAsked: [{ why: { id: 'language', values: { language: 'so' } }, count: 1, names: ['Leyla'] }] },
    ])
    expect(new Map(seen.decisions[0]?.asked.map(({ name, answer }) => [name, answer]))).toEqual(
      new Map([
        ['Hodan', 'declined'],
        ['Yusuf', 'accepted'],
      ]),
    )
    expect(seen.talk.map(({ side, text }) => [side, text])).toEqual([
      ['helper', 'Jeg kommer om en time'],
      ['resident', 'شكرا'],
      ['helper', 'Jeg kan komme klokken 15.00.'],
    ])
    expect((await reading.view(receipt, reading.sanne, '?language=en')).talk[2]).toMatchObject({
      text: 'I can come at 15.00.',
      language: 'en',
    })
    // Those who had it say it at the door; staff did not open it.
    expect(seen).not.toHaveProperty('codeWord')
    expect(seen.may).toEqual(['reassign', 'pass-on', 'close', 'write', 'note'])
    expect(seen.networks).toEqual([{ id: 'red-cross', name: 'Røde Kors' }])
  })

  test('those who were not asked: of the commonest reason first, then by reason and name, whoever came first', async () => {
    await reading.world.volunteer('Torben', { paused: 'self' })
    await reading.world.volunteer('Berit', { tasks: ['dog'] })
    for (const name of ['Leyla', 'Aslan']) await reading.world.volunteer(name, { languages: ['tr'] })
    await reading.world.volunteer('Yusuf')
    const [decision] = (await reading.view(await reading.world.asks(await reading.world.person('Amina')))).decisions
    expect(decision?.notAsked.map(({ why, count, names }) => [why.id, count, names])).toEqual([
      ['language', 2, ['Aslan', 'Leyla']],
      ['other-tasks', 1, ['Berit']],
      ['paused', 1, ['Torben']],
    ])
  })

  test('nobody of the networks before is left out when the next is asked, by itself or by staff', async () => {
    await reading.world.volunteer('Hamid', { network: 'fathers', tasks: ['dog'], languages: ['fa'] })
    await reading.world.volunteer('Samira', { network: 'mothers', tasks: ['dog'], paused: 'self' })
    const seen = await reading.view(await reading.world.asks(await reading.world.person('Amina'), { task: 'dog' }))
    const reasons = ({ decisions }: typeof seen) =>
      decisions.at(-1)?.notAsked.flatMap(({ why, names }) => names.map((name) => [name, why.id]))
    expect(seen).toMatchObject({ state: 'with-staff', network: 'Fædre, Mødre' })
    expect(reasons(seen)).toEqual([
      ['Hamid', 'language'],
      ['Samira', 'paused'],
    ])
    // Somebody of the network that was tried first.
    await reading.world.volunteer('Abdi', { network: 'fathers', tasks: ['dog'] })
    const body = { id: 'act-1-of-sanne', seen: seen.seen, act: { do: 'ask-more' } }
    expect((await reading.board.ask('POST /api/requests/:request/acts', { token: reading.sanne, of: seen.id, body })).status).toBe(200)
    const asked = await reading.view(seen.id)
    expect(asked.decisions.at(-1)?.asked.map(({ name }) => name)).toEqual(['Abdi'])
    expect(asked.network).toBe('Mødre, Fædre')
    expect(reasons(asked)).toEqual([
      ['Hamid', 'language'],
      ['Samira', 'paused'],
    ])
  })

  test('of a child names no network: none was asked', async () => {
    const handoff = await reading.world.asks(await reading.world.person('Amina'), { details: { minor: true } })
    expect(await reading.view(handoff)).not.toHaveProperty('network')
  })

  test('for somebody without a chat: the code word is theirs to say, and words go to the helper', async () => {
    const yusuf = await reading.world.volunteer('Yusuf')
    const handoff = await reading.world.asks(await reading.world.coordinator('karin'), { details: { behalf: true, alias: 'Ingrid' } })
    expect(await reading.view(handoff)).not.toHaveProperty('codeWord')
    await reading.world.act(yusuf, handoff, { type: 'accept' })
    expect(await reading.view(handoff)).not.toHaveProperty('agreed')
    const agreed = reading.board.stage.time.now() + 60 * MINUTE
    await reading.world.act(yusuf, handoff, { type: 'agree-time', at: agreed })
    const seen = await reading.view(handoff)
    expect(seen).toMatchObject({ agreed, behalf: true, alias: 'Ingrid', codeWord: (await reading.world.known(handoff)).handoff?.codeWord })
    expect(seen.may).toEqual(['reassign', 'say', 'show-door', 'pass-on', 'close', 'note'])
  })

  test('words of danger in a talk are an alarm to those who are marked for it alone', async () => {
    const yusuf = await reading.world.volunteer('Yusuf')
    const handoff = await reading.world.asks(await reading.world.person('Amina'))
    await reading.world.act(yusuf, handoff, { type: 'accept' })
    await reading.world.alarms(yusuf, handoff)
    expect(await reading.view(handoff, reading.guard)).toMatchObject({
      alarm: { why: 'danger' },
      alarms: [{ why: 'danger', state: 'open', tried: [] }],
    })
    expect((await reading.list('?list=going', reading.guard)).rows).toMatchObject([{ alarm: { why: 'danger' } }])
    const seen = await reading.view(handoff)
    expect([seen.alarms, seen.alarm, (await reading.list('?list=going')).rows[0]?.alarm]).toEqual([[], undefined, undefined])
  })

  test('a door, shown and gone, is nowhere in it', async () => {
    const amina = await reading.world.person('Amina')
    const yusuf = await reading.world.volunteer('Yusuf')
    const handoff = await reading.world.asks(amina)
    await reading.world.act(yusuf, handoff, { type: 'accept' })
    await reading.world.act(amina, handoff, { type: 'show-door', door: 'Birkevej 12, 3. tv' }, 'resident')
    await reading.world.act(amina, handoff, { type: 'call-back', phone: '20 30 40 50' }, 'resident')
    expect((await reading.world.known(handoff)).door).toBe('Birkevej 12, 3. tv')
    const seen = await reading.view(handoff)
    expect(JSON.stringify(seen)).not.toContain('Birkevej')
    expect(seen.callBack).toBe('20 30 40 50')
  })

  test('a reported talk is read by those who decide after its words are gone, and frozen until then', async () => {
    const amina = await reading.world.person('Amina')
    const yusuf = await reading.world.volunteer('Yusuf')
    const handoff = await reading.world.asks(amina)
    await reading.world.act(yusuf, handoff, { type: 'accept' })
    await reading.world.writes(yusuf, handoff, { text: 'giv mig dit kort' })
    await reading.world.writes(yusuf, handoff, { card: 'hello' })
    await reading.world.act(amina, handoff, { type: 'report' }, 'resident')
    const before = await reading.view(handoff)
    expect(before.talk.map(({ text }) => text)).toEqual(['giv mig dit kort', 'Hej.'])
    expect(before).toMatchObject({ frozen: true, report: { side: 'helper' }, alarm: { why: 'report' }, alarms: [{ why: 'report' }] })
    expect(before.may).toEqual(['take', 'decide-report', 'close', 'write', 'note'])
    expect(before.candidates).toEqual([])
    const turns = await reading.board.stage.collections.turns.find({ from: yusuf.contact }, { sort: ['from', 'at'], limit: 99 })
    for (const { from: _, ...turn } of turns)
      await reading.board.stage.collections.turns.replace({ ...turn, event: { ...turn.event, words: { text: '' } } as never })
    expect((await reading.view(handoff)).talk.map(({ side, text }) => [side, text])).toEqual([
      ['helper', 'giv mig dit kort'],
      ['helper', 'Hej.'],
    ])
  })

  test('somebody who was erased has no name and no words left', async () => {
    const amina = await reading.world.person('Amina')
    const hodan = await reading.world.volunteer('Hodan')
    const handoff = await reading.world.asks(amina)
    await reading.world.act(hodan, handoff, { type: 'decline' })
    await reading.board.stage.collections.contacts.remove({ _id: hodan.contact }, 1)
    const seen = await reading.view(handoff)
    expect(seen.decisions[0]?.asked).toMatchObject([{ name: '', answer: 'declined' }])
    expect(seen.timeline.find(({ what }) => what === 'decline')).toEqual({ at: expect.any(Number), what: 'decline', by: 'volunteer' })
  })

  test('who could be chosen by hand: the nearest first, and nobody whom a rule keeps away', async () => {
    const amina = await reading.world.person('Amina')
    const handoff = await reading.world.asks(amina)
    const next = await reading.world.volunteer('Next', { area: 'birkehaven' })
    const same = await reading.world.volunteer('Same', { stairwell: '3' })
    const near = await reading.world.volunteer('Near', { stairwell: '1' })
    await reading.world.volunteer('Off', { paused: 'self' })
    await reading.world.volunteer('Other', { tasks: ['talk'] })
    await reading.world.volunteer('Applied', { state: 'applied' })
    const seen = await reading.view(handoff)
    expect(seen.may).toEqual(['take', 'ask-more', 'reassign', 'pass-on', 'close', 'write', 'note'])
    const chosen = (who: Person, name: string) => ({ id: who.contact, name, languages: ['so', 'da'] })
    expect(seen.candidates).toEqual([chosen(near, 'Near'), chosen(same, 'Same'), chosen(next, 'Next')])
    await reading.world.act(await reading.world.coordinator('karin'), handoff, { type: 'ask-more' }, 'coordinator')
    await reading.world.passes(0)
    // Those of the area are asked now; the others may still be chosen.
    expect(await reading.view(handoff)).toMatchObject({ state: 'offered', candidates: [chosen(next, 'Next')] })
    await reading.world.act(near, handoff, { type: 'accept' })
    // Who lost it may have it after all.
    expect((await reading.view(handoff)).candidates.map(({ name }) => name)).toEqual(['Same', 'Next'])
    await reading.world.act(near, handoff, { type: 'done' })
    expect(await reading.view(handoff)).toMatchObject({ candidates: [], networks: [], helper: 'Near' })
  })

  test('notes of staff, one’s own for ten minutes', async () => {
    const handoff = await reading.world.asks(await reading.world.person('Amina'))
    const bo = await reading.board.staff('Bo', of('demo'))
    const at = reading.board.stage.time.now()
    const staffNotes = [{ id: 'n1', at, by: `staff:${bo.staff._id}`, text: 'Ringet uden svar' }]
    await reading.board.stage.collections.handoffs.replace({ ...(await reading.world.known(handoff)), staffNotes })
    expect((await reading.view(handoff)).notes).toEqual([{ id: 'n1', at, who: 'Bo', text: 'Ringet uden svar' }])
    const own = await reading.view(handoff, bo.token)
    expect(own.notes).toEqual([{ id: 'n1', at, who: 'Bo', text: 'Ringet uden svar', mine: true }])
    expect(own.may).toContain('take-back-note')
    await reading.world.passes(10 * MINUTE)
    const later = await reading.view(handoff, bo.token)
    expect([later.notes[0]?.mine, later.may.includes('take-back-note')]).toEqual([undefined, false])
  })

  test('of another area, of danger, erased or never there: all the same words', async () => {
    const amina = await reading.world.person('Amina')
    const there = await reading.world.asks(amina, { area: 'birkehaven' })
    const danger = await reading.world.endangered(amina)
    const receipts = await Promise.all([there, danger].map(async (id) => (await reading.world.known(id)).receipt))
    for (const one of [there, danger, ...receipts, 'H-ZZZZ', 'none', '__proto__'])
      expect(await reading.refused(one)).toEqual([404, 'request-gone'])
    expect(await reading.view(danger, reading.guard)).toMatchObject({
      danger: true,
      note: '',
      dangerSeen: { kind: 'violence', talks: [] },
      may: ['take', 'close', 'note'],
      candidates: [],
      networks: [],
    })
    await reading.board.stage.collections.handoffs.remove({ _id: danger }, 1)
    expect(await reading.refused(danger, reading.guard)).toEqual([404, 'request-gone'])
  })

  test('of two with one number the open one', async () => {
    const amina = await reading.world.person('Amina')
    const [old, open] = [await reading.world.asks(amina), await reading.world.asks(amina)]
    await reading.world.act(amina, old, { type: 'cancel' }, 'resident')
    await reading.board.stage.collections.handoffs.replace({ ...(await reading.world.known(old)), receipt: 'H-2222' })
    await reading.board.stage.collections.handoffs.replace({ ...(await reading.world.known(open)), receipt: 'H-2222' })
    expect((await reading.view('h-2222')).id).toBe(open)
    expect((await reading.view(old)).state).toBe('cancelled')
  })

  test('what is of before there were rules can be noted and closed', async () => {
    const amina = await reading.world.person('Amina')
    const {
      handoff: _,
      details: __,
      history: ___,
      board: ____,
      outbox: _____,
      due: ______,
      ...old
    } = await reading.world.known(await reading.world.asks(amina))
    await reading.board.stage.collections.handoffs.insert({ ...old, _id: 'old', version: 1, receipt: 'H-3333' })
    // It has its place from the first look on.
    expect(idsOf(await reading.list())).toContain('old')
    expect(await reading.view('old')).toMatchObject({
      state: 'plain',
      timeline: [{ what: 'opened' }],
      may: ['close', 'write', 'note'],
      talk: [],
    })
    await closeRequest(
      { ...reading.board.stage.collections, ids: reading.board.work.ids, time: reading.board.stage.time },
      {
        ...{ act: 'close', receipt: 'H-3333', reason: 'not-reached', tell: false },
      },
    )
    expect(await reading.list('?list=closed')).toMatchObject({
      rows: [{ id: 'old', closed: { reason: 'not-reached' } }],
      counts: { closed: 1 },
    })
    expect((await reading.view('old')).timeline).toHaveLength(2)
  })
})

/** What coordinators write: to residents by the rules of Messenger, and to each other in private; numbers that must not be kept never are. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { seenOf } from '../../../src/app/board/seen.js'
import { blankHandoffs } from '../../../src/app/handoff-retention.js'
import { RETENTION_DAYS } from '../../../src/core/language-choice.js'
import { type Acting, openActing } from '../../acting-stage.js'

const MINUTE = 60_000
const CPR = '010170-1234'

let acting: Acting
beforeEach(async () => {
  acting = await openActing()
})
afterEach(() => acting.board.close())

describe('words', () => {
  test('a person writes to the resident, without what must not be kept', async () => {
    const request = await acting.waiting()
    await acting.done(request, { do: 'write', text: `Vi ringer i morgen. ${CPR}` })
    expect(await acting.town.read('amina')).toContain('Vi ringer i morgen. ▮▮▮▮▮▮-▮▮▮▮')
    expect(JSON.stringify(await acting.board.stage.log(request.conversation))).not.toContain(CPR)
    expect((await acting.town.request(request._id)).history?.at(-1)).toMatchObject({ what: 'written', who: `staff:${acting.sanne.id}` })
  })

  test('when Messenger lets nobody write, it is said what else to do', async () => {
    const request = await acting.waiting()
    acting.board.stage.time.advance(25 * 60 * MINUTE)
    acting.sanne = await acting.somebody('Sanne')
    const { body, status } = await acting.act(request, { do: 'write', text: 'Hej' })
    expect([status, body.code, body.message.da]).toEqual([409, 'window-closed', expect.stringMatching(/^Messenger lader ingen skrive nu/)])
  })

  test('a note is private, redacted, and taken back by its writer within ten minutes', async () => {
    const request = await acting.waiting()
    const noted = await acting.done(request, { do: 'note', text: `Datteren hedder Mia, ${CPR}` })
    expect(noted.staffNotes).toMatchObject([{ by: `staff:${acting.sanne.id}`, text: 'Datteren hedder Mia, ▮▮▮▮▮▮-▮▮▮▮' }])
    // A note moves nothing: a colleague's act goes on.
    expect(seenOf(noted)).toBe(seenOf(request))
    const { id = '' } = noted.staffNotes?.[0] ?? {}
    expect(await acting.refused(noted, { do: 'take-back-note', note: id }, { by: acting.karin })).toEqual([
      409,
      'note-not-yours',
      undefined,
    ])
    expect((await acting.done(noted, { do: 'take-back-note', note: id })).staffNotes).toEqual([])
    expect(await acting.refused(noted, { do: 'take-back-note', note: id })).toEqual([404, 'note-gone', undefined])
    const late = (await acting.done(noted, { do: 'note', text: 'En mere' })).staffNotes?.[0]?.id ?? ''
    acting.board.stage.time.advance(10 * MINUTE)
    expect(await acting.refused(noted, { do: 'take-back-note', note: late })).toEqual([409, 'note-late', undefined])
    expect(await acting.town.read('amina')).not.toContain('Mia')
    expect((await acting.lines()).map(({ what }) => what)).toEqual(['request-noted', 'request-note-taken-back', 'request-noted'])
  })

  test('by age the notes go with whoever they are about, and none comes after', async () => {
    const request = await acting.waiting()
    await acting.done(request, { do: 'note', text: 'Datteren hedder Mia' })
    await acting.done(request, { do: 'close', reason: 'helped', tell: false })
    const { collections, store, time } = acting.board.stage
    time.advance((RETENTION_DAYS + 1) * 24 * 60 * MINUTE)
    await blankHandoffs({ handoffs: collections.handoffs, time, scrub: () => store.scrub() })
    acting.sanne = await acting.somebody('Sanne')
    expect(JSON.stringify(await acting.town.request(request._id))).not.toContain('Mia')
    expect(await acting.refused(request, { do: 'note', text: 'Mia igen' })).toEqual([404, 'request-gone', undefined])
  })

  test('somebody with a chat speaks for themselves', async () => {
    expect(await acting.refused(await acting.held(), { do: 'say', text: 'Jeg er hjemme nu' })).toEqual([409, 'has-chat', undefined])
  })
})

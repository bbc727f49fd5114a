import { expect, test } from '@jest/globals'
import { conversationId } from '../../src/app/ports.js'
import { starterLibrary } from '../library.js'
import { HASSAN, openStage, says } from '../stage.js'
import { START, tap } from './asking.js'

test('a vote is stored for its text, once, without a word of who gave it', async () => {
  const stage = await openStage({ library: await starterLibrary() })
  await stage.turns.receive(HASSAN, says('dansk'))
  const action = { do: 'useful' as const, ...START, version: 'v1', language: 'da', useful: false }
  await stage.turns.receive(HASSAN, tap(stage, action, 'vote'))
  await stage.turns.receive(HASSAN, tap(stage, action, 'vote again'))
  await stage.settler.idle()
  const votes = await stage.collections.votes.find({}, { sort: ['_id'], limit: 10 })
  const last = (await stage.log(conversationId(HASSAN))).at(-2)
  expect(votes).toEqual([{ _id: votes[0]?._id, version: 1, ...START, text: 'v1', language: 'da', useful: false }])
  expect(votes[0]?._id).not.toContain(last?._id ?? '')
  await stage.close()
})

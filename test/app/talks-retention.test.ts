/** Words of talks go from both sides after the days of their setting. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { blankTalks } from '../../src/app/handoffs/blank.js'
import { conversationId } from '../../src/app/ports.js'
import { NOW, starterLibrary } from '../library.js'
import { AMINA, HASSAN, openStage, type Stage, says } from '../stage.js'

const library = await starterLibrary()
const DAY = 24 * 3_600_000

let stage: Stage
beforeEach(async () => {
  stage = await openStage({ library })
})
afterEach(() => stage.close())

test('what crossed is blanked where it was read and where it was written, and only what is old enough', async () => {
  await stage.turns.receive(AMINA, says('dansk'))
  await stage.turns.receive(HASSAN, says('dansk'))
  await stage.turns.receive(AMINA, says('my secret words'))
  await stage.settler.idle()
  const written = (await stage.log(conversationId(AMINA))).at(-1)
  const crossed = {
    type: 'relayed',
    handoff: 'h',
    receipt: 'H-2222',
    from: 'Amina',
    words: { text: 'my secret words' },
    sender: 'amina',
  } as const
  await stage.turns.receive(HASSAN, { ...crossed, id: `${written?._id}.0:relayed`, at: NOW })
  await stage.turns.receive(HASSAN, { ...crossed, id: 'other.0:relayed', at: NOW + 2 * DAY, words: { text: 'newer words' } })
  expect(await blankTalks(blankDeps(), NOW + DAY)).toBe(1)
  expect(await stage.collections.turns.get(written?._id ?? '')).toMatchObject({ event: { type: 'message', text: '' } })
  const read = JSON.stringify(await stage.log(conversationId(HASSAN)))
  expect(read).not.toContain('secret words')
  expect(read).toContain('newer words')
  expect(await blankTalks(blankDeps(), NOW + DAY)).toBe(0)
})

const blankDeps = () => ({ turns: stage.collections.turns, scrub: () => stage.store.scrub() })

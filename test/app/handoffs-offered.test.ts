/** What an offer tells the volunteer who may say yes to it. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { carryOut, type EngineWorld, moveIn, openEngine, requesting } from './engine-world.js'

let world: EngineWorld
beforeEach(async () => {
  world = await openEngine()
  await moveIn(world, 'Amina')
})
afterEach(() => world.close())

test("an offer names the resident's own language where the volunteer speaks it, else the one they share", async () => {
  await moveIn(world, 'Both', { languages: ['da', 'so'] })
  await moveIn(world, 'Danish', { languages: ['da'] })
  await carryOut(world.engine, world.time, { who: 'Amina', id: 'effect1', effect: requesting({ otherLanguages: ['da'] }) })
  const named = ['Both', 'Danish'].map((who) =>
    (world.heard.get(who) ?? []).flatMap((event) =>
      event.type === 'news' && event.news.what === 'offer' ? [event.news.offer.language] : [],
    ),
  )
  expect(named).toEqual([['so'], ['da']])
})

/** The line to the stream of events, with a clock that stands still: together, slow, back, asleep, refused. */
import { describe, expect, test } from '@jest/globals'
import type { BoardChange } from '../../src/core/board-types.js'
import { keysOf } from '../../src/web/console/live-keys.js'
import { AGAIN_MS, ASK_MS, type Hears, LOOK_MS, openLine, SILENT_MS, TOGETHER_MS } from '../../src/web/console/live-line.js'

const SECOND = 1000
const request = (id: string): BoardChange => ({ what: 'request', id })

function openWorld() {
  let now = 0
  let visible = true
  const timers = new Set<{ at: number; run: () => void }>()
  const connections: { hears: Hears; open: boolean }[] = []
  const done: string[] = []
  const line = openLine({
    open(hears) {
      const connection = { hears, open: true }
      connections.push(connection)
      return () => void (connection.open = false)
    },
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    visible: () => visible,
    ask: (changes) => void done.push(`ask ${changes.map(({ id }) => id).join()}`),
    askAll: () => void done.push('ask all'),
    say: (slow) => void done.push(slow ? 'slow' : 'quick'),
  })
  return {
    line,
    /** Time goes on, and everything that is due is done in its order. */
    pass(ms: number) {
      const end = now + ms
      for (;;) {
        const next = [...timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0]
        if (next === undefined) break
        timers.delete(next)
        now = next.at
        next.run()
      }
      now = end
    },
    /** The device sleeps: time goes on, and nothing is done. */
    sleep: (ms: number) => void (now += ms),
    see: (seen: boolean) => void (visible = seen),
    last: () => connections.at(-1)?.hears ?? { opened: () => undefined, sign: () => undefined, shut: () => undefined },
    connections: () => connections.map(({ open }) => open),
    pending: () => timers.size,
    done: () => done.splice(0),
  }
}

function liveWorld() {
  const world = openWorld()
  world.last().opened()
  world.last().sign()
  world.done()
  return world
}

describe('while it lives', () => {
  test('the first sign asks for everything: what changed while the page was made is known to nobody', () => {
    const world = openWorld()
    world.last().opened()
    expect(world.done()).toEqual([])
    world.last().sign()
    world.last().sign()
    expect(world.done()).toEqual(['ask all'])
  })

  test('what comes together is asked for together, once', () => {
    const world = liveWorld()
    for (const id of ['a', 'b', 'a']) world.last().sign(request(id))
    world.pass(TOGETHER_MS - 1)
    expect(world.done()).toEqual([])
    world.pass(1)
    world.last().sign(request('c'))
    world.pass(TOGETHER_MS)
    expect(world.done()).toEqual(['ask a,b,a', 'ask c'])
  })

  test('beats keep it, and ask for nothing', () => {
    const world = liveWorld()
    for (let at = 0; at < 20; at += 1) {
      world.pass(15 * SECOND)
      world.last().sign()
    }
    expect(world.done()).toEqual([])
  })

  test('opened again by itself it asks for everything, and not for what waits twice', () => {
    const world = liveWorld()
    world.last().sign(request('a'))
    world.last().opened()
    world.last().sign(request('b'))
    world.pass(TOGETHER_MS)
    expect(world.done()).toEqual(['ask all'])
  })
})

describe('when nothing comes over it', () => {
  test('after 40 s it says so and asks every 10 s; when it is back it asks for everything', () => {
    const world = liveWorld()
    world.pass(SILENT_MS)
    expect(world.done()).toEqual([])
    world.pass(LOOK_MS)
    expect(world.done()).toEqual(['slow', 'ask all'])
    world.pass(3 * ASK_MS)
    expect(world.done()).toEqual(['ask all', 'ask all', 'ask all'])
    world.last().sign(request('a'))
    world.pass(TOGETHER_MS)
    expect(world.done()).toEqual(['quick', 'ask all'])
    world.pass(15 * SECOND)
    expect(world.done()).toEqual([])
  })

  test('a line that never brings anything, as behind a proxy that keeps all, is slow too', () => {
    const world = openWorld()
    world.last().opened()
    world.pass(SILENT_MS + LOOK_MS)
    expect(world.done()).toEqual(['slow', 'ask all'])
  })

  test('a page that nobody sees asks when it is seen again', () => {
    const world = liveWorld()
    world.see(false)
    world.pass(5 * 60 * SECOND)
    expect(world.done()).toEqual(['slow'])
    world.see(true)
    world.line.wake()
    expect(world.done()).toEqual(['ask all'])
  })

  test('after sleep it asks at once and is opened anew, without saying that it is slow', () => {
    const world = liveWorld()
    world.sleep(60 * 60 * SECOND)
    world.line.wake()
    world.pass(LOOK_MS)
    expect([world.done(), world.connections()]).toEqual([['ask all'], [false, true]])
    world.last().opened()
    world.last().sign()
    expect(world.done()).toEqual(['ask all'])
  })

  test('a short look away opens nothing anew', () => {
    const world = liveWorld()
    world.pass(10 * SECOND)
    world.line.wake()
    expect([world.done(), world.connections()]).toEqual([['ask all'], [true]])
  })
})

describe('when it is refused', () => {
  test('it is tried again after 10 s, and everything is asked for: whoever is not signed in any more learns it', () => {
    const world = liveWorld()
    world.last().shut()
    expect([world.done(), world.connections()]).toEqual([['ask all'], [false]])
    world.pass(AGAIN_MS - 1)
    expect(world.connections()).toEqual([false])
    world.pass(1)
    expect(world.connections()).toEqual([false, true])
  })

  test('one that was left says nothing any more', () => {
    const world = liveWorld()
    const before = world.last()
    world.sleep(60 * SECOND)
    world.line.wake()
    world.done()
    before.sign(request('a'))
    before.shut()
    world.pass(TOGETHER_MS)
    expect([world.done(), world.connections()]).toEqual([[], [false, true]])
  })

  test('closed it does nothing any more', () => {
    const world = liveWorld()
    world.last().sign(request('a'))
    world.last().shut()
    world.line.close()
    world.done()
    world.pass(10 * 60 * SECOND)
    expect([world.done(), world.connections(), world.pending()]).toEqual([[], [false], 0])
  })
})

test('each change names the answers that hold it, each once', () => {
  const of = (...changes: BoardChange[]) => keysOf(changes).map((key) => key.join(' '))
  expect(of(request('a'), request('b'), request('a'))).toEqual(['requests', 'request a', 'request b'])
  expect(of({ what: 'presence', id: 'a' })).toEqual(['request a'])
  expect(of({ what: 'alarm', id: 'x' })).toEqual(['alarms', 'requests', 'request'])
  expect(of({ what: 'person', id: 'p' })).toEqual(['people', 'person p', 'request'])
  // What stands between trial and live follows from both.
  expect(of({ what: 'place', id: 'demo' })).toEqual(['places', 'mode'])
  expect(of({ what: 'staff', id: 's' })).toEqual(['staff', 'mode'])
  expect(of({ what: 'mode', id: 'm' })).toEqual(['mode'])
  expect(of({ what: 'audit', id: 'one' }, { what: 'audit', id: 'other' })).toEqual(['audit'])
})

import { expect, test } from '@jest/globals'
import { finish, makeOnce, type Steps } from '../../src/core/steps.js'

function counting(pieces: number) {
  let [begun, done] = [0, 0]
  const begin = function* (): Steps<string> {
    begun += 1
    for (let piece = 0; piece < pieces; piece += 1) {
      done += 1
      yield
    }
    return 'made'
  }
  return { begin, counts: () => [begun, done] }
}

test('what is begun in pieces is finished at once when it is needed, and never made twice', () => {
  const { begin, counts } = counting(5)
  const made = makeOnce(begin)
  expect(counts()).toEqual([0, 0])
  const [one, other] = [made.prepare(), made.prepare()]
  one.next()
  other.next()
  expect(counts()).toEqual([1, 2])
  expect([made.get(), made.get()]).toEqual(['made', 'made'])
  expect(counts()).toEqual([1, 5])
  expect(one.next().done).toBe(true)
  finish(made.prepare())
  expect(counts()).toEqual([1, 5])
})

test('after an error the next one begins anew', () => {
  let broken = true
  const made = makeOnce(function* (): Steps<string> {
    yield
    if (broken) throw new Error('broken')
    return 'made'
  })
  expect(() => finish(made.prepare())).toThrow('broken')
  expect(() => made.get()).toThrow('broken')
  broken = false
  expect(made.get()).toBe('made')
})

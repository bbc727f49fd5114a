/** What is true of telling staff is said once, though two alarms may say it at the same moment. */
import { expect, test } from '@jest/globals'
import { NOW } from '../library.js'
import { hears, told, waiting } from './asking-world.js'
import { texts } from './talk.js'

const MINUTE = 60_000

test('two alarms at once say the same once; later, or when it is another truth, it is said', () => {
  const person = waiting('coming')
  const before = NOW + 6 * 60 * MINUTE
  const unread = { what: 'staff', is: 'not-told', urgent: true, before } as const
  expect(texts(hears(person, unread))).toHaveLength(1)
  told(person, 'with-staff')
  expect(texts(hears(person, unread))).toEqual([])
  expect(texts(hears(person, { what: 'staff', is: 'told', urgent: true }))).toHaveLength(1)
  expect(texts(hears(person, unread))).toHaveLength(1)
  person.clock = { ...person.clock, now: NOW + 11 * MINUTE }
  expect(texts(hears(person, unread))).toHaveLength(1)
})

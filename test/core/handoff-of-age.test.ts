/** A grown-up whose request went to staff as a child's says that they are 18 or over. */
import { expect, test } from '@jest/globals'
import { coordinator, inState, must, mustWith, refusedAs, resident, timer, typesOf } from './handoff-world.js'

test('a grown-up who was taken for a child is looked for again, once, while nobody of the staff has it', () => {
  const given = must(inState('offered'), { type: 'to-staff', why: 'minor' }, resident)
  const { handoff, events } = mustWith(given, { type: 'of-age' }, resident)
  expect(handoff).toMatchObject({ state: 'open', minor: false, wave: 0 })
  expect(typesOf(events)).toContain('call-out')
  expect(refusedAs(handoff, { type: 'of-age' }, resident)).toBe('waiting')
  expect(refusedAs(given, { type: 'of-age' }, coordinator)).toBe('not-yours')
  expect(refusedAs(must(given, { type: 'take' }, coordinator), { type: 'of-age' }, resident)).toBe('with-staff')
  const asked = must(inState('offered'), { type: 'to-staff', why: 'asked-for-staff' }, timer)
  expect(refusedAs(asked, { type: 'of-age' }, resident)).toBe('with-staff')
})

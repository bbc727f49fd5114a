/** A volunteer who writes that they are under 18. */
import { describe, expect, test } from '@jest/globals'
import type { Turn } from '../../src/core/types.js'
import { effectsOf, texts } from './talk.js'
import { ON_DUTY, says, taskView, VOLUNTEER, volunteerTalk } from './volunteering-world.js'

const changes = (turn: Turn) => effectsOf(turn, 'volunteer').map(({ change }) => change)

describe('a volunteer who says that they are under 18', () => {
  const underAge = (turn: Turn) => changes(turn).filter((change) => change.do === 'under-age').length

  test.each(['jeg er 16 år', 'jeg er 15', 'I am 16 years old'])('%s: is taken off duty, and what follows is said next', (text) => {
    const turn = volunteerTalk().says(text)
    expect(underAge(turn)).toBe(1)
    expect(texts(turn).filter((said) => !said.includes('English'))).toEqual([])
  })

  test('also among other words, with danger, in a talk and before they are approved', () => {
    expect(underAge(volunteerTalk().says('jeg er 16 år, min far slår mig'))).toBe(1)
    expect(underAge(volunteerTalk({ session: { help: { talks: [taskView('h1')], talk: 'h1' } } }).says('jeg er 16 år'))).toBe(1)
    expect(underAge(volunteerTalk({ volunteer: { ...VOLUNTEER, state: 'applied' } }).says('jeg er 16 år'))).toBe(1)
  })

  test('once: not while staff are to decide, and not once they have', () => {
    const waits = { ...VOLUNTEER, state: 'applied', adult: false } as const
    expect(underAge(volunteerTalk({ volunteer: waits }).says('jeg er 16 år'))).toBe(0)
    expect(underAge(volunteerTalk({ volunteer: { ...ON_DUTY, ageDecided: true } }).says('jeg er 16 år'))).toBe(0)
    expect(underAge(volunteerTalk({ volunteer: undefined }).says('jeg er 16 år'))).toBe(0)
    expect(texts(volunteerTalk({ volunteer: waits }).says('frivillig'))).toEqual([says('role.under-age')])
  })

  test.each(['jeg er 16 minutter forsinket', 'min søn er 16', 'jeg skriver for min mor', 'jeg er 26'])('but not by %s', (text) => {
    expect(underAge(volunteerTalk().says(text))).toBe(0)
  })

  test('is taken for a child no more when staff let them go on', () => {
    const open = volunteerTalk({ session: { child: { is: 'maybe' }, underage: true } })
    open.contact = { ...open.contact, volunteer: { ...VOLUNTEER, ageDecided: true } }
    open.happens({ type: 'role', is: 'approved' })
    expect(open.session).toMatchObject({ child: { is: 'adult' } })
    expect(open.session).not.toHaveProperty('underage')
  })
})

/** What volunteers read when staff pause them, let them go on, or put them on duty. */
import { describe, expect, test } from '@jest/globals'
import { texts } from './talk.js'
import { library, OFFER, says, taskView, titles, VOLUNTEER, volunteerTalk } from './volunteering-world.js'

describe('what staff changed for them', () => {
  const resting = { volunteer: { ...VOLUNTEER, paused: 'self' as const } }

  test('a pause: what it means for their tasks and offers, how it ends, and whom to ask', () => {
    const open = volunteerTalk({ ...resting, session: { help: { talks: [taskView('h2')], offers: [OFFER] } } })
    const turn = open.happens({ type: 'role', is: 'break-begun' })
    for (const part of ['pause.on', 'duty.tasks-stay', 'by-staff']) expect(texts(turn)[0]).toContain(says(part))
    expect(titles(turn)).toEqual(['Slut på pausen', expect.any(String), library.say('da', 'person'), 'Hovedmenu'])
    expect(turn.session.help).not.toHaveProperty('offers')
  })

  test('the end of a pause: whoever is on duty still reads until when, the others how to begin', () => {
    const off = volunteerTalk({ volunteer: VOLUNTEER }).happens({ type: 'role', is: 'break-ended' })
    for (const part of ['pause.off', 'by-staff']) expect(texts(off)[0]).toContain(says(part))
    expect(titles(off)).toContain('Gå på vagt')
    const on = volunteerTalk().happens({ type: 'role', is: 'break-ended' })
    expect(texts(on)[0]).toContain('Du er på vagt til i morgen kl.')
    for (const part of ['duty.pause-over', 'by-staff']) expect(texts(on)[0]).toContain(says(part))
    expect(titles(on)).not.toContain('Gå på vagt')
  })

  test('a duty: until when, and how it ends', () => {
    const turn = volunteerTalk().happens({ type: 'duty', is: 'begun' })
    expect(texts(turn)[0]).toContain('Du er på vagt til i morgen kl.')
    expect(texts(turn)[0]).toContain(says('by-staff'))
    expect(titles(turn)).toContain('Slut vagten')
  })
})

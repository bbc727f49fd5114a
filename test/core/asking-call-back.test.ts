/** A number to call, for those who ask on the web page and may close it. */
import { expect, test } from '@jest/globals'
import { asksOf, hears, opened, press, replies, resident, said, say, titles } from './asking-world.js'

const onTheWeb = () => resident({ scene: { conversation: { id: 'c', channel: 'web' } } })

test('on the web page the receipt offers it, on Messenger it does not', () => {
  expect(titles(opened(onTheWeb()))).toContain(say('call-back'))
  expect(titles(opened(resident()))).not.toContain(say('call-back'))
})

test('the typed number goes to the request and nowhere else', () => {
  const person = onTheWeb()
  const asked = press(person, opened(person), say('call-back'))
  expect(said(asked)).toBe(say('call-back.ask'))
  expect(said(person.says('12'))).toBe(say('call-back.retry'))
  const given = person.says('20 12 34 56')
  expect(asksOf(given)).toEqual([{ handoff: 'h1', as: 'resident', type: 'call-back', phone: expect.stringContaining('20') }])
  expect(said(given)).toContain(say('call-back.saved'))
  expect(JSON.stringify(person.session)).not.toContain('34 56')
  expect(person.session?.help?.question).toBeUndefined()
})

test('a question is no number, and a no ends it', () => {
  const person = onTheWeb()
  const asked = press(person, opened(person), say('call-back'))
  expect(asksOf(person.says('Hvornår har kontoret åbent?'))).toEqual([])
  expect(said(press(person, asked, say('call-back.not-now')))).toBe(say('call-back.skipped'))
  expect(asksOf(person.says('20 12 34 56'))).toEqual([])
  expect(said(person.taps({ do: 'request', act: 'call-back', of: 'nothing' }))).toContain('H-4F7K')
})

test('a network that says yes is told by its name', () => {
  const person = onTheWeb()
  opened(person)
  const heard = hears(person, { what: 'network-took-it', network: 'red-cross' })
  expect(said(heard)).toContain(say('network-took-it', { network: 'Røde Kors (demo)' }))
  expect(replies(heard)).not.toEqual([])
})

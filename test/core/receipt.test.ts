import { expect, test } from '@jest/globals'
import { probeLibrary } from '../probe-library.js'
import { messages, talk, texts } from './talk.js'

const library = await probeLibrary(`
start: { say: Jeg skriver det ned., handoff: contact, goto: more }
alone: { say: Jeg skriver det ned., handoff: contact }
more:
  ask: Vil du vide mere?
  quick_replies: { start: Igen, alone: Alene }
`)
const RECEIPT = { type: 'result', of: 't.1', result: { command: 'openHandoff', receipt: 'H-4F7K' } } as never

test('the number comes behind the next question, and keeps its buttons: channels show those of the last message', () => {
  const own = talk(library)
  const asked = own.goes('probe/start')
  const receipt = own.happens(RECEIPT)
  expect(texts(receipt)).toEqual([library.say('da', 'handoff.receipt', { receipt: 'H-4F7K' })])
  expect(messages(receipt)[0]?.quickReplies).toEqual(messages(asked).at(-1)?.quickReplies)
  expect(texts(own.says('Igen')).at(-1)).toBe('Vil du vide mere?')
})

test('where nothing is asked the number stands alone', () => {
  const own = talk(library)
  own.goes('probe/alone')
  expect(messages(own.happens(RECEIPT))[0]?.quickReplies).toBeUndefined()
})

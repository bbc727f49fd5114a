import { describe, expect, test } from '@jest/globals'
import {
  phoneNumbersVerified,
  placeholdersEqual,
  placeholdersKnown,
  questionsDiffer,
  textsFit,
} from '../../../src/core/dialog/check-texts.js'
import { at, type Given, library, messages } from './check-library.js'

describe('texts', () => {
  const say = (text: string): Given => ({ nodes: `start:\n  say: ${JSON.stringify(text)}` })

  test('titles have 20 letters, as people count them', () => {
    const nodes = (title: string) => `start:\n  ask: A\n  quick_replies: { start: ${title} }`
    expect(messages(textsFit, { nodes: nodes('a'.repeat(20)) })).toEqual([])
    expect(messages(textsFit, { nodes: nodes('👨‍👩‍👧'.repeat(20)) })).toEqual([])
    expect(messages(textsFit, { nodes: nodes('கொ'.repeat(20)) })).toEqual([])
    expect(messages(textsFit, { nodes: nodes('a'.repeat(21)) })).toEqual([expect.stringContaining('has 21 letters, at most 20 fit')])
    expect(at(textsFit, { nodes: nodes('A'), en: { 'start.quick_replies.start': 'b'.repeat(21) } })).toEqual([[3, 'start', 'error']])
  })

  test('bubbles: a warning above 640, an error above 2,000', () => {
    expect([640, 641, 2000, 2001].map((length) => textsFit(library(say('a'.repeat(length)))).map(({ severity }) => severity))).toEqual([
      [],
      ['warning'],
      ['warning'],
      ['error'],
    ])
  })

  test.each([
    ['{{answers.postcode}} {{ area.both }}', []],
    ['{{answers.name}}', ['{{answers.name}} is never answered']],
    ['{{area.office_phone}}', ['{{area.office_phone}} is missing in other']],
    ['{{area.fax}}', ['{{area.fax}} is missing in demo, other']],
    ['{{postcode}}', ['{{postcode}} is not known']],
    ['{{contact.area}}', ['{{contact.area}} is not known']],
    ['{{}}', ['{{}} is not known']],
    ['{{area.both', ['is never closed']],
    ['{{area.toString}}', ['{{area.toString}} is missing in demo, other']],
  ])('placeholders are known: %j', (text, parts) => {
    const nodes = `start:\n  say: ${JSON.stringify(text)}\n  goto: ask\nask: { ask: A, save: postcode }`
    const found = messages(placeholdersKnown, { nodes })
    expect(found).toHaveLength(parts.length)
    parts.forEach((part, index) => expect(found[index]).toContain(part))
  })

  test('placeholders of a note and of a translation are known too', () => {
    const nodes = 'start:\n  handoff: errand\n  note: "{{answers.a}}"\nb: { say: B }'
    expect(at(placeholdersKnown, { nodes, en: { 'b.say.0': '{{answers.b}}' } })).toEqual([
      [3, 'b', 'error'],
      [6, 'start', 'error'],
    ])
  })

  test('a translation has the placeholders of the Danish', () => {
    const nodes = 'start:\n  say: "Ring {{area.both}} {{area.both}}"'
    const check = (text: string, outdated: string[] = []) => placeholdersEqual(library({ nodes, en: { 'start.say.0': text }, outdated }))
    expect(check('Call {{area.both}}')).toEqual([])
    expect(check('Call')).toMatchObject([
      { severity: 'error', language: 'en', message: expect.stringContaining('{{area.both}} is missing') },
    ])
    expect(check('Call {{area.both}} {{area.x}}')).toMatchObject([{ message: expect.stringContaining('{{area.x}} is not in the Danish') }])
    expect(check('Call', ['start.say.0'])).toMatchObject([{ severity: 'warning' }])
  })

  test.each([
    ['Ring 112. Eller 1813!', []],
    ['Ring 70110707, 70 11 07 07 eller +45 70 11 07 07', []],
    ['Ring 116 111 eller {{area.both}}', []],
    ['اتصل على ١١٢', []],
    ['Den 18. marts 2020 kl. 10.30, 10-12, 5240 Odense, 2.000 kr., 100 %', []],
    ['18.03.2020, 18-03-2020, 2020-03-18, § 81 a, 1500, 10 000 kr.', []],
    ['Ring 113', ['113']],
    ['Ring 1888', ['1888']],
    ['Ring 20304050', ['20304050']],
    ['Ring 20 30 40 50 eller 2030 4050', ['20 30 40 50', '2030 4050']],
    ['Ring 70 201 201', ['70 201 201']],
    ['Ring 20-30-40-50', ['20-30-40-50']],
    ['Ring 116 123', ['116 123']],
    ['Ring +46 8 123 456 78', ['+46 8 123 456 78']],
    ['اتصل على ١١٣', ['113']],
  ])('telephone numbers are verified: %j', (text, numbers) => {
    const found = messages(phoneNumbersVerified, say(text)).map((message) => /the number (.*) is not/.exec(message)?.[1])
    expect(found).toEqual(numbers)
  })

  test('a question leads to one answer in each language', () => {
    const nodes = 'start: { say: A, questions: [Må jeg?, Hvad?] }\nb:\n  say: B\n  questions: [Andet, "maa jeg", Andet!]'
    const en = { 'b.say.0': 'B' }
    const found = questionsDiffer(library({ nodes, en, questions: { start: ['May I?'], b: ['may i'] } }))
    expect(found.map(({ line, node, language }) => [line, node, language])).toEqual([
      [7, 'b', 'da'],
      [undefined, 'b', 'en'],
    ])
    expect(found[0]?.message).toContain('stands in node test/start and in node test/b')
  })

  test('an archive may ask what today asks', () => {
    const nodes = 'start: { say: A, questions: [Hvad?] }'
    const more = { other: 'start: { say: A, questions: [Hvad?] }' }
    expect(messages(questionsDiffer, { nodes, more, history: true })).toEqual([])
    expect(messages(questionsDiffer, { nodes, more })).toHaveLength(1)
  })
})

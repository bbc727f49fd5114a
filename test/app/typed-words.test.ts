/** What people type instead of tapping: the title of a button, a word that a text told them, with or without the keyboard for it. */
import { describe, expect, test } from '@jest/globals'
import type { Command } from '../../src/core/command-types.js'
import { readSources } from '../../src/store/files.js'
import { ROOT, starterLibrary } from '../library.js'

const library = await starterLibrary()
const files = await readSources({ dialogs: `${ROOT}/dialogs`, locales: `${ROOT}/locales` })
const CODES = library.languages.map(({ code }) => code)

/** Phrase of a button and the command that is the same. */
const BUTTONS: readonly (readonly [string, Command])[] = [
  ['command.language', 'language'],
  ['command.menu', 'menu'],
  ['command.restart', 'restart'],
  ['command.help', 'help'],
  ['command.stop', 'stop'],
  ['command.about-me', 'about-me'],
  ['command.delete-me', 'delete-me'],
  ['asking.status', 'my-requests'],
  ['asking.cancel', 'cancel-request'],
  ['asking.cancel-request', 'cancel-request'],
  ['asking.nobody-came', 'nobody-came'],
  ['asking.show-door', 'show-door'],
  ['asking.report', 'report'],
  ['talking.button.on-my-way', 'on-my-way'],
  ['talking.button.done', 'done'],
  ['talking.button.hand-back', 'hand-back'],
  ['talking.button.cards', 'cards'],
  ['talking.button.show-door', 'show-door'],
  ['talking.button.stop', 'stop'],
  ['talking.button.nobody-came', 'nobody-came'],
  ['talking.button.report', 'report'],
  ['talking.button.ask-opgang', 'ask-opgang'],
  ['talking.button.back-to-talk', 'back-to-talk'],
  ['volunteering.button.sign-up', 'volunteer'],
  ['volunteering.button.my-card', 'volunteer'],
  ['volunteering.button.duty-on', 'duty-on'],
  ['volunteering.button.duty-off', 'duty-off'],
  ['volunteering.button.my-tasks', 'my-tasks'],
  ['volunteering.button.pause', 'pause'],
  ['volunteering.button.leave', 'stop-volunteering'],
  ['volunteering.button.on-the-way', 'on-my-way'],
  ['volunteering.button.done', 'done'],
  ['volunteering.button.hand-back', 'hand-back'],
  ['volunteering.button.too-heavy', 'too-heavy'],
  ['volunteering.button.report', 'report'],
]

/** Phrase that tells a word to type, in quotation marks, and its command. */
const TOLD: readonly (readonly [string, Command])[] = [
  ['about-me.rights', 'delete-me'],
  ['talking.report.not-now', 'report'],
]
const QUOTED = /[»«“„”]([^»«“„”]+)[»«“„”]/u

/** All words of a language, with the command of each. */
function wordsOf(code: string): readonly (readonly [string, string])[] {
  const own = 'sources' in files ? files.sources.locales[code]?.['words']?.value : undefined
  const { commands } = own as { readonly commands: Readonly<Record<string, readonly string[]>> }
  return Object.entries(commands).flatMap(([command, texts]) => texts.map((text) => [text, command] as const))
}

/** As it is typed on a keyboard that has no letters with marks. */
function plain(text: string): string {
  const letters: Readonly<Record<string, string>> = { ø: 'o', æ: 'ae', ł: 'l', ı: 'i', đ: 'dj' }
  return text
    .replace(/[øæłıđ]/gu, (letter) => letters[letter] ?? letter)
    .normalize('NFD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
}

describe.each(CODES)('in %s', (code) => {
  test('the title of a button does what the button does', () => {
    const heard = BUTTONS.map(([phrase]) => [library.say(code, phrase), library.command(library.say(code, phrase))])
    expect(heard).toEqual(BUTTONS.map(([phrase, command]) => [library.say(code, phrase), command]))
  })

  test('a word that a text tells to type is known', () => {
    for (const [phrase, command] of TOLD) {
      const word = QUOTED.exec(library.say(code, phrase))?.[1] ?? `nothing quoted in ${phrase}`
      expect([word, library.command(word)]).toEqual([word, command])
    }
  })

  test('a word is known without the marks of its letters', () => {
    for (const [text, command] of wordsOf(code)) expect([text, library.command(plain(text))]).toEqual([text, command])
  })
})

test.each(['ar', 'fa', 'ur', 'uk', 'ti'])('every command in %s can be typed in Latin letters too', (code) => {
  const inLatin = wordsOf(code).filter(([text]) => /^[a-z\d' -]+$/.test(text))
  expect(new Set(inLatin.map(([, command]) => command))).toEqual(new Set(wordsOf(code).map(([, command]) => command)))
})

test('Tigrinya is known in the spelling of Ethiopia', () => {
  for (const [text, command] of wordsOf('ti')) expect([text, library.command(text.replaceAll('ኣ', 'አ'))]).toEqual([text, command])
})

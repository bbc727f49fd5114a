/** What a person should not have written is on no disk and in no log, wherever they wrote it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { RECEIPT_ALPHABET } from '../../src/app/handoffs/open.js'
import { WORD_ALPHABET } from '../../src/app/one-times.js'
import { conversationId } from '../../src/app/ports.js'
import type { Library } from '../../src/core/library.js'
import { redactAll } from '../../src/core/redact.js'
import type { Event } from '../../src/core/types.js'
import { NOW, starterLibrary } from '../library.js'
import { AMINA, HASSAN, openStage, type Stage, says } from '../stage.js'

/** No secret: it must be found, or the search finds nothing at all. */
const CONTROL = 'vaskekælderen'

/** Texts, each with what must be gone from it. */
const PRIVATE: readonly (readonly [text: string, secrets: readonly string[]])[] = [
  [`hej, ${CONTROL} er lukket`, []],
  ['mit cpr er 150785-4321', ['150785', '4321']],
  ['٠١٠٢٩٠١٢٣٤ رقم cpr', ['٠١٠٢٩٠١٢٣٤']],
  ['kortet er 4571 1234 5678 9008', ['4571', '5678', '9008']],
  ['min adgangskode er solskinsvejr', ['solskinsvejr']],
  ['kodeord: Sommer2024!', ['Sommer2024']],
  ['739518 er koden fra MitID', ['739518']],
  ['my mitid user id is hedgehog_77 and the pin is 90 17 35', ['hedgehog_77', '90 17 35']],
  ['كلمة السر هي ياسمين_٨٨', ['ياسمين_٨٨']],
  ['رمز الباب ٧٦٠٢٩', ['٧٦٠٢٩']],
  ['şifrem Kedi-Kopek-51', ['Kedi-Kopek-51']],
  ['میرا پاس ورڈ ستارہ771 ہے', ['ستارہ771']],
  ['رمز من گلدان۵۵۴ است', ['گلدان۵۵۴']],
  ['lambarka sirta ah waa geel90210', ['geel90210']],
]
const SECRETS = PRIVATE.flatMap(([, secrets]) => secrets)

let library: Library
let stage: Stage
/** Everything in the data folder as it stands while the store is open, its write-ahead log too, and what the program logged. */
let traces: readonly { readonly name: string; readonly bytes: Buffer }[]

beforeAll(async () => {
  library = await starterLibrary()
  stage = await openStage({ library })
  stage.answerWith(({ message }) => ({ outcome: 'refused', reason: `a person blocked the page: ${message.text.length}` }))
  for (const [number, [text]] of PRIVATE.entries()) {
    const base = { at: NOW, text }
    const events: readonly Event[] = [
      says(text),
      { ...base, id: `edit:${number}`, type: 'edit' },
      { ...base, id: `standby:${number}`, type: 'standby' },
      { ...base, id: `tap:${number}`, type: 'tap' },
    ]
    for (const event of events) {
      await stage.turns.receive(HASSAN, event)
      await stage.turns.receive(AMINA, { ...event, id: `messenger:${event.id}` })
    }
  }
  await stage.settler.idle()
  const files = readdirSync(stage.dir).map((name) => ({ name, bytes: readFileSync(join(stage.dir, name)) }))
  traces = [...files, { name: 'log', bytes: Buffer.from(stage.logged.join('\n')) }]
})
afterAll(() => stage.close())

const tracesOf = (word: string) => traces.filter(({ bytes }) => bytes.includes(word)).map(({ name }) => name)

test('what is no secret is found in the data folder', () => {
  expect(tracesOf(CONTROL).length).toBeGreaterThan(0)
  expect(traces.some(({ name }) => name.endsWith('-wal'))).toBe(true)
})

test.each(SECRETS)('%j is in no file and not in the log', (secret) => {
  expect(tracesOf(secret)).toEqual([])
})

test('no number and no one-time word that is typed is taken for a password', () => {
  const letters = [...new Set(WORD_ALPHABET + RECEIPT_ALPHABET)]
  const typed = letters.flatMap((one) =>
    letters.flatMap((other) => [`H-${one}${other}7K`, `H-7${one}${other}3`, `OPG-K${one}${other}7-4${one}${other}K`]),
  )
  expect(typed.filter((text) => redactAll(text, library.hideSecrets).text !== text)).toEqual([])
})

describe('the writer is told', () => {
  test('what was hidden, by its kind', async () => {
    const turns = await stage.log(conversationId(HASSAN))
    const kindsOf = (id: string) => turns.find(({ event }) => event.id === id)?.event
    expect(kindsOf('edit:1')).toMatchObject({ redacted: ['cpr'] })
    expect(kindsOf('standby:3')).toMatchObject({ redacted: ['card'] })
    expect(kindsOf('edit:4')).toMatchObject({ redacted: ['secret'] })
    expect(kindsOf('edit:0')).not.toHaveProperty('redacted')
  })

  test('in the answer to a message', async () => {
    await stage.turns.receive(HASSAN, says('dansk'))
    await stage.turns.receive(HASSAN, says('kode: solskinsvejr, cpr 150785-4321'))
    const answer = JSON.stringify((await stage.log(conversationId(HASSAN))).at(-1)?.effects)
    expect(answer).toContain(JSON.stringify(library.say('da', 'redacted.secret')).slice(1, -1))
    expect(answer).toContain(JSON.stringify(library.say('da', 'redacted.cpr')).slice(1, -1))
  })
})

import { Readable } from 'node:stream'
import { afterEach, expect, test } from '@jest/globals'
import { nluDetect } from '../../src/cli/nlu-detect.js'

const errors: string[] = []
const warn = (line: string) => void errors.push(line)
afterEach(() => {
  errors.length = 0
})

async function run(lines: readonly string[]) {
  const printed: unknown[] = []
  const code = await nluDetect([], Readable.from([Buffer.from(lines.join('\n'))]), (line) => printed.push(JSON.parse(line)), warn)
  return { code, printed }
}

test('each line is answered in order, with one of its candidates', async () => {
  const { code, printed } = await run([
    JSON.stringify({ id: 'a', text: 'Hvornår har kontoret åbent?', candidates: ['da', 'en'] }),
    JSON.stringify({ id: 2, text: 'Ofis cuma günü ne zaman açık?' }),
    '',
    JSON.stringify({ id: 'c', text: 'Kiedy biuro jest otwarte?', candidates: ['da', 'en'] }),
    JSON.stringify({ id: 'd', text: '👍' }),
    JSON.stringify({ id: 'e', text: 'مرحبا بكم', candidates: ['da'] }),
  ])
  expect(code).toBe(0)
  expect(printed).toEqual([
    { id: 'a', language: 'da', confidence: expect.any(Number) },
    { id: 2, language: 'tr', confidence: expect.any(Number) },
    { id: 'c', language: expect.stringMatching(/^(da|en)$/), confidence: expect.any(Number) },
    { id: 'd', language: null, confidence: 0 },
    { id: 'e', language: null, confidence: 0 },
  ])
})

test('broken lines are named by their numbers, the others are answered, and the exit code is 1', async () => {
  const good = JSON.stringify({ id: 1, text: 'Hvad koster det at leje selskabslokalet?' })
  const { code, printed } = await run(['{', good, '[]', '{"id":{}}', '{"id":1}', '{"id":1,"text":"x","candidates":"da"}'])
  expect(code).toBe(1)
  expect(printed).toEqual([{ id: 1, language: 'da', confidence: expect.any(Number) }])
  expect(errors.map((line) => /^line (\d+): /.exec(line)?.[1])).toEqual(['1', '3', '4', '5', '6'])
})

test('a letter may be cut in two by the pipe', async () => {
  const bytes = Buffer.from(JSON.stringify({ id: 1, text: 'እቲ ቤት ጽሕፈት መዓስ ይኽፈት' }))
  const printed: unknown[] = []
  await nluDetect([], Readable.from([...bytes].map((byte) => Buffer.from([byte]))), (line) => printed.push(JSON.parse(line)), warn)
  expect(printed).toMatchObject([{ language: 'ti' }])
})

test('arguments are refused', async () => {
  await expect(nluDetect(['file.jsonl'], Readable.from([]), () => undefined, warn)).rejects.toThrow('no arguments')
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { nluMatch } from '../../src/cli/nlu-match.js'
import { trainRanker } from '../../src/core/match/rank.js'

const EXAMPLES = [
  { intent: 'water', text: 'Skal jeg koge vandet?', language: 'da' },
  { intent: 'rent', text: 'Jeg kan ikke betale huslejen', language: 'da' },
  { intent: 'rent', text: 'لا أستطيع دفع الإيجار', language: 'ar' },
]
let folder = ''
let file = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opgang-nlu-'))
  file = await examplesFile(
    'good.jsonl',
    EXAMPLES.map((line) => JSON.stringify(line)),
  )
})
afterAll(() => rm(folder, { recursive: true }))

async function examplesFile(name: string, lines: readonly string[]): Promise<string> {
  await writeFile(join(folder, name), lines.join('\n'))
  return join(folder, name)
}

async function run(args: readonly string[], ...chunks: (string | Buffer)[]) {
  const [printed, warned]: [string[], string[]] = [[], []]
  async function* input() {
    yield* chunks
  }
  const code = await nluMatch(
    args,
    input(),
    (line) => printed.push(line),
    (line) => warned.push(line),
  )
  return { code, printed: printed.map((line) => JSON.parse(line) as unknown), warned }
}

const asked = (id: string, text: string, language: string) => `${JSON.stringify({ id, text, language })}\n`

test('each text is ranked by its own language, with the scores of the product', async () => {
  const { code, printed, warned } = await run(
    ['--examples', file],
    asked('1', 'kan ikke betale', 'da') + asked('2', 'الايجار', 'ar'),
    asked('3', 'hej', 'tr'),
  )
  const danish = trainRanker(
    EXAMPLES.filter(({ language }) => language === 'da').map(({ intent, text }) => ({ dialog: intent, node: '', text })),
    'da',
  )
  expect(printed).toEqual([
    { id: '1', ranked: danish('kan ikke betale').map(({ dialog, score }) => ({ intent: dialog, score })) },
    { id: '2', ranked: [{ intent: 'rent', score: expect.any(Number) }] },
    { id: '3', ranked: [] },
  ])
  expect([code, warned]).toEqual([0, []])
})

test('a letter that is cut by the end of a chunk is whole again', async () => {
  const line = Buffer.from(asked('1', 'لا أستطيع دفع الإيجار', 'ar'))
  const { printed } = await run(['--examples', file], line.subarray(0, 25), line.subarray(25))
  expect(printed).toEqual([{ id: '1', ranked: [{ intent: 'rent', score: 1 }] }])
})

test('broken lines are named by file and line, the rest is answered', async () => {
  const broken = await examplesFile('broken.jsonl', [
    JSON.stringify(EXAMPLES[0]),
    '',
    'no json',
    '{"intent":"x","language":"da"}',
    JSON.stringify(EXAMPLES[1]),
  ])
  const { code, printed, warned } = await run(
    ['--examples', broken],
    `null\n\n${asked('1', 'Skal jeg koge vandet?', 'da')}{"id":7,"text":"a","language":"da"}\n[1]`,
  )
  expect(code).toBe(1)
  expect(warned).toEqual([
    `${broken}:3: is no JSON`,
    `${broken}:4: needs text as text`,
    'standard input:1: needs id and text and language as text',
    'standard input:4: needs id as text',
    'standard input:5: needs id and text and language as text',
  ])
  expect(printed).toEqual([expect.objectContaining({ id: '1' })])
})

test.each([[[]], [['--examples']], [['--exampels', 'x']], [['--examples', 'x', 'more']]])('%j: says how it is called', async (args) => {
  const { code, warned } = await run(args)
  expect([code, warned]).toEqual([1, [expect.stringContaining('Usage: ')]])
})

test('a file that is not there is said', async () => {
  const missing = join(folder, 'missing.jsonl')
  const { code, warned } = await run(['--examples', missing])
  expect([code, warned]).toEqual([1, [expect.stringContaining(`${missing} cannot be read`)]])
})

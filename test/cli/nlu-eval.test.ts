import { expect, test } from '@jest/globals'
import { nluEval } from '../../src/cli/nlu-eval.js'

async function run(...args: string[]) {
  const printed: string[] = []
  return { code: await nluEval(args, (line) => printed.push(line)), printed }
}

test('the table has a row for each language named, and the right node is mostly among three', async () => {
  const { code, printed } = await run('tr', 'pl')
  expect(code).toBe(0)
  const [head = '', ...rows] = printed
  expect(head).toMatch(/^language +nodes +questions .*top-1 % +top-3 % +training ms +µs a match$/)
  expect(rows.map((row) => row.split(' ')[0]).slice(0, 2)).toEqual(['pl', 'tr'])
  for (const language of ['tr', 'pl']) {
    const cells = rows.find((row) => row.startsWith(`${language} `))?.split(/ {2,}/) ?? []
    const [top1, top3] = [Number(cells[6]), Number(cells[7])]
    expect(top1).toBeGreaterThan(50)
    expect(top3).toBeGreaterThanOrEqual(Math.max(top1, 75))
  }
})

test('an argument it does not know: says how it is called', async () => {
  expect(await run('--fast')).toEqual({ code: 1, printed: [expect.stringContaining('Usage: ')] })
})

/** The generator and its judgement on real programs: one that echoes, one that lies, one that dies. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { measureTwice } from '../../bench/answers.js'
import type { StartOrder } from '../../bench/contender.js'
import { Graph } from '../../bench/graph.js'
import { Participant } from '../../bench/participant.js'
import { makePeople } from '../../bench/people.js'
import { readWalks, type Walk } from '../../bench/walk.js'
import { ROOT } from '../library.js'

const dir = mkdtempSync(join(tmpdir(), 'opgang-bench-test-'))
let graph: Graph
let walks: readonly Walk[]
let participant: Participant | undefined
beforeAll(async () => {
  graph = await Graph.open()
  walks = await readWalks()
})
afterEach(async () => {
  await participant?.leave()
  participant = undefined
})
afterAll(() => {
  graph.close()
  rmSync(dir, { recursive: true })
})

const RAW = join(ROOT, 'bench/contenders/node-http/server.mjs')

async function open(program: string): Promise<Participant> {
  const script = join(dir, 'server.mjs')
  writeFileSync(script, program)
  const order: StartOrder = { name: 'of a test', script, graphUrl: graph.url, dataDir: dir, pin: [] }
  participant = await Participant.open(order, graph, makePeople(walks, 20))
  return participant
}

test('the walk comes back to where it began, and a burst has three different messages and answers', () => {
  for (const { steps } of walks) {
    expect(steps).toHaveLength(6)
    expect(new Set(steps.slice(1, 4).map(({ typed }) => typed)).size).toBe(3)
    expect(new Set(steps.slice(1, 4).map(({ answer }) => answer)).size).toBe(3)
  }
  expect(walks[0]?.steps.map(({ typed }) => typed)).not.toEqual(walks[1]?.steps.map(({ typed }) => typed))
})

test('an echo is known as one, costs something, and answers twice what came twice', async () => {
  const echo = await open(`import ${JSON.stringify(RAW)}`)
  await echo.walkThrough()
  expect(echo.echoes).toBe(true)
  const before = echo.contender.cpuMs()
  // One message a person at a time: an echo keeps no order among several.
  for (let round = 0; round < 10; round++) await echo.keepBusy(echo.steps(echo.people.length))
  expect(echo.contender.cpuMs()).toBeGreaterThan(before)
  expect(await measureTwice(echo, 10)).toBe(0)
})

/** Answers 200 and says `said` to Graph, an expression over `message.text`. */
const program = (said: string) => `
import { createServer } from 'node:http'
const server = createServer(async (request, response) => {
  const { entry: [{ messaging: [{ sender, message }] }] } = JSON.parse(Buffer.concat(await request.toArray()).toString())
  const body = JSON.stringify({ recipient: sender, message: { text: ${said} } })
  await (await fetch(process.env.GRAPH_API_URL + '/messages', { method: 'POST', body })).text()
  response.end('ok')
})
let count = 0
server.listen(0, '127.0.0.1', () => console.log('Open at http://127.0.0.1:' + server.address().port + '/'))
`

test('a contender that says something else is refused, with what it said', async () => {
  await expect((await open(program(`'anything'`))).walkThrough()).rejects.toThrow(/said "anything" instead of/)
})

test('one wrong answer among many is found', async () => {
  const forgetful = await open(program(`++count === 60 ? 'hm' : message.text`))
  await forgetful.walkThrough()
  await expect(forgetful.keepBusy(forgetful.steps(40))).rejects.toThrow(/1 of 20 people got wrong answers/)
})

test('a contender that ends is told with its last words', async () => {
  await expect(open(`console.error('no such luck'); process.exit(3)`)).rejects.toThrow(/ended with 3:\nno such luck/)
})

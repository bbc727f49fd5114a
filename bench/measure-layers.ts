/** Runs the layers' program, and measures the server alone from outside. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { median } from './arithmetic.js'
import { Contender } from './contender.js'
import { saturate } from './drive.js'
import { Graph } from './graph.js'
import type { Layer } from './layers-in-process.js'
import { Lines } from './lines.js'
import { IN_FLIGHT } from './participant.js'
import { makePeople, nextStep } from './people.js'
import { ROOT } from './root.js'
import { readWalks } from './walk.js'

const BATCHES = 4
const MESSAGES = 2000

export interface LayersOrder {
  readonly dir: string
  readonly pin: readonly string[]
}

/** The server first, because a message meets it first. */
export async function measureLayers({ dir, pin }: LayersOrder): Promise<readonly Layer[]> {
  const graph = await Graph.open()
  const dataDir = join(dir, 'layers')
  const order = { name: 'layers', script: join(ROOT, 'bench/layers.ts'), nodeArgs: ['--import', 'tsx'], graphUrl: graph.url, dataDir, pin }
  try {
    const contender = await Contender.start(order)
    try {
      const inProcess = JSON.parse(readFileSync(join(dataDir, 'layers.json'), 'utf8')) as Layer[]
      return [{ name: 'HTTP server and routes', us: await serverAlone(contender, graph) }, ...inProcess]
    } finally {
      await contender.stop()
    }
  } finally {
    graph.close()
  }
}

async function serverAlone(contender: Contender, graph: Graph): Promise<number> {
  const lines = await Lines.open(contender.port, IN_FLIGHT)
  const people = makePeople(await readWalks(), MESSAGES)
  const costs: number[] = []
  for (let batch = 0; batch <= BATCHES; batch++) {
    await contender.atRest()
    const before = contender.cpuMs()
    // Nothing is answered here, so acknowledgements alone let the next message go.
    await saturate({ lines, graph, answers: 0 }, people.map(nextStep), IN_FLIGHT)
    await contender.atRest()
    if (batch > 0) costs.push(((contender.cpuMs() - before) * 1000) / MESSAGES)
  }
  lines.close()
  return median(costs)
}

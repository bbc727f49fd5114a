/**
 * A program of its own: times the product's own functions one by one on the dialog of the benchmark, writes `layers.json` into DATA_DIR,
 * and then serves webhooks that nothing is done with, so that the server itself can be measured from outside.
 */
import { writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { layersOf } from './layers-in-process.js'
import { built, openParts } from './layers-parts.js'

const parts = await openParts()
writeFileSync(join(parts.config.DATA_DIR, 'layers.json'), JSON.stringify(await layersOf(parts)))
await parts.store.close()

const { createHttpServer } = await built<typeof import('../src/http/server.js')>('http/server.js')
const { webhookRoute } = await built<typeof import('../src/http/webhooks.js')>('http/webhooks.js')
const server = createHttpServer({
  trustProxy: false,
  secure: false,
  routers: [],
  webhook: webhookRoute({ handleWebhook: async () => ({ status: 200 }), log: parts.log }),
  pages: parts.config.DATA_DIR,
  log: parts.log,
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`The server alone is open at http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`)
})
process.on('SIGTERM', () => process.exit(0))

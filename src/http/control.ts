/** The local socket through which commands of this machine act on the running server; the file's rights are its lock. */
import { chmod, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { join } from 'node:path'
import { z } from 'zod'
import { CLOSE_REASONS } from '../core/closed-types.js'

const BODY_MAX = 4096
const PATH_MAX = 1000

const id = z.string().max(300)
const group = z.boolean()
const minute = z
  .number()
  .int()
  .min(0)
  .max(24 * 60 - 1)
const hours = z.strictObject({ days: z.array(z.number().int().min(1).max(7)).max(7).readonly(), from: minute, until: minute })
const Order = z.discriminatedUnion('act', [
  z.strictObject({ act: z.enum(['resume', 'erase']), conversation: id }),
  z.strictObject({ act: z.literal('answer'), question: id, at: z.strictObject({ dialog: id, node: id }), group }),
  z.strictObject({ act: z.literal('dismiss'), question: id, group }),
  z.strictObject({ act: z.literal('import-people'), people: z.string().max(PATH_MAX), removeMissing: z.boolean() }),
  z.strictObject({ act: z.literal('close'), receipt: id, reason: z.enum(CLOSE_REASONS), tell: z.boolean() }),
  z.strictObject({ act: z.literal('approve'), volunteer: id, yes: z.boolean() }),
  z.strictObject({
    act: z.literal('on-call-add'),
    area: id,
    entry: z.strictObject({ id, name: id, mail: id.optional(), hours: z.array(hours).max(20).readonly() }),
  }),
  z.strictObject({ act: z.literal('on-call-remove'), area: id, id }),
  z.strictObject({ act: z.literal('coordinator'), area: id, onCall: id.optional() }),
  z.strictObject({ act: z.literal('volunteer-word'), volunteer: id }),
  z.strictObject({ act: z.literal('admin-link'), name: id.optional() }),
])
export type ControlOrder = z.infer<typeof Order>

function controlSocket(dataDir: string): string {
  return join(dataDir, 'control.sock')
}

/** `carryOut` answers one line for whoever gave the order. */
export async function openControl(dataDir: string, carryOut: (order: ControlOrder) => Promise<string>): Promise<Server> {
  const path = controlSocket(dataDir)
  await rm(path, { force: true })
  const answer = async (incoming: IncomingMessage): Promise<string> => carryOut(Order.parse(JSON.parse(await bodyOf(incoming))))
  const server = createServer((incoming, response) => {
    void answer(incoming).then(
      (line) => response.end(`${line}\n`),
      (error: unknown) => response.writeHead(400).end(`${error instanceof Error ? error.message : String(error)}\n`),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  await chmod(path, 0o600)
  return server
}

async function bodyOf(incoming: AsyncIterable<Buffer>): Promise<string> {
  let body = ''
  for await (const chunk of incoming) {
    body += chunk.toString('utf8')
    if (body.length > BODY_MAX) throw new Error('The order is too long')
  }
  return body
}

/** No server listens on this DATA_DIR. */
export class NoServer extends Error {
  constructor(options: { cause: unknown }) {
    super('No server runs on this DATA_DIR: start it, then give the command again', options)
    this.name = 'NoServer'
  }
}

/** Sends an order to the running server; rejects with {@link NoServer} when there is none. */
export function sendControl(dataDir: string, order: ControlOrder): Promise<{ ok: boolean; line: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath: controlSocket(dataDir), method: 'POST', path: '/' }, (response) => {
      void bodyOf(response).then((body) => resolve({ ok: response.statusCode === 200, line: body.trim() }), reject)
    })
    outgoing.on('error', (cause) => reject(new NoServer({ cause })))
    outgoing.end(JSON.stringify(order))
  })
}

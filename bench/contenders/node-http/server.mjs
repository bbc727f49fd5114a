/** The least that answers: Node's own server, one event a request, an echo through a keep-alive agent. Signatures are not looked at, nothing is kept. */
import { Agent, createServer, request } from 'node:http'

const { GRAPH_API_URL = '', HOST = '127.0.0.1', PORT = '0' } = process.env
const agent = new Agent({ keepAlive: true })

function say(page, user, text) {
  const body = JSON.stringify({ recipient: { id: user }, messaging_type: 'RESPONSE', message: { text } })
  const headers = {
    authorization: `Bearer token-of-${page}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  }
  return new Promise((resolve, reject) => {
    const outgoing = request(`${GRAPH_API_URL}/${page}/messages`, { agent, method: 'POST', headers }, (response) => {
      response.resume().on('end', resolve)
    })
    outgoing.on('error', reject).end(body)
  })
}

async function answer(body, outgoing) {
  const [{ sender, recipient, message }] = JSON.parse(body).entry[0].messaging
  await say(recipient.id, sender.id, message.text)
  outgoing.end('EVENT_RECEIVED')
}

const server = createServer((incoming, outgoing) => {
  const chunks = []
  incoming.on('data', (chunk) => chunks.push(chunk))
  incoming.on('end', () => void answer(Buffer.concat(chunks).toString(), outgoing))
})
server.keepAliveTimeout = 75_000
server.listen(Number(PORT), HOST, () => console.log(`node:http is open at http://${HOST}:${server.address().port}/`))

/** A small bot on Express 5 with `express.json`: an echo through Node's own keep-alive agent. Signatures are not looked at, nothing is kept. */
import { Agent, request as ask } from 'node:http'
import express from 'express'

const { GRAPH_API_URL = '', HOST = '127.0.0.1', PORT = '0' } = process.env
const agent = new Agent({ keepAlive: true })
const app = express()
app.use(express.json())

function say(page, user, text) {
  const body = JSON.stringify({ recipient: { id: user }, messaging_type: 'RESPONSE', message: { text } })
  const headers = {
    authorization: `Bearer token-of-${page}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  }
  return new Promise((resolve, reject) => {
    const outgoing = ask(`${GRAPH_API_URL}/${page}/messages`, { agent, method: 'POST', headers }, (response) => {
      response.resume().on('end', resolve)
    })
    outgoing.on('error', reject).end(body)
  })
}

app.post('/webhooks/messenger', async (request, response) => {
  for (const { messaging } of request.body.entry) {
    for (const { sender, recipient, message } of messaging) await say(recipient.id, sender.id, message.text)
  }
  response.send('EVENT_RECEIVED')
})

const server = app.listen(Number(PORT), HOST, () => console.log(`Express is open at http://${HOST}:${server.address().port}/`))
server.keepAliveTimeout = 75_000

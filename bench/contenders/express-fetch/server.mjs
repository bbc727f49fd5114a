/** The same bot as most would write it, with `fetch`. Signatures are not looked at, nothing is kept. */
import express from 'express'

const { GRAPH_API_URL = '', HOST = '127.0.0.1', PORT = '0' } = process.env
const app = express()
app.use(express.json())

async function say(page, user, text) {
  const response = await fetch(`${GRAPH_API_URL}/${page}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer token-of-${page}`, 'content-type': 'application/json' },
    body: JSON.stringify({ recipient: { id: user }, messaging_type: 'RESPONSE', message: { text } }),
  })
  await response.json()
}

app.post('/webhooks/messenger', async (request, response) => {
  for (const { messaging } of request.body.entry) {
    for (const { sender, recipient, message } of messaging) await say(recipient.id, sender.id, message.text)
  }
  response.send('EVENT_RECEIVED')
})

const server = app.listen(Number(PORT), HOST, () => console.log(`Express with fetch is open at http://${HOST}:${server.address().port}/`))
server.keepAliveTimeout = 75_000

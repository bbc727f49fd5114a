/** The webhook from outside, as Meta uses it: the handshake, a signed delivery, and one that nobody signed. */
import { createHmac, randomBytes } from 'node:crypto'
import { ask } from './ask.js'
import { bad, doubtful, type Finding, good, type MessengerSettings } from './finding.js'

/** Nothing happened: it is acknowledged and leaves no trace. */
const EMPTY = JSON.stringify({ object: 'page', entry: [] })

export async function checkWebhook(settings: MessengerSettings, publicUrl: string): Promise<Finding[]> {
  const url = `${publicUrl}/webhooks/messenger`
  const handshake = await checkHandshake(settings, url)
  const secure = url.startsWith('https:')
    ? []
    : [doubtful('Webhook: Meta delivers to https only; set PUBLIC_URL to the address with a certificate')]
  if (handshake.mark === '✗') return [...secure, handshake]
  const signed = await Promise.all(settings.appSecrets.map((secret, at) => checkSigned(url, secret, at)))
  return [...secure, handshake, ...signed, await checkUnsigned(url)]
}

async function checkHandshake({ verifyToken }: MessengerSettings, url: string): Promise<Finding> {
  const challenge = randomBytes(8).toString('hex')
  const query = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.verify_token': verifyToken, 'hub.challenge': challenge })
  const answer = await ask(`${url}?${query}`)
  if ('reason' in answer) return bad(`Webhook: ${url} cannot be reached: ${answer.reason}`)
  if (answer.status === 200 && answer.body === challenge) return good(`Webhook: ${url} answers Meta's handshake`)
  if (answer.status === 403)
    return bad('Webhook: the server has another verify token; start it with the MESSENGER_VERIFY_TOKEN that is set here')
  return bad(`Webhook: ${url} answered the handshake with ${answer.status}; let the server in front pass this address on, with its query`)
}

async function checkSigned(url: string, secret: string, at: number): Promise<Finding> {
  const signature = `sha256=${createHmac('sha256', secret).update(EMPTY).digest('hex')}`
  const which = at === 0 ? 'the app secret' : 'the second app secret'
  const status = await post(url, { 'x-hub-signature-256': signature })
  if (status === 200) return good(`Webhook: a delivery signed with ${which} is taken`)
  if (status === 401) {
    return bad(
      `Webhook: a delivery signed with ${which} is refused; start the server with the MESSENGER_APP_SECRET that is set here, and let the server in front change no byte of a body`,
    )
  }
  return bad(`Webhook: a delivery signed with ${which} got ${status}; look at /readyz and at the server in front`)
}

async function checkUnsigned(url: string): Promise<Finding> {
  const status = await post(url, {})
  if (status === 401) return good('Webhook: a delivery that nobody signed is refused')
  return bad(`Webhook: a delivery that nobody signed got ${status} instead of 401; something else answers at this address`)
}

async function post(url: string, headers: Record<string, string>): Promise<string | number> {
  const answer = await ask(url, { method: 'POST', body: EMPTY, headers: { 'content-type': 'application/json', ...headers } })
  return 'reason' in answer ? `no answer (${answer.reason})` : answer.status
}

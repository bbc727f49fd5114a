/** Each page of MESSENGER_PAGES: is its token good, and does Meta tell us what happens on it. */
import { type Fields, fieldsOf, idOf, listOf, parseBody, textOf } from '../../bot/messenger/fields.js'
import { secretProof } from '../../bot/messenger/signature.js'
import { ask } from './ask.js'
import { bad, doubtful, type Finding, good, type MessengerSettings } from './finding.js'

/** Without these a page does not work: nothing is heard, doubt about a message is not settled, or the bot speaks over a person. */
const NEEDED_FIELDS = ['messages', 'messaging_postbacks', 'message_echoes', 'messaging_handovers', 'standby']
/** Without these the log knows less. Together the fields of README, "Connect a Messenger page". */
const OTHER_FIELDS = ['messaging_referrals', 'message_reactions', 'message_edits', 'message_deliveries', 'message_reads']
export const WEBHOOK_FIELDS = [...NEEDED_FIELDS, ...OTHER_FIELDS]

export async function checkPages(settings: MessengerSettings): Promise<Finding[]> {
  const findings = await Promise.all([...settings.pages].map(([page, token]) => checkPage(settings, page, token)))
  return findings.flat()
}

/** The subscription is asked for only with a token that is good. */
async function checkPage(settings: MessengerSettings, page: string, token: string): Promise<Finding[]> {
  const read = await get(settings, `${page}?fields=id,name`, token)
  if ('problem' in read) return [bad(`Page ${page}: ${read.problem}`)]
  if (idOf(read.fields['id']) !== page) return [bad(`Page ${page}: Graph answered for another id; check the page's id in MESSENGER_PAGES`)]
  const named = `Page ${page} (${textOf(read.fields['name'])})`
  return [good(`${named}: the token is good`), await checkSubscription(settings, { page, token, named })]
}

async function checkSubscription(
  settings: MessengerSettings,
  { page, token, named }: { page: string; token: string; named: string },
): Promise<Finding> {
  const read = await get(settings, `${page}/subscribed_apps?fields=id,subscribed_fields`, token)
  if ('problem' in read) return bad(`${named}: the subscription cannot be read: ${read.problem}`)
  const app = listOf(read.fields['data'])
    .map(fieldsOf)
    .find(({ id }) => idOf(id) === settings.appId)
  if (app === undefined)
    return bad(`${named}: the app is not subscribed; subscribe the page in the app's Webhooks to ${WEBHOOK_FIELDS.join(', ')}`)
  const subscribed = listOf(app['subscribed_fields'])
  const missing = WEBHOOK_FIELDS.filter((field) => !subscribed.includes(field))
  if (missing.length === 0) return good(`${named}: subscribed to all ${WEBHOOK_FIELDS.length} fields`)
  const line = `${named}: not subscribed to ${missing.join(', ')}; add them in the app's Webhooks`
  return missing.some((field) => NEEDED_FIELDS.includes(field)) ? bad(line) : doubtful(line)
}

/** The token goes in a header: addresses end up in logs. */
async function get(settings: MessengerSettings, path: string, token: string): Promise<{ fields: Fields } | { problem: string }> {
  const proof = secretProof(token, settings.appSecrets[0] ?? '')
  const answer = await ask(`${settings.graphApiUrl}/${path}&appsecret_proof=${proof}`, { headers: { authorization: `Bearer ${token}` } })
  if ('reason' in answer) return { problem: `Graph cannot be reached: ${answer.reason}` }
  const fields = fieldsOf(parseBody(Buffer.from(answer.body))?.json)
  if (answer.status === 200) return { fields }
  return { problem: problemOf(answer.status, fieldsOf(fields['error'])) }
}

/** In our own words, because Graph's may repeat the token. Codes: Graph API, Handling Errors. */
function problemOf(status: number, error: Fields): string {
  const code = Number(error['code'])
  const subcode = typeof error['error_subcode'] === 'number' ? `/${error['error_subcode']}` : ''
  const told = Number.isNaN(code) ? `status ${status}` : `error ${code}${subcode}`
  if (code === 190)
    return `the token is no longer good (${told}); make a new one under Messenger → Settings, and write it in MESSENGER_PAGES`
  if (/appsecret_proof/.test(textOf(error['message']))) return `the app secret does not fit the token (${told}); check MESSENGER_APP_SECRET`
  if (code === 10 || (code >= 200 && code < 300))
    return `the token lacks a permission (${told}); make a new one as an administrator of the page`
  if (code === 100 || code === 803)
    return `Graph does not know the page by this token (${told}); check the id and the token in MESSENGER_PAGES`
  if ([4, 17, 32, 613].includes(code)) return `Graph is asked too often (${told}); look again in an hour`
  return `Graph answered ${told}; check GRAPH_API_URL, or look again later`
}

/** `npm run doctor`: looks at a deployment from outside in, and says what is wrong and what to do. Ends with 1 when something does not work. */
import { type Config, publicUrl, readConfig, readEnvironment } from '../config.js'
import { checkClock } from './doctor/clock.js'
import { checkDisk } from './doctor/disk.js'
import { bad, type Deployment, type Finding, good, type MessengerSettings, messengerSettings } from './doctor/finding.js'
import { checkGraphVersion } from './doctor/graph-version.js'
import { checkMode } from './doctor/mode.js'
import { checkPages } from './doctor/pages.js'
import { checkReady } from './doctor/ready.js'
import { checkStore } from './doctor/store.js'
import { checkWebhook } from './doctor/webhook.js'

const WITHOUT_MESSENGER = [good('Messenger: MESSENGER_PAGES is not set, so its checks are left out')]
/** Shorter words stand in too many lines to be taken out. */
const SECRET_MIN = 4

const read = readConfig(readEnvironment())
const findings = 'problems' in read ? read.problems.map((problem) => bad(`Settings: ${problem}`)) : await examine(read.config)
const secrets = 'problems' in read ? [] : secretsOf(read.config)
for (const { mark, line } of findings) process.stdout.write(`${mark} ${hide(line, secrets)}\n`)
process.exitCode = findings.some(({ mark }) => mark === '✗') ? 1 : 0

async function examine(config: Config): Promise<Finding[]> {
  const deployment = { config, publicUrl: publicUrl(config, config.PORT), now: () => Date.now() }
  const messenger = messengerSettings(config)
  const found = await Promise.all([
    checkReady(deployment.publicUrl),
    messenger === undefined ? WITHOUT_MESSENGER : checkMessenger(deployment, messenger),
    checkStore({ dir: config.DATA_DIR, mongodbUri: config.MONGODB_URI }),
    checkMode(config),
    checkClock(others(deployment, messenger), deployment.now),
    checkDisk(config.DATA_DIR),
  ])
  return [good('Settings: every one can be read'), ...found.flat()]
}

async function checkMessenger({ publicUrl: url, now }: Deployment, messenger: MessengerSettings): Promise<Finding[]> {
  const [webhook, pages] = await Promise.all([checkWebhook(messenger, url), checkPages(messenger)])
  return [...webhook, ...pages, checkGraphVersion(messenger.graphApiUrl, now())]
}

/** Whose clocks are asked. Graph is where time matters most, and its clock is right. */
function others({ publicUrl: url }: Deployment, messenger: MessengerSettings | undefined): Record<string, string> {
  return { [url]: `${url}/healthz`, ...(messenger === undefined ? {} : { Graph: messenger.graphApiUrl }) }
}

function secretsOf(config: Config): string[] {
  const { MESSENGER_PAGES: pages, MESSENGER_APP_SECRET: appSecrets, MESSENGER_VERIFY_TOKEN: verifyToken, METRICS_TOKEN: metrics } = config
  const all = [
    ...(pages?.values() ?? []),
    ...(appSecrets ?? []),
    verifyToken,
    metrics,
    passwordOf(config.MONGODB_URI),
    config.SMTP_URL?.login?.password,
  ]
  return all.flatMap((secret) => (secret === undefined || secret.length < SECRET_MIN ? [] : [secret]))
}

/** Of an address as the driver reads it; it may name several hosts, which `URL` refuses. */
function passwordOf(uri: string | undefined): string | undefined {
  return uri === undefined ? undefined : /\/\/[^:@/]*:([^@/]+)@/.exec(uri)?.[1]
}

/** What others answered may repeat what they were sent. */
function hide(line: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, '…'), line)
}

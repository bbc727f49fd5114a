/** `npm run admin -- link [NAME]`: a link that signs a member of staff in once, for who lost everything; without a name the administrator. */
import { randomBytes } from 'node:crypto'
import { orderLink } from '../app/accounts/first-administrator.js'
import { type Config, publicUrl, readConfig, readEnvironment } from '../config.js'
import { openKeys } from '../store/keys.js'
import { systemTime } from '../time.js'
import { ids } from '../wiring.js'
import { throughServer } from './through-server.js'
import { withCollections } from './with-collections.js'

const USAGE = 'Usage: npm run admin -- link [NAME]   (a name or a mail address of staff; without one: the administrator)'

const [act, name, ...more] = process.argv.slice(2)
const read = readConfig(readEnvironment())
if ('problems' in read) fail(read.problems.join('\n'))
else if (act !== 'link' || more.length > 0) fail(USAGE)
else
  await link(read.config).then(
    (line) => void process.stdout.write(`${line}\n`),
    (error: unknown) => fail(error instanceof Error ? error.message : String(error)),
  )

function link(config: Config): Promise<string> {
  const inStore = () =>
    withCollections(config, false, async (collections) => {
      const keys = await openKeys(collections.keys, () => randomBytes(32).toString('base64url'))
      const silent = () => undefined
      const log = { info: silent, warn: silent, error: silent }
      return orderLink(
        { ...collections, keys, ids, time: systemTime(config.CLOCK), log, publicUrl: () => publicUrl(config, config.PORT) },
        name,
      )
    })
  return throughServer(config.DATA_DIR, { act: 'admin-link', name }, inStore)
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
}

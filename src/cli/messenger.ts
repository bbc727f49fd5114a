/** `npm run messenger`: gives each page of MESSENGER_PAGES its start button, greeting, menu and first questions. */
import { describeProblem } from '../app/live-library.js'
import { readConfig, readEnvironment } from '../config.js'
import { loadLibrary } from './library.js'
import { setUpProfile } from './messenger-profile.js'

const read = readConfig(readEnvironment())
const built = await loadLibrary()
if ('problems' in read) fail(read.problems)
else if ('problems' in built) fail(built.problems.map(describeProblem))
else {
  const {
    MESSENGER_PAGES: pages,
    MESSENGER_APP_ID: appId,
    MESSENGER_APP_SECRET: appSecrets,
    MESSENGER_VERIFY_TOKEN: verifyToken,
  } = read.config
  if (pages === undefined || appId === undefined || appSecrets === undefined || verifyToken === undefined) {
    fail(['MESSENGER_PAGES: missing; write pageId=token, and the app settings beside it, in .env'])
  } else {
    const { library } = built
    const config = {
      pages,
      appId,
      appSecrets,
      verifyToken,
      humanAgent: read.config.MESSENGER_HUMAN_AGENT,
      graphApiUrl: read.config.GRAPH_API_URL,
    }
    const ok = await setUpProfile({
      config,
      areaName: library.areas[library.defaultArea]?.name ?? '',
      languages: library.languages.map(({ code }) => code),
      defaultLanguage: library.defaultLanguage,
      say: library.say,
      print: (line) => process.stdout.write(`${line}\n`),
    })
    process.exitCode = ok ? 0 : 1
  }
}

function fail(lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`)
  process.exitCode = 1
}

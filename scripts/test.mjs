/** `npm test`: builds what changed, because some tests run the built product, then Jest on ES modules. Arguments go to Jest. */
import { spawnSync } from 'node:child_process'

const built = spawnSync(process.execPath, ['scripts/build.mjs', '--if-changed'], { stdio: 'inherit' })
if (built.status !== 0) process.exit(built.status ?? 1)

const { status } = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--config', 'jest.config.json', ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
if (!process.env.MONGODB_URI)
  console.log('MongoDB was not tested: `npm run mongodb` starts a server for that; then MONGODB_URI=<the address it prints> npm test')
process.exit(status ?? 1)

/** `npm test`: Jest on ES modules. Arguments go to Jest. */
import { spawnSync } from 'node:child_process'

const { status } = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--config', 'jest.config.json', ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
process.exit(status ?? 1)

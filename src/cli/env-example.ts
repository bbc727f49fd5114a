/** Writes `.env.example` from the settings; `--check` only compares. */
import { readFile, writeFile } from 'node:fs/promises'
import { envExample } from '../config.js'

const FILE = '.env.example'

if (!process.argv.includes('--check')) await writeFile(FILE, envExample())
else if ((await readFile(FILE, 'utf8').catch(() => '')) !== envExample()) {
  process.stderr.write(`${FILE} differs from the settings: run node dist/cli/env-example.js\n`)
  process.exitCode = 1
}

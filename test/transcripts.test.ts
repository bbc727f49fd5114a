/** Every transcript is a test: what the bot answers now is what the file says. `UPDATE=1` writes the file anew. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { playTranscript } from '../src/app/transcript.js'
import { starterLibrary } from './library.js'

const FOLDER = join(import.meta.dirname, 'transcripts')
const library = await starterLibrary()

test.each(readdirSync(FOLDER).filter((name) => name.endsWith('.chat')))('%s', (name) => {
  const file = join(FOLDER, name)
  const expected = readFileSync(file, 'utf8')
  const played = playTranscript(expected, library)
  if (process.env['UPDATE'] === '1') writeFileSync(file, played)
  else expect(played).toBe(expected)
})

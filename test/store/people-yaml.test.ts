/** The bytes of the file of people: what is no UTF-8 is told by its line, and is not read with other letters. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readPeopleYaml } from '../../src/store/people-yaml.js'

const TEXT = 'areas:\n  demo:\n    stairwells: [Søndervang]\n'

test.each([
  ['latin1', Buffer.from(TEXT, 'latin1'), 3],
  ['UTF-16 with its mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), 1],
  ['UTF-8', Buffer.from(TEXT, 'utf8'), undefined],
  ['UTF-8 with its mark', Buffer.from(`\ufeff${TEXT}`, 'utf8'), undefined],
])('a file saved as %s', async (_, bytes, line) => {
  const dir = await mkdtemp(join(tmpdir(), 'opgang-people-'))
  try {
    const file = join(dir, 'people.yaml')
    await writeFile(file, bytes)
    const read = await readPeopleYaml(file)
    if (line === undefined) expect(read).toMatchObject({ source: { value: { areas: { demo: { stairwells: ['Søndervang'] } } } } })
    else expect(read).toEqual({ problems: [{ file, line, message: expect.stringContaining('UTF-8'), severity: 'error' }] })
  } finally {
    await rm(dir, { recursive: true })
  }
})

/** An order to import a file: nothing happens when it has a mistake, and the answer fits what a running server can say. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { describeProblem } from '../../src/app/live-library.js'
import { fileWorld, orderImport, readPeopleOf } from '../../src/app/people-file-order.js'
import { openCollections } from '../../src/store/collections.js'
import { openStore } from '../../src/store/open-store.js'
import { parsePeopleYaml } from '../../src/store/people-yaml.js'
import { NOW, ROOT, starterLibrary } from '../library.js'

const library = await starterLibrary()
const HEAD = `areas: { demo: { stairwells: [1] } }
networks: { naboer: { kind: neighbours, names: { da: Naboerne }, areas: [demo], tasks: [visit] } }
volunteers:
`
const volunteer = (id: string, area: string) =>
  `  ${id}: { network: naboer, alias: ${id}, languages: [da], area: ${area}, tasks: [visit], adult: true, approved: false }\n`
const many = (area: string) => HEAD + Array.from({ length: 300 }, (_, at) => volunteer(`v${at}`, area)).join('')

test('a file is held against the areas and languages in force, and today in Denmark', () => {
  const { areas, languages, today } = fileWorld(library, Date.parse('2026-11-23T23:30Z'))
  expect([areas, languages.includes('so'), today]).toEqual([['demo', 'sondervang'], true, '2026-11-24'])
})

test.each([
  [
    'with mistakes',
    'sea',
    /^Nothing was imported\.\n\/people\.yaml:\d+: volunteers\.v0\.area: there is no area .*\nand \d+ more: npm run people -- check lists them all$/s,
    0,
  ],
  ['without', 'demo', /Volunteers: 300 added \(v0, v1, v2, v3, v4 and 295 more\)/, 300],
])('the answer to three hundred lines %s is short', async (_, area, answer, contacts) => {
  const dir = await mkdtemp(join(tmpdir(), 'opgang-order-'))
  const store = await openStore({ dir, mongodbUri: undefined })
  try {
    const all = openCollections(store)
    const read = async (file: string) => parsePeopleYaml(file, many(area))
    const order = { act: 'import-people', people: '/people.yaml', removeMissing: true } as const
    const said = await orderImport({ ...all, library, ids: { next: () => 'line' }, time: { now: () => NOW }, read }, order).catch(
      (error: Error) => error.message,
    )
    expect(said).toMatch(answer)
    expect(said.length).toBeLessThan(4096)
    expect(await all.contacts.find({}, { sort: ['_id'], limit: 1000 })).toHaveLength(contacts)
  } finally {
    await store.close()
    await rm(dir, { recursive: true })
  }
})

test('the example that staff begin with has no mistake, and what is said of a mistake in it is so', async () => {
  const page = await readFile(join(ROOT, 'docs/people.md'), 'utf8')
  const example = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? ''
  const told = async (text: string) => {
    const found = await readPeopleOf(async (file) => parsePeopleYaml(file, text), 'people.yaml', fileWorld(library, NOW))
    return ('problems' in found ? found.problems : found.warnings).map((problem) => `${problem.severity}: ${describeProblem(problem)}`)
  }
  expect(await told(example)).toEqual([])
  const lines = await told(example.replace('stairwell: 3 ', 'stairwell: 30 ').replace('2030-05-01', '2026-05-01'))
  expect(lines).toHaveLength(2)
  for (const line of lines) expect(page).toContain(`${line}\n`)
})

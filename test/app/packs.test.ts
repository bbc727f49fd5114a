import { describe, expect, test } from '@jest/globals'
import type { Source, Sources } from '../../src/app/sources.js'
import { nodesFile, yamlSource } from '../core/dialog/yaml-source.js'
import { build, shortSources } from '../probe-library.js'

const sources = await shortSources()
const NODES = `
start:
  ask: Hvad?
  quick_replies: { water: Vand }
water:
  say: 'Ring til {{area.office_phone}}.'
  fact: { kind: advice, source: https://example.dk, owner: law, checked: 2026-11-20 }
`
const PACK = `
name: Vand
about: Om vand.
for: Alle
made_by: Opgang
made_on: 2026-11-25
variables: [office_phone]
topics: [water]
`

/** What is wrong with a library that has the pack `wet` with the dialog `probe`. */
function problemsWith(pack: string | undefined, areas: Record<string, Source> = sources.areas): string[] {
  const own: Sources = {
    ...sources,
    areas,
    dialogs: { ...sources.dialogs, probe: yamlSource(nodesFile(NODES), 'dialogs/wet/probe.yaml') },
    packs: { wet: { dialogs: ['probe'], ...(pack === undefined ? {} : { pack: yamlSource(pack, 'dialogs/wet/pack.yaml') }) } },
  }
  const built = build(own)
  const problems = 'problems' in built ? built.problems : built.warnings
  const errors = problems.filter(({ file, severity }) => severity === 'error' || file.endsWith('pack.yaml'))
  return errors.map(({ file, line, message }) => `${file}:${line ?? ''} ${message}`)
}

describe('a pack', () => {
  test('that says all has no problem', () => {
    expect(problemsWith(PACK)).toEqual([])
  })

  test('without pack.yaml is refused', () => {
    expect(problemsWith(undefined)).toEqual([expect.stringContaining('dialogs/wet/pack.yaml: is missing: say in it what this pack is')])
  })

  test('needs an area that has its variables: the area and the variable are named', () => {
    const bare = yamlSource('name: Bar\nowner: Bar\nvariables: { office_hours: 10-14 }', 'dialogs/areas/bare.yaml')
    expect(problemsWith(PACK, { ...sources.areas, bare })).toEqual([
      'dialogs/areas/bare.yaml: the area bare lacks office_phone, which the pack Vand needs: add it under `variables`',
    ])
  })

  test('names what its texts name, no more and no less', () => {
    expect(problemsWith(PACK.replace('office_phone', 'office_hours'))).toEqual([
      'dialogs/wet/pack.yaml:7 its texts name {{area.office_phone}}: add office_phone to `variables`',
      'dialogs/wet/pack.yaml:7 no text of it names {{area.office_hours}}: take office_hours out of `variables`',
    ])
  })

  test('promises only answers that it has', () => {
    expect(problemsWith(PACK.replace('[water]', '[water, start, fire]'))).toEqual([
      expect.stringContaining('it promises start, and no answer of it has that name'),
      expect.stringContaining('it promises fire, and no answer of it has that name'),
    ])
  })

  test('of another form is told with its line', () => {
    expect(problemsWith(PACK.replace('2026-11-25', 'i går'))).toEqual([expect.stringMatching(/^dialogs\/wet\/pack\.yaml:6 made_on: /)])
  })
})

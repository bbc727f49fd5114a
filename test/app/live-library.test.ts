import { expect, test } from '@jest/globals'
import { openLibrary } from '../../src/app/live-library.js'
import { createRecognize } from '../../src/app/recognize.js'
import { nodesFile, yamlSource } from '../core/dialog/yaml-source.js'
import { NOW, tables } from '../library.js'
import { shortSources } from '../probe-library.js'

const ENDED = nodesFile(`
start:
  ask: Hvad?
  quick_replies: { old: Gammelt }
old:
  say: Galdt engang.
  fact: { kind: rule, source: https://example.dk, owner: law, checked: 2020-03-20, until: 2020-03-30 }
`)

test('a start that cannot be says only what is in the way', async () => {
  const short = await shortSources()
  const bad = yamlSource(nodesFile('start: { say: Hej., goto: nowhere }'), 'dialogs/bad.yaml')
  const sources = { ...short, dialogs: { ...short.dialogs, probe: yamlSource(ENDED, 'dialogs/probe.yaml'), bad } }
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const options = () => ({ languages: ['da', 'uk'], defaultLanguage: 'da', now: NOW, recognize: createRecognize(), ...tables })
  await expect(openLibrary(async () => ({ sources }), options, silent)).rejects.toMatchObject({
    problems: [{ file: 'dialogs/bad.yaml', severity: 'error' }],
  })
})

test('a start tells each ended fact by itself, and what waits for translators in one line', async () => {
  const short = await shortSources()
  const sources = { ...short, dialogs: { ...short.dialogs, probe: yamlSource(ENDED, 'dialogs/probe.yaml') } }
  const lines: string[] = []
  const log = { info: () => undefined, warn: (line: string) => void lines.push(line), error: () => undefined }
  const options = () => ({ languages: ['da', 'ar', 'uk'], defaultLanguage: 'da', now: NOW, recognize: createRecognize(), ...tables })
  await openLibrary(async () => ({ sources }), options, log)
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatch(/^dialogs\/probe\.yaml:\d+ \(old\): the fact of node old ended 30 March 2020/)
  expect(lines[1]).toMatch(/^translations have warnings \(ar \d+, uk \d+\): npm run dialogs -- check lists them$/)
})

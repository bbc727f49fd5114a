/** Small libraries for the rules of the checker: a dialog `test`, others beside it, English texts by path. */
import type { CheckInput, Rule } from '../../../src/core/dialog/check-input.js'
import { parseDialog } from '../../../src/core/dialog/parse.js'
import { type Translations, textPaths } from '../../../src/core/dialog/translations.js'
import { hash } from '../../../src/core/hash.js'
import type { Area, Dialog } from '../../../src/core/types.js'
import { nodesFile, yamlSource } from './yaml-source.js'

const AREA: Area = { id: 'demo', name: 'Demo', demo: true, owner: 'Demo', variables: { office_phone: '1', both: '2' } }
const OTHER: Area = { ...AREA, id: 'other', variables: { both: '2' } }
const NOW = Date.parse('2026-11-24T10:00Z')

export interface Given {
  readonly nodes: string
  readonly more?: Readonly<Record<string, string>>
  readonly en?: Readonly<Record<string, string>>
  readonly outdated?: readonly string[]
  readonly questions?: Readonly<Record<string, readonly string[]>>
  readonly history?: boolean
}

export function library({ nodes, more = {}, en, outdated = [], questions = {}, history = false }: Given): CheckInput {
  const sources = Object.fromEntries(
    Object.entries({ test: nodes, ...more }).map(([id, text]) => [id, yamlSource(nodesFile(text), `dialogs/${id}.yaml`)]),
  )
  const dialogs = Object.entries(sources).map(([id, source]): Dialog => {
    const read = parseDialog(id, source)
    if ('problems' in read) throw new Error(JSON.stringify(read.problems))
    return id === 'test' ? { ...read.dialog, history } : read.dialog
  })
  const danish = new Map(textPaths(dialogs[0] as Dialog).map(({ path, text }) => [path, text]))
  const texts = Object.fromEntries(
    Object.entries(en ?? {}).map(([path, text]) => {
      const of = outdated.includes(path) ? 'old' : hash(danish.get(path) ?? '')
      return [path, { text, state: 'machine' as const, of }]
    }),
  )
  const translations: Translations = { texts, questions }
  const english = yamlSource(JSON.stringify({ ...texts }, null, 1), 'locales/en/test.json')
  return {
    dialogs,
    languages: en === undefined ? ['da'] : ['da', 'en'],
    translations: { en: { test: translations } },
    verifiedNumbers: ['112', '1813', '70 11 07 07', '116 111'],
    unconfirmedNumbers: [],
    cardLanguages: [],
    areas: [AREA, OTHER],
    owners: ['law'],
    callNames: ['weather'],
    now: NOW,
    source: (dialog, language) => (language === 'da' ? sources[dialog] : english),
  }
}

export const messages = (rule: Rule, given: Given) => rule(library(given)).map(({ message }) => message)
export const at = (rule: Rule, given: Given) => rule(library(given)).map(({ line, node, severity }) => [line, node, severity])

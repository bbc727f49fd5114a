/** Rules about what people read. */
import { EMERGENCY } from '../draft.js'
import { foldDigits } from '../language/digits.js'
import { normalize } from '../language/normalize.js'
import type { Problem } from '../types.js'
import { allNodes, allTexts, type CheckInput, inNode, keyOf, otherLanguages, problem, type TextAt } from './check-input.js'

/** Messenger cuts a quick reply's title here (Send API: quick replies). */
const TITLE_MAX = 20
/** Messenger takes no longer text (Send API: message text). */
const TEXT_MAX = 2000
/** Longer than this a bubble fills a telephone; Messenger takes no more beside buttons (button template). */
const BUBBLE_MAX = 640
const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g
const graphemes = new Intl.Segmenter('da', { granularity: 'grapheme' })

/** Titles and texts fit the narrowest channel, counted as people see letters. */
export function textsFit(input: CheckInput): readonly Problem[] {
  return allTexts(input).flatMap((at) => {
    const isTitle = at.key.includes('.quick_replies.')
    // A letter is one unit or more: what has few units has few letters, and nobody needs to count them.
    if (at.text.length <= (isTitle ? TITLE_MAX : BUBBLE_MAX)) return []
    const length = [...graphemes.segment(at.text)].length
    const tell = (what: string, max: number) => `${where(at)}: ${what} has ${length} letters, at most ${max} fit`
    if (isTitle) return length > TITLE_MAX ? [problem(input, at, `${tell(`the title "${at.text}"`, TITLE_MAX)}: shorten it`)] : []
    if (length > TEXT_MAX) return [problem(input, at, `${tell('the text', TEXT_MAX)}: split it into several`)]
    return length > BUBBLE_MAX ? [problem(input, at, `${tell('the text', BUBBLE_MAX)} a telephone: split it into several`, 'warning')] : []
  })
}

/** A placeholder names an answer that some question saves, or a variable that every area has. */
export function placeholdersKnown(input: CheckInput): readonly Problem[] {
  const saved = new Set(allNodes(input).flatMap(({ value }) => (value.does?.kind === 'ask' ? (value.does.ask.save ?? []) : [])))
  const notes = allNodes(input).flatMap((at) => {
    const note = at.value.does?.kind === 'handoff' ? at.value.does.handoff.note : undefined
    return note === undefined ? [] : [{ ...inNode(at, 'note'), language: 'da', text: note }]
  })
  return [...allTexts(input), ...notes].flatMap((at) => {
    const broken = at.text.replace(PLACEHOLDER, '').includes('{{') ? ['`{{` is never closed: write {{answers.name}} or {{area.name}}'] : []
    const unknown = placeholders(at.text).flatMap((name) => unknownPlaceholder(name, saved, input) ?? [])
    return [...broken, ...unknown].map((message) => problem(input, at, `${where(at)}: ${message}`))
  })
}

function unknownPlaceholder(name: string, saved: ReadonlySet<string>, { areas }: CheckInput): string | undefined {
  const [, from, field = ''] = /^(answers|area)\.([\w-]+)$/.exec(name) ?? []
  if (from === undefined) return `{{${name}}} is not known: write {{answers.name}} or {{area.name}}`
  if (from === 'answers') return saved.has(field) ? undefined : `{{${name}}} is never answered: let a question \`save: ${field}\``
  const without = areas.filter(({ variables }) => !Object.hasOwn(variables, field)).map(({ id }) => id)
  return without.length === 0 ? undefined : `{{${name}}} is missing in ${without.join(', ')}: add ${field} to the variables of each area`
}

/** A translation says what the Danish says. An outdated one may lag behind, and is told as a warning. */
export function placeholdersEqual(input: CheckInput): readonly Problem[] {
  return allTexts(input).flatMap((at) => {
    const [own, danish] = [placeholders(at.text), placeholders(at.danish)]
    const missing = danish.filter((name) => !own.includes(name)).map((name) => `{{${name}}} is missing`)
    const extra = own.filter((name) => !danish.includes(name)).map((name) => `{{${name}}} is not in the Danish`)
    const wrong = [...missing, ...extra]
    return wrong.length === 0
      ? []
      : [problem(input, at, `${where(at)}: ${wrong.join(', ')}: use the same as the Danish`, at.outdated ? 'warning' : 'error')]
  })
}

function placeholders(text: string): readonly string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))].toSorted()
}

/** Eight digits in the groups of a Danish number, six of the form 116 111, a country's number, and the short numbers 11x and 18xx. */
const PHONE =
  /(?<![\d+])(?:\+\d[\d ]{6,17}\d|\d{8}|\d\d(?:[ \u00a0-]\d\d){3}|\d{4}[ \u00a0]\d{4}|\d\d[ \u00a0]\d{3}[ \u00a0]\d{3}|\d{3}[ \u00a0]\d{2}[ \u00a0]\d{3}|116[ \u00a0]?\d{3}|11\d|18\d\d)(?![\d]|[ \u00a0]\d\d)/g

/** Every telephone number in a text was seen at its owner, or is a variable of the area. A danger card hides no listed number for its status. */
export function phoneNumbersVerified(input: CheckInput): readonly Problem[] {
  const verified = new Set(input.verifiedNumbers.map(digits))
  const listed = new Set([...verified, ...input.unconfirmedNumbers.map(digits)])
  return allTexts(input).flatMap((at) => {
    const found = foldDigits(at.text.replace(PLACEHOLDER, ' ')).match(PHONE) ?? []
    return [...new Set(found)]
      .filter((number) => !(at.dialog === EMERGENCY ? listed : verified).has(digits(number)))
      .map((number) =>
        problem(input, at, `${where(at)}: the number ${number.trim()} is not on the verified list: take it out, or verify it and list it`),
      )
  })
}

function digits(number: string): string {
  return number.replace(/\D/g, '').replace(/^45(?=\d{8}$)/, '')
}

/** One example leads to one answer. An archive may repeat what today's dialogs ask. */
export function questionsDiffer(input: CheckInput): readonly Problem[] {
  return ['da', ...otherLanguages(input)].flatMap((language) => {
    const seen = new Map<string, string>()
    return examples(input, language).flatMap(({ text, history, ...at }) => {
      const key = `${history} ${normalize(text, language)}`
      const first = seen.get(key)
      if (first === undefined) seen.set(key, keyOf(at))
      if (first === undefined || first === keyOf(at)) return []
      const message = `in ${language} the question "${text}" stands in node ${first} and in node ${keyOf(at)}: keep it in one`
      return [problem(input, at, message)]
    })
  })
}

function examples(input: CheckInput, language: string) {
  return allNodes(input).flatMap(({ dialog, node, value, history }) => {
    const own = language === 'da' ? value.questions : (input.translations[language]?.[dialog]?.questions[node] ?? [])
    const path = (index: number) => (language === 'da' ? ['nodes', node, 'questions', index] : [`${node}.questions`, 'examples', index])
    return own.map((text, index) => ({ dialog, node, language, path: path(index), text, history }))
  })
}

function where({ node, language }: Pick<TextAt, 'language'> & { readonly node?: string }): string {
  return node === undefined ? `the name in ${language}` : `node ${node} in ${language}`
}

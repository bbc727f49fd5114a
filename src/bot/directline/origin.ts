/** Where a person came from, as a page tells it: checked, because anybody can write a link. */
import * as z from 'zod'
import type { Origin } from '../../core/types.js'

/** Ids of areas, dialogs and nodes are short and plain; what is longer is not one of ours. */
const AREA = /^[a-z0-9-]{1,64}$/
const ANSWER = /^[a-z0-9-]{1,64}\/[a-z0-9-]{1,64}$/
/** BCP 47 in lower case, long enough for `zh-hans-cn`. */
const LANGUAGE = /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$/

const Fields = z.record(z.string(), z.unknown())

/** The parts of a body (`area`, `language` or `lang`, `answer`) that can be meant; undefined when none can. */
export function readOrigin(body: unknown): Origin | undefined {
  const fields = Fields.catch({}).parse(body)
  const area = matching(fields['area'], AREA)
  const language = matching(fields['language'] ?? fields['lang'], LANGUAGE)
  const answer = matching(fields['answer'], ANSWER)
  if (area === undefined && language === undefined && answer === undefined) return undefined
  return { ...(area && { area }), ...(language && { language: primary(language) }), ...(answer && { answer }) }
}

/** Languages are offered by their first part: `da` for `da-DK`. */
function primary(tag: string): string {
  return tag.split('-', 1)[0] ?? tag
}

function matching(value: unknown, form: RegExp): string | undefined {
  const text = typeof value === 'string' ? value.toLowerCase() : ''
  return form.test(text) ? text : undefined
}

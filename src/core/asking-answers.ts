/** What each answer of an intake may be: what is known before it is asked, what a button says, and what typed words say. */

import { isQuestion } from './asking-words.js'
import { type Draft, language } from './draft.js'
import type { ReadHouse } from './house-words.js'
import { foldDigits } from './language/digits.js'
import { normalize } from './language/normalize.js'
import { INTAKE_STEPS, type Intake, type IntakeStep, WHENS } from './request-types.js'
import type { LanguageCode } from './types.js'

/** Characters of the resident's own words that are kept; a shopping list is said by then. */
export const WHAT_MAX = 500
/** Where other words stand around it a longer text is no stairwell. */
const STAIRWELL_TEXT_MAX = 40
/** Whoever writes this hardly tells where they live. */
const EMERGENCY_NUMBER = '112'
/** Among other words: house number with its letter, after a road of one or two words at most. */
const HOUSE_NUMBER = /^(?:\p{L}{1,20}\.? ){0,2}(\d{1,4})(?:(\p{L})| (\p{L})(?!\S| \p{L}))?(?: .*)?$/u
/** Words of a text that are looked at as names of languages. */
const NAMES_MAX = 8

/** What an answer makes of an intake; `more`: the same step may be answered further. */
export interface Answered {
  readonly intake: Intake
  readonly more?: true
}

/** The areas that a request can be in: those with a place here, of its network, and for somebody else those one decides for. */
export function areasFor(draft: Draft, { network, behalf }: Pick<Intake, 'network' | 'behalf'>): readonly string[] {
  const { places, networks } = draft.scene.places
  const ofNetwork = network !== undefined && Object.hasOwn(networks, network) ? networks[network]?.areas : undefined
  const ofStaff = behalf === undefined ? undefined : draft.scene.contact.coordinator?.areas
  const known = Object.keys(places).filter((id) => Object.hasOwn(draft.library.areas, id))
  const fits = (id: string) => ofNetwork?.includes(id) !== false && ofStaff?.includes(id) !== false
  return known.filter(fits)
}

export function stairwellsOf(draft: Draft, area: string | undefined): readonly string[] {
  const { places } = draft.scene.places
  return area !== undefined && Object.hasOwn(places, area) ? (places[area]?.stairwells ?? []) : []
}

/** With what is known of the person already; of somebody else nothing is. */
export function withKnown(draft: Draft, intake: Intake): Intake {
  const { contact, area: here } = draft.scene
  const areas = areasFor(draft, intake)
  const only = areas.length > 1 ? undefined : (areas[0] ?? here.id)
  if (intake.behalf !== undefined) return { ...intake, ...(only === undefined ? {} : { area: only }) }
  const told = contact.area ?? draft.session.area
  const area = told !== undefined && Object.hasOwn(draft.library.areas, told) ? told : only
  const stairwell = area !== undefined && area === contact.area ? contact.stairwell : undefined
  const spoken = contact.volunteer?.languages.filter((code) => code !== language(draft))
  return {
    ...intake,
    ...(area === undefined ? {} : { area }),
    ...(stairwell === undefined ? {} : { stairwell }),
    ...(spoken === undefined ? {} : { otherLanguages: spoken }),
  }
}

/** The step that comes after this one: the next that is not known, or the summary. */
export function nextStep(intake: Intake): IntakeStep {
  if (intake.changing === true) return 'summary'
  const ahead = INTAKE_STEPS.slice(INTAKE_STEPS.indexOf(intake.step) + 1)
  return ahead.find((step) => !isKnown(intake, step)) ?? 'summary'
}

/** A step without which nothing can be sent; undefined when all is there. */
export function missingStep(intake: Intake): IntakeStep | undefined {
  return (['when', 'where'] as const).find((step) => !isKnown(intake, step))
}

function isKnown(intake: Intake, step: IntakeStep): boolean {
  switch (step) {
    case 'what':
      return intake.what !== undefined
    case 'when':
      return intake.when !== undefined
    case 'where':
      return intake.area !== undefined && intake.stairwell !== undefined
    case 'language':
      return intake.otherLanguages !== undefined
    case 'wishes':
    case 'summary':
      return false
  }
}

/** What a button says of a step; undefined for a value that is none. */
export function tapped(draft: Draft, intake: Intake, step: string, value: string): Answered | undefined {
  switch (step) {
    case 'what':
      return value === 'skip' && intake.step === 'what' ? { intake: without(withoutWords(intake), 'what') } : undefined
    case 'when': {
      const when = WHENS.find((one) => one === value)
      return when === undefined ? undefined : { intake: { ...intake, when } }
    }
    case 'where':
      return tappedWhere(draft, intake, value)
    case 'language':
      return tappedLanguage(draft, intake, value)
    case 'wishes':
      return tappedWish(intake, value)
    default:
      return undefined
  }
}

/** `area:<id>`, `elsewhere`, `stairwell:<name>`, or `none` for one that is not said: whom it bars is then not known, so that wish goes. */
function tappedWhere(draft: Draft, intake: Intake, value: string): Answered | undefined {
  if (value === 'none') return { intake: { ...without(intake, 'notFromStairwell'), stairwell: '' } }
  if (value === 'elsewhere') return { intake: without(intake, 'area', 'stairwell'), more: true }
  const [kind, ...rest] = value.split(':')
  const name = rest.join(':')
  if (kind === 'area' && areasFor(draft, intake).includes(name))
    return { intake: { ...without(intake, 'stairwell'), area: name }, more: true }
  if (kind === 'stairwell' && stairwellsOf(draft, intake.area).includes(name)) return { intake: { ...intake, stairwell: name } }
  return undefined
}

/** `only` the own language, `done`, or the code of another one. Of somebody else one language is asked. */
function tappedLanguage(draft: Draft, intake: Intake, value: string): Answered | undefined {
  if (value === 'only' || value === language(draft)) return { intake: { ...intake, otherLanguages: [] } }
  const { otherLanguages = [] } = intake
  if (value === 'done') return { intake: { ...intake, otherLanguages } }
  if (!draft.library.languages.some(({ code }) => code === value)) return undefined
  if (intake.behalf !== undefined) return { intake: { ...intake, otherLanguages: [value] } }
  return { intake: { ...intake, otherLanguages: [...otherLanguages.filter((code) => code !== value), value] }, more: true }
}

function tappedWish(intake: Intake, value: string): Answered | undefined {
  if (value === 'none') return { intake: without(intake, 'gender', 'notFromStairwell') }
  if (value === 'done') return { intake }
  if (value === 'woman' || value === 'man') return oneMore({ ...intake, gender: value })
  if (value === 'stairwell' && mayBarStairwell(intake)) return oneMore({ ...intake, notFromStairwell: true })
  return undefined
}

/** Both wishes are said: there is nothing more to ask. */
function oneMore(intake: Intake): Answered {
  const all = intake.gender !== undefined && (intake.notFromStairwell === true || !mayBarStairwell(intake))
  return all ? { intake } : { intake, more: true }
}

/** Whoever did not say their stairwell cannot wish for another: everybody might be from it. */
export function mayBarStairwell({ stairwell }: Intake): boolean {
  return stairwell !== undefined && stairwell !== ''
}

/** What typed words say of the step that is asked; undefined when they are no answer to it. */
export function typed(draft: Draft, intake: Intake, text: string): Answered | undefined {
  switch (intake.step) {
    case 'what':
      return typedWhat(draft, intake, text)
    case 'where':
      return intake.area === undefined ? typedArea(draft, intake, text) : typedStairwell(draft, intake, text)
    case 'language':
      return typedLanguages(draft, intake, text)
    default:
      return undefined
  }
}

/** The name of a language changes the language, except where the language is what is needed. Signs alone say nothing. */
function typedWhat(draft: Draft, intake: Intake, text: string): Answered | undefined {
  if (intake.task !== 'interpret' && draft.library.languageNamed(text) !== undefined) return undefined
  if (!/[\p{L}\p{Nd}]/u.test(text)) return undefined
  const what = [...text.trim()].slice(0, WHAT_MAX).join('').trim()
  if (what === '') return undefined
  // Whether the helper is to have it is never guessed: the key in the cupboard may be what opens the door.
  return draft.library.hears.namesKey(what)
    ? { intake: { ...intake, what, keys: 'asked' }, more: true }
    : { intake: { ...withoutWords(intake), what } }
}

/** A key goes with the words that named it; one that was named before them stays. */
function withoutWords(intake: Intake): Intake {
  return intake.what === undefined ? intake : without(intake, 'keys')
}

/** Least letters of a name that begins like an area's. */
const NAME_BEGINS = 4

/** The one area whose name a text is, begins or holds: "I live in Birkehaven". What stands behind it may say the stairwell too. */
function typedArea(draft: Draft, intake: Intake, text: string): Answered | undefined {
  if (isQuestion(text)) return undefined
  const words = normalize(text, language(draft)).split(' ')
  const found = areasFor(draft, intake).flatMap((id) => {
    const behind = behindName(words, normalize(draft.library.areas[id]?.name ?? id, 'da'))
    return behind === undefined ? [] : [{ area: id, behind }]
  })
  const [one, ...others] = found
  if (one === undefined || others.length > 0) return undefined
  const { area, behind } = one
  const stairwell = behind === '' ? undefined : readStairwell(behind, stairwellsOf(draft, area), draft.library.readHouse)
  const asked = { ...without(intake, 'stairwell'), area }
  return stairwell === undefined ? { intake: asked, more: true } : { intake: { ...asked, stairwell } }
}

/** What stands behind the name, or the beginning of it that is all of a text; undefined where it is not named. */
function behindName(words: readonly string[], name: string): string | undefined {
  const whole = words.join(' ')
  if (whole.length >= NAME_BEGINS && name.startsWith(whole)) return ''
  const [first = ''] = name.split(' ')
  const at = words.indexOf(first)
  return at === -1 || first.length < NAME_BEGINS ? undefined : words.slice(at + 1).join(' ')
}

function typedStairwell(draft: Draft, intake: Intake, text: string): Answered | undefined {
  const stairwell = readStairwell(text, stairwellsOf(draft, intake.area), draft.library.readHouse)
  return stairwell === undefined ? undefined : { intake: { ...intake, stairwell } }
}

/** One of `known`, however it is written; else only the number and letter of a house: the road is not kept. Undefined for other words. */
export function readStairwell(text: string, known: readonly string[], readHouse: ReadHouse): string | undefined {
  const written = foldDigits(text.normalize('NFKC').trim()).replace(/[\s,]+/g, ' ')
  if (isQuestion(written)) return undefined
  const read = readHouse(written)
  const house = read.plain ? read.house : numbered(written)
  if (house === EMERGENCY_NUMBER && !known.includes(house)) return undefined
  return known.find((one) => [written, house ?? ''].some((name) => squeezed(one) === squeezed(name))) ?? house
}

function numbered(written: string): string | undefined {
  if (written.length > STAIRWELL_TEXT_MAX) return undefined
  const [, number, joined = '', apart = ''] = HOUSE_NUMBER.exec(written) ?? []
  return number === undefined ? undefined : `${number} ${(joined + apart).toUpperCase()}`.trim()
}

function squeezed(text: string): string {
  return text.replace(/\s/g, '').toUpperCase()
}

/** One language by its name, or several in a row. */
function typedLanguages(draft: Draft, intake: Intake, text: string): Answered | undefined {
  const whole = draft.library.languageNamed(text)
  const words = text.split(/[\s,;/+&]+/).slice(0, NAMES_MAX)
  const named = (word: string): readonly LanguageCode[] => {
    const code = draft.library.languageNamed(word)
    return code === undefined ? [] : [code]
  }
  const codes = whole === undefined ? words.flatMap(named) : [whole]
  if (codes.length === 0) return undefined
  const others = codes.filter((code) => code !== language(draft))
  const [first] = others
  if (intake.behalf !== undefined || first === undefined) {
    return { intake: { ...intake, otherLanguages: first === undefined ? [] : [first] } }
  }
  return { intake: { ...intake, otherLanguages: [...new Set([...(intake.otherLanguages ?? []), ...others])] }, more: true }
}

/** What is asked for: an errand with a key is for staff, whatever it was begun as. */
export function taskOf({ task, keys }: Pick<Intake, 'task' | 'keys'>): string {
  return keys === 'yes' ? 'keys' : task
}

/** The intake without these fields. */
export function without(intake: Intake, ...fields: readonly (keyof Intake)[]): Intake {
  return Object.fromEntries(Object.entries(intake).filter(([field]) => !(fields as readonly string[]).includes(field))) as unknown as Intake
}

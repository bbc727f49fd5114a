/** What each step of the sign-up offers and takes. Answers are values of buttons; typed words become the same values. */
import { type Draft, isOffered, language } from './draft.js'
import { readAnswer } from './expect.js'
import { hash } from './hash.js'
import { normalize } from './language/normalize.js'
import type { Network } from './places-types.js'
import { taskRule } from './task-rules.js'
import type { Consent } from './types.js'
import type { SignUp, SignUpStep, VolunteerForm } from './volunteer-types.js'
import { areaName, languageName, networkName, say, taskTitle, WEEK_PARTS, weekPartOf } from './volunteering-words.js'

/** 18 and over: smaller tasks are for adults too. */
const ADULT_AGE = 18
const AGE_MAX = 120
/** 2 to 30 letters in at most three words, without digits. */
const ALIAS = /^\p{L}[\p{L}\p{M}'’.-]*(?: \p{L}[\p{L}\p{M}'’.-]*){0,2}$/u
const ALIAS_MAX = 30
/** Longer texts are no try at a name. */
const ALIAS_TRY_MAX = 40
/** From this score on a text is a question that has an answer: names that people choose stay below 0.1. */
const SURE = 0.5
/** A typed name, as a value of the step. */
const NAMED = 'name:'

/** One thing that can be chosen. */
export interface Option {
  readonly value: string
  readonly title: string
  readonly chosen?: boolean
}

/** Steps where several things can be chosen, until Done. */
export const SEVERAL: ReadonlySet<SignUpStep> = new Set(['languages', 'tasks', 'hours'])

/** Networks whose people are here, with a task that is called out: those that help in the person's own area first. */
export function usableNetworks(draft: Draft): readonly Network[] {
  const area = draft.session.area ?? draft.scene.contact.area ?? draft.scene.area.id
  const own = (network: Network) => (network.areas.includes(area) ? 0 : 1)
  return Object.values(draft.scene.places.networks)
    .filter((network) => network.external === undefined && network.areas.length > 0 && tasksFor(network).length > 0)
    .toSorted((a, b) => own(a) - own(b))
}

/** Tasks of a network that volunteers are called out for. */
export function tasksFor(network: Network | undefined): readonly string[] {
  return (network?.tasks ?? []).filter((task) => {
    const rule = taskRule(task)
    return rule !== undefined && rule.staffOnly === undefined
  })
}

/** The network of a form, while it is still there. */
export function networkOf(draft: Draft, { network }: Partial<VolunteerForm>): Network | undefined {
  return usableNetworks(draft).find(({ id }) => id === network)
}

/** What can be chosen at a step. */
export function optionsOf(draft: Draft, { step, form }: SignUp): readonly Option[] {
  switch (step) {
    case 'adult':
      return ['yes', 'no'].map((value) => ({ value, title: say(draft, `sign-up.adult.${value}`) }))
    case 'network':
      return usableNetworks(draft).map(({ id }) => ({ value: id, title: networkName(draft, id) }))
    case 'area':
      return (networkOf(draft, form)?.areas ?? []).map((id) => ({ value: id, title: areaName(draft, id) }))
    case 'languages':
      return draft.library.languages.map(({ code, name }) => ({
        value: code,
        title: name,
        chosen: form.languages?.includes(code) ?? false,
      }))
    case 'tasks':
      return tasksFor(networkOf(draft, form)).map((task) => ({
        value: task,
        title: taskTitle(draft, task),
        chosen: form.tasks?.includes(task) ?? false,
      }))
    case 'hours':
      return [
        { value: 'any', title: say(draft, 'hours.any') },
        ...Object.keys(WEEK_PARTS).map((id) => ({
          value: id,
          title: say(draft, `hours.${id}`),
          chosen: (form.hours ?? []).some((span) => weekPartOf(span) === id),
        })),
      ]
    case 'gender':
      return ['woman', 'man', 'unsaid'].map((value) => ({ value, title: say(draft, `gender.${value}`) }))
    case 'alias':
      return [{ value: 'default', title: say(draft, 'alias.default') }]
    case 'promise':
      return [{ value: promiseNow(draft).version, title: say(draft, 'sign-up.promise.yes') }]
    case 'summary':
      return ['yes', 'change'].map((value) => ({ value, title: say(draft, `sign-up.summary.${value}`) }))
  }
}

/** The promise as it is read now: a hash of its words, and the language they are in. */
export function promiseNow(draft: Draft): Consent {
  const text = say(draft, 'promise.text')
  // A language without its own words shows the Danish ones.
  const danish = draft.library.say('da', 'volunteering.promise.text') === text
  return { what: 'confidentiality', version: hash(text), language: danish ? 'da' : language(draft), at: draft.clock.now }
}

/** The form with an answer in it; undefined when the step does not offer it. Steps without a place in the form take it as it is. */
export function withAnswer(draft: Draft, signUp: SignUp, value: string): Partial<VolunteerForm> | undefined {
  const { step, form } = signUp
  if (step === 'alias') return value === 'default' || value.startsWith(NAMED) ? { ...form, alias: aliasOf(draft, value) } : undefined
  const removes = SEVERAL.has(step) && value.startsWith('-')
  const bare = removes ? value.slice(1) : value
  if (!optionsOf(draft, signUp).some((option) => option.value === bare)) return undefined
  switch (step) {
    case 'network':
      return withNetwork(draft, form, bare)
    case 'area':
      return withArea(draft, form, bare)
    case 'languages':
      return { ...form, languages: changed(form.languages ?? [], bare, removes) }
    case 'tasks':
      return { ...form, tasks: changed(form.tasks ?? [], bare, removes) }
    case 'hours':
      return { ...form, hours: bare === 'any' ? [] : hoursWith(form.hours ?? [], bare, removes) }
    case 'gender':
      return withGender(form, bare)
    default:
      return form
  }
}

function changed(list: readonly string[], value: string, removes: boolean): readonly string[] {
  const others = list.filter((one) => one !== value)
  if (removes) return others
  return list.includes(value) ? list : [...others, value]
}

/** Spans of the week with one more or one less, in the order of the week. */
export function hoursWith(hours: VolunteerForm['hours'], part: string, removes: boolean): VolunteerForm['hours'] {
  const ids = hours.flatMap((span) => weekPartOf(span) ?? [])
  const next = new Set(changed(ids, part, removes))
  return Object.entries(WEEK_PARTS).flatMap(([id, span]) => (next.has(id) ? [span] : []))
}

/** What the new network does not have goes. */
function withNetwork(draft: Draft, form: Partial<VolunteerForm>, network: string): Partial<VolunteerForm> {
  const { area, stairwell, tasks, ...rest } = form
  const next = networkOf(draft, { network })
  const kept = tasks?.filter((task) => tasksFor(next).includes(task))
  return {
    ...rest,
    network,
    ...(area !== undefined && next?.areas.includes(area) ? { area, ...(stairwell === undefined ? {} : { stairwell }) } : {}),
    ...(kept === undefined || kept.length === 0 ? {} : { tasks: kept }),
  }
}

/** The stairwell is theirs only in the area where they live. */
export function withArea(draft: Draft, form: Partial<VolunteerForm>, area: string): Partial<VolunteerForm> {
  const { stairwell: _, ...rest } = form
  const { contact } = draft.scene
  return { ...rest, area, ...(contact.area === area && contact.stairwell !== undefined ? { stairwell: contact.stairwell } : {}) }
}

function withGender(form: Partial<VolunteerForm>, value: string): Partial<VolunteerForm> {
  const { gender: _, ...rest } = form
  return value === 'woman' || value === 'man' ? { ...rest, gender: value } : rest
}

function aliasOf(draft: Draft, value: string): string {
  return value.startsWith(NAMED) ? value.slice(NAMED.length) : say(draft, 'alias.default')
}

/** The values that a typed text gives to a step, in order; `bad-name` for a name that cannot be one; undefined when it is no answer. */
export function typedValues(draft: Draft, signUp: SignUp, text: string): readonly string[] | 'bad-name' | undefined {
  const named = typedTitles(draft, signUp, text)
  if (named !== undefined) return named
  switch (signUp.step) {
    case 'adult':
      return answered(readYesNo(draft, text) ?? readAge(draft, text), 'yes', 'no')
    case 'languages':
      return typedLanguages(draft, text)
    case 'alias':
      return typedAlias(draft, text)
    case 'promise':
      return answered(readYesNo(draft, text), promiseNow(draft).version, 'no')
    case 'summary':
      return answered(readYesNo(draft, text), 'yes', 'change')
    default:
      return undefined
  }
}

/** The title of an option is the option; where several can be chosen, also several with commas between. */
function typedTitles(draft: Draft, signUp: SignUp, text: string): readonly string[] | undefined {
  const spoken = language(draft)
  const valueOf = new Map(optionsOf(draft, signUp).map(({ value, title }) => [normalize(title, spoken), value]))
  const parts = SEVERAL.has(signUp.step) ? text.split(/[,;،\n]/u) : [text]
  const values = parts.map((part) => valueOf.get(normalize(part, spoken)) ?? withWord(valueOf, normalize(part, spoken)))
  return values.every((value) => value !== undefined) ? values : undefined
}

/** Fewer letters are too little to know a title by. */
const WORD_MIN = 3

/** One word of a title is the option when no other title has it: "medicine" of "Fetch medicine". */
function withWord(valueOf: ReadonlyMap<string, string>, word: string): string | undefined {
  if ([...word].length < WORD_MIN || word.includes(' ')) return undefined
  const [found, ...others] = [...valueOf].filter(([title]) => title.split(' ').includes(word))
  return others.length === 0 ? found?.[1] : undefined
}

function answered(answer: boolean | undefined, yes: string, no: string): readonly string[] | undefined {
  return answer === undefined ? undefined : [answer ? yes : no]
}

/** Yes or no in the words of a language. */
export function readYesNo(draft: Draft, text: string): boolean | undefined {
  const order = { expect: { type: 'yes_no' as const }, language: language(draft), now: draft.clock.now }
  const read = readAnswer(text, order, draft.library.recognize)
  return 'value' in read ? read.value === true : undefined
}

/** An age answers whether somebody is of age. */
function readAge(draft: Draft, text: string): boolean | undefined {
  const order = { expect: { type: 'number' as const, min: 1, max: AGE_MAX }, language: language(draft), now: draft.clock.now }
  const read = readAnswer(text, order, draft.library.recognize)
  return 'value' in read ? Number(read.value) >= ADULT_AGE : undefined
}

/** One language, or several with signs or short words between. */
function typedLanguages(draft: Draft, text: string): readonly string[] | undefined {
  const whole = draft.library.languageNamed(text)
  if (whole !== undefined) return [whole]
  const parts = text.split(/[\s,;/+&،]+/u).filter((part) => part !== '')
  const codes = parts.map((part) => ({ part, code: draft.library.languageNamed(part) }))
  const others = codes.filter(({ part, code }) => code === undefined && [...part].length > 3)
  const named = codes.flatMap(({ code }) => (code !== undefined && isOffered(draft, code) ? [code] : []))
  return named.length > 0 && others.length === 0 ? [...new Set(named)] : undefined
}

/** A question that Opgang knows is no name. */
function typedAlias(draft: Draft, text: string): readonly string[] | 'bad-name' | undefined {
  const name = text.trim().replace(/\s+/gu, ' ')
  if (/[?؟]/u.test(name) || [...name].length > ALIAS_TRY_MAX || name.split(' ').length > 3) return undefined
  if (draft.library.matcher.match(name, language(draft)).some(({ direct, score }) => direct && score >= SURE)) return undefined
  const letters = name.match(/\p{L}/gu)?.length ?? 0
  return ALIAS.test(name) && letters >= 2 && [...name].length <= ALIAS_MAX ? [`${NAMED}${name}`] : 'bad-name'
}

/** What is chosen so far, as a line; undefined when nothing is. */
export function chosenSoFar(draft: Draft, signUp: SignUp): string | undefined {
  const titles = optionsOf(draft, signUp).flatMap(({ title, chosen }) => (chosen === true ? [title] : []))
  return titles.length === 0 ? undefined : say(draft, 'sign-up.chosen', { chosen: titles.join(', ') })
}

/** The lines of a form, for its owner. */
export function formLines(draft: Draft, form: Omit<VolunteerForm, 'alias'>): readonly string[] {
  return [
    say(draft, 'card.network', { network: networkName(draft, form.network) }),
    say(draft, 'card.area', { area: areaName(draft, form.area) }),
    say(draft, 'card.languages', { languages: form.languages.map((code) => languageName(draft, code)).join(', ') }),
    say(draft, 'card.tasks', { tasks: form.tasks.map((task) => taskTitle(draft, task)).join(', ') }),
  ]
}

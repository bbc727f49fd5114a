/** What each step of an intake asks, with its buttons, and the summary in the resident's words. */
import { areasFor, mayBarStairwell, missingStep, stairwellsOf, taskOf } from './asking-answers.js'
import { changeHelp, help, seemsMinor } from './asking-session.js'
import { adultTitle, button, languageName, minorInWords, say, taskTitle } from './asking-words.js'
import { type Draft, language, MESSENGER_OPTIONS, phrase, tell } from './draft.js'
import { hash } from './hash.js'
import { isolated } from './language/isolated.js'
import { INTAKE_STEPS, type Intake, WHENS } from './request-types.js'
import { taskRule } from './task-rules.js'
import type { LanguageCode, QuickReply } from './types.js'

/** The two languages that most have in common with somebody. */
const COMMON: readonly LanguageCode[] = ['da', 'en']

/** Asks what the open intake waits for, or page `page` (from 0) of its options. */
export function askIntake(draft: Draft, page = 0): void {
  const known = help(draft).intake
  if (known === undefined) return
  const intake = isUntold(draft, known) ? tellMinor(draft, known) : known
  tell(draft, textOf(draft, intake), intakeReplies(draft, intake, page))
}

/** Whether somebody who seems to be under 18 has yet to read who helps them then. */
export function isUntold(draft: Draft, intake: Intake): boolean {
  return intake.toldMinor !== true && seemsMinor(draft, intake)
}

/** Once for each request, above what is asked. Whoever has answered "under 18" has no button to the contrary. */
function tellMinor(draft: Draft, intake: Intake): Intake {
  const told = { ...intake, toldMinor: true as const }
  changeHelp(draft, { intake: told })
  draft.notices.push(isGuess(draft, intake) ? minorInWords(draft) : say(draft, 'minor'))
  return told
}

/** The way out for a grown-up who was taken for a child. Never the first button: a child may have said so plainly. */
function adultReplies(draft: Draft, intake: Intake): readonly QuickReply[] {
  return isGuess(draft, intake) ? [{ title: adultTitle(draft), action: { do: 'intake', step: 'adult', value: '' } }] : []
}

function isGuess(draft: Draft, intake: Intake): boolean {
  return seemsMinor(draft, intake) && draft.session.child?.is === 'maybe'
}

function textOf(draft: Draft, intake: Intake): string {
  if (intake.naming === true) return say(draft, 'alias.ask')
  if (intake.keys === 'asked') return say(draft, 'keys')
  switch (intake.step) {
    case 'what':
      return whatText(draft, intake)
    case 'when':
      return ofWhom(draft, intake, 'when')
    case 'where':
      return ofWhom(draft, intake, intake.area === undefined ? 'area' : 'stairwell')
    case 'language':
      return languageText(draft, intake)
    case 'wishes':
      return wishesOf(draft, intake) === '' ? say(draft, 'wishes') : say(draft, 'wishes.more', { wishes: wishesOf(draft, intake) })
    case 'summary':
      return summary(draft, intake)
  }
}

/** Of whoever is asked for the words are about them, and a coordinator's. */
function ofWhom(draft: Draft, { behalf }: Intake, id: string): string {
  return behalf === undefined ? say(draft, id) : phrase(draft, `coordinating.behalf.${id}`)
}

/** What is needed, with what the task's rule asks of both. */
function whatText(draft: Draft, { task, behalf }: Intake): string {
  if (behalf !== undefined) return say(draft, 'what.behalf')
  const rule = taskRule(task)
  if (rule?.noNumbers === true) return say(draft, 'what.medicine')
  if (rule?.limitKroner !== undefined) return say(draft, 'what.shopping', { kroner: rule.limitKroner })
  return say(draft, rule?.besideResident === true ? 'what.beside' : 'what')
}

function languageText(draft: Draft, { behalf, otherLanguages = [] }: Intake): string {
  if (behalf !== undefined) return say(draft, 'language.behalf')
  if (otherLanguages.length === 0) return say(draft, 'language')
  return say(draft, 'language.more', { languages: languagesText(draft, [language(draft), ...otherLanguages]) })
}

function languagesText(draft: Draft, codes: readonly LanguageCode[]): string {
  return codes.map((code) => isolated(languageName(draft, code))).join(', ')
}

/** The wishes so far, or an empty text. */
function wishesOf(draft: Draft, { gender, notFromStairwell }: Intake): string {
  const wishes = [...(gender === undefined ? [] : [`wish.${gender}`]), ...(notFromStairwell === true ? ['wish.stairwell'] : [])]
  return wishes.map((wish) => say(draft, wish)).join(', ')
}

/** What the helper calls them, unless they said. */
export function aliasOf(draft: Draft, { alias }: Intake): string {
  return alias ?? say(draft, 'alias.default')
}

/** In which language the one who is helped is spoken to, and which others they said. */
export function spokenOf(draft: Draft, { behalf, otherLanguages = [] }: Intake): readonly [LanguageCode, ...LanguageCode[]] {
  const [first, ...others] = otherLanguages
  return behalf !== undefined && first !== undefined ? [first, ...others] : [language(draft), ...otherLanguages]
}

function summary(draft: Draft, intake: Intake): string {
  const { what, when, area = '', stairwell = '' } = intake
  const wishes = wishesOf(draft, intake)
  const place = isolated(draft.library.areas[area]?.name ?? area)
  const lines = [
    say(draft, 'summary.task', { task: taskTitle(draft, taskOf(intake)) }),
    ...(what === undefined ? [] : [say(draft, 'summary.what', { what: isolated(what) })]),
    ...(when === undefined ? [] : [say(draft, 'summary.when', { when: say(draft, `when.${when}`) })]),
    stairwell === ''
      ? say(draft, 'summary.area', { area: place })
      : say(draft, 'summary.stairwell', { area: place, stairwell: isolated(stairwell) }),
    say(draft, 'summary.languages', { languages: languagesText(draft, spokenOf(draft, intake)) }),
    ...(wishes === '' ? [] : [say(draft, 'summary.wishes', { wishes })]),
    say(draft, 'summary.alias', { alias: isolated(aliasOf(draft, intake)) }),
  ]
  return [say(draft, 'summary'), lines.join('\n'), say(draft, 'summary.shared')].join('\n\n')
}

/** The buttons of what the intake waits for. */
export function intakeReplies(draft: Draft, intake: Intake, page = 0): readonly QuickReply[] {
  if (intake.naming === true) {
    return [{ title: say(draft, 'alias.keep', { alias: aliasOf(draft, intake) }), action: { do: 'intake', step: 'alias', value: 'keep' } }]
  }
  if (intake.keys === 'asked') {
    return [answer(draft, 'keys.no', 'keys', 'no'), answer(draft, 'keys.yes', 'keys', 'yes'), ...ways(draft, intake)]
  }
  switch (intake.step) {
    case 'what':
      return [answer(draft, 'skip', 'what', 'skip'), ...ways(draft, intake)]
    case 'when':
      return [...WHENS.map((when) => answer(draft, `when.${when}`, 'when', when)), ...ways(draft, intake)]
    case 'where':
      return whereReplies(draft, intake, page)
    case 'language':
      return languageReplies(draft, intake)
    case 'wishes':
      return wishReplies(draft, intake)
    case 'summary':
      return summaryReplies(draft, intake)
  }
}

function answer(draft: Draft, title: string, step: string, value: string): QuickReply {
  return button(draft, title, { do: 'intake', step, value })
}

/** The ways out of a step: back to the summary while something is changed, and the end of it all. */
function ways(draft: Draft, intake: Intake): readonly QuickReply[] {
  const back = intake.changing === true && missingStep(intake) === undefined
  return [...(back ? [answer(draft, 'back', 'change', 'back')] : []), ...adultReplies(draft, intake), answer(draft, 'cancel', 'cancel', '')]
}

function whereReplies(draft: Draft, intake: Intake, page: number): readonly QuickReply[] {
  const { area } = intake
  const all = areasFor(draft, intake)
  const named = (title: string, value: string): QuickReply => ({ title, action: { do: 'intake', step: 'where', value } })
  if (area === undefined) {
    const areas = all.map((id) => named(draft.library.areas[id]?.name ?? id, `area:${id}`))
    return paged(draft, areas, ways(draft, intake), { page, step: 'page' })
  }
  const stairwells = stairwellsOf(draft, area).map((name) => named(name, `stairwell:${name}`))
  const elsewhere = all.length > 1 ? [answer(draft, 'area.other', 'where', 'elsewhere')] : []
  const fixed = [answer(draft, 'stairwell.none', 'where', 'none'), ...elsewhere, ...ways(draft, intake)]
  return paged(draft, stairwells, fixed, { page, step: 'page' })
}

function languageReplies(draft: Draft, intake: Intake): readonly QuickReply[] {
  const { otherLanguages = [], behalf } = intake
  const own = language(draft)
  const also = COMMON.filter((code) => code !== own && !otherLanguages.includes(code) && offers(draft, code))
  const title = (id: string, code: LanguageCode) => say(draft, id, { language: languageName(draft, code) })
  const form = behalf === undefined ? 'language.also' : 'language.only'
  return [
    ...(otherLanguages.length > 0 && behalf === undefined ? [answer(draft, 'done', 'language', 'done')] : []),
    { title: title('language.only', own), action: { do: 'intake', step: 'language', value: 'only' } },
    ...also.map((code): QuickReply => ({ title: title(form, code), action: { do: 'intake', step: 'language', value: code } })),
    answer(draft, 'language.other', 'languages', ''),
    ...ways(draft, intake),
  ]
}

function offers(draft: Draft, code: LanguageCode): boolean {
  return draft.library.languages.some((offered) => offered.code === code)
}

/** The list of the other languages, each by its own name. */
export function askOtherLanguage(draft: Draft, intake: Intake, page = 0): void {
  const known = [language(draft), ...(intake.otherLanguages ?? [])]
  const others = draft.library.languages.filter(({ code }) => !known.includes(code))
  const replies = others.map(
    ({ code, name }): QuickReply => ({ title: name, action: { do: 'intake', step: 'language', value: code }, language: code }),
  )
  const back = answer(draft, 'back', 'go-on', '')
  tell(draft, say(draft, 'language.which'), paged(draft, replies, [back], { page, step: 'languages' }))
}

function wishReplies(draft: Draft, intake: Intake): readonly QuickReply[] {
  const { gender, notFromStairwell } = intake
  const some = gender !== undefined || notFromStairwell === true
  return [
    ...(some ? [answer(draft, 'done', 'wishes', 'done')] : []),
    ...(gender === undefined ? [answer(draft, 'wish.woman', 'wishes', 'woman'), answer(draft, 'wish.man', 'wishes', 'man')] : []),
    ...(notFromStairwell !== true && mayBarStairwell(intake) ? [answer(draft, 'wish.stairwell', 'wishes', 'stairwell')] : []),
    answer(draft, 'wishes.none', 'wishes', 'none'),
    ...ways(draft, intake),
  ]
}

function summaryReplies(draft: Draft, intake: Intake): readonly QuickReply[] {
  return [
    answer(draft, 'confirm', 'confirm', signOf(intake)),
    answer(draft, 'change', 'change', ''),
    answer(draft, 'alias', 'alias', ''),
    ...adultReplies(draft, intake),
    answer(draft, 'cancel', 'cancel', ''),
  ]
}

/** A name for what a summary says: a yes counts for what was read, and for nothing that was changed since. */
export function signOf(intake: Intake): string {
  return hash(JSON.stringify(Object.entries(intake).toSorted(([a], [b]) => (a < b ? -1 : 1))))
}

/** Which of the five to change. */
export function askWhatToChange(draft: Draft): void {
  tell(draft, say(draft, 'change.which'), changeReplies(draft))
}

export function changeReplies(draft: Draft): readonly QuickReply[] {
  const steps = INTAKE_STEPS.filter((step) => step !== 'summary')
  return [...steps.map((step) => answer(draft, `change.${step}`, 'change', step)), answer(draft, 'back', 'change', 'back')]
}

/** Options that the channel can show together with the fixed ones; the last page leads back to the first. */
function paged(
  draft: Draft,
  options: readonly QuickReply[],
  fixed: readonly QuickReply[],
  { page, step }: { readonly page: number; readonly step: 'page' | 'languages' },
): readonly QuickReply[] {
  const all = [...options, ...fixed]
  if (draft.scene.conversation.channel !== 'messenger' || all.length <= MESSENGER_OPTIONS) return all
  const size = MESSENGER_OPTIONS - fixed.length - 1
  const pages = Math.ceil(options.length / size)
  const at = page < pages ? page : 0
  const more: QuickReply = { title: phrase(draft, 'page.more'), action: { do: 'intake', step, value: String((at + 1) % pages) } }
  return [...options.slice(at * size, (at + 1) * size), more, ...fixed]
}

/** The button that goes on with a request that is not sent. */
export function goOnReply(draft: Draft): QuickReply {
  return answer(draft, 'go-on', 'go-on', '')
}

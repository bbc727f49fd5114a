/** A request while its resident makes it: begun, answered step by step, changed, confirmed or called off. */
import { type Answered, missingStep, nextStep, tapped, taskOf, typed, withKnown, without } from './asking-answers.js'
import { changeHelp, endQuestion, help, isIntakeAsked, keepIntake, type ResidentAction, seemsMinor, takeKey } from './asking-session.js'
import {
  aliasOf,
  askIntake,
  askOtherLanguage,
  askWhatToChange,
  changeReplies,
  goOnReply,
  intakeReplies,
  isUntold,
  signOf,
  spokenOf,
} from './asking-steps.js'
import { isOfButtons, isQuestion, nearButton, readYesNo, say, typedButton } from './asking-words.js'
import { audienceOf } from './audience.js'
import { addReplies, change, commandReply, type Draft, tell } from './draft.js'
import type { HelpAction } from './help-types.js'
import { INTAKE_STEPS, type Intake, type IntakeStep, type RequestDetails } from './request-types.js'
import type { HandoffOrder, QuickReply } from './types.js'

/** Letters with single spaces, hyphens, dots or apostrophes between; {@link ALIAS} has at least two signs. */
const ALIAS = /^\p{L}\p{M}*(?:[ .'’-]{0,2}\p{L}\p{M}*)+$/u
const ALIAS_MAX = 30
const PAGE = /^\d{1,3}$/

type Tap = Extract<ResidentAction, { do: 'intake' }>

/** Begins a request, or goes on with one for the same task that was left. Whoever chose the answers for teenagers may be under 18. */
export function beginIntake(draft: Draft, { task, network }: HandoffOrder): void {
  if (audienceOf(draft) === 'teenager' && draft.session.child === undefined) change(draft, { child: { is: 'maybe' } })
  const open = help(draft).intake
  const same = open?.task === task && open.behalf === undefined
  if (same) return goOn(draft, open)
  const key = takeKey(draft) ? { keys: 'asked' as const } : {}
  const begun = withKnown(draft, { task, ...(network === undefined ? {} : { network }), step: 'what', ...key })
  goOn(draft, begun)
}

/** Asks again what an open intake waits for. */
function goOn(draft: Draft, intake: Intake): void {
  endQuestion(draft)
  keepIntake(draft, intake)
  askIntake(draft)
}

/** Under what Opgang answered meanwhile: one tap back to a request that is not sent. Nothing under its own questions. */
export function offerToGoOn(draft: Draft): void {
  const { intake, talk } = help(draft)
  const last = draft.effects.findLast((effect) => effect.type === 'message')
  const own = last?.type === 'message' && last.message.quickReplies?.some(({ action }) => action.do === 'intake') === true
  if (intake !== undefined && talk === undefined && !own) addReplies(draft, [goOnReply(draft)])
}

/** A button of an intake; false when there is none that it could mean. */
export function tapIntake(draft: Draft, { step, value }: Tap): boolean {
  const known = help(draft).intake
  if (known === undefined) return false
  const intake = completed(draft, known)
  switch (step) {
    case 'cancel':
      cancelIntake(draft)
      return true
    case 'confirm':
      confirm(draft, intake, value)
      return true
    case 'change':
      tapChange(draft, intake, value)
      return true
    case 'alias':
      goOn(draft, value === 'keep' ? without(intake, 'naming') : intake.step === 'summary' ? { ...intake, naming: true } : intake)
      return true
    case 'keys':
      tapKeys(draft, intake, value)
      return true
    case 'adult':
      sayAdult(draft)
      goOn(draft, intake)
      return true
    case 'page':
    case 'languages':
      tapPage(draft, intake, { step, value })
      return true
    default:
      tapAnswer(draft, intake, { step, value })
      return true
  }
}

/** Whether the helper is to have a key; the first answer goes on, and nothing else is asked meanwhile. */
function tapKeys(draft: Draft, intake: Intake, value: string): void {
  if (intake.keys !== 'asked' || (value !== 'yes' && value !== 'no')) return goOn(draft, intake)
  const answered = { ...intake, keys: value } as const
  if (intake.what === undefined && intake.step === 'what') goOn(draft, answered)
  else take(draft, { intake: answered })
}

/** What was only guessed is put right; who has answered that they are under 18 stays so. */
function sayAdult(draft: Draft): void {
  if (draft.session.child?.is === 'maybe') change(draft, { child: { is: 'adult' } })
}

/** A coordinator's intake begins without the area, also where there is only one. */
function completed(draft: Draft, intake: Intake): Intake {
  return intake.behalf !== undefined && intake.area === undefined ? withKnown(draft, intake) : intake
}

/** The end of a request that nobody was told of. */
export function cancelIntake(draft: Draft, replies: readonly QuickReply[] = []): void {
  changeHelp(draft, { intake: undefined })
  tell(draft, say(draft, 'unsent'), [...replies, commandReply(draft, 'menu')])
}

function tapPage(draft: Draft, intake: Intake, { step, value }: Pick<Tap, 'step' | 'value'>): void {
  const page = PAGE.test(value) ? Number(value) : 0
  endQuestion(draft)
  keepIntake(draft, intake)
  if (step === 'page' || intake.step !== 'language') return askIntake(draft, page)
  askOtherLanguage(draft, intake, page)
}

/** An answer to the step that is asked, or another one to a step before it: whoever taps again has thought again. */
function tapAnswer(draft: Draft, intake: Intake, { step, value }: Pick<Tap, 'step' | 'value'>): void {
  const at = INTAKE_STEPS.indexOf(step as IntakeStep)
  const now = INTAKE_STEPS.indexOf(intake.step)
  const answered = at === -1 || (at > now && intake.changing !== true) ? undefined : tapped(draft, intake, step, value)
  if (answered === undefined) return goOn(draft, intake)
  if (at === now) return take(draft, answered)
  noteArea(draft, answered.intake)
  goOn(draft, answered.intake)
}

/** Takes an answer and asks what comes next. */
function take(draft: Draft, { intake, more }: Answered): void {
  noteArea(draft, intake)
  if (more === true) return goOn(draft, intake)
  goOn(draft, { ...without(intake, 'changing'), step: nextStep(intake) })
}

/** Where somebody lives is not asked twice. */
function noteArea(draft: Draft, { area, behalf }: Intake): void {
  if (area === undefined || behalf !== undefined || draft.scene.contact.area !== undefined || draft.session.area === area) return
  if (help(draft).intake?.area === area) return
  change(draft, { area })
  draft.effects.push({ type: 'contact', change: { area } })
}

function tapChange(draft: Draft, intake: Intake, value: string): void {
  const asked = intake.step === 'summary' || intake.changing === true
  if (!asked || missingStep(intake) !== undefined) return goOn(draft, intake)
  const step = INTAKE_STEPS.find((one) => one === value && one !== 'summary')
  const whole = without(intake, 'changing', 'naming')
  if (step !== undefined) return goOn(draft, { ...whole, step, changing: true })
  if (value === 'back') return goOn(draft, { ...whole, step: 'summary' })
  keepIntake(draft, { ...whole, step: 'summary' })
  askWhatToChange(draft)
}

/** Yes to the summary that was read, once: then the request is on its way and the intake is gone. */
function confirm(draft: Draft, intake: Intake, sign: string): void {
  const missing = missingStep(intake)
  const read = without(intake, 'naming')
  if (missing !== undefined) return goOn(draft, intake.changing === true ? intake : { ...read, step: missing })
  if (intake.step !== 'summary' || sign !== signOf(read) || isUntold(draft, intake)) return goOn(draft, intake)
  send(draft, read)
}

function send(draft: Draft, intake: Intake): void {
  const { network, what, area = draft.scene.area.id } = intake
  const [spoken] = spokenOf(draft, intake)
  changeHelp(draft, { intake: undefined, sentForAnother: intake.behalf === undefined ? undefined : true })
  draft.effects.push({
    type: 'openHandoff',
    task: taskOf(intake),
    ...(network === undefined ? {} : { network }),
    ...(what === undefined ? {} : { note: what }),
    area,
    language: spoken,
    details: detailsOf(draft, intake),
  })
  tell(draft, say(draft, 'sent'))
}

function detailsOf(draft: Draft, intake: Intake): RequestDetails {
  const { when = 'today', stairwell = '', gender, notFromStairwell, behalf } = intake
  const [, ...otherLanguages] = spokenOf(draft, intake)
  return {
    when,
    ...(stairwell === '' ? {} : { stairwell }),
    otherLanguages,
    wishes: { ...(gender === undefined ? {} : { gender }), ...(notFromStairwell === true ? { notFromStairwell } : {}) },
    kept: [],
    minor: seemsMinor(draft, intake),
    alias: aliasOf(draft, intake),
    ...(behalf === undefined ? {} : { behalf }),
  }
}

/** Whether a typed text says what the step asks and nothing else: in which stairwell, or a wish ("not a man"). */
export function saysOnlyAnswer(draft: Draft, text: string): boolean {
  const { intake } = help(draft)
  if (intake === undefined || !isIntakeAsked(draft)) return false
  if (intake.step === 'wishes') return isOfButtons(draft, text, intakeReplies(draft, intake))
  return intake.step === 'where' && intake.area !== undefined && draft.library.readHouse(text).plain
}

/** Typed words for an open intake; false when they are no answer to it, or for a dialog or a talk since: then the intake stays. */
export function typedForIntake(draft: Draft, text: string): boolean {
  const { intake: known, question } = help(draft)
  const isAsked = question?.ask === 'stop' || question?.ask === 'report'
  if (known === undefined || isAsked || !isIntakeAsked(draft)) return false
  const intake = completed(draft, known)
  if (intake.naming === true) return typedAlias(draft, intake, text)
  if (intake.keys === 'asked') return typedKeys(draft, intake, text)
  const pressed = typedButton(draft, text, (from) => [
    ...intakeReplies(from, intake),
    ...(intake.step === 'summary' ? changeReplies(from) : []),
  ])
  if (pressed?.do === 'intake') return tapIntake(draft, pressed)
  // A no is in the title of "no wishes" in some languages: after a wish it means no more of them.
  if (typedYesNo(draft, intake, text)) return true
  const meant = meantAnswer(draft, intake, text)
  if (meant?.do === 'intake') return tapIntake(draft, meant)
  const answered = typed(draft, intake, text)
  if (answered === undefined) return false
  take(draft, answered)
  return true
}

/** "Done" where several can be chosen; a few words that mean one answer, where the answers are buttons. */
function meantAnswer(draft: Draft, intake: Intake, text: string): HelpAction | undefined {
  const answers = intakeReplies(draft, intake).filter(({ action }) => action.do === 'intake' && action.step === intake.step)
  if (draft.library.command(text) === 'done') {
    return answers.map(({ action }) => action).find((action) => action.do === 'intake' && action.value === 'done') as HelpAction | undefined
  }
  if (intake.step !== 'when' && intake.step !== 'wishes') return undefined
  const said = SAID.find(({ step, what }) => step === intake.step && !isQuestion(text) && draft.library.hears.answers(what, text))
  const listed = answers.find(({ action }) => action.do === 'intake' && action.value === said?.value)?.action
  return listed?.do === 'intake' ? listed : nearButton(draft, text, answers)
}

/** Short answers that are a button in other words than its title. */
const SAID = [
  { step: 'when', what: 'soon', value: 'now' },
  { step: 'wishes', what: 'woman', value: 'woman' },
  { step: 'wishes', what: 'man', value: 'man' },
] as const

/** Yes or no in words: to the summary, to wishes, to more languages, where "that is all" is a no. To anything else it is no answer, and that is asked again. */
function typedYesNo(draft: Draft, intake: Intake, text: string): boolean {
  const { step, behalf, otherLanguages = [] } = intake
  const hasMore = step === 'wishes' || (step === 'language' && behalf === undefined)
  const isAll = hasMore && !isQuestion(text) && draft.library.hears.answers('enough', text)
  const yes = isAll ? false : readYesNo(draft, text)
  if (yes === undefined) return false
  if (step === 'summary' && yes) confirm(draft, intake, signOf(intake))
  else if (step === 'summary') askWhatToChange(draft)
  else if (step === 'wishes' && !yes) take(draft, { intake })
  else if (step === 'language' && !yes && behalf === undefined) take(draft, { intake: { ...intake, otherLanguages } })
  else goOn(draft, intake)
  return true
}

/** Yes or no, also with a reason behind it ("no, I am at home"). Other words are no answer, and would take the place of what is needed. */
function typedKeys(draft: Draft, intake: Intake, text: string): boolean {
  if (isQuestion(text) || draft.library.languageNamed(text) !== undefined) return false
  const pressed = typedButton(draft, text, (from) => intakeReplies(from, intake))
  if (pressed?.do === 'intake') return tapIntake(draft, pressed)
  const yes = readYesNo(draft, text) ?? readYesNo(draft, text.trim().split(/[\s,.،]/)[0] ?? '')
  if (yes === undefined) goOn(draft, intake)
  else tapKeys(draft, intake, yes ? 'yes' : 'no')
  return true
}

/** A name of one's own choice: letters only, so that nobody puts a number into it. */
function typedAlias(draft: Draft, intake: Intake, text: string): boolean {
  if (isQuestion(text)) return false
  const pressed = typedButton(draft, text, (from) => intakeReplies(from, intake))
  if (pressed?.do === 'intake') return tapIntake(draft, pressed)
  const alias = readAlias(text)
  if (alias === undefined) {
    tell(draft, say(draft, 'alias.retry'), intakeReplies(draft, intake))
    return true
  }
  goOn(draft, { ...without(intake, 'naming'), alias })
  return true
}

/** A name as it is kept; undefined for what is none. */
export function readAlias(text: string): string | undefined {
  const alias = text.trim().replace(/\s+/g, ' ')
  return [...alias].length > ALIAS_MAX || !ALIAS.test(alias) ? undefined : alias
}

/** The sign-up: one step after the other, each answered by a tap or in words, until the form is sent. */
import { giveToStaff } from './child-guard.js'
import { change, commandReply, type Draft, drop, language, personReply, tell } from './draft.js'
import { normalize } from './language/normalize.js'
import { vettingFor } from './task-rules.js'
import type { QuickReply } from './types.js'
import { SIGN_UP_STEPS, type SignUp, type SignUpStep, type VolunteerForm } from './volunteer-types.js'
import {
  chosenSoFar,
  formLines,
  networkOf,
  optionsOf,
  promiseNow,
  SEVERAL,
  tasksFor,
  typedValues,
  usableNetworks,
  withAnswer,
  withArea,
} from './volunteering-steps.js'
import { changeHelp, chosenTitle, helpOf, hoursInWords, pagedReplies, say } from './volunteering-words.js'

const CANCEL = 'cancel'
const DONE = 'done'
const ALL = 'all'
const PAGE = 'page-'
const CHANGE = 'change-'
const CHANGEABLE: readonly SignUpStep[] = ['network', 'area', 'languages', 'tasks', 'hours', 'gender', 'alias']

/** Begins a sign-up, or goes on with the one that is open. */
export function beginSignUp(draft: Draft): void {
  // From now on typed words answer the sign-up, no dialog.
  drop(draft, 'place', 'lastAnswer')
  const { signUp } = helpOf(draft)
  if (usableNetworks(draft).length === 0) return nobodyYet(draft)
  if (draft.session.child?.is === 'minor' || draft.session.underage === true) return minor(draft)
  ask(draft, signUp ?? { step: 'adult', form: {} })
}

/** A button of the sign-up; one of a step that is answered, or of a sign-up that is over, gets a sentence. */
export function tapSignUp(draft: Draft, step: string, value: string): void {
  const { signUp } = helpOf(draft)
  if (value === 'begin') return beginSignUp(draft)
  if (signUp === undefined) return tell(draft, say(draft, 'sign-up.over'), [beginReply(draft), commandReply(draft, 'menu')])
  drop(draft, 'place', 'lastAnswer')
  if (value === CANCEL) return cancelSignUp(draft)
  if (step !== signUp.step) return ask(draft, signUp, { before: 'sign-up.here' })
  answer(draft, signUp, value)
}

/** True while typed words answer the sign-up: nothing else waits for any. */
export function isSigningUp(draft: Draft): boolean {
  const { signUp, talk, intake, question } = helpOf(draft)
  const { place, missing, child } = draft.session
  const other = place ?? missing ?? child?.asked ?? talk ?? intake ?? question
  return signUp !== undefined && other === undefined
}

/** A typed text while somebody signs up; false when it is no answer. */
export function typedForSignUp(draft: Draft, text: string): boolean {
  const { signUp } = helpOf(draft)
  if (signUp === undefined || !isSigningUp(draft)) return false
  const spoken = language(draft)
  const is = (id: string) => normalize(say(draft, id), spoken) === normalize(text, spoken)
  if (is('button.cancel')) return done(() => cancelSignUp(draft))
  const button = SEVERAL.has(signUp.step) && is('button.ready') ? DONE : signUp.step === 'tasks' && is('button.all') ? ALL : undefined
  const values = button === undefined ? typedValues(draft, signUp, text) : [button]
  if (values === undefined) return false
  if (values === 'bad-name') return done(() => ask(draft, signUp, { before: 'sign-up.alias.bad' }))
  const [last = '', ...others] = values.toReversed()
  const form = others.reduce<Partial<VolunteerForm>>((so, value) => withAnswer(draft, { ...signUp, form: so }, value) ?? so, signUp.form)
  return done(() => answer(draft, { ...signUp, form }, last))
}

function done(run: () => void): true {
  run()
  return true
}

/** "Done" typed at a step where several things can be chosen; false elsewhere. */
export function finishChoosing(draft: Draft): boolean {
  const { signUp } = helpOf(draft)
  if (signUp === undefined || !isSigningUp(draft) || !SEVERAL.has(signUp.step)) return false
  return done(() => answer(draft, signUp, DONE))
}

/** Ends a sign-up that was not sent. */
export function cancelSignUp(draft: Draft): void {
  changeHelp(draft, {}, 'signUp')
  tell(draft, say(draft, 'sign-up.cancelled'), [beginReply(draft), commandReply(draft, 'menu')])
}

/** The button that begins a sign-up. */
export function beginReply(draft: Draft): QuickReply {
  return { title: say(draft, 'button.sign-up'), action: { do: 'sign-up', step: 'adult', value: 'begin' } }
}

function answer(draft: Draft, signUp: SignUp, value: string): void {
  const { step } = signUp
  if (value.startsWith(PAGE)) return ask(draft, signUp, { page: Number(value.slice(PAGE.length)) || 0 })
  if (value === DONE && SEVERAL.has(step)) return doneChoosing(draft, signUp)
  if (value === ALL && step === 'tasks')
    return goOn(draft, { ...signUp, form: { ...signUp.form, tasks: tasksFor(networkOf(draft, signUp.form)) } })
  if (step === 'summary') return atSummary(draft, signUp, value)
  if (step === 'promise' && value === 'no') return ask(draft, signUp, { before: 'sign-up.promise.needed' })
  const form = withAnswer(draft, signUp, value)
  if (form === undefined) return ask(draft, signUp, { before: 'sign-up.again' })
  const next = { ...signUp, form }
  if (step === 'adult') return atAdult(draft, next, value)
  if (step === 'promise') return goOn(draft, { ...next, promise: promiseNow(draft) })
  if (SEVERAL.has(step) && !(step === 'hours' && value === 'any')) return ask(draft, next)
  goOn(draft, next)
}

function atAdult(draft: Draft, signUp: SignUp, value: string): void {
  if (value === 'no') {
    changeHelp(draft, {}, 'signUp')
    change(draft, { child: { is: 'minor' } })
    giveToStaff(draft)
    return minor(draft)
  }
  if (draft.session.child?.is === 'maybe') change(draft, { child: { is: 'adult' } })
  goOn(draft, signUp)
}

function doneChoosing(draft: Draft, signUp: SignUp): void {
  const { languages, tasks, hours } = signUp.form
  const chosen = { languages: languages?.length, tasks: tasks?.length, hours: hours === undefined ? 0 : 1 }
  const count = chosen[signUp.step as 'languages' | 'tasks' | 'hours'] ?? 0
  if (count === 0) return ask(draft, signUp, { before: 'sign-up.at-least-one' })
  goOn(draft, signUp)
}

/** To the next step that has something to ask. */
function goOn(draft: Draft, signUp: SignUp): void {
  const form = withOnlyChoices(draft, signUp.form)
  const missing = missingIn(form)
  if (signUp.promise !== undefined) return ask(draft, { ...signUp, form, step: missing ?? 'summary' })
  const later = SIGN_UP_STEPS.slice(SIGN_UP_STEPS.indexOf(signUp.step) + 1)
  const step = later.find((one) => !hasOneChoice(draft, { ...signUp, form, step: one })) ?? 'summary'
  ask(draft, { ...signUp, form, step })
}

/** What must be there and is not; at the end of the sign-up nothing is. */
function missingIn(form: Partial<VolunteerForm>): SignUpStep | undefined {
  const { network, area, tasks } = form
  if (network === undefined) return 'network'
  if (area === undefined) return 'area'
  return tasks === undefined || tasks.length === 0 ? 'tasks' : undefined
}

/** Where there is one network, area or task, nobody is asked. */
function hasOneChoice(draft: Draft, signUp: SignUp): boolean {
  return ['network', 'area', 'tasks'].includes(signUp.step) && optionsOf(draft, signUp).length === 1
}

function withOnlyChoices(draft: Draft, form: Partial<VolunteerForm>): Partial<VolunteerForm> {
  const [network, ...others] = usableNetworks(draft)
  const chosen = form.network ?? (others.length === 0 ? network?.id : undefined)
  if (chosen === undefined) return form
  const own = networkOf(draft, { network: chosen })
  const [area, ...areas] = own?.areas ?? []
  const tasks = tasksFor(own)
  const placed = form.area === undefined && area !== undefined && areas.length === 0 ? withArea(draft, form, area) : form
  return { ...placed, network: chosen, ...(form.tasks === undefined && tasks.length === 1 ? { tasks } : {}) }
}

/** Asks a step. A network that is gone since is chosen again. */
function ask(draft: Draft, asked: SignUp, { before, page = 0 }: { before?: string; page?: number } = {}): void {
  const gone = asked.form.network !== undefined && networkOf(draft, asked.form) === undefined
  if (gone && usableNetworks(draft).length === 0) return nobodyYet(draft)
  const signUp = gone ? startAgain(draft, asked) : withPreset(draft, asked)
  changeHelp(draft, { signUp })
  const first = gone ? 'sign-up.again' : before
  const lines = [...(first === undefined ? [] : [say(draft, first)]), question(draft, signUp)]
  const chosen = SEVERAL.has(signUp.step) ? chosenSoFar(draft, signUp) : undefined
  tell(draft, [...lines, ...(chosen === undefined ? [] : [chosen])].join('\n\n'), replies(draft, signUp, page))
}

function startAgain(draft: Draft, { form, ...rest }: SignUp): SignUp {
  const { network: _network, area: _area, stairwell: _stairwell, tasks: _tasks, ...kept } = form
  const next = withOnlyChoices(draft, kept)
  return { ...rest, form: next, step: missingIn(next) ?? 'summary' }
}

/** The language they write is chosen already. */
function withPreset(draft: Draft, signUp: SignUp): SignUp {
  if (signUp.step !== 'languages' || signUp.form.languages !== undefined) return signUp
  return { ...signUp, form: { ...signUp.form, languages: [language(draft)] } }
}

function question(draft: Draft, signUp: SignUp): string {
  if (signUp.step === 'promise') return say(draft, 'sign-up.promise', { promise: say(draft, 'promise.text') })
  if (signUp.step !== 'summary') return say(draft, `sign-up.${signUp.step}`)
  const { form } = signUp
  const whole = completed(form)
  if (whole === undefined) return say(draft, 'sign-up.summary')
  const children = whole.tasks.some((task) => vettingFor({ task, minor: false }) === 'children')
  return [
    say(draft, 'card.alias', { alias: whole.alias }),
    ...formLines(draft, whole),
    say(draft, 'card.hours', { hours: hoursInWords(draft, whole.hours) }),
    say(draft, 'card.gender', { gender: say(draft, `gender.${whole.gender ?? 'unsaid'}`) }),
    ...(children ? ['', say(draft, 'sign-up.certificate')] : []),
    '',
    say(draft, 'sign-up.summary'),
  ].join('\n')
}

function replies(draft: Draft, signUp: SignUp, page: number): readonly QuickReply[] {
  const { step } = signUp
  const reply = (value: string, title: string): QuickReply => ({ title, action: { do: 'sign-up', step, value } })
  const options = optionsOf(draft, signUp).map(({ value, title, chosen = false }) =>
    reply(chosen ? `-${value}` : value, chosenTitle(draft, title, chosen)),
  )
  const always = [
    ...(step === 'tasks' ? [reply(ALL, say(draft, 'button.all'))] : []),
    ...(SEVERAL.has(step) ? [reply(DONE, say(draft, 'button.ready'))] : []),
    reply(CANCEL, say(draft, 'button.cancel')),
  ]
  return pagedReplies(draft, { options, always, page }, (next) => ({ do: 'sign-up', step, value: `${PAGE}${next}` }))
}

function atSummary(draft: Draft, signUp: SignUp, value: string): void {
  if (value === 'yes') return send(draft, signUp)
  if (value === 'change') return askWhatToChange(draft, signUp)
  const step = CHANGEABLE.find((one) => value === `${CHANGE}${one}`)
  ask(draft, step === undefined ? signUp : { ...signUp, step })
}

function askWhatToChange(draft: Draft, signUp: SignUp): void {
  const reply = (value: string, title: string): QuickReply => ({ title, action: { do: 'sign-up', step: 'summary', value } })
  const steps = CHANGEABLE.filter((step) => !hasOneChoice(draft, { ...signUp, step }))
  tell(draft, say(draft, 'sign-up.change'), [
    ...steps.map((step) => reply(`${CHANGE}${step}`, say(draft, `sign-up.step.${step}`))),
    reply('back', say(draft, 'sign-up.step.back')),
    reply(CANCEL, say(draft, 'button.cancel')),
  ])
}

function send(draft: Draft, signUp: SignUp): void {
  const form = completed(signUp.form)
  if (form === undefined || signUp.promise === undefined || networkOf(draft, form) === undefined) return ask(draft, signUp)
  changeHelp(draft, {}, 'signUp')
  draft.effects.push({ type: 'volunteer', change: { do: 'apply', form, promise: signUp.promise } })
  tell(draft, say(draft, 'sign-up.sent'), [commandReply(draft, 'menu')])
}

function completed(form: Partial<VolunteerForm>): VolunteerForm | undefined {
  const { network, area, alias, languages, tasks, hours } = form
  const parts = [network, area, alias, languages, tasks, hours]
  return parts.includes(undefined) ? undefined : (form as VolunteerForm)
}

function minor(draft: Draft): void {
  tell(draft, say(draft, 'sign-up.minor', { phone: officePhone(draft) }), [commandReply(draft, 'menu'), personReply(draft)])
}

function nobodyYet(draft: Draft): void {
  changeHelp(draft, {}, 'signUp')
  tell(draft, say(draft, 'sign-up.nobody', { phone: officePhone(draft) }), [personReply(draft), commandReply(draft, 'menu')])
}

function officePhone(draft: Draft): string {
  return draft.scene.area.variables['office_phone'] ?? ''
}

/** One-time links to a request, for people who have no account here: what a link shows, and the one answer that it takes. */
import type { Places } from '../core/places-types.js'
import type { LanguageCode } from '../core/types.js'
import type { Collection } from '../store/collection.js'
import type { HandoffDocument, OneTimeDocument } from '../store/collections.js'
import { type CaseWords, caseLetter, type Mail, type MailOutcome } from './mail.js'
import type { Ids, Keys, Time } from './ports.js'

const DAY_MS = 86_400_000
/** Long enough for a weekend and a holiday beside it (ours). */
const LINK_DAYS = 7
/** A keyed hash, base64url: 256 bits. */
const TOKEN = /^[\w-]{43}$/
/** Whoever began to carry out an answer is taken for dead after this time (ours; a call of the store gives up long before). */
const CARRY_OUT_MS = 30_000

/** How an answer was taken up: `gone`, there is no such request any more; `over`, this network is not asked for it any more. */
export type CaseOutcome = 'done' | 'gone' | 'over'

/** What a network without an account answers. `id` is the link's own: the same answer, given again after a crash, has the same. */
export interface CaseAnswer {
  readonly id: string
  readonly handoff: string
  readonly network: string
  readonly yes: boolean
}

export interface CaseLinkDeps {
  readonly handoffs: Pick<Collection<HandoffDocument>, 'get'>
  readonly oneTimes: Pick<Collection<OneTimeDocument>, 'insert' | 'get' | 'replace'>
  readonly keys: Keys
  readonly ids: Ids
  readonly time: Pick<Time, 'now'>
  /** Absent where no mail server is set up. */
  readonly mail?: Mail
  readonly places: () => Places
  /** Name of an area. */
  readonly areaName: (area: string) => string
  /** What a task is called. */
  readonly taskName: (language: LanguageCode, task: string) => string
  /** Address that people reach, without a slash at its end. */
  readonly publicUrl: string
  /** Carries out an answer; giving the same twice changes nothing more. Throws when it cannot be done now. */
  readonly answer: (answer: CaseAnswer) => Promise<CaseOutcome>
}

/** What whoever has a link sees. `answered`: just now. `used`: before. `busy`: an answer is being carried out. */
export type CaseSeen =
  | ({ readonly is: 'open' } & CaseWords)
  | { readonly is: 'answered' | 'used'; readonly yes: boolean }
  | { readonly is: 'busy' | 'late' | 'unknown' | 'gone' | 'over' }

/**
 * Mails a link to the network; the link's word is in the letter alone. `id` names the order, the same when it is tried again: the
 * link is the same too, because a letter that failed may have arrived. `no-mail`: no mail server is set up,
 * or the network has no address. `over`: the request is not passed on to this network now, which takes the resident's consent.
 */
export async function sendCase(
  deps: CaseLinkDeps,
  { id, handoff, network }: { readonly id: string; readonly handoff: string; readonly network: string },
): Promise<MailOutcome | 'no-mail' | 'over'> {
  const to = deps.places().networks[network]?.external?.mail
  if (deps.mail === undefined || to === undefined) return 'no-mail'
  const request = await deps.handoffs.get(handoff)
  if (request === undefined || !isAsked(request, network)) return 'over'
  // From the order's id: a letter that goes out twice has one link.
  const token = deps.keys.mac('one-time', `link:${id}`)
  const until = deps.time.now() + LINK_DAYS * DAY_MS
  await deps.oneTimes.insert({ _id: hashOf(deps, token), version: 1, opens: { what: 'case', handoff, network }, until, used: false })
  const letter = caseLetter(wordsOf(deps, request), `${deps.publicUrl}/case/${token}`, LINK_DAYS)
  return deps.mail.send({ to, ...letter, id: `case:${id}` })
}

/** What the link shows. Changes nothing, however often programs that check mail open it. */
export async function seeCase(deps: CaseLinkDeps, token: string): Promise<CaseSeen> {
  const link = await linkOf(deps, token)
  if ('is' in link) return link
  const request = await deps.handoffs.get(link.case.handoff)
  if (request === undefined) return { is: 'gone' }
  return isAsked(request, link.case.network) ? { is: 'open', ...wordsOf(deps, request) } : { is: 'over' }
}

/**
 * Answers by the link: once, whoever else tries at the same moment. The first answer counts, also where carrying it out was broken off and
 * another is given afterwards. Throws when it cannot be carried out now; then it can be given again.
 */
export async function answerCase(deps: CaseLinkDeps, token: string, yes: boolean): Promise<CaseSeen> {
  const link = await linkOf(deps, token)
  if ('is' in link) return link
  const { oneTime } = link
  const answered = { yes: oneTime.answered?.yes ?? yes, at: deps.time.now() }
  const begun: OneTimeDocument = { ...oneTime, used: true, answered }
  // Somebody was faster: what they make of it is read, not made again.
  if ((await deps.oneTimes.replace(begun)) === 'conflict') return seeCase(deps, token)
  const mine = { ...begun, version: begun.version + 1 }
  const outcome = await carryOut(deps, mine, { id: oneTime._id, ...link.case, yes: answered.yes })
  await deps.oneTimes.replace({ ...mine, answered: { ...answered, outcome } })
  return outcome === 'done' ? { is: 'answered', yes: answered.yes } : { is: outcome }
}

async function carryOut(deps: CaseLinkDeps, begun: OneTimeDocument, answer: CaseAnswer): Promise<CaseOutcome> {
  try {
    return await deps.answer(answer)
  } catch (error) {
    // It can be tried again at once. Where not even that can be written, it can be when whoever began is taken for dead.
    await deps.oneTimes.replace({ ...begun, answered: { yes: answer.yes, at: 0 } }).catch(() => undefined)
    throw error
  }
}

/** A link that can be answered, or what else it is. */
async function linkOf(
  deps: CaseLinkDeps,
  token: string,
): Promise<CaseSeen | { readonly oneTime: OneTimeDocument; readonly case: { readonly handoff: string; readonly network: string } }> {
  const oneTime = TOKEN.test(token) ? await deps.oneTimes.get(hashOf(deps, token)) : undefined
  if (oneTime === undefined || oneTime.opens.what !== 'case') return { is: 'unknown' }
  const { answered, until, opens } = oneTime
  const now = deps.time.now()
  if (answered?.outcome !== undefined) return answered.outcome === 'done' ? { is: 'used', yes: answered.yes } : { is: answered.outcome }
  if (answered !== undefined && now < answered.at + CARRY_OUT_MS) return { is: 'busy' }
  // Used without an answer: it was made void.
  if (oneTime.used && answered === undefined) return { is: 'over' }
  if (until <= now) return { is: 'late' }
  return { oneTime, case: { handoff: opens.handoff, network: opens.network } }
}

/** It is with this network now: not taken back, not passed on to another, not over. */
function isAsked({ state, handoff }: HandoffDocument, network: string): boolean {
  return state === 'open' && handoff?.state === 'passed-on' && handoff.passedTo === network
}

function hashOf({ keys }: CaseLinkDeps, token: string): string {
  return keys.mac('one-time', `case:${token}`)
}

function wordsOf({ areaName, taskName }: CaseLinkDeps, { receipt, area, task }: HandoffDocument): CaseWords {
  return { receipt, area: areaName(area), task: { da: taskName('da', task), en: taskName('en', task) } }
}

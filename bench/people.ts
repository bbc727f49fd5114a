/** The people of the benchmark, and what they send: whole HTTP requests, signed before anything is measured. */
import { createHmac, randomBytes } from 'node:crypto'
import type { Walk } from './walk.js'

export const PEOPLE = 1000
/** Meta takes 300 messages a second and page, and the product keeps to that: more pages, so that the limit is not what is measured. */
const PAGES = 20
export const PAGE_IDS = Array.from({ length: PAGES }, (_, at) => `1${String(at).padStart(14, '0')}`)
export const APP_SECRET = 'app-secret-of-the-benchmark'
/** Characters of a message id of Meta's, about. */
const MID_BYTES = 66

export interface Person {
  readonly page: string
  /** Page-scoped id. */
  readonly id: string
  readonly walk: Walk
  /** Steps taken so far. */
  steps: number
}

/** One message and what a right answer to it says. */
export interface Said {
  readonly person: Person
  readonly request: Buffer
  readonly typed: string
  readonly answer: string
}

/** @param walks each is walked by an equal share of the people. */
export function makePeople(walks: readonly Walk[], count = PEOPLE): Person[] {
  return Array.from({ length: count }, (_, at) => {
    const walk = walks[at % walks.length]
    const page = PAGE_IDS[Math.floor(at / walks.length) % PAGES]
    if (walk === undefined || page === undefined) throw new RangeError('There are no walks to walk')
    return { page, id: `7${String(at).padStart(15, '0')}`, walk, steps: 0 }
  })
}

export function chooseLanguage(person: Person): Said {
  const typed = person.walk.language
  return { person, typed, answer: '', request: requestOf(person, typed) }
}

/** The next step of a person; the person has then taken it. */
export function nextStep(person: Person): Said {
  const { steps } = person.walk
  const step = steps[person.steps % steps.length]
  if (step === undefined) throw new RangeError('The walk has no steps')
  person.steps += 1
  return { person, ...step, request: requestOf(person, step.typed) }
}

let stamp = Date.now() - 3_600_000

/** Meta's webhook for one text message. Times grow by a millisecond a message and lie an hour back: none is late, none ahead. */
function requestOf({ page, id }: Person, text: string): Buffer {
  stamp += 1
  const messaging = [
    {
      sender: { id },
      recipient: { id: page },
      timestamp: stamp,
      message: { mid: `m_${randomBytes(MID_BYTES).toString('base64url')}`, text },
    },
  ]
  const body = Buffer.from(JSON.stringify({ object: 'page', entry: [{ time: stamp, id: page, messaging }] }))
  const signature = createHmac('sha256', APP_SECRET).update(body).digest('hex')
  const head = [
    'POST /webhooks/messenger HTTP/1.1',
    'Host: 127.0.0.1',
    'Accept: */*',
    'User-Agent: facebookexternalua',
    'Content-Type: application/json',
    `X-Hub-Signature-256: sha256=${signature}`,
    `Content-Length: ${body.length}`,
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body])
}

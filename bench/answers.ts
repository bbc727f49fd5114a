/** Whether people get right answers when they, or Meta, are quick: three messages in 10 ms, and one message delivered twice. */
import { atTimes, type Timed } from './drive.js'
import type { Participant } from './participant.js'
import { nextStep, type Person, type Said } from './people.js'

/** Three messages of one person, milliseconds from the first. */
const BURST_MS = [0, 5, 10] as const
/** From one person to the next: 600 messages a second. */
const PERSON_MS = 5
/** From here on in the walk, three steps in a row and their answers are all different. */
const DIFFERENT_FROM = 1
/** The second delivery comes while the first is worked on, or when it was acknowledged long ago. */
const AGAIN_MS = [1, 300] as const

/** Share of the people, in percent, who got the three answers to their three messages in order. */
export async function measureOrder(participant: Participant, count: number): Promise<number> {
  const people = participant.people.slice(0, count)
  for (let waiting = notThere(people); waiting.length > 0; waiting = notThere(people)) await participant.keepBusy(waiting.map(nextStep))
  const timed = people.flatMap((person, at) => BURST_MS.map((ms) => ({ said: nextStep(person), due: at * PERSON_MS + ms })))
  return shareRight(
    participant,
    timed,
    timed.map(({ said }) => said),
  )
}

/** Share of the people, in percent, whose message was delivered twice and answered once. */
export async function measureTwice(participant: Participant, count: number): Promise<number> {
  const messages = participant.people.slice(0, count).map(nextStep)
  const timed = messages.flatMap((said, at) => [
    { said, due: at * PERSON_MS },
    { said, due: at * PERSON_MS + (AGAIN_MS[at % AGAIN_MS.length] ?? 0) },
  ])
  return shareRight(participant, timed, messages)
}

async function shareRight(participant: Participant, timed: readonly Timed[], wanted: readonly Said[]): Promise<number> {
  const { lines, graph } = participant
  const inOrder = timed.toSorted((a, b) => a.due - b.due)
  await atTimes({ lines, graph, answers: wanted.length }, inOrder)
  const { people, wrong } = participant.answeredRight(wanted, await participant.rest())
  return (100 * (people - wrong)) / people
}

function notThere(people: readonly Person[]): Person[] {
  return people.filter(({ steps, walk }) => steps % walk.steps.length !== DIFFERENT_FROM)
}

/** CPU per message: contenders kept busy in turn, round by round. */
import { orderOfRound } from './arithmetic.js'
import type { Participant } from './participant.js'

/** Microseconds per message by contender, a value a round. */
export type CpuRounds = ReadonlyMap<Participant, readonly number[]>

export interface CpuOrder {
  readonly rounds: number
  /** Of each contender in each round. */
  readonly messages: number
  /** Called after each contender's part of a round. */
  readonly after?: (participant: Participant) => void
}

/** The first round only warms up: programs are compiled while they run. */
export async function measureCpu(participants: readonly Participant[], { rounds, messages, after }: CpuOrder): Promise<CpuRounds> {
  const found = new Map(participants.map((participant) => [participant, [] as number[]]))
  for (let round = -1; round < rounds; round++) {
    for (const participant of orderOfRound(participants, round + 1)) {
      const cost = await costOf(participant, messages)
      if (round >= 0) found.get(participant)?.push(cost)
      after?.(participant)
    }
  }
  return found
}

/** All that a message costs, also what is written after its answer went out. */
async function costOf(participant: Participant, messages: number): Promise<number> {
  const { contender } = participant
  const before = contender.cpuMs()
  await participant.keepBusy(participant.steps(messages))
  return ((contender.cpuMs() - before) * 1000) / messages
}

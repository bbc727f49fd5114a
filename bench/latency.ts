/** From sending a webhook to the Graph request's arrival, while messages come by chance; beside the time of an fsync on the same disk. */
import { closeSync, fsyncSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { arrivals, median, orderOfRound, percentile, sequence } from './arithmetic.js'
import { atTimes } from './drive.js'
import { byUser, type Participant } from './participant.js'

const PER_SECOND = 150
const FSYNCS = 60
const PAGE = Buffer.alloc(4096, 1)

export interface LatencyRound {
  /** Milliseconds, median, by contender. */
  readonly p50: ReadonlyMap<Participant, number>
  readonly fsyncMs: number
}

export interface LatencyOrder {
  readonly rounds: number
  readonly messages: number
  /** A folder on the disk of the stores. */
  readonly dir: string
}

export async function measureLatency(participants: readonly Participant[], order: LatencyOrder): Promise<LatencyRound[]> {
  const found: LatencyRound[] = []
  for (let round = 0; round < order.rounds; round++) {
    const p50 = new Map<Participant, number>()
    const fsyncs: number[] = []
    for (const participant of orderOfRound(participants, round)) {
      fsyncs.push(...fsyncTimes(order.dir))
      p50.set(participant, percentile(await latencies(participant, order.messages, round), 50))
    }
    found.push({ p50, fsyncMs: median([...fsyncs, ...fsyncTimes(order.dir)]) })
  }
  return found
}

/** What `mine` takes longer than `theirs`, in fsyncs, a value a round. */
export function addedFsyncs(rounds: readonly LatencyRound[], mine: Participant, theirs: Participant): number[] {
  return rounds.map(({ p50, fsyncMs }) => ((p50.get(mine) ?? Number.NaN) - (p50.get(theirs) ?? Number.NaN)) / fsyncMs)
}

async function latencies(participant: Participant, count: number, round: number): Promise<number[]> {
  const { lines, graph } = participant
  const times = arrivals(count, PER_SECOND, sequence(round + 1))
  const timed = participant.steps(count).map((said, at) => ({ said, due: times[at] ?? 0 }))
  const sent = await atTimes({ lines, graph, answers: count }, timed)
  const replies = await participant.rest()
  const { wrong } = participant.answeredRight(
    timed.map(({ said }) => said),
    replies,
  )
  if (wrong > 0) throw new Error(`${participant.contender.name}: ${wrong} people got wrong answers at ${PER_SECOND} messages a second`)
  const came = byUser(replies.map(({ user, at }) => [user, at]))
  // A person's answers come in the order of their messages: that was just checked.
  return sent.map(({ said, at }) => (came.get(said.person.id)?.shift() ?? Number.NaN) - at)
}

/** Milliseconds of a write of 4 KB and its fsync, at the end of a growing file. */
function fsyncTimes(dir: string): number[] {
  const path = join(dir, 'fsync-probe')
  const file = openSync(path, 'w')
  try {
    return Array.from({ length: FSYNCS }, (_, at) => {
      const start = performance.now()
      writeSync(file, PAGE, 0, PAGE.length, at * PAGE.length)
      fsyncSync(file)
      return performance.now() - start
    })
  } finally {
    closeSync(file)
    unlinkSync(path)
  }
}

/** A contender that takes part: its connections and its people, walked through once and found right. */
import { rightAndInOrder } from './arithmetic.js'
import { Contender, type StartOrder } from './contender.js'
import { saturate } from './drive.js'
import type { Graph, Reply } from './graph.js'
import { Lines } from './lines.js'
import { chooseLanguage, nextStep, type Person, type Said } from './people.js'

const LINES = 64
/** Messages under way at once when a contender is to be kept busy. */
export const IN_FLIGHT = 64
const CHECKED_TURNS = 5

export class Participant {
  /** Whether it says what it heard instead of walking the dialog. */
  echoes = false
  #lines: Lines | undefined
  /** Resident memory before the first message, bytes. */
  rssAtStart = 0

  private constructor(
    readonly contender: Contender,
    readonly graph: Graph,
    readonly people: readonly Person[],
  ) {}

  static async open(order: StartOrder, graph: Graph, people: readonly Person[]): Promise<Participant> {
    const contender = await Contender.start(order)
    // A product makes itself ready for seconds after it listens.
    await contender.atRest()
    return new Participant(contender, graph, people)
  }

  /**
   * Lets everybody choose a language, and walks one person of each through five turns. Throws when an answer is wrong or does not come.
   * @param known these people have written before: they have chosen.
   */
  async walkThrough(known = false): Promise<void> {
    const { contender, graph, people } = this
    await this.rest()
    this.rssAtStart = contender.rss()
    // Not before: a server ends connections that ask for nothing.
    this.#lines = await Lines.open(contender.port, LINES)
    const { lines } = this
    if (!known) await saturate({ lines, graph, answers: people.length }, people.map(chooseLanguage), IN_FLIGHT)
    await this.rest()
    this.echoes = await this.#saysWhatItHears(people[0] as Person)
    for (const person of people.slice(0, 2)) {
      for (let turn = 0; turn < CHECKED_TURNS; turn++) await this.keepBusy([nextStep(person)])
    }
  }

  get lines(): Lines {
    if (this.#lines === undefined) throw new Error(`${this.contender.name} was not walked through: it has no connections yet`)
    return this.#lines
  }

  /** What a right answer says. */
  expected({ typed, answer }: Said): string {
    return this.echoes ? typed : answer
  }

  /** Everybody in turn takes a step, until there are `count`. */
  steps(count: number): Said[] {
    return Array.from({ length: count }, (_, at) => nextStep(this.people[at % this.people.length] as Person))
  }

  /** Keeps it busy with these messages. Throws unless each is acknowledged and answered right. */
  async keepBusy(messages: readonly Said[]): Promise<void> {
    const order = { lines: this.lines, graph: this.graph, answers: messages.length }
    const sent = await saturate(order, messages, IN_FLIGHT)
    const replies = await this.rest()
    const refused = sent.filter(({ status }) => status !== 200).length
    const right = this.answeredRight(messages, replies)
    if (refused > 0 || right.wrong > 0) {
      const { name } = this.contender
      throw new Error(
        `${name}: of ${messages.length} messages ${refused} were refused; ${right.wrong} of ${right.people} people got wrong answers`,
      )
    }
  }

  /** Waits until nothing is done any more; the answers that came since the last message was sent. */
  async rest(): Promise<Reply[]> {
    await this.contender.atRest()
    return this.graph.take()
  }

  /** People who wrote, and those who did not get exactly the answers to what they wrote, in order. */
  answeredRight(messages: readonly Said[], replies: readonly Reply[]): { people: number; wrong: number } {
    const wanted = byUser(messages.map((said) => [said.person.id, this.expected(said)]))
    const got = byUser(replies.map(({ user, text }) => [user, text]))
    const wrong = [...wanted].filter(([user, texts]) => !rightAndInOrder(texts, got.get(user) ?? [])).length
    const strangers = [...got.keys()].filter((user) => !wanted.has(user)).length
    return { people: wanted.size, wrong: wrong + strangers }
  }

  async leave(): Promise<void> {
    this.#lines?.close()
    await this.contender.stop()
  }

  /** The first step tells what a contender is. */
  async #saysWhatItHears(person: Person): Promise<boolean> {
    const said = nextStep(person)
    const [sent] = await saturate({ lines: this.lines, graph: this.graph, answers: 1 }, [said], 1)
    const text = (await this.rest())[0]?.text
    if (sent?.status === 200 && (text === said.answer || text === said.typed)) return text === said.typed
    const { name } = this.contender
    throw new Error(`${name} was told "${said.typed}", gave status ${sent?.status} and said "${text}" instead of "${said.answer}"`)
  }
}

/** What belongs to each user, in order. */
export function byUser<T>(entries: readonly (readonly [user: string, value: T])[]): Map<string, T[]> {
  const lists = new Map<string, T[]>()
  for (const [user, value] of entries) {
    const list = lists.get(user)
    if (list === undefined) lists.set(user, [value])
    else list.push(value)
  }
  return lists
}

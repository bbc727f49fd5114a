/** People at work with one another through the running product: residents, volunteers and coordinators, on Messenger (at the Graph stub) or in a window. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cutTitle } from '../../src/bot/messenger/split.js'
import { connectClient } from '../directline-client.js'
import { type GraphStub, startGraphStub } from '../graph-stub.js'
import { ROOT, starterLibrary } from '../library.js'
import { deliver, messengerSettings, newPeople, requestsFor } from './pair.js'
import { type Environment, eventually, type Product, runCommand, startProduct } from './product.js'

/** Long, for a busy computer. */
const READ_MS = 40_000
/** Characters of a button on Messenger. */
const TITLE_MAX = 20
/** Hours of the demo's volunteers: what is seen here does not depend on the time of the day. */
const HOURS_OF_VOLUNTEERS = /^ {4}hours: .*\n/gm

export const library = await starterLibrary()

/** A place to live: the product with its store, its people, and Graph. */
export interface Place {
  product: Product
  readonly graph: GraphStub
  readonly environment: Environment
  /** `npm run help-desk -- …`, which must succeed; what it printed. */
  desk(...args: string[]): Promise<string>
  /** Dead at once, as when the power goes, and started again. */
  crash(meanwhile?: () => Promise<void>): Promise<void>
  close(): Promise<void>
}

interface PlaceOrder {
  /** Settings of a store of its own. */
  readonly store: Readonly<Record<string, string>>
  readonly settings?: Readonly<Record<string, string>>
  /** Changes the demo's people before they move in. */
  readonly people?: (file: string) => string
}

/** Starts the product; the demo's people live there, the volunteers with nothing but time. */
export async function openPlace({ store, settings = {}, people = (file) => file }: PlaceOrder): Promise<Place> {
  const dir = mkdtempSync(join(tmpdir(), 'opgang-place-'))
  const data = join(dir, 'data')
  const graph = await startGraphStub()
  const environment = { ...store, ...messengerSettings(graph), ...settings, DATA_DIR: data }
  const file = join(dir, 'people.yaml')
  writeFileSync(file, people(readFileSync(join(ROOT, 'demo/people.yaml'), 'utf8').replace(HOURS_OF_VOLUNTEERS, '')))
  await command('cli/people', ['import', file], environment)
  const place: Place = {
    product: await startProduct(data, environment),
    graph,
    environment,
    desk: (...args) => command('cli/help-desk', args, environment),
    async crash(meanwhile) {
      await place.product.kill()
      await meanwhile?.()
      place.product = await startProduct(data, environment)
    },
    async close() {
      await place.product.stop()
      await graph.close()
      rmSync(dir, { recursive: true })
    },
  }
  return place
}

async function command(name: string, args: readonly string[], environment: Environment): Promise<string> {
  const { code, stdout, stderr } = await runCommand(name, args, environment)
  if (code !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`)
  return stdout
}

interface Button {
  readonly title: string
  readonly payload: string
}
/** One message as it stands before a person's eyes. */
export interface Shown {
  readonly text: string
  readonly buttons: readonly Button[]
}

/** Between a person and the product. */
interface Line {
  /** Typed words, or a button's title with what it carries. */
  send(text: string, payload?: string): Promise<void>
  shown(): readonly Shown[]
  titleOf(title: string): string
}

export interface Person {
  /** As the channel knows them; nobody else may ever read it. */
  readonly id: string
  readonly language: string
  /** A system text as this person reads it. */
  t(key: string, values?: Readonly<Record<string, string | number>>): string
  says(...texts: string[]): Promise<void>
  /** Taps the newest button of this title, once it is there, among those that were shown since they last did something; `old`: ever. */
  taps(title: string, when?: 'old'): Promise<void>
  /** Resolves with the first message that holds this, of those since they last did something. Signs of direction do not count. */
  reads(words: string | RegExp): Promise<string>
  /** All that they ever read. */
  all(): readonly Shown[]
  /** What they read since they last did something. */
  since(): readonly Shown[]
}

/** Whoever can tap, write and read, by whatever way. */
export type Writer = Pick<Person, 'language' | 't' | 'says' | 'taps' | 'reads'>

/** Names and other people's words stand in marks that keep their direction (Unicode UAX 9). */
export function plain(text: string): string {
  return text.replace(/[\u2066-\u2069]/g, '')
}

function personOn(line: Line, id: string, language: string): Person {
  let mark = 0
  const since = () => line.shown().slice(mark)
  const does = async (text: string, payload?: string) => {
    mark = line.shown().length
    await line.send(text, payload)
  }
  return {
    id,
    language,
    t: (key, values) => plain(library.say(language, key, values)),
    async says(...texts) {
      for (const text of texts) await does(text)
    },
    async taps(title, when) {
      const wanted = plain(line.titleOf(title))
      const buttons = () => (when === 'old' ? line.shown() : since()).flatMap((one) => one.buttons)
      const button = () => buttons().findLast((one) => plain(one.title) === wanted)
      await seen(() => button() !== undefined, `the button ${wanted}`, since)
      await does(button()?.title ?? '', button()?.payload)
    },
    async reads(words) {
      const holds = ({ text }: Shown) => (typeof words === 'string' ? plain(text).includes(words) : words.test(plain(text)))
      await seen(() => since().some(holds), String(words), since)
      return plain(since().find(holds)?.text ?? '')
    },
    all: () => line.shown(),
    since,
  }
}

/** Whoever waits in vain is told what was there instead. */
async function seen(holds: () => boolean, what: string, since: () => readonly Shown[]): Promise<void> {
  await eventually(holds, READ_MS).catch(() => {
    const there = since().map(({ text, buttons }) => `${text}\n[${buttons.map(({ title }) => title).join('] [')}]`)
    throw new Error(`Nobody showed ${what}; instead:\n${there.join('\n---\n')}`)
  })
}

let stamp = 0

/** Somebody on Messenger whom nobody has heard of; their first words are the name of their language. */
export async function arrive(place: Place, language: string): Promise<Person> {
  const [id = ''] = newPeople(1)
  const line: Line = {
    send: (text, payload) => deliver(place.product, writtenNow(place, id, { text, ...quickReply(payload) })),
    shown: () => requestsFor(place.graph, id).map(shownOf),
    titleOf: (title) => cutTitle(title, TITLE_MAX, language),
  }
  const person = personOn(line, id, language)
  await person.says(library.languages.find(({ code }) => code === language)?.name ?? language)
  return person
}

/** A picture, as Meta brings it. */
export function sendsPicture(place: Place, { id }: Person): Promise<void> {
  const attachments = [{ type: 'image', payload: { url: 'https://example.invalid/picture.jpg' } }]
  return deliver(place.product, writtenNow(place, id, { attachments }))
}

function writtenNow({ environment }: Place, user: string, message: object): string {
  const [page = ''] = environment['MESSENGER_PAGES']?.split('=') ?? []
  const [timestamp, mid] = [Date.now(), `m_at_work_${++stamp}`]
  const messaging = [{ sender: { id: user }, recipient: { id: page }, timestamp, message: { mid, ...message } }]
  return JSON.stringify({ object: 'page', entry: [{ id: page, time: timestamp, messaging }] })
}

function quickReply(payload: string | undefined): object {
  return payload === undefined ? {} : { quick_reply: { payload } }
}

function shownOf({ body }: GraphStub['requests'][number]): Shown {
  const { text = '', quick_replies: replies = [] } = body['message'] as { text?: string; quick_replies?: Button[] }
  return { text, buttons: replies }
}

/** A browser window on this machine. */
export interface Window extends Person {
  /** What the window's cookie holds. */
  readonly cookie: string
  close(): void
}

/** Opens the page in a browser of its own, or again in one whose `cookie` it is; with no cookie the language is chosen first. */
export async function openWindow({ product }: Place, language: string, cookie?: string): Promise<Window> {
  const headers = { 'content-type': 'application/json', ...(cookie === undefined ? {} : { cookie }) }
  const response = await fetch(`${product.url}/directline/session`, { method: 'POST', headers, body: JSON.stringify({ language }) })
  const granted = (await response.json()) as { conversationId: string; token: string; streamUrl: string }
  const client = connectClient({ domain: `${product.url}/directline`, webSocket: true, ...granted })
  const line: Line = {
    send: (text, payload) =>
      client.post({ type: 'message', text, ...(payload === undefined ? {} : { value: payload }) }).then(() => undefined),
    shown: () => client.received.flatMap(shownInWindow),
    titleOf: (title) => title,
  }
  const kept = /^opgang_device=[^;]+/.exec(response.headers.get('set-cookie') ?? '')?.[0] ?? ''
  return { ...personOn(line, granted.conversationId, language), cookie: kept, close: () => client.end() }
}

function shownInWindow(activity: { type: string; text?: string; from?: { id: string }; suggestedActions?: unknown }): Shown[] {
  if (activity.type !== 'message' || activity.from?.id === 'resident') return []
  const { actions = [] } = (activity.suggestedActions ?? {}) as { actions?: { title: string; value: string }[] }
  return [{ text: activity.text ?? '', buttons: actions.map(({ title, value }) => ({ title, payload: value })) }]
}

/** A title of a dialog's button. */
function titleOf(person: Writer, path: string, reply: string): string {
  const [dialog = '', node = ''] = path.split('/')
  return library.texts(dialog, node, person.language).titles[reply] ?? ''
}

/** The one-time word of a volunteer of the file, typed by whoever is that volunteer from then on, and on duty. */
export async function becomesVolunteer(place: Place, person: Person, id: string): Promise<void> {
  await person.says(wordIn(await place.desk('volunteer', id)))
  await person.taps(person.t('volunteering.button.duty-on'))
  await person.reads(beginning(person.t('volunteering.duty.on', { until: '|' })))
}

/** A volunteer of the file who came to the chat and is on duty. */
export async function onDuty(place: Place, id: string, language: string): Promise<Person> {
  const person = await arrive(place, language)
  await becomesVolunteer(place, person, id)
  return person
}

export async function becomesCoordinator(place: Place, person: Person, area = 'demo', onCall = 'sanne'): Promise<void> {
  await person.says(wordIn(await place.desk('coordinator', area, onCall)))
  await person.reads(beginning(person.t('coordinating.word.coordinator', { area: '|' })))
}

function wordIn(printed: string): string {
  return /\bOPG-\w{4}-\w{4}\b/.exec(printed)?.[0] ?? ''
}

/** What stands before the value that a text was filled with as `|`. */
export function beginning(text: string): string {
  return text.split('|')[0] ?? ''
}

export interface Wanted {
  readonly what: string
  readonly stairwell: string
  /** Codes that are spoken beside their own: da or en. */
  readonly also?: readonly string[]
  /** Wishes, by the id of their button. */
  readonly wishes?: readonly string[]
}

/** Taps to the task in the menu, answers the five questions and reads the summary, which waits for a yes. */
export async function asksForMedicine(person: Writer, { what, stairwell, also = [], wishes = [] }: Wanted): Promise<string> {
  await person.taps(titleOf(person, 'welcome/start', 'neighbours'))
  await person.taps(titleOf(person, 'neighbours/start', 'help-medicine'))
  await person.taps(titleOf(person, 'neighbours/medicine-next', 'medicine'))
  await person.reads(person.t('asking.what.medicine'))
  await person.says(what)
  await person.taps(person.t('asking.when.now'))
  await person.taps(library.areas['demo']?.name ?? '')
  await person.reads(person.t('asking.stairwell'))
  await person.says(stairwell)
  for (const code of also) await person.taps(person.t('asking.language.also', { language: languageName(code) }))
  await person.taps(
    also.length === 0 ? person.t('asking.language.only', { language: languageName(person.language) }) : person.t('asking.done'),
  )
  for (const wish of wishes) await person.taps(person.t(`asking.wish.${wish}`))
  if (wishes.length < 2) await person.taps(person.t(wishes.length === 0 ? 'asking.wishes.none' : 'asking.done'))
  return person.reads(person.t('asking.summary'))
}

export function languageName(code: string): string {
  return library.languages.find((one) => one.code === code)?.name ?? code
}

/** Says yes to the summary and reads the receipt; its number. */
export async function confirms(person: Writer): Promise<string> {
  await person.taps(person.t('asking.confirm'))
  return numberIn(await person.reads(beginning(person.t('asking.receipt', { receipt: '|' }))))
}

function numberIn(text: string): string {
  return /\bH-[0-9A-Z]{4}\b/.exec(text)?.[0] ?? ''
}

/** Who reads an offer of the request, of these. */
export function asked(people: readonly Person[], receipt: string): Person[] {
  return people.filter((one) => one.all().some(({ text }) => plain(text).startsWith(offerHeading(one, receipt))))
}

function offerHeading(person: Person, receipt: string): string {
  return person.t('volunteering.offer.heading', { receipt, task: person.t('volunteering.task.medicine') })
}

/** Resolves with the text of the offer once it is read. */
export function readsOffer(person: Person, receipt: string): Promise<string> {
  return person.reads(offerHeading(person, receipt))
}

/** All that a person was ever sent, with what stands inside its buttons. */
export function everythingSentTo(person: Person): string {
  const inside = (payload: string) => Buffer.from(payload.split('.')[1] ?? '', 'base64url').toString('utf8')
  return person
    .all()
    .flatMap(({ text, buttons }) => [plain(text), ...buttons.flatMap(({ title, payload }) => [plain(title), inside(payload)])])
    .join('\n')
}

/** Says yes to the offer and reads that the talk with its resident begins. */
export async function accepts(person: Person, receipt: string, resident: Writer): Promise<void> {
  await readsOffer(person, receipt)
  await person.taps(person.t('volunteering.button.accept'))
  await person.reads(talkBegins(person, receipt, resident))
}

/** What a helper reads first when the talk with a resident begins who gave no name: up to the language that the two share. */
export function talkBegins(person: Person, receipt: string, resident: Writer): string {
  const task = person.t('volunteering.task.medicine')
  return beginning(person.t('talking.begins.helper', { other: nameless(resident), receipt, task, language: '|' }))
}

/** What a resident is called who gave no name. */
export function nameless(resident: Writer): string {
  return resident.t('asking.alias.default')
}

/** Two who talk: Amina, who asked in Somali for her medicine, and Yusuf, who reads Arabic and said yes. */
export interface TalkAtWork {
  readonly amina: Person
  readonly yusuf: Person
  readonly receipt: string
}

/** Brings the two together. */
export async function twoWhoTalk(place: Place): Promise<TalkAtWork> {
  const yusuf = await onDuty(place, 'yusuf', 'ar')
  const amina = await arrive(place, 'so')
  await asksForMedicine(amina, { what: AMINAS_WORDS, stairwell: 'opgang 41 b' })
  const receipt = await confirms(amina)
  await accepts(yusuf, receipt, amina)
  return { amina, yusuf, receipt }
}

/** What Amina says that she needs, and what Yusuf is called. */
export const AMINAS_WORDS = 'Farmashiyaha weyn ee xaafadda'
export const YUSUF = 'Yusuf (demo)'

/** What a person types for a command, in their language. */
export function typed(person: Person, name: string): string {
  const words = readFileSync(join(ROOT, 'locales', person.language, 'words.json'), 'utf8')
  return (JSON.parse(words) as { commands: Record<string, string[]> }).commands[name]?.[0] ?? ''
}

/** Resolves with the code word that this side of a talk with `other` reads. */
export async function readsCodeWord(person: Person, side: 'helper' | 'resident' | 'behalf', other: string): Promise<string> {
  const key = side === 'behalf' ? 'coordinating.behalf.code-word' : `talking.code-word.${side}`
  const [before = '', after = ''] = person.t(key, { word: '|', other }).split('|')
  const said = await person.reads(before)
  return said.slice(said.indexOf(before) + before.length, said.indexOf(after))
}

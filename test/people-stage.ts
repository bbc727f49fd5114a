/** Volunteers of the made-up town of `console-stage.ts`. */
import { NO_LOAD, type Volunteering } from '../src/core/volunteer-types.js'
import type { ConsoleStage } from './console-stage.js'
import { NOW } from './library.js'

export const HOUR = 3_600_000

const VOLUNTEER: Volunteering = {
  network: 'neighbours',
  alias: 'Hodan',
  languages: ['so', 'da'],
  area: 'demo',
  tasks: ['shopping'],
  hours: [],
  state: 'approved',
  adult: true,
  promise: { what: 'confidentiality', version: '1', language: 'da', at: NOW },
  vetting: [],
  load: NO_LOAD,
}

/** What makes somebody be on duty. */
export const ON_DUTY = { dutySince: NOW - HOUR, openUntil: NOW + HOUR } as const

/** Somebody who helps, or wants to; whoever has a chat has an entry already. */
export async function addVolunteer({ work }: ConsoleStage, id: string, more: Partial<Volunteering> = {}): Promise<void> {
  const { contacts } = work.collections
  const volunteer = { ...VOLUNTEER, alias: id, ...more }
  const known = await contacts.get(id)
  if (known === undefined) await contacts.insert({ _id: id, version: 1, applied: [], volunteer })
  else await contacts.replace({ ...known, volunteer })
}

/** Somebody who has just written on the page; resolves with their contact. */
export async function addChat({ stage, work }: ConsoleStage, user: string): Promise<string> {
  const at = stage.time.now()
  await stage.turns.receive({ channel: 'web', account: '', user }, { id: `hello:${user}`, at, type: 'message', text: 'hej' })
  return (await work.collections.conversations.get(`web:${user}`))?.contact ?? ''
}

/** What somebody's chat heard of their own role and duty, in order. */
export async function heardOf({ stage }: ConsoleStage, user: string): Promise<string[]> {
  await stage.settler.idle()
  const turns = await stage.log(`web:${user}`)
  return turns.flatMap(({ event }) => (event.type === 'role' || event.type === 'duty' ? [`${event.type} ${event.is}`] : []))
}

export async function volunteerOf({ work }: ConsoleStage, id: string): Promise<Volunteering | undefined> {
  return (await work.collections.contacts.get(id))?.volunteer
}

/** A volunteer as staff have approved her, on duty and with nothing to do: tests change what matters to them. */
import { NO_LOAD, type Volunteering } from '../src/core/volunteer-types.js'
import { NOW } from './library.js'

const HOUR = 60 * 60_000

export const VOLUNTEER: Volunteering = {
  network: 'neighbours',
  alias: 'Hodan',
  languages: ['so', 'da'],
  area: 'demo',
  tasks: ['medicine', 'shopping'],
  hours: [],
  state: 'approved',
  adult: true,
  promise: { what: 'confidentiality', version: '1', language: 'da', at: NOW },
  vetting: [],
  dutySince: NOW - HOUR,
  openUntil: NOW + 23 * HOUR,
  load: NO_LOAD,
}

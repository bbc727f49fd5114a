/** A network as it stands in the fields of the page, and as it is sent. */
import { type CallOutSettings, DEFAULT_SETTINGS } from '../../../core/callout-types.js'
import { readSpan } from '../../../core/written-hours.js'
import type { NetworkView } from '../api.js'
import type { StaffLanguage } from '../texts.js'
import { writeSpanWords } from './hours-words.js'

/** In the order in which they are shown. */
export const SETTINGS = ['k', 't1', 't2', 't3', 't4', 't5', 'loadCap', 'restMinutes', 'fairShareDays'] as const satisfies readonly Exclude<
  keyof CallOutSettings,
  'quiet'
>[]
/** Written for quiet hours that there are none of. */
const NO_QUIET: readonly string[] = ['ingen', 'none']

export interface NetworkDraft {
  readonly seen: number
  readonly kind: string
  readonly names: Readonly<Record<string, string>>
  readonly areas: readonly string[]
  readonly tasks: readonly string[]
  /** Empty: what holds otherwise. */
  readonly settings: Readonly<Record<string, string>>
  readonly external: boolean
  readonly mail: string
  readonly phone: string
}

/** `areas`: ids of all areas there are; what is none any more is left out. Without a network: a new one. */
export function networkDraft(network: NetworkView | undefined, language: StaffLanguage, areas: readonly string[]): NetworkDraft {
  const { quiet, ...numbers } = network?.settings ?? {}
  const settings = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)]))
  const silence = quiet && (quiet.from === quiet.until ? NO_QUIET[language === 'da' ? 0 : 1] : writeSpanWords(quiet, language))
  return {
    seen: network?.seen ?? 0,
    kind: network?.kind ?? '',
    names: network?.names ?? {},
    areas: network?.areas.filter((id) => areas.includes(id)) ?? (areas.length === 1 ? areas : []),
    tasks: network?.tasks ?? [],
    settings: { ...settings, ...(silence === undefined ? {} : { quiet: silence }) },
    external: network?.external !== undefined,
    mail: network?.external?.mail ?? '',
    phone: network?.external?.phone ?? '',
  }
}

/** What is sent, or the paths of what cannot be read. */
export function networkBody(draft: NetworkDraft): { readonly body: object } | { readonly unreadable: string[] } {
  const quiet = readQuiet(draft.settings['quiet'] ?? '')
  if (quiet === 'unreadable') return { unreadable: ['settings.quiet'] }
  const numbers = SETTINGS.flatMap((name) => {
    const text = draft.settings[name]?.trim() ?? ''
    // What is no number is told by the server, with the limits.
    return text === '' ? [] : [[name, /^\d{1,5}$/.test(text) ? Number(text) : -1] as const]
  })
  const { seen, kind, areas, tasks } = draft
  const names = Object.entries(draft.names).flatMap(([language, name]) =>
    name.trim() === '' && language !== 'da' ? [] : [[language, name]],
  )
  return {
    body: {
      ...{ seen, kind, areas, tasks },
      names: Object.fromEntries(names) as Readonly<Record<string, string>>,
      settings: { ...Object.fromEntries(numbers), ...(quiet === undefined ? {} : { quiet }) },
      ...(draft.external ? { external: { mail: draft.mail.trim(), phone: draft.phone.trim() } } : {}),
    },
  }
}

/** What holds when a setting is left empty. */
export function settingOtherwise(name: (typeof SETTINGS)[number] | 'quiet', language: StaffLanguage): string {
  return name === 'quiet' ? writeSpanWords(DEFAULT_SETTINGS.quiet, language) : String(DEFAULT_SETTINGS[name])
}

function readQuiet(text: string): CallOutSettings['quiet'] | 'unreadable' | undefined {
  const written = text.trim().toLowerCase()
  if (written === '') return undefined
  return NO_QUIET.includes(written) ? { from: 0, until: 0 } : (readSpan(written) ?? 'unreadable')
}

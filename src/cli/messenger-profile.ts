/** What a page shows before anybody writes: start button, greeting, menu and first questions. Setting it again gives the same. */
import { fieldsOf, textOf } from '../bot/messenger/fields.js'
import { GraphClient, type GraphReply } from '../bot/messenger/graph-client.js'
import type { MessengerConfig } from '../bot/messenger/messenger-config.js'
import { cutTitle } from '../bot/messenger/split.js'
import type { Command } from '../core/command-types.js'
import type { LanguageCode } from '../core/types.js'

/** Limits of the Messenger profile: 4 ice breakers and 20 flat menu items (verified), 30 characters of a title and 160 of a greeting (not). */
const ICE_BREAKERS_MAX = 4
const MENU_MAX = 20
const MENU_TITLE_MAX = 30
const GREETING_MAX = 160

const MENU: readonly Command[] = ['menu', 'language', 'help', 'about-me', 'delete-me']
const ICE_BREAKERS: readonly Command[] = ['menu', 'language', 'help']

/** Facebook's locale of each language that it has one for; people with another locale get the default. */
const LOCALES: Readonly<Record<LanguageCode, string>> = {
  ar: 'ar_AR',
  bs: 'bs_BA',
  ckb: 'cb_IQ',
  da: 'da_DK',
  de: 'de_DE',
  en: 'en_US',
  es: 'es_ES',
  fa: 'fa_IR',
  fr: 'fr_FR',
  ku: 'ku_TR',
  pl: 'pl_PL',
  ps: 'ps_AF',
  ro: 'ro_RO',
  ru: 'ru_RU',
  so: 'so_SO',
  ta: 'ta_IN',
  tr: 'tr_TR',
  uk: 'uk_UA',
  ur: 'ur_PK',
  vi: 'vi_VN',
}

export interface ProfileTexts {
  readonly areaName: string
  readonly languages: readonly LanguageCode[]
  /** What people whose Facebook is in no language of ours see. */
  readonly defaultLanguage: LanguageCode
  /** System texts `greeting` (with value `area`) and `command.<command>`. */
  readonly say: (language: LanguageCode, key: string, values?: Readonly<Record<string, string>>) => string
}

interface Located {
  readonly locale: string
}
interface Postback {
  readonly type: 'postback'
  readonly title: string
  readonly payload: string
}

/** Body of a POST to `/<page>/messenger_profile`. Where ice breakers are shown, Meta hides the start button. */
export interface MessengerProfile {
  readonly get_started: { readonly payload: 'GET_STARTED' }
  readonly greeting: readonly (Located & { readonly text: string })[]
  readonly persistent_menu: readonly (Located & {
    readonly composer_input_disabled: false
    readonly call_to_actions: readonly Postback[]
  })[]
  readonly ice_breakers: readonly (Located & {
    readonly call_to_actions: readonly { readonly question: string; readonly payload: string }[]
  })[]
}

/** The profile in every language that Facebook has a locale for, and `default`. */
export function messengerProfile(texts: ProfileTexts): MessengerProfile {
  const located = [
    { locale: 'default', language: texts.defaultLanguage },
    ...texts.languages.flatMap((language) => (LOCALES[language] === undefined ? [] : [{ locale: LOCALES[language], language }])),
  ]
  const title = (language: LanguageCode, command: Command, max: number) =>
    cutTitle(texts.say(language, `command.${command}`), max, language)
  return {
    get_started: { payload: 'GET_STARTED' },
    greeting: located.map(({ locale, language }) => ({
      locale,
      text: cutTitle(texts.say(language, 'greeting', { area: texts.areaName }), GREETING_MAX, language),
    })),
    persistent_menu: located.map(({ locale, language }) => ({
      locale,
      composer_input_disabled: false,
      call_to_actions: MENU.slice(0, MENU_MAX).map((command) => ({
        type: 'postback',
        title: title(language, command, MENU_TITLE_MAX),
        payload: menuPayload(command),
      })),
    })),
    ice_breakers: located.map(({ locale, language }) => ({
      locale,
      call_to_actions: ICE_BREAKERS.slice(0, ICE_BREAKERS_MAX).map((command) => ({
        question: texts.say(language, `command.${command}`),
        payload: menuPayload(command),
      })),
    })),
  }
}

/** As `decodeMenuPayload` reads it. */
function menuPayload(command: Command): string {
  return `MENU_${command.toUpperCase()}`
}

export interface SetUpProfileOptions extends ProfileTexts {
  readonly config: MessengerConfig
  readonly print: (line: string) => void
  /** Milliseconds until a call without an answer is given up. */
  readonly timeoutMs?: number
}

/** Sets every page's profile and prints one line each; true when all took it. */
export async function setUpProfile(options: SetUpProfileOptions): Promise<boolean> {
  const graph = new GraphClient(options.config, options.timeoutMs)
  const body = messengerProfile(options)
  let ok = true
  for (const page of options.config.pages.keys()) {
    const problem = problemOf(await graph.post({ page, edge: 'messenger_profile', body }))
    options.print(problem === undefined ? `Page ${page}: the profile is set` : `Page ${page}: ${problem}`)
    ok &&= problem === undefined
  }
  return ok
}

function problemOf(reply: GraphReply): string | undefined {
  if (reply.kind !== 'answer') return `Graph gave no answer (${reply.reason}): check GRAPH_API_URL and the network, then run this again`
  const body = parse(reply.body)
  if (reply.status === 200 && textOf(body['result']) === 'success') return undefined
  const error = fieldsOf(body['error'])
  const codes = [error['code'], error['error_subcode']].filter((code) => typeof code === 'number').join('/')
  return `refused${codes === '' ? '' : ` with ${codes}`}: ${textOf(error['message']) || `status ${reply.status}`}`
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return fieldsOf(JSON.parse(text))
  } catch {
    return {}
  }
}

import type { LanguageCode, Origin } from '../../core/types.js'

/** Characters that an m.me link's ref may hold (Messenger Platform, messaging_referrals). */
const REF = /^[A-Za-z0-9_=-]{1,250}$/
/** Codes that a link may use for a language of ours. */
const ALIASES: Readonly<Record<string, LanguageCode>> = { kmr: 'ku' }

/**
 * What a link's `ref` says about where a person came from: `omr_<area>[-<anything>…][-<language>]` or
 * `ans_<dialog>=<node>[=<language>]`. Undefined when it says nothing that we know.
 */
export function parseRef(ref: unknown, languages: readonly LanguageCode[]): Origin | undefined {
  if (typeof ref !== 'string' || !REF.test(ref)) return undefined
  if (ref.startsWith('omr_')) return areaOrigin(ref.slice('omr_'.length).toLowerCase().split('-'), languages)
  if (ref.startsWith('ans_')) return answerOrigin(ref.slice('ans_'.length).split('='), languages)
  return undefined
}

function areaOrigin([area, ...rest]: readonly string[], languages: readonly LanguageCode[]): Origin | undefined {
  const language = rest.map((token) => known(token, languages)).findLast((code) => code !== undefined)
  return area ? { area, ...(language === undefined ? {} : { language }) } : undefined
}

function answerOrigin([dialog, node, token = '']: readonly string[], languages: readonly LanguageCode[]): Origin | undefined {
  const language = known(token.toLowerCase(), languages)
  return dialog && node ? { answer: `${dialog}/${node}`, ...(language === undefined ? {} : { language }) } : undefined
}

function known(token: string, languages: readonly LanguageCode[]): LanguageCode | undefined {
  const code = ALIASES[token] ?? token
  return languages.includes(code) ? code : undefined
}

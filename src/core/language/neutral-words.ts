/** What a message says in any language: it tells nothing about the one it is written in. */

/** Written alike by speakers of all languages of the area: consent, the illness, services everybody uses. Lower-case. */
const NEUTRAL: ReadonlySet<string> = new Set(
  `ok okay okey okej oki corona covid korona kovid whatsapp facebook messenger instagram tiktok youtube google viber telegram
  sms email mail app wifi internet mitid nemid mobilepay haha hahaha hehe lol hmm wow`.split(/\s+/),
)

/** Addresses of the web without their beginning; a full stop without a space after it is no address. */
const BARE_ADDRESS = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:dk|com|org|net|info|eu|app|io)(?:[/?#:]|$)/iu

/** Whether a word counts for nothing, whatever the language. */
export function isNeutral(word: string): boolean {
  return NEUTRAL.has(word)
}

/** Whether a part between spaces is an address, an @name or a #tag. Linear: parts are short and tried once. */
export function isAddress(part: string): boolean {
  return part.includes('@') || part.includes('://') || /^(?:www\.|#)/iu.test(part) || BARE_ADDRESS.test(part)
}

/** Letters by mail: the port, what an address may be, and the words of our letters. */
import { domainToASCII } from 'node:url'

/** A letter to one person. */
export interface Letter {
  /** A plain address, without a name. */
  readonly to: string
  /** One line. */
  readonly subject: string
  readonly text: string
  /** The same whenever this letter is tried again: whoever gets it twice then sees it once. Another letter has another. */
  readonly id: string
}

/** `failed` may still have arrived, so whoever tries again gives the same id. `trial`: it was held back and never goes out. */
export type MailOutcome = 'sent' | 'failed' | 'trial'

/** Sends letters. Never throws; nothing is tried again here. */
export interface Mail {
  send(letter: Letter): Promise<MailOutcome>
}

/** Who letters come from; the name may be empty. */
export interface MailSender {
  readonly name: string
  readonly address: string
}

/** RFC 5321, section 4.5.3.1: characters of an address and of what stands before its @. */
const ADDRESS_MAX = 254
const LOCAL_MAX = 64
const LOCAL = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
const LABEL = /^[a-z\d-]{1,63}$/
const TOP_LEVEL = /^[a-z]/
/** A line of a mail's head is never ended by what we put into it. */
const NOT_ONE_LINE = /[\p{Cc}\u2028\u2029]/u
/** Characters of a line, well below the 998 bytes of RFC 5322, section 2.1.1. */
const LINE_MAX = 200
const NAMED = /^([^<>]*)<([^<>]*)>$/
const NEEDS_QUOTES = /["\\]/

/** The address as mail servers write it (a domain with other letters in their ASCII form); undefined when it is none. */
export function mailAddress(text: string): string | undefined {
  const at = text.lastIndexOf('@')
  const [local, host] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)]
  if (text.length > ADDRESS_MAX || local.length > LOCAL_MAX || !LOCAL.test(local) || /[\p{Cc}\s]/u.test(host)) return undefined
  const domain = domainToASCII(host)
  const labels = domain.split('.')
  const named = labels.length > 1 && TOP_LEVEL.test(labels.at(-1) ?? '')
  return named && labels.every((label) => LABEL.test(label)) && at + 1 + domain.length <= ADDRESS_MAX ? `${local}@${domain}` : undefined
}

/** Reads `opgang@example.dk` or `Opgang <opgang@example.dk>`; undefined when it is neither. */
export function mailSender(text: string): MailSender | undefined {
  const [, name = '', inside = text] = NAMED.exec(text) ?? []
  const address = mailAddress(inside.trim())
  return address === undefined || !isOneLine(name) || NEEDS_QUOTES.test(name) ? undefined : { name: name.trim(), address }
}

/** True for what may stand in the head of a mail: no line can be added to it there. */
export function isOneLine(text: string): boolean {
  return text.length <= LINE_MAX && !NOT_ONE_LINE.test(text)
}

/** What a letter about a request says: its number, its area and its task, and nothing else of it. */
export interface CaseWords {
  readonly receipt: string
  /** Name of the area. */
  readonly area: string
  readonly task: { readonly da: string; readonly en: string }
}

/** The letter that passes a request on to people without an account: Danish, and English under it. */
export function caseLetter({ receipt, area, task }: CaseWords, link: string, days: number): Pick<Letter, 'subject' | 'text'> {
  return {
    subject: `Opgave ${receipt}: Kan I tage den? / Can you take it?`,
    text: `Hej

En beboer har brug for hjælp og har sagt ja til, at vi spørger jer.

Nummer: ${receipt}
Område: ${area}
Opgave: ${task.da}

Åbn siden, og tryk »Vi tager den« eller »Det kan vi ikke«:
${link}

Siden ændrer intet, før I trykker. Linket gælder i ${days} dage og kan bruges én gang. Send det kun til den, der skal svare.


Hello

A resident needs help and has agreed that we ask you.

Number: ${receipt}
Area: ${area}
Task: ${task.en}

Open the page above and press "We take it" or "We cannot". Nothing changes before you press. The link works for ${days} days and can be used once. Give it only to the person who is to answer.
`,
  }
}

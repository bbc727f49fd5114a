/** What staff read about a field of an area or a network that cannot stay as it is: what to write instead, in both staff languages. */

/** In both languages of the console. */
export interface StaffWords {
  readonly da: string
  readonly en: string
}

/** What is wrong with one field; `at` is its path in what was sent: `onCall.0.mail`. */
export interface FieldProblem {
  readonly at: string
  readonly message: StaffWords
}

/** `$1`, `$2`, `$3` are the values that the check names. */
const NUMBER: StaffWords = { da: 'Skriv et helt tal fra $1 til $2.', en: 'Write a whole number from $1 to $2.' }
const NAME: StaffWords = {
  da: 'Skriv et navn på én linje, højst 80 tegn og uden CPR-nummer.',
  en: 'Write a name on one line, at most 80 characters and without a CPR number.',
}
const MAIL: StaffWords = {
  da: 'Det er ikke en mailadresse. Skriv den som navn@example.dk.',
  en: 'This is not a mail address. Write it like name@example.dk.',
}
const HOURS: StaffWords = { da: 'Skriv dage og tider som ma-fr 8-16.', en: 'Write days and times like mon-fri 8-16.' }

const WORDS: Readonly<Record<string, StaffWords>> = {
  stairwells: {
    da: 'Skriv hver opgang, som naboerne siger den, højst 20 tegn, uden CPR-nummer, og højst 500 opgange.',
    en: 'Write each stairwell as neighbours call it, at most 20 characters, without a CPR number, and at most 500 stairwells.',
  },
  'stairwells.home': {
    da: 'Der bor frivillige i opgang $1. Ret deres opgang under Folk først.',
    en: 'Volunteers live in stairwell $1. Change their stairwell under People first.',
  },
  neighbours: {
    da: 'Vælg andre områder, der findes. Et område er ikke sin egen nabo.',
    en: 'Choose other areas that exist. An area is not its own neighbour.',
  },
  officeHours: HOURS,
  onCall: NAME,
  'onCall.id': {
    da: 'En anden på vagt har samme kaldenavn, eller samme person står med et andet navn eller en anden mail i et område, der ikke er dit. Skriv hele navnet.',
    en: 'Somebody else on call goes by the same name, or the same person has another name or mail in an area that is not yours. Write the whole name.',
  },
  'onCall.name': NAME,
  'onCall.mail': MAIL,
  'onCall.hours': HOURS,
  id: {
    da: 'Et kort navn har små bogstaver fra a til z, tal og streger imellem, højst 40 tegn.',
    en: 'A short name has small letters from a to z, digits and dashes between them, at most 40 characters.',
  },
  kind: { da: 'Vælg, hvad det er for et netværk.', en: 'Choose what kind of network it is.' },
  names: NAME,
  areas: { da: 'Vælg mindst ét område.', en: 'Choose at least one area.' },
  tasks: { da: 'Vælg mindst én opgave, som frivillige må få.', en: 'Choose at least one task that volunteers may have.' },
  settings: {
    da: 'Tiderne skal vokse: først spørges flere, så endnu flere, så får ansatte besked. Nu er de $1, $2 og $3 minutter.',
    en: 'The times must grow: first more people are asked, then more again, then staff are told. They are $1, $2 and $3 minutes now.',
  },
  'settings.quiet': { da: 'Skriv to klokkeslæt som 21-8, eller ingen.', en: 'Write two times like 21-8, or none.' },
  external: {
    da: 'Skriv en mail eller et telefonnummer. Ellers kan de ikke nås.',
    en: 'Write a mail address or a telephone number. They cannot be reached otherwise.',
  },
  'external.people': {
    da: 'Netværket har frivillige her. Flyt dem til et andet netværk under Folk først.',
    en: 'The network has volunteers here. Move them to another network under People first.',
  },
  'external.mail': MAIL,
  'external.phone': {
    da: 'Skriv telefonnummeret med tal og mellemrum: 70 12 34 56.',
    en: 'Write the telephone number with digits and spaces: 70 12 34 56.',
  },
}
const OTHER: StaffWords = { da: 'Det kan ikke gemmes sådan.', en: 'This cannot be saved as it is.' }

/** `what`: the field without its place in a list: `onCall.mail`. */
export function fieldProblem(at: string, what: string, values: readonly string[]): FieldProblem {
  const [field = ''] = what.split('.')
  const { da, en } = WORDS[what] ?? (field === 'settings' ? NUMBER : (WORDS[field] ?? OTHER))
  const filled = (text: string) => text.replace(/\$(\d)/g, (_, place: string) => values[Number(place) - 1] ?? '')
  return { at, message: { da: filled(da), en: filled(en) } }
}

/** What the console's API says when it refuses: a code for the page, and in both staff languages what happened and what to do. */
import type { ErrorRequestHandler } from 'express'
import { ZodError } from 'zod'
import type { Log } from '../../app/ports.js'
import { StoreUnavailable } from '../../store/collection.js'

type Words = { readonly da: string; readonly en: string }
interface Refusal {
  readonly status: number
  readonly message: Words
  readonly advice: Words
  /** Seconds after which it may be tried again. */
  readonly after?: number
}

const SIGN_IN_AGAIN: Words = { da: 'Log ind.', en: 'Sign in.' }
const ASK: Words = { da: 'Spørg en administrator, hvis du skal have adgang.', en: 'Ask an administrator if you should have access.' }
const NEW_LINK: Words = { da: 'Bed om et nyt link.', en: 'Ask for a new link.' }
const RELOAD: Words = { da: 'Hent siden igen, og prøv igen.', en: 'Load the page again, and try again.' }

const REFUSALS = {
  'sign-in': { status: 401, message: { da: 'Du er ikke logget ind.', en: 'You are not signed in.' }, advice: SIGN_IN_AGAIN },
  'passkey-refused': {
    status: 401,
    message: { da: 'Adgangsnøglen virker ikke her.', en: 'This passkey does not work here.' },
    advice: { da: 'Prøv igen, eller bed en administrator om et link.', en: 'Try again, or ask an administrator for a link.' },
  },
  forbidden: { status: 403, message: { da: 'Det har du ikke adgang til.', en: 'You may not do this.' }, advice: ASK },
  'foreign-area': { status: 403, message: { da: 'Området er ikke et af dine.', en: 'This area is not one of yours.' }, advice: ASK },
  'cross-site': {
    status: 403,
    message: { da: 'Kaldet kommer ikke fra Opgangs egen side.', en: 'This call does not come from Opgang’s own page.' },
    advice: { da: 'Åbn siden på dens rigtige adresse.', en: 'Open the page at its real address.' },
  },
  'not-found': { status: 404, message: { da: 'Det findes ikke.', en: 'There is no such thing.' }, advice: RELOAD },
  'link-unknown': {
    status: 404,
    message: { da: 'Linket virker ikke.', en: 'This link does not work.' },
    advice: {
      da: 'Se efter, om du har hele linket, eller bed om et nyt.',
      en: 'Check that you have the whole link, or ask for a new one.',
    },
  },
  'link-used': { status: 410, message: { da: 'Linket er brugt.', en: 'This link has been used.' }, advice: NEW_LINK },
  'link-late': { status: 410, message: { da: 'Linket er for gammelt.', en: 'This link is too old.' }, advice: NEW_LINK },
  last: {
    status: 409,
    message: { da: 'Det er den sidste administrator for alle områder.', en: 'This is the last administrator of all areas.' },
    advice: { da: 'Gør først en anden til administrator for alle områder.', en: 'First make somebody else administrator of all areas.' },
  },
  'mail-taken': {
    status: 409,
    message: { da: 'En anden har den mailadresse.', en: 'Somebody else has this mail address.' },
    advice: { da: 'Skriv en anden adresse.', en: 'Write another address.' },
  },
  'mail-wrong': {
    status: 400,
    message: { da: 'Det er ikke en mailadresse.', en: 'This is not a mail address.' },
    advice: { da: 'Skriv den som navn@example.dk.', en: 'Write it like name@example.dk.' },
  },
  'passkey-unusable': {
    status: 400,
    message: { da: 'Adgangsnøglen blev ikke gemt.', en: 'The passkey was not saved.' },
    advice: {
      da: 'Prøv igen. Enheden skal bede om finger, ansigt eller kode.',
      en: 'Try again. The device must ask for finger, face or code.',
    },
  },
  'changed-meanwhile': {
    status: 409,
    message: { da: 'En anden var hurtigere og har ændret det imens.', en: 'Somebody else was faster and has changed it meanwhile.' },
    advice: { da: 'Se, hvad der står nu, og gem igen.', en: 'See what stands there now, and save again.' },
  },
  'alias-number': {
    status: 400,
    message: { da: 'Navnet indeholder et nummer.', en: 'The name has a number in it.' },
    advice: { da: 'Skriv et fornavn eller et navn, I finder på.', en: 'Write a first name, or a made-up one.' },
  },
  'stairwell-unknown': {
    status: 400,
    message: { da: 'Opgangen findes ikke i området.', en: 'There is no such stairwell in the area.' },
    advice: { da: 'Vælg en opgang, eller lad feltet stå tomt.', en: 'Choose a stairwell, or leave it empty.' },
  },
  'decided-before': {
    status: 409,
    message: { da: 'En anden har allerede svaret.', en: 'Somebody else has answered already.' },
    advice: { da: 'Personen har fået besked. Du skal ikke gøre mere.', en: 'The person has been told. There is nothing more to do.' },
  },
  'no-promise': {
    status: 409,
    message: { da: 'Personen har ikke givet løftet om tavshed.', en: 'The person has not promised confidentiality.' },
    advice: {
      da: 'Få løftet først. Den, der driver Opgang, skriver det i filen over folk.',
      en: 'Get the promise first. Whoever runs Opgang writes it in the file of people.',
    },
  },
  'has-chat': {
    status: 409,
    message: { da: 'Personen skriver allerede med Opgang.', en: 'The person writes with Opgang already.' },
    advice: { da: 'Der skal ikke bruges noget engangsord.', en: 'No one-time word is needed.' },
  },
  'not-approved': {
    status: 409,
    message: { da: 'Personen er ikke godkendt som frivillig.', en: 'The person is not approved as a volunteer.' },
    advice: { da: 'Godkend personen først.', en: 'Approve the person first.' },
  },
  paused: {
    status: 409,
    message: { da: 'Personen holder pause.', en: 'The person has a break.' },
    advice: { da: 'Slut pausen først, hvis personen vil det.', en: 'End the break first, if the person wants that.' },
  },
  'report-waits': {
    status: 409,
    message: { da: 'Pausen gælder, til bekymringen er afgjort.', en: 'The pause holds until the report is decided.' },
    advice: { da: 'Afgør bekymringen på opgaven under Opgaver.', en: 'Decide the report on its request, under Requests.' },
  },
  'window-closed': {
    status: 409,
    message: {
      da: 'Personen har ikke skrevet til Opgang i 24 timer og kan ikke få besked om opgaver.',
      en: 'The person has not written to Opgang for 24 hours and cannot be told of requests.',
    },
    advice: {
      da: 'Bed personen om at skrive til Opgang. Så kan vagten begynde.',
      en: 'Ask the person to write to Opgang. Then the duty can begin.',
    },
  },
  unreadable: { status: 400, message: { da: 'Kaldet kan ikke læses.', en: 'This request cannot be read.' }, advice: RELOAD },
  'too-large': {
    status: 413,
    message: { da: 'Det er for stort.', en: 'This is too large.' },
    advice: { da: 'Skriv det kortere.', en: 'Make it shorter.' },
  },
  'too-many': {
    status: 429,
    message: { da: 'Det er for mange forsøg.', en: 'These are too many attempts.' },
    advice: { da: 'Vent et minut, og prøv igen.', en: 'Wait a minute, and try again.' },
    after: 60,
  },
  failed: { status: 500, message: { da: 'Noget gik galt her.', en: 'Something went wrong here.' }, advice: RELOAD },
  unavailable: {
    status: 503,
    message: { da: 'Det kan ikke gemmes lige nu.', en: 'It cannot be saved right now.' },
    advice: { da: 'Prøv igen om lidt.', en: 'Try again in a moment.' },
    after: 5,
  },
} as const satisfies Record<string, Refusal>
export type ApiCode = keyof typeof REFUSALS

/** A refusal that a route throws. */
export class ApiError extends Error {
  constructor(readonly code: ApiCode) {
    super(REFUSALS[code].message.en)
    this.name = 'ApiError'
  }
}

/** The last word of the API on whatever a route threw. */
export function refuseApi(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const code = codeOf(error)
    if (code === 'failed' || code === 'unavailable') log.error('a request of the console failed', { route: request.method, error })
    const { status, message, advice, after }: Refusal = REFUSALS[code]
    if (after !== undefined) response.set('Retry-After', String(after))
    response.status(status).json({ code, message, advice })
  }
}

function codeOf(error: unknown): ApiCode {
  if (error instanceof ApiError) return error.code
  if (error instanceof StoreUnavailable) return 'unavailable'
  if (error instanceof ZodError) return 'unreadable'
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
  if (status === 413) return 'too-large'
  return typeof status === 'number' && status >= 400 && status < 500 ? 'unreadable' : 'failed'
}

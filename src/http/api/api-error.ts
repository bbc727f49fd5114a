/** What the console's API says when it refuses: a code for the page, and in both staff languages what happened and what to do. */
import type { ErrorRequestHandler } from 'express'
import { ZodError } from 'zod'
import type { Log } from '../../app/ports.js'
import { StoreUnavailable } from '../../store/collection.js'
import { BOARD_REFUSALS } from './board-refusals.js'
import { PEOPLE_REFUSALS } from './people-refusals.js'
import { PLACE_REFUSALS } from './place-refusals.js'
import { RELOAD, type Refusal, type Words } from './refusal.js'

const SIGN_IN_AGAIN: Words = { da: 'Log ind.', en: 'Sign in.' }
const ASK: Words = { da: 'Spørg en administrator, hvis du skal have adgang.', en: 'Ask an administrator if you should have access.' }
const NEW_LINK: Words = { da: 'Bed om et nyt link.', en: 'Ask for a new link.' }

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
  ...BOARD_REFUSALS,
  ...PEOPLE_REFUSALS,
  ...PLACE_REFUSALS,
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
  'too-many-open': {
    status: 429,
    message: { da: 'Siden er åben for mange steder.', en: 'The page is open in too many places.' },
    advice: { da: 'Luk den et af stederne.', en: 'Close it in one of them.' },
    after: 60,
  },
  'not-ready': {
    status: 409,
    message: { da: 'Opgang kan ikke gå i drift endnu.', en: 'Opgang cannot go live yet.' },
    advice: { da: 'Ret det, der mangler, og prøv igen.', en: 'Mend what is missing, and try again.' },
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

/** A refusal that a route throws; `more` is answered as it is. */
export class ApiError extends Error {
  constructor(
    readonly code: ApiCode,
    readonly more?: object,
  ) {
    super(REFUSALS[code].message.en)
    this.name = 'ApiError'
  }
}

/** The last word of the API on whatever a route threw. */
export function refuseApi(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const code = codeOf(error)
    if (code === 'failed' || code === 'unavailable') log.error('a request of the console failed', { route: request.method, error })
    const { status, after }: Refusal = REFUSALS[code]
    if (after !== undefined) response.set('Retry-After', String(after))
    const more = error instanceof ApiError && error.more !== undefined ? { more: error.more } : {}
    response.status(status).json({ ...refusalOf(code), ...more })
  }
}

/** What the API answers with this code. */
export function refusalOf(code: ApiCode): Pick<Refusal, 'message' | 'advice'> & { readonly code: ApiCode } {
  const { message, advice } = REFUSALS[code]
  return { code, message, advice }
}

function codeOf(error: unknown): ApiCode {
  if (error instanceof ApiError) return error.code
  if (error instanceof StoreUnavailable) return 'unavailable'
  if (error instanceof ZodError) return 'unreadable'
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
  if (status === 413) return 'too-large'
  return typeof status === 'number' && status >= 400 && status < 500 ? 'unreadable' : 'failed'
}

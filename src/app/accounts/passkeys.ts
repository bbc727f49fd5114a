/** Passkeys: adding one, and signing in with one. The device must have checked that it is its owner who uses it. */
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { areasOf } from '../../core/staff-types.js'
import type { PasskeyDocument, StaffDocument } from '../../store/staff-documents.js'
import type { AccountsDeps } from './accounts-deps.js'
import { note } from './audit.js'
import { answerOnce, isOurs, makeChallenge } from './challenges.js'
import type { AccountChange } from './staff-letter.js'
import { tellOwner } from './tell-owner.js'

/** A few devices each; more is a mistake. */
const PASSKEYS_MAX = 20
const NAME = 'Opgang'
const SIGN_IN = 'sign-in'

/** Loaded when somebody needs it: most requests are not about passkeys. */
const webauthn = () => import('@simplewebauthn/server')

/** The page's address, and the name that passkeys belong to. */
function relyingParty({ publicUrl }: AccountsDeps): { readonly origin: string; readonly id: string } {
  const { origin, hostname } = new URL(publicUrl())
  return { origin, id: hostname }
}

/** What the browser needs to make a passkey for this person. */
export async function passkeyToAdd(deps: AccountsDeps, staff: StaffDocument): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await webauthn()
  return generateRegistrationOptions({
    rpName: NAME,
    rpID: relyingParty(deps).id,
    userID: new TextEncoder().encode(staff._id),
    userName: staff.name,
    userDisplayName: staff.name,
    challenge: new TextEncoder().encode(makeChallenge(deps, adding(staff))),
    excludeCredentials: staff.passkeys.map(({ id, transports }) => ({ id, transports: [...transports] })),
    // Found by the device itself, so that nobody types who they are; and unlocked by finger, face or code.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** Keeps a passkey that the browser made. False when it cannot be believed. Throws `StoreUnavailable`. */
export async function addPasskey(
  deps: AccountsDeps,
  staff: StaffDocument,
  response: RegistrationResponseJSON,
  name: string,
): Promise<boolean> {
  const { verifyRegistrationResponse } = await webauthn()
  const { origin, id } = relyingParty(deps)
  let challenge = ''
  const expectedChallenge = (given: string) => isOurs(deps, adding(staff), (challenge = textOf(given)))
  const checked = await verifyRegistrationResponse({ response, expectedChallenge, expectedOrigin: origin, expectedRPID: id }).catch(
    refused(deps),
  )
  if (checked?.verified !== true || !(await answerOnce(deps, challenge))) return false
  const { credential } = checked.registrationInfo
  const passkey: PasskeyDocument = {
    id: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: credential.transports ?? [],
    name,
    createdAt: deps.time.now(),
  }
  const mayKeep = (all: readonly PasskeyDocument[]) => all.length < PASSKEYS_MAX && all.every((one) => one.id !== passkey.id)
  // Nothing is noted of what is not kept.
  if (!mayKeep(staff.passkeys)) return false
  await note(deps, { who: staff._id, what: 'passkey-added', about: staff._id }, areasOf(staff.roles))
  return toldOf(deps, 'passkey-added', await changePasskeys(deps, staff._id, (all) => (mayKeep(all) ? [...all, passkey] : undefined)))
}

/** Takes one of a person's passkeys away; false when they have none of that id. Throws `StoreUnavailable`. */
export async function removePasskey(deps: AccountsDeps, staff: StaffDocument, id: string): Promise<boolean> {
  if (!staff.passkeys.some((one) => one.id === id)) return false
  await note(deps, { who: staff._id, what: 'passkey-removed', about: staff._id }, areasOf(staff.roles))
  return toldOf(deps, 'passkey-removed', await changePasskeys(deps, staff._id, (all) => all.filter((one) => one.id !== id)))
}

/** What the browser needs to sign in with whatever passkey it has: says nothing of who there is. */
export async function passkeyToUse(deps: AccountsDeps): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await webauthn()
  const challenge = new TextEncoder().encode(makeChallenge(deps, SIGN_IN))
  return generateAuthenticationOptions({ rpID: relyingParty(deps).id, userVerification: 'required', challenge })
}

/** Who signed in with a passkey; undefined for one we do not know (any more), a wrong answer, and one given before. Throws `StoreUnavailable`. */
export async function usePasskey(deps: AccountsDeps, response: AuthenticationResponseJSON): Promise<StaffDocument | undefined> {
  const staff = await deps.staff.get(textOf(response.response.userHandle ?? ''))
  const known = staff?.passkeys.find(({ id }) => id === response.id)
  if (staff?.state !== 'active' || known === undefined) return undefined
  const counter = await verify(deps, response, known)
  if (counter === undefined) return undefined
  const used = { ...known, counter, usedAt: deps.time.now() }
  // Gone or used elsewhere meanwhile: then it is none.
  return changePasskeys(deps, staff._id, (all) => {
    const now = all.find(({ id }) => id === used.id)
    return now === undefined || now.counter !== known.counter ? undefined : all.map((one) => (one.id === used.id ? used : one))
  })
}

/** The device's new count; a count that did not grow is a copy of the key, and is refused (WebAuthn, section 6.1.1). */
async function verify(deps: AccountsDeps, response: AuthenticationResponseJSON, known: PasskeyDocument): Promise<number | undefined> {
  const { verifyAuthenticationResponse } = await webauthn()
  const { origin, id } = relyingParty(deps)
  let challenge = ''
  const checked = await verifyAuthenticationResponse({
    response,
    expectedChallenge: (given) => isOurs(deps, SIGN_IN, (challenge = textOf(given))),
    expectedOrigin: origin,
    expectedRPID: id,
    credential: {
      id: known.id,
      publicKey: new Uint8Array(Buffer.from(known.publicKey, 'base64url')),
      counter: known.counter,
      transports: [...known.transports],
    },
    requireUserVerification: true,
  }).catch(refused(deps))
  if (checked?.verified !== true || !(await answerOnce(deps, challenge))) return undefined
  return checked.authenticationInfo.newCounter
}

/** Whatever is wrong with an answer is told to the log in a word, and to nobody else. */
function refused({ log }: AccountsDeps): (error: unknown) => undefined {
  return (error) => {
    log.warn('a passkey was refused', { reason: error instanceof Error ? error.name : 'unknown' })
    return undefined
  }
}

/** Whether it was changed; its owner is told of it. */
function toldOf(deps: AccountsDeps, what: AccountChange, changed: StaffDocument | undefined): boolean {
  if (changed !== undefined) tellOwner(deps, changed, what)
  return changed !== undefined
}

async function changePasskeys(
  { staff }: AccountsDeps,
  id: string,
  change: (all: readonly PasskeyDocument[]) => readonly PasskeyDocument[] | undefined,
): Promise<StaffDocument | undefined> {
  for (;;) {
    const known = await staff.get(id)
    const passkeys = known?.state === 'active' ? change(known.passkeys) : undefined
    if (known === undefined || passkeys === undefined) return undefined
    const next = { ...known, passkeys }
    if ((await staff.replace(next)) === 'ok') return next
  }
}

function adding({ _id }: StaffDocument): string {
  return `add:${_id}`
}

/** The text in base64url bytes. */
function textOf(base64url: string): string {
  return Buffer.from(base64url, 'base64url').toString('utf8')
}

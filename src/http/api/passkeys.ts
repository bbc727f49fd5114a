/** `/api/passkeys`: the passkeys of whoever is signed in. */
import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'
import { addPasskey, passkeyToAdd, removePasskey } from '../../app/accounts/passkeys.js'
import type { StaffDocument } from '../../store/staff-documents.js'
import { ApiError } from './api-error.js'
import type { ApiDeps, RoutesOf } from './api-route.js'
import { RegistrationAnswer } from './passkey-answers.js'
import { plainLine } from './plain-line.js'

const NAME_MAX = 60
const NewPasskey = z.strictObject({ name: plainLine(NAME_MAX), answer: RegistrationAnswer })

export function passkeyRoutes({ accounts }: ApiDeps): RoutesOf<'passkeys'> {
  return {
    'GET /api/passkeys': async ({ signedIn: { staff } }) => ({ passkeys: passkeysOf(staff) }),
    'POST /api/passkeys/challenge': async ({ signedIn: { staff } }) => passkeyToAdd(accounts, staff),
    'POST /api/passkeys': async ({ request, signedIn: { staff } }) => {
      const { name, answer } = NewPasskey.parse(request.body)
      if (!(await addPasskey(accounts, staff, answer as RegistrationResponseJSON, name))) throw new ApiError('passkey-unusable')
      return undefined
    },
    'DELETE /api/passkeys/:passkey': async ({ request, signedIn: { staff } }) => {
      if (!(await removePasskey(accounts, staff, String(request.params['passkey'])))) throw new ApiError('not-found')
      return undefined
    },
  }
}

function passkeysOf({ passkeys }: StaffDocument): object[] {
  return passkeys.map(({ id, name, createdAt, usedAt }) => ({ id, name, createdAt, usedAt }))
}

/** `/api/session`: who is signed in here, the ways in, and the ways out. */
import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'
import { allowedAreas } from '../../app/access.js'
import { note } from '../../app/accounts/audit.js'
import { mailLink, useLink } from '../../app/accounts/links.js'
import { endLogin, endLoginsOf, openLogin } from '../../app/accounts/logins.js'
import { passkeyToUse, usePasskey } from '../../app/accounts/passkeys.js'
import { type Areas, areasOf } from '../../core/staff-types.js'
import type { StaffDocument } from '../../store/staff-documents.js'
import { ApiError } from './api-error.js'
import type { ApiDeps, OpenCall, RoutesOf } from './api-route.js'
import { dropLogin, keepLogin } from './login-cookie.js'
import { AuthenticationAnswer } from './passkey-answers.js'

const TEXT_MAX = 300
const LinkOrder = z.strictObject({ token: z.string().max(TEXT_MAX) })
const MailOrder = z.strictObject({ mail: z.string().max(TEXT_MAX) })

export function sessionRoutes(deps: ApiDeps): RoutesOf<'session'> {
  const { accounts, secure } = deps
  const signIn = async ({ response, signedIn }: OpenCall, staff: StaffDocument, how: 'link' | 'passkey') => {
    // Whoever was signed in here is no more: the browser forgets what its cookie held.
    if (signedIn !== undefined) await endLogin(accounts, signedIn)
    keepLogin(response, await openLogin(accounts, staff, how), secure)
    return describe(deps, staff)
  }
  return {
    'GET /api/session': async ({ signedIn }) => describe(deps, signedIn?.staff),
    'POST /api/session/link': async (call) => {
      const used = await useLink(accounts, LinkOrder.parse(call.request.body).token)
      if (used.is !== 'staff') throw new ApiError(`link-${used.is}`)
      return signIn(call, used.staff, 'link')
    },
    'POST /api/session/mail': async ({ request }) => {
      const { mail } = MailOrder.parse(request.body)
      // Not waited for: the time it takes would tell who works here.
      void mailLink(accounts, mail).catch((error: unknown) => accounts.log.error('a link could not be mailed', { error }))
      return undefined
    },
    'POST /api/session/passkey/challenge': async () => passkeyToUse(accounts),
    'POST /api/session/passkey': async (call) => {
      const staff = await usePasskey(accounts, AuthenticationAnswer.parse(call.request.body) as AuthenticationResponseJSON)
      if (staff === undefined) throw new ApiError('passkey-refused')
      return signIn(call, staff, 'passkey')
    },
    'DELETE /api/session': async ({ response, signedIn }) => {
      await endLogin(accounts, signedIn)
      dropLogin(response, secure)
      return undefined
    },
    'DELETE /api/session/all': async ({ response, signedIn: { staff } }) => {
      await note(accounts, { who: staff._id, what: 'signed-out-all', about: staff._id }, areasOf(staff.roles))
      await endLoginsOf(accounts, staff._id)
      dropLogin(response, secure)
      return undefined
    },
  }
}

/** What the page needs to begin. `administers`: where they let people in; absent for those who do not. */
function describe({ accounts, areas }: ApiDeps, staff: StaffDocument | undefined): object {
  const mail = accounts.mail !== undefined
  if (staff === undefined) return { mail }
  const { _id: id, name, roles, safeguarding, passkeys } = staff
  const administers = allowedAreas({ roles: ['administrator'], byArea: true }, roles)
  const mine = areasOf(roles)
  return {
    mail,
    me: { id, name, roles, safeguarding, passkeys: passkeys.length, ...(administers === undefined ? {} : { administers }) },
    areas: areas().filter((area) => isIn(area.id, mine)),
  }
}

function isIn(area: string, areas: Areas): boolean {
  return areas === 'all' || areas.includes(area)
}

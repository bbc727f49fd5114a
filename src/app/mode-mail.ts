/** Letters while it is trial: the own team gets them, and nobody else. */
import type { Places } from '../core/places-types.js'
import type { Collection } from '../store/collection.js'
import type { StaffDocument } from '../store/staff-documents.js'
import { type Mail, mailAddress } from './mail.js'
import type { Log } from './ports.js'

/** Staff with one address, removed ones too: more than there are. */
const SAME_MAX = 100

export interface OwnMailDeps {
  readonly staff: Pick<Collection<StaffDocument>, 'find'>
  readonly places: () => Places
  readonly log: Log
  /** Whether strangers get no letters now. */
  readonly restrained: () => boolean
}

/** The same mail, which keeps back what is for others; a letter that was kept back is not sent later. */
export function restrainMail(mail: Mail, deps: OwnMailDeps): Mail {
  return {
    async send(letter) {
      if (!deps.restrained()) return mail.send(letter)
      try {
        if (await isOwn(deps, letter.to)) return await mail.send(letter)
      } catch (error) {
        deps.log.warn('whether a letter is for the own team could not be looked up; it is not sent now', { error })
        return 'failed'
      }
      deps.log.info('a letter was held back: it is trial, and not for the own team')
      return 'trial'
    },
  }
}

/** The address of staff, or of somebody on call. */
async function isOwn({ staff, places }: OwnMailDeps, to: string): Promise<boolean> {
  const address = plain(to)
  if (address === undefined) return false
  const onCall = Object.values(places().places).flatMap((place) => place.onCall)
  if (onCall.some(({ mail }) => mail !== undefined && plain(mail) === address)) return true
  const found = await staff.find({ mail: address }, { sort: ['mail'], limit: SAME_MAX })
  return found.some(({ state }) => state !== 'removed')
}

/** As the accounts keep it. */
function plain(address: string): string | undefined {
  return mailAddress(address)?.toLowerCase()
}

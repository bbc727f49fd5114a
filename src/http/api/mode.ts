/** `/api/mode`: trial or live, and what stands between the two. */
import { z } from 'zod'
import { MODE_CHANGED } from '../../app/board/live-notes.js'
import { type ChangeModeDeps, changeMode } from '../../app/mode.js'
import { findMissing } from '../../app/mode-missing.js'
import type { ModeView } from '../../core/mode-types.js'
import { type Areas, areasOf, isWithin } from '../../core/staff-types.js'
import { ApiError } from './api-error.js'
import type { ApiDeps, RoutesOf } from './api-route.js'

const Wish = z.strictObject({ live: z.boolean() })

export function modeRoutes({ accounts, work }: ApiDeps): RoutesOf<'mode'> {
  const deps: ChangeModeDeps = {
    ...accounts,
    mode: work.mode,
    library: () => work.library.current(),
    places: () => work.places.current(),
    hasMail: accounts.mail !== undefined,
    reachesStrangers: work.reachesStrangers,
  }
  const view = async (areas: Areas): Promise<ModeView> => {
    const missing = await findMissing(deps)
    return { mode: work.mode.current(), missing: missing.filter(({ area }) => area === undefined || isWithin([area], areas)) }
  }
  return {
    // Everybody sees which it is; what is missing only in areas where they work.
    'GET /api/mode': ({ signedIn }) => view(areasOf(signedIn.staff.roles)),
    'PUT /api/mode': async ({ request, signedIn, areas }) => {
      // It is about every area.
      if (areas !== 'all') throw new ApiError('forbidden')
      const { live } = Wish.parse(request.body)
      const missing = await changeMode(deps, signedIn.staff._id, live ? 'live' : 'trial')
      if (missing.length > 0) throw new ApiError('not-ready', { missing })
      work.live.tell(MODE_CHANGED)
      return view('all')
    },
  }
}

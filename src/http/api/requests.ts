/** `/api/requests`: who waits, and one request with all that happened to it, for coordinators of its area. */
import { z } from 'zod'
import { findRequest } from '../../app/board/find-request.js'
import { listRequests, readPlace } from '../../app/board/request-list.js'
import { requestView } from '../../app/board/request-view.js'
import { createNoteView } from '../../app/board/views-noted.js'
import { BOARD_LISTS } from '../../core/board-types.js'
import { ApiError } from './api-error.js'
import { type ApiDeps, type RoutesOf, readerOf, viewerOf } from './api-route.js'
import { presenceRoutes } from './presence.js'
import { requestActRoutes } from './request-acts.js'
import { askedArea } from './staff.js'

const SIZE = 50
const SIZE_MAX = 100
const Query = z.object({
  list: z.enum(BOARD_LISTS).default('waiting'),
  language: z
    .string()
    .regex(/^[a-zA-Z-]{2,20}$/)
    .optional(),
  task: z
    .string()
    .regex(/^[\w-]{1,60}$/)
    .optional(),
  next: z.string().max(300).optional(),
  size: z.coerce.number().int().min(1).max(SIZE_MAX).default(SIZE),
})

export function requestRoutes(deps: ApiDeps): RoutesOf<'requests'> {
  const { accounts, work } = deps
  const noteView = createNoteView()
  return {
    'GET /api/requests': async (call) => {
      const areas = askedArea(call)
      const { next, ...asked } = Query.parse(call.request.query)
      const after = next === undefined ? undefined : readPlace(next)
      if (next !== undefined && after === undefined) throw new ApiError('unreadable')
      return listRequests(work, { ...asked, areas, after, safeguarding: viewerOf(call).safeguarding })
    },
    'GET /api/requests/:request': async (call) => {
      const language = readerOf(call)
      const viewer = viewerOf(call)
      const document = await findRequest(work, viewer, String(call.request.params['request']))
      if (document === undefined) throw new ApiError('request-gone')
      await noteView(accounts, viewer.staff, document)
      return requestView(work, document, { viewer, language })
    },
    ...requestActRoutes(deps, noteView),
    ...presenceRoutes(deps),
  }
}

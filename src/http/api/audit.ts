/** `/api/audit`: who did what, newest first, for administrators of their areas. */
import { z } from 'zod'
import { AUDIT_PAGE, COMMAND_LINE, readAudit, START } from '../../app/accounts/audit.js'
import { namesOf as namesIn } from '../../app/board/names.js'
import type { AuditDocument } from '../../store/staff-documents.js'
import { ApiError } from './api-error.js'
import type { ApiDeps, RoutesOf } from './api-route.js'
import { askedArea } from './staff.js'

const Before = z
  .string()
  .max(100)
  .regex(/^\d{1,15}\.[\w-]+$/)
  .optional()

/** Before the id that a volunteer has in the file they came from: whoever has come into the chat since has another here. */
const OF_A_FILE = /^volunteer:/

export function auditRoutes({ accounts, work }: ApiDeps): RoutesOf<'audit'> {
  const nameOf = async (id: string): Promise<string> => {
    const { networks } = work.places.current()
    return (
      (await accounts.staff.get(id))?.name ??
      (await namesIn(work, [id]))(id) ??
      // An area may be called as something that every object has.
      (Object.hasOwn(networks, id) ? networks[id]?.names['da'] : undefined) ??
      id.replace(OF_A_FILE, '')
    )
  }
  /** Names of staff, removed ones too, of volunteers and of networks; whatever has none, as a request, keeps its id or number. */
  const namesOf = async (lines: readonly AuditDocument[]): Promise<ReadonlyMap<string, string>> => {
    const ids = [...new Set(lines.flatMap(({ who, about }) => [who, about]))]
    return new Map(await Promise.all(ids.map(async (id) => [id, await nameOf(id)] as const)))
  }
  return {
    'GET /api/audit': async (call) => {
      const before = Before.safeParse(call.request.query['before'])
      if (!before.success) throw new ApiError('unreadable')
      const lines = await readAudit(accounts, askedArea(call), placeOf(before.data))
      const names = await namesOf(lines)
      const last = lines.length < AUDIT_PAGE ? undefined : lines.at(-1)
      return {
        lines: lines.map(({ _id: id, at, who, what, about, area }) => ({
          id,
          at,
          who: names.get(who),
          ...(who === COMMAND_LINE || who === START ? { by: who } : {}),
          what,
          about: names.get(about),
          area,
        })),
        ...(last === undefined ? {} : { before: `${last.at}.${last._id}` }),
      }
    },
  }
}

function placeOf(before: string | undefined): { readonly at: number; readonly id: string } | undefined {
  const dot = before?.indexOf('.') ?? -1
  return before === undefined ? undefined : { at: Number(before.slice(0, dot)), id: before.slice(dot + 1) }
}

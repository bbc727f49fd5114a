/** What the routes of the console's API are made of. */
import type { Request, Response } from 'express'
import { z } from 'zod'
import type { ACCESS, RouteName } from '../../app/access.js'
import type { AccountsDeps } from '../../app/accounts/accounts-deps.js'
import type { SignedIn } from '../../app/accounts/logins.js'
import type { Administrator } from '../../app/accounts/staff.js'
import type { Viewer } from '../../app/board/board-deps.js'
import type { ConsoleDeps } from '../../app/console-deps.js'
import type { Areas } from '../../core/staff-types.js'

export interface ApiDeps {
  readonly accounts: AccountsDeps
  readonly work: ConsoleDeps
  /** Every area there is. */
  readonly areas: () => readonly { readonly id: string; readonly name: string }[]
  /** Staff reach the page over https. */
  readonly secure: boolean
}

/** A request of whoever it is. */
export interface OpenCall {
  readonly request: Request
  readonly response: Response
  /** Absent: nobody is signed in. */
  readonly signedIn: SignedIn | undefined
}

/** A request of somebody who may use this route, in these areas. */
export interface StaffCall extends OpenCall {
  readonly signedIn: SignedIn
  readonly areas: Areas
}

/** Resolves with what the page reads; undefined: nothing, 204, unless the route has begun an answer of its own. Refuses with `ApiError`. */
export type Route<C extends OpenCall> = (call: C) => Promise<object | undefined>

type CallOf<R extends RouteName> = (typeof ACCESS)[R] extends 'anyone' ? OpenCall : StaffCall
/** Every route of the table, and no other. */
export type ApiRoutes = { readonly [R in RouteName]: Route<CallOf<R>> }
/** The routes of one noun. */
export type RoutesOf<Noun extends string> = Pick<
  ApiRoutes,
  Extract<RouteName, `${string} /api/${Noun}` | `${string} /api/${Noun}/${string}`>
>

/** Whoever called, as the one who changes staff. */
export function administratorOf({ signedIn, areas }: StaffCall): Administrator {
  return { id: signedIn.staff._id, areas }
}

/** Whoever called, as the one who looks at requests and alarms. */
export function viewerOf({ signedIn: { staff }, areas }: StaffCall): Viewer {
  return { staff: staff._id, areas, safeguarding: staff.safeguarding }
}

const Reader = z.object({ language: z.enum(['da', 'en']).default('da') })

/** Language in which the page is read: of phrase cards and networks. */
export function readerOf({ request }: Pick<OpenCall, 'request'>): z.infer<typeof Reader>['language'] {
  return Reader.parse(request.query).language
}

/** Accounts on a real embedded store in a folder of its own, with a time that tests move and a mail server that records. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AccountsDeps } from '../src/app/accounts/accounts-deps.js'
import { makeLink } from '../src/app/accounts/links.js'
import { openLogin } from '../src/app/accounts/logins.js'
import type { Letter } from '../src/app/mail.js'
import type { Areas, Role, StaffRole } from '../src/core/staff-types.js'
import { openCollections } from '../src/store/collections.js'
import { openKeys } from '../src/store/keys.js'
import { openSqliteStore } from '../src/store/sqlite.js'
import type { StaffDocument } from '../src/store/staff-documents.js'
import { NOW } from './library.js'
import { type ManualTime, manualTime } from './manual-time.js'

export interface AccountsStage {
  readonly deps: AccountsDeps
  readonly time: ManualTime
  readonly letters: Letter[]
  readonly logged: string[]
  /** Somebody who is active. */
  add(name: string, roles: readonly StaffRole[], more?: Partial<StaffDocument>): Promise<StaffDocument>
  /** Their token, as a cookie holds it. */
  signIn(staff: StaffDocument): Promise<string>
  /** The token of a new link of theirs. */
  link(staff: StaffDocument): Promise<string>
  close(): Promise<void>
}

export const only = (role: Role, areas: Areas = 'all'): readonly StaffRole[] => [{ role, areas }]

export async function openAccounts({ mail = true } = {}): Promise<AccountsStage> {
  const dir = mkdtempSync(join(tmpdir(), 'opgang-accounts-'))
  const time = manualTime(NOW)
  const store = await openSqliteStore({ dir })
  const collections = openCollections(store)
  const letters: Letter[] = []
  const logged: string[] = []
  const noted = (message: string, fields?: object) => void logged.push(`${message} ${JSON.stringify(fields)}`)
  const deps: AccountsDeps = {
    ...collections,
    keys: await openKeys(collections.keys, () => randomBytes(32).toString('base64url')),
    ids: { next: () => randomBytes(16).toString('base64url') },
    time,
    log: { info: noted, warn: noted, error: noted },
    publicUrl: () => 'https://opgang.example',
    ...(mail ? { mail: { send: async (letter: Letter) => (letters.push(letter), 'sent' as const) } } : {}),
  }
  return {
    deps,
    time,
    letters,
    logged,
    async add(name, roles, more = {}) {
      const staff: StaffDocument = {
        _id: deps.ids.next(),
        version: 1,
        name,
        roles,
        safeguarding: false,
        passkeys: [],
        state: 'active',
        ...more,
      }
      await deps.staff.insert(staff)
      return staff
    },
    signIn: (staff) => openLogin(deps, staff, 'link'),
    link: async (staff) => tokenOf(await makeLink(deps, staff, { who: 'command line', what: 'link-made' })),
    async close() {
      await store.close()
      rmSync(dir, { recursive: true })
    },
  }
}

export function tokenOf(link: string): string {
  return /^https:\/\/opgang\.example\/console#link=([\w-]{44})$/.exec(link)?.[1] ?? ''
}

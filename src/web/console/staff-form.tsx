/** Inviting somebody, or changing what they may do. */
import { Button, Checkbox, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Areas, ROLES, type Role, type StaffRole } from '../../core/staff-types.js'
import { type Area, call, type Invited, type Staff } from './api.js'
import { Heading } from './heading.js'
import { Notice, useDoing } from './notice.js'
import { useTexts } from './texts.js'

interface StaffFormProps {
  /** Absent: somebody new. */
  readonly staff: Staff | undefined
  readonly administers: Areas
  readonly areas: readonly Area[]
  readonly finish: (invited: Invited | undefined, done: string | undefined) => void
  readonly back: () => void
  readonly left: () => void
}

export function StaffForm({ staff, administers, areas, finish, back, left }: StaffFormProps): React.ReactNode {
  const { say } = useTexts()
  const { busy, outcome, run, tell } = useDoing(left)
  const [name, setName] = useState(staff?.name ?? '')
  const [mail, setMail] = useState(staff?.mail ?? '')
  const [roles, setRoles] = useState<readonly StaffRole[]>(staff?.roles ?? [])
  const [safeguarding, setSafeguarding] = useState(staff?.safeguarding ?? false)
  const save = (event: React.FormEvent) => {
    event.preventDefault()
    if (roles.length === 0 || roles.some((one) => one.areas.length === 0)) return tell({ failed: 'staff.need' })
    const body = { name, roles, safeguarding, ...(mail.trim() === '' ? {} : { mail }) }
    run(async () => {
      if (staff === undefined) finish(await call('POST staff', { body }), undefined)
      else
        finish(
          undefined,
          say('staff.saved', { name: (await call('PUT staff/:id', { id: staff.id, body: { ...body, seen: staff.seen } })).name }),
        )
      return undefined
    })
  }
  return (
    <form onSubmit={save} className="narrow">
      <Stack>
        <Heading>{staff === undefined ? say('staff.invite') : say('staff.edit', { name: staff.name })}</Heading>
        <TextInput
          required
          maxLength={80}
          label={say('staff.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput type="email" label={say('staff.mail')} value={mail} onChange={(event) => setMail(event.currentTarget.value)} />
        <Roles roles={roles} administers={administers} areas={areas} set={setRoles} />
        <Checkbox
          label={say('staff.safeguarding')}
          checked={safeguarding}
          onChange={(event) => setSafeguarding(event.currentTarget.checked)}
        />
        {staff === undefined ? null : <Text className="quiet">{say('staff.save.out')}</Text>}
        <Notice outcome={outcome} />
        {busy && staff === undefined ? <Text className="slow quiet">{say('staff.link.wait')}</Text> : null}
        <Group>
          <Button type="submit" disabled={busy}>
            {staff === undefined ? say('staff.invite') : say('staff.save')}
          </Button>
          <Button variant="default" onClick={back}>
            {say('staff.back')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface RolesProps {
  readonly roles: readonly StaffRole[]
  readonly administers: Areas
  readonly areas: readonly Area[]
  readonly set: (roles: readonly StaffRole[]) => void
}

function Roles({ roles, administers, areas, set }: RolesProps): React.ReactNode {
  const { say } = useTexts()
  const of = (role: Role) => roles.find((one) => one.role === role)
  const put = (role: Role, wanted: Areas | undefined) => {
    const others = roles.filter((one) => one.role !== role)
    set(wanted === undefined ? others : [...others, { role, areas: wanted }])
  }
  // Whoever has one area gives that; others choose.
  const begin = (): Areas => (areas.length === 1 && administers !== 'all' ? areas.map(({ id }) => id) : [])
  return (
    <Fieldset legend={say('staff.roles')}>
      {ROLES.map((role) => {
        const chosen = of(role)?.areas
        return (
          <div key={role}>
            <Checkbox
              label={say(`role.${role}`)}
              checked={chosen !== undefined}
              onChange={(event) => put(role, event.currentTarget.checked ? begin() : undefined)}
            />
            {chosen === undefined ? null : (
              <RoleAreas role={role} chosen={chosen} everywhere={administers === 'all'} areas={areas} put={put} />
            )}
          </div>
        )
      })}
    </Fieldset>
  )
}

interface RoleAreasProps {
  readonly role: Role
  readonly chosen: Areas
  /** Whether all areas, also later ones, may be given. */
  readonly everywhere: boolean
  readonly areas: readonly Area[]
  readonly put: (role: Role, areas: Areas) => void
}

function RoleAreas({ role, chosen, everywhere, areas, put }: RoleAreasProps): React.ReactNode {
  const { say } = useTexts()
  const toggle = (id: string, on: boolean) => {
    const known = chosen === 'all' ? [] : chosen
    put(role, on ? [...known, id] : known.filter((one) => one !== id))
  }
  return (
    <div className="areas" role="group" aria-label={say(`role.${role}`)}>
      {everywhere ? (
        <Checkbox
          label={say('staff.everywhere')}
          checked={chosen === 'all'}
          onChange={(event) => put(role, event.currentTarget.checked ? 'all' : [])}
        />
      ) : null}
      {chosen === 'all'
        ? null
        : areas.map(({ id, name }) => (
            <Checkbox key={id} label={name} checked={chosen.includes(id)} onChange={(event) => toggle(id, event.currentTarget.checked)} />
          ))}
    </div>
  )
}

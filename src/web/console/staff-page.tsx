/** Who may sign in: the list, and what an administrator does with each. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Areas } from '../../core/staff-types.js'
import { type Area, call, type Invited, type Staff } from './api.js'
import { refusalOf } from './board/use-board.js'
import { Heading } from './heading.js'
import { LinkToGive } from './link-to-give.js'
import { type Doing, Notice, useDoing } from './notice.js'
import { SureButton } from './people/sure-button.js'
import { rolesInWords } from './role-words.js'
import { StaffForm } from './staff-form.js'
import { useTexts } from './texts.js'

const STAFF_KEY = ['staff'] as const

interface StaffPageProps {
  readonly administers: Areas
  readonly areas: readonly Area[]
  readonly left: () => void
}

export function StaffPage({ administers, areas, left }: StaffPageProps): React.ReactNode {
  const { say } = useTexts()
  const doing = useDoing(left)
  const { run } = doing
  const client = useQueryClient()
  const { data: staff, error } = useQuery({ queryKey: STAFF_KEY, queryFn: async () => (await call('GET staff')).staff })
  const failed = refusalOf(error)
  const refresh = () => client.invalidateQueries({ queryKey: STAFF_KEY })
  const [making, setMaking] = useState(false)
  const [invited, setInvited] = useState<Invited>()
  const [form, setForm] = useState<Staff | 'new'>()
  /** Back to the list, with what came of it. */
  const finish = (given: Invited | undefined, done: string | undefined) => {
    setForm(undefined)
    setInvited(given)
    run(async () => {
      await refresh()
      return done
    })
  }
  if (form !== undefined) {
    const back = () => setForm(undefined)
    return (
      <StaffForm
        staff={form === 'new' ? undefined : form}
        administers={administers}
        areas={areas}
        finish={finish}
        back={back}
        left={left}
      />
    )
  }
  const act = (work: () => Promise<unknown>, done: string) =>
    run(async () => {
      setInvited(undefined)
      await work()
      await refresh()
      return done
    })
  const newLink = (one: Staff) =>
    run(async () => {
      setInvited(undefined)
      setMaking(true)
      setInvited(await call('POST staff/:id/link', { id: one.id }).finally(() => setMaking(false)))
      return undefined
    })
  return (
    <Stack>
      <Heading>{say('staff.title')}</Heading>
      <Notice outcome={doing.outcome ?? (failed === undefined ? undefined : { failed })} />
      {making ? <Text className="slow quiet">{say('staff.link.wait')}</Text> : null}
      {invited === undefined ? null : <LinkToGive key={invited.link ?? invited.staff.id} invited={invited} />}
      <Group>
        <Button onClick={() => setForm('new')}>{say('staff.invite')}</Button>
      </Group>
      {staff === undefined && failed === undefined ? <Text>{say('loading')}</Text> : null}
      <ul className="rows">
        {staff?.map((one) => (
          <Row key={one.id} staff={one} areas={areas} doing={doing} edit={() => setForm(one)} newLink={() => newLink(one)} act={act} />
        ))}
      </ul>
    </Stack>
  )
}

interface RowProps {
  readonly staff: Staff
  readonly areas: readonly Area[]
  readonly doing: Doing
  readonly edit: () => void
  readonly newLink: () => void
  readonly act: (work: () => Promise<unknown>, done: string) => void
}

function Row({ staff, areas, doing, edit, newLink, act }: RowProps): React.ReactNode {
  const { say } = useTexts()
  const { id, name } = staff
  const button = (text: string, onClick: () => void) => (
    <Button variant="default" disabled={doing.busy} onClick={onClick}>
      {text}
    </Button>
  )
  return (
    <li>
      <Who staff={staff} areas={areas} />
      {staff.editable ? (
        <Group gap="xs">
          {button(say('staff.edit', { name }), edit)}
          {button(say('staff.link', { name }), newLink)}
          {staff.state === 'active'
            ? button(say('staff.end', { name }), () => act(() => call('DELETE staff/:id/sessions', { id }), say('staff.ended', { name })))
            : null}
          <SureButton
            label={say('staff.remove', { name })}
            what={say('staff.remove.sure', { name })}
            yes={say('staff.remove', { name })}
            busy={doing.busy}
            grave
            act={() => act(() => call('DELETE staff/:id', { id }), say('staff.removed', { name }))}
          />
        </Group>
      ) : null}
    </li>
  )
}

function Who({ staff, areas }: Pick<RowProps, 'staff' | 'areas'>): React.ReactNode {
  const { say } = useTexts()
  const notes = [
    ...(staff.mail === undefined ? [] : [staff.mail]),
    ...(staff.state === 'invited' ? [say('staff.invited')] : staff.passkeys === 0 ? [say('staff.nokey')] : []),
    ...(staff.safeguarding ? [say('staff.safeguarding').toLowerCase()] : []),
    ...(staff.editable ? [] : [say('staff.foreign')]),
  ]
  return (
    <div className="what">
      <strong>{staff.name}</strong>
      <div>{rolesInWords(staff.roles, areas, say)}</div>
      <div className="quiet">{notes.join(' · ')}</div>
    </div>
  )
}

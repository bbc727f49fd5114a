/** What somebody has themselves: their roles, their passkeys, and the ways out. */
import { Button, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { browserSupportsWebAuthn, startRegistration } from '@simplewebauthn/browser'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { type Area, call, type Me, type Passkey } from './api.js'
import { signOut } from './forget.js'
import { Heading } from './heading.js'
import { type Doing, Notice, useDoing } from './notice.js'
import { SureButton } from './people/sure-button.js'
import { rolesInWords } from './role-words.js'
import { useTexts } from './texts.js'

interface MyAccessProps {
  readonly me: Me
  readonly areas: readonly Area[]
  /** Asks again who is signed in. */
  readonly load: () => void
  /** Their roles have no other page. */
  readonly alone: boolean
}

export function MyAccess({ me, areas, load, alone }: MyAccessProps): React.ReactNode {
  const { say } = useTexts()
  const client = useQueryClient()
  const doing = useDoing(load)
  const { run } = doing
  const [passkeys, setPasskeys] = useState<readonly Passkey[]>()
  const refresh = useCallback(async () => setPasskeys((await call('GET passkeys')).passkeys), [])
  useEffect(() => {
    run(async () => {
      await refresh()
      return undefined
    })
  }, [refresh, run])
  const remove = (id: string) =>
    run(async () => {
      await call('DELETE passkeys/:id', { id })
      await refresh()
      return say('me.key.removed')
    })
  const leaveAll = () =>
    run(async () => {
      await signOut(client, 'DELETE session/all')
      load()
      return undefined
    })
  return (
    <Stack className="narrow">
      <Heading>{say('me.title')}</Heading>
      <Text>{say('me.roles', { roles: rolesInWords(me.roles, areas, say) })}</Text>
      {alone ? <Text>{say('me.alone')}</Text> : null}
      <Notice outcome={doing.outcome} />
      {passkeys === undefined ? <Text>{say('loading')}</Text> : <Passkeys passkeys={passkeys} busy={doing.busy} remove={remove} />}
      {passkeys === undefined ? null : <AddPasskey first={passkeys.length === 0} doing={doing} added={refresh} />}
      <Button variant="default" disabled={doing.busy} onClick={leaveAll}>
        {say('me.out.all')}
      </Button>
    </Stack>
  )
}

interface PasskeysProps {
  readonly passkeys: readonly Passkey[]
  readonly busy: boolean
  readonly remove: (id: string) => void
}

function Passkeys({ passkeys, busy, remove }: PasskeysProps): React.ReactNode {
  const { say, time } = useTexts()
  const times = ({ createdAt, usedAt }: Passkey) =>
    [say('me.key.made', { at: time(createdAt) }), ...(usedAt === undefined ? [] : [say('me.key.used', { at: time(usedAt) })])].join(', ')
  return (
    <>
      <Title order={2} size="h4">
        {say('me.keys')}
      </Title>
      {passkeys.length === 0 ? <Text>{say('me.none')}</Text> : null}
      <ul className="rows">
        {passkeys.map((passkey) => (
          <li key={passkey.id}>
            <div className="what">
              {passkey.name}
              <div className="quiet">{times(passkey)}</div>
            </div>
            <SureButton
              label={say('me.key.remove', { name: passkey.name })}
              what={say(passkeys.length === 1 ? 'me.key.remove.last' : 'me.key.remove.sure')}
              yes={say('me.key.remove', { name: passkey.name })}
              busy={busy}
              grave
              act={() => remove(passkey.id)}
            />
          </li>
        ))}
      </ul>
    </>
  )
}

interface AddPasskeyProps {
  /** They have none yet. */
  readonly first: boolean
  readonly doing: Doing
  readonly added: () => Promise<void>
}

function AddPasskey({ first, doing: { busy, run, tell }, added }: AddPasskeyProps): React.ReactNode {
  const { say } = useTexts()
  const [name, setName] = useState('')
  const add = (event: React.FormEvent) => {
    event.preventDefault()
    if (!browserSupportsWebAuthn()) return tell({ failed: 'passkey.missing' })
    run(async () => {
      const answer = await startRegistration({ optionsJSON: await call('POST passkeys/challenge') })
      await call('POST passkeys', { body: { name, answer: withoutExtras(answer) } })
      setName('')
      await added()
      return say('me.added')
    })
  }
  return (
    <Paper component="form" p="md" withBorder onSubmit={add}>
      <Stack>
        {first ? (
          <>
            <Title order={2} size="h4">
              {say('first.title')}
            </Title>
            <Text>{say('first.why')}</Text>
          </>
        ) : null}
        <TextInput
          required
          maxLength={60}
          label={say('me.add.name')}
          description={say('me.add.example')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" disabled={busy}>
          {say('me.add')}
        </Button>
      </Stack>
    </Paper>
  )
}

/** What the server looks at. */
function withoutExtras({ response, ...answer }: Awaited<ReturnType<typeof startRegistration>>): object {
  const { clientDataJSON, attestationObject, transports } = response
  return { ...answer, response: { clientDataJSON, attestationObject, transports } }
}

/** The console: who is signed in decides what is shown. */
import { Button, Group, Tabs, Text } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { call, Refusal, type Session } from './api.js'
import { AuditPage } from './audit-page.js'
import { MyAccess } from './my-access.js'
import { Notice, useDoing } from './notice.js'
import { SignIn } from './sign-in.js'
import { StaffPage } from './staff-page.js'
import { useTexts } from './texts.js'

export function App(): React.ReactNode {
  const { say } = useTexts()
  const [session, setSession] = useState<Session>()
  const [failed, setFailed] = useState<Refusal>()
  const load = useCallback(() => {
    call('GET session').then(setSession, (error: unknown) => setFailed(error instanceof Refusal ? error : new Refusal('offline')))
  }, [])
  useEffect(load, [load])
  return (
    <>
      <Head session={session} left={load} />
      <main className="column">
        {failed === undefined ? null : <Notice outcome={{ failed }} />}
        {session === undefined ? (
          <Text>{failed === undefined ? say('loading') : ''}</Text>
        ) : (
          <Room session={session} load={load} enter={setSession} />
        )}
      </main>
    </>
  )
}

function Head({ session, left }: { readonly session: Session | undefined; readonly left: () => void }): React.ReactNode {
  const { language, say, switchLanguage } = useTexts()
  const { busy, outcome, run } = useDoing(left)
  const leave = () =>
    run(async () => {
      await call('DELETE session')
      left()
      return undefined
    })
  return (
    <header className="head">
      <Group className="column" justify="space-between">
        <strong>{say('title')}</strong>
        <Group gap="xs">
          {session?.me === undefined ? null : <Text>{session.me.name}</Text>}
          <Button variant="default" lang={language === 'da' ? 'en' : 'da'} onClick={switchLanguage}>
            {say('language')}
          </Button>
          {session?.me === undefined ? null : (
            <Button variant="default" disabled={busy} onClick={leave}>
              {say('me.out')}
            </Button>
          )}
        </Group>
      </Group>
      <Notice outcome={outcome} />
    </header>
  )
}

interface RoomProps {
  readonly session: Session
  readonly load: () => void
  readonly enter: (session: Session) => void
}

function Room({ session, load, enter }: RoomProps): React.ReactNode {
  const { say } = useTexts()
  const { me, areas = [] } = session
  if (me === undefined) return <SignIn mail={session.mail} enter={enter} />
  if (me.administers === undefined) return <MyAccess me={me} areas={areas} load={load} />
  return (
    <Tabs defaultValue={me.passkeys === 0 ? 'me' : 'staff'} keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="staff">{say('tab.staff')}</Tabs.Tab>
        <Tabs.Tab value="audit">{say('tab.audit')}</Tabs.Tab>
        <Tabs.Tab value="me">{say('tab.me')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="staff">
        <StaffPage administers={me.administers} areas={areas} left={load} />
      </Tabs.Panel>
      <Tabs.Panel value="audit">
        <AuditPage areas={areas} left={load} />
      </Tabs.Panel>
      <Tabs.Panel value="me">
        <MyAccess me={me} areas={areas} load={load} />
      </Tabs.Panel>
    </Tabs>
  )
}

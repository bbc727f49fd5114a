/** The console: who is signed in decides what is shown. */
import { Button, Group, Tabs, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { isWithin, ROLES, type Role } from '../../core/staff-types.js'
import { type Area, call, type Me, Refusal, type Session } from './api.js'
import { AuditPage } from './audit-page.js'
import { hasUnsent } from './board/drafts.js'
import { BoardPage } from './board-page.js'
import { forgetDraftsOfOthers, forgetRead, signOut } from './forget.js'
import { Live } from './live.js'
import { ModeBanner } from './mode-banner.js'
import { ModePage } from './mode-page.js'
import { MyAccess } from './my-access.js'
import { Notice, useDoing } from './notice.js'
import { PeoplePage } from './people-page.js'
import { PAGES, type PageName, usePlace } from './place.js'
import { PlacesPage } from './places-page.js'
import { SignIn } from './sign-in.js'
import { StaffPage } from './staff-page.js'
import { useTexts } from './texts.js'
import { UseLink, useLink } from './use-link.js'

export function App(): React.ReactNode {
  const { say } = useTexts()
  const [session, enter, unsent] = useSession()
  const [failed, setFailed] = useState<Refusal>()
  const load = useCallback(() => {
    call('GET session').then(
      (known) => {
        setFailed(undefined)
        enter(known)
      },
      (error: unknown) => setFailed(error instanceof Refusal ? error : new Refusal('offline')),
    )
  }, [enter])
  useEffect(load, [load])
  useSignedOut(load)
  return (
    <>
      <Head session={session} left={load} />
      <main className="column">
        {failed === undefined ? null : <Notice outcome={{ failed }} />}
        <div role="status">{unsent ? say('board.unsent.kept') : ''}</div>
        {session === undefined ? (
          <Text>{failed === undefined ? say('loading') : ''}</Text>
        ) : (
          <Room key={session.me?.id} session={session} load={load} enter={enter} />
        )}
      </main>
    </>
  )
}

/** Who is signed in, the way to say so, and whether whoever is not any more typed what waits: nobody sees what another has read in this tab. */
function useSession(): readonly [Session | undefined, (session: Session) => void, boolean] {
  const client = useQueryClient()
  const [session, setSession] = useState<Session>()
  const [unsent, setUnsent] = useState(false)
  const before = useRef<string>(undefined)
  const enter = useCallback(
    (next: Session) => {
      const me = next.me?.id
      if (me !== before.current) forgetRead(client)
      if (me !== undefined) forgetDraftsOfOthers(client, me)
      if (me !== undefined) setUnsent(false)
      else if (before.current !== undefined) setUnsent(hasUnsent(before.current))
      before.current = me
      setSession(next)
    },
    [client],
  )
  return [session, enter, unsent]
}

/** Asks again who is signed in when an answer says that nobody is, whatever page is shown, and when the browser brings an old page back. */
function useSignedOut(load: () => void): void {
  const client = useQueryClient()
  useEffect(() => {
    const back = ({ persisted }: PageTransitionEvent) => {
      if (persisted) load()
    }
    window.addEventListener('pageshow', back)
    const off = client.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated' || event.action.type !== 'error') return
      const { error }: { readonly error: unknown } = event.action
      if (error instanceof Refusal && error.code === 'sign-in') load()
    })
    return () => {
      window.removeEventListener('pageshow', back)
      off()
    }
  }, [client, load])
}

function Head({ session, left }: { readonly session: Session | undefined; readonly left: () => void }): React.ReactNode {
  const { language, say, switchLanguage } = useTexts()
  const client = useQueryClient()
  const { busy, outcome, run } = useDoing(left)
  const leave = () =>
    run(async () => {
      await signOut(client, 'DELETE session')
      left()
      return undefined
    })
  return (
    <header className="head">
      <Group className="column" justify="space-between">
        <Sender areas={session?.areas ?? []} />
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

/** The sender is local: whoever works in one area reads its name. */
function Sender({ areas }: { readonly areas: readonly Area[] }): React.ReactNode {
  const { say } = useTexts()
  const [area] = areas
  if (area === undefined || areas.length > 1) return <strong>{say('title')}</strong>
  return (
    <span>
      <strong dir="auto">{area.name}</strong> <span className="quiet">Opgang</span>
    </span>
  )
}

interface RoomProps {
  readonly session: Session
  readonly load: () => void
  readonly enter: (session: Session) => void
}

function Room({ session, load, enter }: RoomProps): React.ReactNode {
  const { me, areas = [] } = session
  const [token, forget] = useLink()
  if (token !== undefined) return <UseLink key={token} token={token} me={me} enter={enter} forget={forget} />
  if (me === undefined) return <SignIn mail={session.mail} enter={enter} />
  return (
    <>
      <Live />
      <ModeBanner me={me} />
      <Pages me={me} areas={areas} load={load} />
    </>
  )
}

/** Who sees which page; what they may do there the server decides. */
const FOR: Readonly<Record<PageName, readonly Role[]>> = {
  board: ['coordinator'],
  people: ['coordinator', 'administrator'],
  places: ['coordinator', 'administrator'],
  staff: ['administrator'],
  audit: ['administrator'],
  mode: ['administrator'],
  me: ROLES,
}

/** Where somebody begins: whoever waits before everything else. */
const LANDS_ON: readonly PageName[] = ['board', 'staff']

interface PagesProps {
  readonly me: Me
  readonly areas: readonly Area[]
  readonly load: () => void
}

function Pages({ me, areas, load }: PagesProps): React.ReactNode {
  const { say } = useTexts()
  const { administers = [] } = me
  const administered = areas.filter(({ id }) => isWithin([id], administers))
  const mine = PAGES.filter((name) => name === 'me' || me.roles.some(({ role }) => FOR[name].includes(role)))
  // Whoever has made a passkey stays where they read so.
  const [first] = useState(me.passkeys === 0 ? 'me' : (LANDS_ON.find((name) => mine.includes(name)) ?? 'me'))
  const [place, go] = usePlace(first)
  const page = mine.includes(place.page) ? place.page : 'me'
  const props = { me, areas, left: load, open: place.open, go: (open: string) => go({ page, open }) }
  const panel = (name: PageName, content: React.ReactNode) => (
    <Tabs.Panel key={name} value={name}>
      {content}
    </Tabs.Panel>
  )
  return (
    <Tabs value={page} onChange={(next) => go({ page: PAGES.find((name) => name === next) ?? 'me', open: '' })} keepMounted={false}>
      <Tabs.List mb="md">
        {mine.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {say(`tab.${name}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {panel('board', <BoardPage {...props} />)}
      {panel('people', <PeoplePage {...props} />)}
      {panel('places', <PlacesPage {...props} />)}
      {panel('staff', <StaffPage administers={administers} areas={administered} left={load} />)}
      {panel('audit', <AuditPage areas={administered} left={load} />)}
      {panel('mode', <ModePage {...props} />)}
      {panel('me', <MyAccess me={me} areas={areas} load={load} alone={mine.length === 1} />)}
    </Tabs>
  )
}

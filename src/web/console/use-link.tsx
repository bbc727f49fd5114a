/** A one-time link in the page's address: whose it is gets in by its button. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { call, type Me, Refusal, type Session } from './api.js'
import { emptyOutbox } from './board/use-outbox.js'
import { Heading } from './heading.js'
import { Notice, useDoing } from './notice.js'
import { useTexts } from './texts.js'

/** What stands behind `#link=`: the browser sends it to nobody. */
const LINK = /^#link=([\w-]+)$/

/** It signs nobody in, however often it is tried. */
const OVER: ReadonlySet<string> = new Set(['link-unknown', 'link-used', 'link-late'])

function tokenInAddress(): string | undefined {
  return LINK.exec(window.location.hash)?.[1]
}

/** The token in the address, also of a link that is opened where the page is open already; and the way to be rid of it. */
export function useLink(): readonly [string | undefined, () => void] {
  const [token, setToken] = useState(tokenInAddress)
  useEffect(() => {
    const follow = () => setToken(tokenInAddress())
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])
  const forget = useCallback(() => {
    history.replaceState(null, '', window.location.pathname)
    setToken(undefined)
  }, [])
  return [token, forget]
}

interface UseLinkProps {
  readonly token: string
  /** Who is signed in here already. */
  readonly me: Me | undefined
  readonly enter: (session: Session) => void
  readonly forget: () => void
}

/** Opening a link does nothing: programs that look at mail open it too. The button does. */
export function UseLink({ token, me, enter, forget }: UseLinkProps): React.ReactNode {
  const { say } = useTexts()
  const { busy, outcome, run } = useDoing(forget)
  const isOver = outcome !== undefined && 'failed' in outcome && outcome.failed instanceof Refusal && OVER.has(outcome.failed.code)
  const use = () =>
    run(async () => {
      // What whoever is signed in here did goes out before.
      if (me !== undefined) await emptyOutbox()
      const session = await call('POST session/link', { body: { token } })
      forget()
      enter(session)
      return undefined
    })
  return (
    <Stack className="narrow">
      <Heading>{say(isOver ? 'link.over' : 'link.title')}</Heading>
      {isOver ? null : <Text>{say('link.how')}</Text>}
      {me === undefined ? null : <Text>{say('link.other', { name: me.name })}</Text>}
      <Notice outcome={outcome} />
      <Group>
        {isOver ? null : (
          <Button onClick={use} disabled={busy}>
            {say('link.use')}
          </Button>
        )}
        {me !== undefined || isOver ? (
          <Button variant="default" disabled={busy} onClick={forget}>
            {me === undefined ? say('link.away') : say('link.stay', { name: me.name })}
          </Button>
        ) : null}
      </Group>
    </Stack>
  )
}

/** The ways in without a link in hand: a passkey, or a link by mail. */
import { Button, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { browserSupportsWebAuthn, startAuthentication } from '@simplewebauthn/browser'
import { useState } from 'react'
import { call, type Session } from './api.js'
import { Heading } from './heading.js'
import { Notice, useDoing } from './notice.js'
import { useTexts } from './texts.js'

interface SignInProps {
  /** A mail server is set up. */
  readonly mail: boolean
  readonly enter: (session: Session) => void
}

export function SignIn({ mail, enter }: SignInProps): React.ReactNode {
  return (
    <Stack className="narrow">
      <PasskeySignIn enter={enter} />
      {mail ? <MailedLink /> : null}
    </Stack>
  )
}

function PasskeySignIn({ enter }: Pick<SignInProps, 'enter'>): React.ReactNode {
  const { say } = useTexts()
  const { busy, outcome, run, tell } = useDoing(() => undefined)
  const signIn = () => {
    if (!browserSupportsWebAuthn()) return tell({ failed: 'passkey.missing' })
    run(async () => {
      const answer = await startAuthentication({ optionsJSON: await call('POST session/passkey/challenge') })
      enter(await call('POST session/passkey', { body: answer }))
      return undefined
    })
  }
  return (
    <>
      <Heading>{say('signin.title')}</Heading>
      <Text>{say('signin.passkey.how')}</Text>
      <Notice outcome={outcome} />
      <Button onClick={signIn} disabled={busy}>
        {say('signin.passkey')}
      </Button>
      <Text className="quiet">{say('signin.none')}</Text>
    </>
  )
}

function MailedLink(): React.ReactNode {
  const { say } = useTexts()
  const { busy, outcome, run } = useDoing(() => undefined)
  const [mail, setMail] = useState('')
  const ask = (event: React.FormEvent) => {
    event.preventDefault()
    run(async () => {
      await call('POST session/mail', { body: { mail } })
      return say('signin.mail.sent')
    })
  }
  return (
    <Paper component="form" p="md" withBorder onSubmit={ask}>
      <Stack>
        <Title order={2} size="h4">
          {say('signin.mail.title')}
        </Title>
        <TextInput
          type="email"
          autoComplete="email"
          required
          label={say('signin.mail.label')}
          value={mail}
          onChange={(event) => setMail(event.currentTarget.value)}
        />
        <Notice outcome={outcome} />
        <Button type="submit" variant="default" disabled={busy}>
          {say('signin.mail.send')}
        </Button>
      </Stack>
    </Paper>
  )
}

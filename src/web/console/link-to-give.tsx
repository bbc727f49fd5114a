/** What came of an invitation: a link to hand over, or word that it was mailed. */
import { Alert, Stack, Text, TextInput } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Invited } from './api.js'
import { CopyButton } from './copy-button.js'
import { useTexts } from './texts.js'

export function LinkToGive({ invited: { staff, mail, link } }: { readonly invited: Invited }): React.ReactNode {
  const { say } = useTexts()
  const { name } = staff
  const here = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  // It stands above a long list, and a link is shown only once.
  useEffect(() => here.current?.focus(), [])
  if (link === undefined)
    return (
      <Alert className="notice" ref={here} tabIndex={-1}>
        {say('staff.mailed', { name })}
      </Alert>
    )
  return (
    <Alert className="notice" ref={here} tabIndex={-1}>
      <Stack gap="xs">
        {mail === 'slow' || mail === 'failed' ? <Text>{say(`staff.mail.${mail}`, { name })}</Text> : null}
        <Text>{say('staff.give', { name })}</Text>
        <TextInput
          readOnly
          ref={field}
          className="link"
          label={say('staff.give.label', { name })}
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={link} shown={field} copy={say('staff.copy')} copied={say('staff.copied')} />
      </Stack>
    </Alert>
  )
}

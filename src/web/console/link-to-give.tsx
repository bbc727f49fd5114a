/** What came of an invitation: a link to hand over, or word that it was mailed. */
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Invited } from './api.js'
import { useTexts } from './texts.js'

export function LinkToGive({ invited: { staff, link } }: { readonly invited: Invited }): React.ReactNode {
  const { say } = useTexts()
  const [copied, setCopied] = useState(false)
  const { name } = staff
  if (link === undefined) return <Alert className="notice">{say('staff.mailed', { name })}</Alert>
  // Where the browser does not let us, the field is there to be copied by hand.
  const copy = () =>
    void navigator.clipboard.writeText(link).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <Alert className="notice">
      <Stack gap="xs">
        <Text>{say('staff.give', { name })}</Text>
        <TextInput
          readOnly
          className="link"
          label={say('staff.give.label', { name })}
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Group>
          <Button variant="default" onClick={copy}>
            {say('staff.copy')}
          </Button>
          <span role="status">{copied ? say('staff.copied') : ''}</span>
        </Group>
      </Stack>
    </Alert>
  )
}

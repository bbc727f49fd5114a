/** Copies a word or a link that is handed over. Where the browser does not let us, it stands there to be copied by hand. */
import { Button, Group } from '@mantine/core'
import { useState } from 'react'

interface CopyButtonProps {
  readonly text: string
  /** On the button, and beside it once it is done. */
  readonly copy: string
  readonly copied: string
}

export function CopyButton({ text, copy, copied }: CopyButtonProps): React.ReactNode {
  const [isDone, setDone] = useState(false)
  const put = () =>
    void navigator.clipboard.writeText(text).then(
      () => setDone(true),
      () => setDone(false),
    )
  return (
    <Group>
      <Button variant="default" onClick={put}>
        {copy}
      </Button>
      <span role="status">{isDone ? copied : ''}</span>
    </Group>
  )
}

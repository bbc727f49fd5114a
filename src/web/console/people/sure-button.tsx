/** A button for what reaches another person: what will happen is said first, and it can be left. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTexts } from '../texts.js'

interface SureButtonProps {
  readonly label: string
  /** What will happen. */
  readonly what: string
  /** The button that does it. */
  readonly yes: string
  readonly busy: boolean
  /** The first thing to do here. */
  readonly main?: boolean
  /** It takes something away. */
  readonly grave?: boolean
  readonly act: () => void
}

export function SureButton({ label, what, yes, busy, main = false, grave = false, act }: SureButtonProps): React.ReactNode {
  const { say } = useTexts()
  const [asking, setAsking] = useState(false)
  const question = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const was = useRef(false)
  useEffect(() => {
    if (asking) question.current?.focus()
    else if (was.current) button.current?.focus()
    was.current = asking
  }, [asking])
  if (!asking)
    return (
      <Button {...(main ? {} : { variant: 'default' })} ref={button} disabled={busy} onClick={() => setAsking(true)}>
        {label}
      </Button>
    )
  const answer = (then?: () => void) => {
    setAsking(false)
    then?.()
  }
  return (
    <Stack
      gap="xs"
      className="people-sure"
      ref={question}
      tabIndex={-1}
      role="group"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        answer()
      }}
    >
      <Text>{what}</Text>
      <Group gap="xs">
        <Button {...(grave ? { color: 'var(--brick)' } : {})} disabled={busy} onClick={() => answer(act)}>
          {yes}
        </Button>
        <Button variant="default" onClick={() => answer()}>
          {say('people.undo')}
        </Button>
      </Group>
    </Stack>
  )
}

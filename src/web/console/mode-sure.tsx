/** Asks once more before strangers are written to. The browser keeps the focus inside, closes it with Esc and gives the focus back. */
import { Button, Group, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTexts } from './texts.js'

interface ModeSureProps {
  readonly yes: () => void
  /** Called once, when it is closed in whatever way. */
  readonly closed: () => void
}

export function ModeSure({ yes, closed }: ModeSureProps): React.ReactNode {
  const { say } = useTexts()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const close = () => dialog.current?.close()
  return (
    <dialog ref={dialog} className="mode-sure" aria-labelledby="mode-sure" onClose={closed}>
      <h2 id="mode-sure">{say('mode.sure')}</h2>
      <ul className="mode-points">
        <li>{say('mode.sure.messenger')}</li>
        <li>{say('mode.sure.mail')}</li>
        <li>{say('mode.sure.before')}</li>
      </ul>
      <Group gap="xs">
        <Button
          onClick={() => {
            close()
            yes()
          }}
        >
          {say('mode.live')}
        </Button>
        <Button variant="default" onClick={close}>
          {say('mode.wait')}
        </Button>
      </Group>
      <Text className="quiet">{say('mode.sure.back')}</Text>
    </dialog>
  )
}

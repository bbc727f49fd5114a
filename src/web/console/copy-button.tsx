/** Copies a word or a link that is handed over. Where the browser does not let us, it is selected, and how to copy it by hand is said. */
import { Button, Group } from '@mantine/core'
import { type RefObject, useState } from 'react'
import { useTexts } from './texts.js'

interface CopyButtonProps {
  readonly text: string
  /** Where it stands on the page. */
  readonly shown: RefObject<HTMLElement | null>
  /** On the button, and beside it once it is done. */
  readonly copy: string
  readonly copied: string
}

export function CopyButton({ text, shown, copy, copied }: CopyButtonProps): React.ReactNode {
  const { say } = useTexts()
  const [outcome, setOutcome] = useState<'copied' | 'by-hand'>()
  const byHand = () => {
    select(shown.current)
    setOutcome('by-hand')
  }
  // Over plain http browsers have no clipboard.
  const put = () => {
    if (navigator.clipboard === undefined) byHand()
    else navigator.clipboard.writeText(text).then(() => setOutcome('copied'), byHand)
  }
  return (
    <Group>
      <Button variant="default" onClick={put}>
        {copy}
      </Button>
      <span role="status">{outcome === undefined ? '' : outcome === 'copied' ? copied : say('copy.by-hand')}</span>
    </Group>
  )
}

function select(element: HTMLElement | null): void {
  if (element instanceof HTMLInputElement) {
    element.focus()
    element.select()
  } else if (element !== null) getSelection()?.selectAllChildren(element)
}

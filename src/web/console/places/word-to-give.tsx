/** A one-time word to hand over: shown once. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Word } from '../api.js'
import { useTexts } from '../texts.js'

interface WordToGiveProps {
  readonly word: Word
  readonly name: string
  readonly area: string
}

export function WordToGive({ word: { word, until }, name, area }: WordToGiveProps): React.ReactNode {
  const { language, say } = useTexts()
  const [copied, setCopied] = useState(false)
  const clock = new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', {
    timeStyle: 'short',
    timeZone: 'Europe/Copenhagen',
  }).format(until)
  // Where the browser does not let us, the word is there to be copied by hand.
  const copy = () =>
    void navigator.clipboard.writeText(word).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <Alert className="notice">
      <Stack gap="xs">
        <Text>{say('places.word.give', { name })}</Text>
        <p className="word">
          <bdi>{word}</bdi>
        </p>
        <Text>{say('places.word.how', { name, until: clock, area })}</Text>
        <Group>
          <Button variant="default" onClick={copy}>
            {say('places.word.copy')}
          </Button>
          <span role="status">{copied ? say('places.word.copied') : ''}</span>
        </Group>
      </Stack>
    </Alert>
  )
}

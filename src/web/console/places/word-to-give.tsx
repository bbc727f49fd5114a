/** A one-time word to hand over: shown once. */
import { Alert, Stack, Text } from '@mantine/core'
import { useRef } from 'react'
import type { Word } from '../api.js'
import { CopyButton } from '../copy-button.js'
import { useTexts } from '../texts.js'

interface WordToGiveProps {
  readonly word: Word
  readonly name: string
  readonly area: string
}

export function WordToGive({ word: { word, until }, name, area }: WordToGiveProps): React.ReactNode {
  const { language, say } = useTexts()
  const shown = useRef<HTMLElement>(null)
  const clock = new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', {
    timeStyle: 'short',
    timeZone: 'Europe/Copenhagen',
  }).format(until)
  return (
    <Alert className="notice">
      <Stack gap="xs">
        <Text>{say('places.word.give', { name })}</Text>
        <p className="word">
          <bdi ref={shown}>{word}</bdi>
        </p>
        <Text>{say('places.word.how', { name, until: clock, area })}</Text>
        <CopyButton text={word} shown={shown} copy={say('places.word.copy')} copied={say('places.word.copied')} />
      </Stack>
    </Alert>
  )
}

/** A one-time word, shown once, to be handed over. */
import { Alert, Stack, Text, TextInput } from '@mantine/core'
import { useRef } from 'react'
import type { Word } from '../api.js'
import { CopyButton } from '../copy-button.js'
import { useTexts } from '../texts.js'
import { inSentence } from './people-words.js'
import { When } from './when.js'

interface WordToGiveProps {
  /** Whoever is to type it. */
  readonly name: string
  readonly word: Word
}

export function WordToGive({ name, word: { word, until } }: WordToGiveProps): React.ReactNode {
  const { say } = useTexts()
  const field = useRef<HTMLInputElement>(null)
  return (
    <Alert className="notice" role="status">
      <Stack gap="xs">
        <Text>
          {say('people.word.give', { name: inSentence(name) })} {say('people.word.until')} <When at={until} />.
        </Text>
        <TextInput
          readOnly
          ref={field}
          dir="ltr"
          className="link"
          label={say('people.word.label', { name })}
          value={word}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={word} shown={field} copy={say('people.word.copy')} copied={say('people.word.copied')} />
      </Stack>
    </Alert>
  )
}

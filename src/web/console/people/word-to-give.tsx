/** A one-time word, shown once, to be handed over. */
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Word } from '../api.js'
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
  const [copied, setCopied] = useState(false)
  // Where the browser does not let us, the field is there to be copied by hand.
  const copy = () =>
    void navigator.clipboard.writeText(word).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <Alert className="notice" role="status">
      <Stack gap="xs">
        <Text>
          {say('people.word.give', { name: inSentence(name) })} {say('people.word.until')} <When at={until} />.
        </Text>
        <TextInput
          readOnly
          dir="ltr"
          className="link"
          label={say('people.word.label', { name })}
          value={word}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Group>
          <Button variant="default" onClick={copy}>
            {say('people.word.copy')}
          </Button>
          <span role="status">{copied ? say('people.word.copied') : ''}</span>
        </Group>
      </Stack>
    </Alert>
  )
}

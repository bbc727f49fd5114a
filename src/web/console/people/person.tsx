/** One volunteer: who they are, what may be done, and the form that changes them. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { PersonView } from '../../../core/people-types.js'
import { awaitsAge } from '../../../core/volunteer-types.js'
import { call, Refusal } from '../api.js'
import { Heading } from '../heading.js'
import { type Doing, Notice, useDoing } from '../notice.js'
import type { PageProps } from '../page-props.js'
import { useTexts } from '../texts.js'
import { inSentence } from './people-words.js'
import { PersonActs } from './person-acts.js'
import { PersonFacts } from './person-facts.js'
import { PersonForm } from './person-form.js'

export function Person({ open, go, left, areas }: PageProps): React.ReactNode {
  const { say } = useTexts()
  const client = useQueryClient()
  const { data, error } = useQuery({ queryKey: ['person', open], queryFn: () => call('GET people/:id', { id: open }) })
  const doing = useDoing(left)
  const [editing, setEditing] = useState(false)
  useEffect(() => {
    if (error instanceof Refusal && error.code === 'sign-in') left()
  }, [error, left])
  const { outcome } = doing
  useEffect(() => {
    // What was refused may have changed meanwhile.
    if (outcome !== undefined && 'failed' in outcome) void client.invalidateQueries({ queryKey: ['person', open] })
  }, [outcome, client, open])
  const put = (person: PersonView) => {
    client.setQueryData(['person', open], person)
    void client.invalidateQueries({ queryKey: ['people'] })
  }
  const back = () => go('')
  // What is being typed is not lost by a key.
  const leave = (event: React.KeyboardEvent) => (event.key === 'Escape' && !editing ? back() : undefined)
  const close = (
    <Button variant="default" onClick={back}>
      {say('people.back')}
    </Button>
  )
  // Whoever had everything erased meanwhile is on the screen no more.
  const isGone = error instanceof Refusal && error.code === 'not-found'
  if (data === undefined || isGone)
    return (
      <Stack>
        <Notice outcome={error instanceof Refusal ? { failed: error } : undefined} />
        {error === null ? <Text>{say('loading')}</Text> : null}
        <Group>{close}</Group>
      </Stack>
    )
  if (editing)
    return (
      <PersonForm
        person={data}
        areas={areas}
        left={left}
        back={() => setEditing(false)}
        anew={() => client.fetchQuery({ queryKey: ['person', open], queryFn: () => call('GET people/:id', { id: open }), staleTime: 0 })}
        saved={(person) => {
          put(person)
          setEditing(false)
          doing.tell({ done: say('people.saved', { name: inSentence(person.alias) }) })
        }}
      />
    )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a key that closes it, beside the button that does
    <div onKeyDown={leave}>
      <Seen person={data} areas={areas} doing={doing} put={put} edit={() => setEditing(true)} close={close} />
    </div>
  )
}

interface SeenProps extends Pick<PageProps, 'areas'> {
  readonly person: PersonView
  readonly doing: Doing
  readonly put: (person: PersonView) => void
  readonly edit: () => void
  readonly close: React.ReactNode
}

function Seen({ person, areas, doing, put, edit, close }: SeenProps): React.ReactNode {
  const { say } = useTexts()
  return (
    <Stack>
      <Heading>
        <span dir="auto">{person.alias}</span>
      </Heading>
      <Text>
        {awaitsAge(person) ? say('people.state.applied.age', { name: inSentence(person.alias) }) : say(`people.state.${person.state}`)}
      </Text>
      <Notice outcome={doing.outcome} />
      <PersonActs person={person} doing={doing} put={put} />
      <PersonFacts person={person} areas={areas} />
      <Group>
        <Button variant="default" onClick={edit}>
          {say('people.edit')}
        </Button>
        {close}
      </Group>
    </Stack>
  )
}

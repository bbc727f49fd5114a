/** What may be done about a volunteer now. */
import { Button, Group, Text } from '@mantine/core'
import { useRef, useState } from 'react'
import type { PersonView } from '../../../core/people-types.js'
import { call, type Word } from '../api.js'
import type { Doing } from '../notice.js'
import { type TextKey, useTexts } from '../texts.js'
import { inSentence } from './people-words.js'
import { SureButton } from './sure-button.js'
import { WordToGive } from './word-to-give.js'

interface PersonActsProps {
  readonly person: PersonView
  readonly doing: Doing
  /** The person as they are afterwards. */
  readonly put: (person: PersonView) => void
}

export function PersonActs(props: PersonActsProps): React.ReactNode {
  const { person, doing } = props
  const { say } = useTexts()
  const [word, setWord] = useState<Word>()
  const acts = useRef<HTMLDivElement>(null)
  // A button that is gone leaves the keyboard here.
  const put = (next: PersonView) => {
    props.put(next)
    acts.current?.focus()
  }
  const makeWord = () =>
    doing.run(async () => {
      setWord(await call('POST people/:id/word', { id: person.id }))
      return undefined
    })
  return (
    <>
      {word === undefined ? null : <WordToGive name={person.alias} word={word} />}
      <Group gap="xs" align="start" ref={acts} tabIndex={-1}>
        {person.state === 'applied' ? <Answers {...props} put={put} /> : null}
        {person.state === 'refused' ? <AfterAll {...props} put={put} /> : null}
        {person.state === 'approved' ? <Times {...props} put={put} /> : null}
        {person.withoutChat === true ? (
          <Button variant="default" disabled={doing.busy} onClick={makeWord}>
            {say('people.word.make')}
          </Button>
        ) : null}
      </Group>
      {person.paused === 'report' ? <Text>{say('people.pause.report')}</Text> : null}
    </>
  )
}

/** Does one thing to a person, and says what came of it. */
function useAct({ person, doing, put }: PersonActsProps) {
  const { say } = useTexts()
  const name = inSentence(person.alias)
  return (what: 'decision' | 'duty' | 'pause', body: object, done: TextKey) =>
    doing.run(async () => {
      put(await call(`POST people/:id/${what}`, { id: person.id, body }))
      return say(done, { name })
    })
}

function Answers(props: PersonActsProps): React.ReactNode {
  const { person, doing } = props
  const { say } = useTexts()
  const act = useAct(props)
  const answer = (answered: 'approve' | 'refuse', yes: boolean) => (
    <SureButton
      label={say(`people.${answered}`)}
      what={say(`people.${answered}.sure`, { name: inSentence(person.alias) })}
      yes={say(`people.${answered}.yes`)}
      busy={doing.busy}
      main={yes}
      act={() => act('decision', { yes }, yes ? 'people.approved' : 'people.refused')}
    />
  )
  return (
    <>
      {answer('approve', true)}
      {answer('refuse', false)}
    </>
  )
}

/** A no can become a yes. */
function AfterAll(props: PersonActsProps): React.ReactNode {
  const { person, doing } = props
  const { say } = useTexts()
  const act = useAct(props)
  return (
    <SureButton
      label={say('people.anew')}
      what={say('people.anew.sure', { name: inSentence(person.alias) })}
      yes={say('people.approve.yes')}
      busy={doing.busy}
      act={() => act('decision', { yes: true, anew: true }, 'people.approved')}
    />
  )
}

/** Duty and pause: each is undone by the other button. */
function Times(props: PersonActsProps): React.ReactNode {
  const { person, doing } = props
  const { say } = useTexts()
  const act = useAct(props)
  const { paused, dutyUntil, withoutChat } = person
  const name = inSentence(person.alias)
  const button = (label: TextKey, run: () => void) => (
    <Button variant="default" disabled={doing.busy} onClick={run}>
      {say(label)}
    </Button>
  )
  return (
    <>
      {dutyUntil === undefined ? null : (
        <SureButton
          label={say('people.duty.end')}
          what={say('people.duty.end.sure', { name })}
          yes={say('people.duty.end.yes')}
          busy={doing.busy}
          act={() => act('duty', { on: false }, 'people.duty.ended')}
        />
      )}
      {dutyUntil === undefined && paused === undefined && withoutChat !== true
        ? button('people.duty.begin', () => act('duty', { on: true }, 'people.duty.begun'))
        : null}
      {paused === undefined ? button('people.pause.begin', () => act('pause', { on: true }, 'people.pause.begun')) : null}
      {paused === 'self' ? button('people.pause.end', () => act('pause', { on: false }, 'people.pause.ended')) : null}
      {paused === 'report' ? (
        <SureButton
          label={say('people.pause.end')}
          what={say('people.pause.report.sure', { name })}
          yes={say('people.pause.report.yes')}
          busy={doing.busy}
          act={() => act('pause', { on: false }, 'people.pause.report.ended')}
        />
      ) : null}
    </>
  )
}

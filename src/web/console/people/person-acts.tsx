/** What may be done about a volunteer now. */
import { Button, Group, Text } from '@mantine/core'
import { useRef, useState } from 'react'
import type { PersonView } from '../../../core/people-types.js'
import { awaitsAge } from '../../../core/volunteer-types.js'
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
      what={say(yes && awaitsAge(person) ? 'people.approve.sure.age' : `people.${answered}.sure`, { name: inSentence(person.alias) })}
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

/** Duty and pause: each is undone by the other button. Whoever has a chat is told. */
function Times(props: PersonActsProps): React.ReactNode {
  const { paused, dutyUntil, withoutChat } = props.person
  return (
    <>
      {dutyUntil === undefined ? null : <Told {...props} what="duty" on={false} label="people.duty.end" yes="people.duty.end.yes" />}
      {dutyUntil === undefined && paused === undefined && withoutChat !== true ? (
        <Told {...props} what="duty" on label="people.duty.begin" yes="people.duty.begin.yes" />
      ) : null}
      {paused === undefined ? <Told {...props} what="pause" on label="people.pause.begin" yes="people.pause.begin.yes" /> : null}
      {paused === undefined ? null : <Told {...props} what="pause" on={false} label="people.pause.end" yes="people.pause.end.yes" />}
    </>
  )
}

interface ToldProps extends PersonActsProps {
  readonly what: 'duty' | 'pause'
  readonly on: boolean
  readonly label: TextKey
  readonly yes: TextKey
}

/** Nobody is told who has no chat: then there is nothing to be sure of. */
function Told(props: ToldProps): React.ReactNode {
  const { person, doing, what, on, label, yes } = props
  const { say } = useTexts()
  const act = useAct(props)
  const ofReport = what === 'pause' && !on && person.paused === 'report'
  const done = ofReport ? 'people.pause.report.ended' : (`people.${what}.${on ? 'begun' : 'ended'}` as const)
  const run = () => act(what, { on }, done)
  if (person.withoutChat === true)
    return (
      <Button variant="default" disabled={doing.busy} onClick={run}>
        {say(label)}
      </Button>
    )
  const sure = ofReport ? 'people.pause.report.sure' : (`people.${what}.${on ? 'begin' : 'end'}.sure` as const)
  return <SureButton label={say(label)} what={say(sure, { name: inSentence(person.alias) })} yes={say(yes)} busy={doing.busy} act={run} />
}

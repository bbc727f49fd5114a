/** Who is on call, in the order in which they are told: moved by buttons, added and taken off. Nothing holds before it is saved. */
import { Button, Group } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { type TextKey, useTexts } from '../texts.js'
import { HoursField } from './hours-field.js'
import type { Known, OnCallDraft } from './place-draft.js'
import { Field, useProblem } from './problems.js'

interface OnCallFieldsProps {
  readonly people: readonly OnCallDraft[]
  readonly known: readonly Known[]
  readonly set: (people: readonly OnCallDraft[]) => void
}

/** What was done last to the list, and what it was before. */
interface Done {
  readonly words: string
  readonly undo?: readonly OnCallDraft[]
}

export function OnCallFields({ people, known, set }: OnCallFieldsProps): React.ReactNode {
  const { say } = useTexts()
  const [done, setDone] = useState<Done>()
  const focusOn = useFocusAfter(people)
  const nameOf = ({ name }: OnCallDraft) => (name.trim() === '' ? say('places.oncall.someone') : name.trim())
  const move = (from: number, to: number) => {
    const one = people[from]
    if (one === undefined) return
    set(people.toSpliced(from, 1).toSpliced(to, 0, one))
    setDone({ words: say('places.oncall.moved', { name: nameOf(one), number: String(to + 1) }) })
    // At an end of the list the button that was pressed can be pressed no more.
    const up = to < from ? to > 0 : to === people.length - 1
    focusOn(`${up ? 'up' : 'down'}-${one.key}`)
  }
  const takeOff = (one: OnCallDraft) => {
    set(people.filter(({ key }) => key !== one.key))
    setDone({ words: say('places.oncall.removed', { name: nameOf(one) }), undo: people })
    focusOn('on-call-add')
  }
  const add = () => {
    set([...people, { key: crypto.randomUUID(), name: '', mail: '', hours: '' }])
    setDone(undefined)
    focusOn(`field-onCall.${people.length}.name`)
  }
  const undo = (before: readonly OnCallDraft[]) => {
    set(before)
    setDone(undefined)
    focusOn('on-call-add')
  }
  return (
    <fieldset className="choices">
      <legend>{say('places.oncall')}</legend>
      <p className="quiet">{say('places.oncall.how')}</p>
      <datalist id="on-call-known">
        {[...new Set(known.map(({ name }) => name))].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <ol className="people">
        {people.map((one, at) => (
          <Person
            key={one.key}
            {...{ one, at }}
            last={at === people.length - 1}
            name={nameOf(one)}
            set={(next) => set(people.with(at, next))}
            move={(by) => move(at, at + by)}
            takeOff={() => takeOff(one)}
          />
        ))}
      </ol>
      <Group>
        <Button id="on-call-add" variant="default" onClick={add}>
          {say('places.oncall.add')}
        </Button>
        <span role="status">{done?.words}</span>
        {done?.undo === undefined ? null : (
          <Button variant="default" onClick={() => undo(done.undo ?? [])}>
            {say('places.oncall.undo')}
          </Button>
        )}
      </Group>
    </fieldset>
  )
}

/** Puts the focus where it was asked for, once the list stands as it was changed. */
function useFocusAfter(people: readonly OnCallDraft[]): (id: string) => void {
  const wanted = useRef<string>(undefined)
  useEffect(() => {
    if (wanted.current !== undefined) document.getElementById(wanted.current)?.focus()
    wanted.current = undefined
  }, [people])
  return (id) => {
    wanted.current = id
  }
}

interface PersonProps {
  readonly one: OnCallDraft
  readonly at: number
  readonly last: boolean
  readonly name: string
  readonly set: (one: OnCallDraft) => void
  readonly move: (by: -1 | 1) => void
  readonly takeOff: () => void
}

function Person({ one, at, last, name, set, move, takeOff }: PersonProps): React.ReactNode {
  const { say } = useTexts()
  const taken = useProblem(`onCall.${at}.id`)
  const number = String(at + 1)
  const button = (words: TextKey, run: () => void, more: { id: string; disabled?: boolean }) => (
    <Button variant="default" {...more} onClick={run}>
      {say(words, { name })}
    </Button>
  )
  return (
    <li>
      <fieldset className="person" id={`field-onCall.${at}.id`} tabIndex={-1}>
        <legend>{one.name.trim() === '' ? say('places.oncall.new', { number }) : say('places.oncall.number', { number, name })}</legend>
        {taken === undefined ? null : <p className="wrong">{taken}</p>}
        <Field
          at={`onCall.${at}.name`}
          dir="auto"
          list="on-call-known"
          maxLength={80}
          label={say('places.oncall.name')}
          value={one.name}
          set={(text) => set({ ...one, name: text })}
        />
        <Field
          at={`onCall.${at}.mail`}
          type="email"
          maxLength={254}
          label={say('places.oncall.mail')}
          value={one.mail}
          set={(text) => set({ ...one, mail: text })}
        />
        <HoursField
          at={`onCall.${at}.hours`}
          label={say('places.hours')}
          how={say('places.hours.how')}
          value={one.hours}
          set={(text) => set({ ...one, hours: text })}
        />
        <Group gap="xs">
          {button('places.oncall.up', () => move(-1), { id: `up-${one.key}`, disabled: at === 0 })}
          {button('places.oncall.down', () => move(1), { id: `down-${one.key}`, disabled: last })}
          {button('places.oncall.remove', takeOff, { id: `off-${one.key}` })}
        </Group>
      </fieldset>
    </li>
  )
}

/** Hours of the week, changed by days and times: no way of writing them has to be known. */
import { Button, Checkbox, Fieldset, Group, Text, TextInput } from '@mantine/core'
import type { Hours } from '../../../core/wall-hours.js'
import { useTexts } from '../texts.js'
import { weekOf } from './people-words.js'

/** What a new time begins with: an evening of a working day. */
const NEW: Hours = { days: [1, 2, 3, 4, 5], from: 16 * 60, until: 20 * 60 }

interface HoursFieldProps {
  readonly hours: readonly Hours[]
  readonly set: (hours: readonly Hours[]) => void
}

export function HoursField({ hours, set }: HoursFieldProps): React.ReactNode {
  const { say } = useTexts()
  const put = (index: number, wanted: readonly Hours[]) => set(hours.toSpliced(index, 1, ...wanted))
  return (
    <Fieldset legend={say('people.hours')}>
      {hours.length === 0 ? <Text>{say('people.hours.any')}</Text> : null}
      {hours.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a time has no name but its place in the list
        <Span key={index} number={index + 1} hours={one} set={(wanted) => put(index, wanted === undefined ? [] : [wanted])} />
      ))}
      <Button variant="default" onClick={() => set([...hours, NEW])}>
        {say('people.hours.add')}
      </Button>
    </Fieldset>
  )
}

interface SpanProps {
  readonly number: number
  readonly hours: Hours
  /** `undefined` takes it away. */
  readonly set: (hours: Hours | undefined) => void
}

function Span({ number, hours, set }: SpanProps): React.ReactNode {
  const { language, say } = useTexts()
  const { days, from, until } = hours
  const toggle = (day: number, on: boolean) => {
    const others = days.filter((one) => one !== day)
    set({ ...hours, days: (on ? [...others, day] : others).toSorted((a, b) => a - b) })
  }
  const clock = (label: string, minute: number, put: (minute: number) => void) => (
    <TextInput
      type="time"
      required
      label={label}
      value={toClock(minute)}
      onChange={(event) => {
        const next = toMinute(event.currentTarget.value)
        if (next !== undefined) put(next)
      }}
    />
  )
  return (
    <div className="people-span" role="group" aria-label={say('people.hours.span', { number: String(number) })}>
      <div className="people-days">
        {weekOf(language).map(({ day, name }) => (
          <Checkbox key={day} label={name} checked={days.includes(day)} onChange={(event) => toggle(day, event.currentTarget.checked)} />
        ))}
      </div>
      <Group gap="xs" align="end">
        {clock(say('people.hours.from'), from, (minute) => set({ ...hours, from: minute }))}
        {clock(say('people.hours.until'), until, (minute) => set({ ...hours, until: minute }))}
        <Button variant="default" onClick={() => set(undefined)}>
          {say('people.hours.remove', { number: String(number) })}
        </Button>
      </Group>
    </div>
  )
}

function toClock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** Undefined while it is being typed. */
function toMinute(clock: string): number | undefined {
  const [, hour, minute] = /^(\d\d):(\d\d)/.exec(clock) ?? []
  return hour === undefined ? undefined : Number(hour) * 60 + Number(minute)
}

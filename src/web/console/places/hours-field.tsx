/** A field for hours in words, and beside it how they are read. */
import { useTexts } from '../texts.js'
import { readHoursWords, sayHours } from './hours-words.js'
import { Field } from './problems.js'

/** Longer than any hours that mean something. */
const LENGTH_MAX = 300

interface HoursFieldProps {
  readonly at: string
  readonly label: string
  readonly how: string
  readonly value: string
  readonly set: (text: string) => void
}

export function HoursField({ at, label, how, value, set }: HoursFieldProps): React.ReactNode {
  const texts = useTexts()
  const hours = readHoursWords(value)
  const read = hours === undefined || hours.length === 0 ? undefined : sayHours(hours, texts)
  return (
    <div>
      <Field at={at} maxLength={LENGTH_MAX} label={label} description={how} value={value} set={set} />
      <p className="quiet read" role="status">
        {read === undefined ? '' : texts.say('places.hours.read', { hours: read })}
      </p>
    </div>
  )
}

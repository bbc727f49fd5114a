/** One of a few: radio buttons under their question. */
import { useId } from 'react'

interface ChoicesProps<V extends string> {
  readonly question: string
  readonly options: readonly { readonly value: V; readonly label: React.ReactNode }[]
  readonly value: V | undefined
  readonly choose: (value: V) => void
  /** Id of the element that says what is wrong with it. */
  readonly wrong?: string | undefined
  /** Few short ones: beside each other where there is room. */
  readonly short?: true
}

export function Choices<V extends string>({ question, options, value, choose, wrong, short }: ChoicesProps<V>): React.ReactNode {
  const name = useId()
  return (
    <fieldset className={short === true ? 'choices wide' : 'choices'} aria-describedby={wrong}>
      <legend>{question}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => choose(option.value)} />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  )
}

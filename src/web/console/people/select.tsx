/** A choice among a few: the browser's own, which every phone knows how to show. */
import { useId } from 'react'

interface SelectProps {
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [value: string, name: string])[]
  readonly set: (value: string) => void
}

export function Select({ label, value, options, set }: SelectProps): React.ReactNode {
  const id = useId()
  return (
    <div className="people-select">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => set(event.currentTarget.value)}>
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}

/** A choice from a list, with its label. */
import { useId } from 'react'

interface PickProps {
  readonly label: string
  readonly value: string
  readonly choose: (value: string) => void
  /** `option` elements. */
  readonly children: React.ReactNode
  /** Id of the element that says what is wrong with it. */
  readonly wrong?: string | undefined
}

export function Pick({ label, value, choose, children, wrong }: PickProps): React.ReactNode {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong}
        onChange={(event) => choose(event.target.value)}
      >
        {children}
      </select>
    </div>
  )
}

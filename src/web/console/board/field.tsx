/** A line, or some lines, of text with its label. */
import { useId } from 'react'

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly max: number
  readonly write: (text: string) => void
  /** More than one line. */
  readonly rows?: number
  /** Id of the element that says what is wrong with it. */
  readonly wrong?: string | undefined
}

export function Field({ label, value, max, write, rows, wrong }: FieldProps): React.ReactNode {
  const id = useId()
  const common = {
    id,
    value,
    maxLength: max,
    dir: 'auto',
    autoComplete: 'off',
    'aria-invalid': wrong !== undefined,
    'aria-describedby': wrong,
    onChange: (event: { readonly target: { readonly value: string } }) => write(event.target.value),
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {rows === undefined ? <input type="text" {...common} /> : <textarea rows={rows} {...common} />}
    </div>
  )
}

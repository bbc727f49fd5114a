/** What stands in the way of saving, field by field, and the fields that say it. */
import { Alert, TextInput, type TextInputProps } from '@mantine/core'
import { createContext, useContext, useEffect, useRef } from 'react'
import type { Refusal } from '../api.js'
import { type StaffLanguage, useTexts } from '../texts.js'

/** By the path of the field: `onCall.0.mail`. */
export type Problems = ReadonlyMap<string, string>
export const NO_PROBLEMS: Problems = new Map()

const ProblemsContext = createContext<Problems>(NO_PROBLEMS)
/** What the fields below it have to say. */
export const ProblemsProvider = ProblemsContext.Provider

export function problemsOf({ problems }: Refusal, language: StaffLanguage): Problems {
  return new Map(problems.map(({ at, message }) => [at, message[language]]))
}

/** The problem of a field, if it has one. */
export function useProblem(at: string): string | undefined {
  return useContext(ProblemsContext).get(at)
}

function idOf(at: string): string {
  return `field-${at}`
}

/** Also where it is folded away. */
function goTo(at: string): void {
  const field = document.getElementById(idOf(at))
  field?.closest('details')?.setAttribute('open', '')
  field?.focus()
}

interface FieldProps extends TextInputProps {
  readonly at: string
  readonly set: (text: string) => void
}

export function Field({ at, set, ...props }: FieldProps): React.ReactNode {
  const problem = useProblem(at)
  return (
    <TextInput
      autoComplete="off"
      {...props}
      id={idOf(at)}
      {...(problem === undefined ? {} : { error: problem })}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
}

interface ChoicesProps {
  readonly at: string
  readonly legend: string
  readonly how?: string
  readonly children: React.ReactNode
}

/** Several boxes under one heading. */
export function Choices({ at, legend, how, children }: ChoicesProps): React.ReactNode {
  const problem = useProblem(at)
  return (
    <fieldset className="choices" id={idOf(at)} tabIndex={-1} aria-describedby={`${idOf(at)}-words`}>
      <legend>{legend}</legend>
      <div id={`${idOf(at)}-words`}>
        {how === undefined ? null : <p className="quiet">{how}</p>}
        {problem === undefined ? null : <p className="wrong">{problem}</p>}
      </div>
      <div className="boxes">{children}</div>
    </fieldset>
  )
}

/** All problems in one place, in sight and read aloud when they come: whoever saved at the foot of a form goes on here. Each leads to its field. */
export function ProblemList({ problems }: { readonly problems: Problems }): React.ReactNode {
  const { say } = useTexts()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problems.size > 0) list.current?.focus()
  }, [problems])
  return (
    <div ref={list} tabIndex={-1} role="alert">
      {problems.size === 0 ? null : (
        <Alert className="refusal" role="presentation" title={say('places.problems')}>
          <ul className="problems">
            {[...problems].map(([at, message]) => (
              <li key={at}>
                <button type="button" onClick={() => goTo(at)}>
                  {message}
                </button>
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </div>
  )
}

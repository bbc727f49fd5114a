/** Saving what a form holds: what is wrong by field, and what happens when another was faster. */
import { useState } from 'react'
import { Refusal } from '../api.js'
import { type Doing, useDoing } from '../notice.js'
import { useTexts } from '../texts.js'
import { NO_PROBLEMS, type Problems, problemsOf } from './problems.js'

export interface Saving extends Doing {
  readonly problems: Problems
  /** Another has saved meanwhile. */
  readonly clash: boolean
  tellProblems(problems: Problems): void
  /** `changed`: reads anew what is saved. */
  save(work: () => Promise<void>, changed: () => Promise<unknown>): void
  /** The form begins anew from what is saved. */
  settle(): void
}

export function useSave(left: () => void): Saving {
  const { language } = useTexts()
  const doing = useDoing(left)
  const [problems, tellProblems] = useState<Problems>(NO_PROBLEMS)
  const [clash, setClash] = useState(false)
  const save = (work: () => Promise<void>, changed: () => Promise<unknown>) => {
    tellProblems(NO_PROBLEMS)
    doing.run(async () => {
      try {
        await work()
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        tellProblems(problemsOf(error, language))
        if (error.code === 'changed-meanwhile') {
          await changed()
          setClash(true)
        }
        // What is wrong by field says it all.
        if (error.problems.length === 0) throw error
      }
      return undefined
    })
  }
  const settle = () => {
    setClash(false)
    tellProblems(NO_PROBLEMS)
    doing.tell(undefined)
  }
  return { ...doing, problems, clash, tellProblems, save, settle }
}

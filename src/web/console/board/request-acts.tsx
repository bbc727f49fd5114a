/** What may be done about a request now: a button each, and below them what the chosen one asks. */
import { Button } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { RequestAct, RequestView } from '../../../core/board-types.js'
import { useTexts } from '../texts.js'
import { CloseForm, DoorForm, type FormProps, OverForm, PassOnForm, ReassignForm, ReportForm } from './act-forms.js'
import { Composer } from './composer.js'
import { draftOf } from './drafts.js'

/** In this order; notes have their own place. */
const BUTTONS = ['decide-report', 'take', 'ask-more', 'write', 'say', 'show-door', 'reassign', 'pass-on', 'let-go', 'close'] as const
type ButtonAct = (typeof BUTTONS)[number]
/** What is done at once: there is a way back from each. */
const AT_ONCE = ['take', 'let-go', 'ask-more'] as const
type AtOnce = (typeof AT_ONCE)[number]
/** The form of an act was left. */
const NOTHING = 'nothing'
const WORDS_MAX = 1000

function isAtOnce(act: ButtonAct): act is AtOnce {
  return AT_ONCE.some((one) => one === act)
}

interface ActsProps {
  readonly view: RequestView
  /** Where a draft about this request is kept. */
  readonly keep: (name: string) => string
  readonly busy: boolean
  readonly act: (act: RequestAct) => void
}

export function RequestActs({ view, keep, busy, act }: ActsProps): React.ReactNode {
  const { say } = useTexts()
  const mine = BUTTONS.filter((one) => view.may.includes(one))
  const [asked, setAsked] = useState<ButtonAct | typeof NOTHING>()
  // Words that were not sent are shown again.
  const begun = mine.find((one) => (one === 'write' || one === 'say') && draftOf(keep(one)) !== '')
  const shown = mine.find((one) => one === asked) ?? (asked === undefined ? begun : undefined)
  const section = useRef<HTMLElement>(null)
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // What is asked for has the keyboard: words in their field, all else at its question.
    if (asked !== undefined && asked !== NOTHING) (form.current?.querySelector('textarea') ?? form.current)?.focus()
  }, [asked])
  if (mine.length === 0) return null
  const main = mine.find((one) => one === 'decide-report' || (one === 'take' && view.staff === undefined) || one === 'ask-more')
  /** What was typed is kept, and is there when it is asked for again. */
  const leave = () => {
    section.current?.querySelector<HTMLElement>(`[data-act="${shown}"]`)?.focus()
    setAsked(NOTHING)
  }
  // A button that is gone leaves the keyboard here.
  const send = (one: RequestAct) => {
    section.current?.focus({ preventScroll: true })
    setAsked(undefined)
    act(one)
  }
  // Whoever has it is a colleague: what is one's own is not there to be taken.
  const isOver = view.staff !== undefined
  const isNow = (one: ButtonAct): one is AtOnce => isAtOnce(one) && !(one === 'take' && isOver)
  const press = (one: ButtonAct) => {
    if (isNow(one)) send({ do: one })
    else if (one === shown) leave()
    else setAsked(one)
  }
  const escape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || shown === undefined) return
    event.preventDefault()
    leave()
  }
  const label = (one: ButtonAct) => say(one === 'take' && isOver ? 'board.over.act' : `board.act.${one}`)
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: a key that leaves what is asked, beside the button that does
    <section ref={section} tabIndex={-1} aria-label={say('board.acts')} className="acts" onKeyDown={escape}>
      <div className="buttons">
        {mine.map((one) => (
          <Button
            key={one}
            variant={one === main ? 'filled' : 'default'}
            disabled={busy}
            data-act={one}
            aria-expanded={isNow(one) ? undefined : one === shown}
            onClick={() => press(one)}
          >
            {label(one)}
          </Button>
        ))}
      </div>
      {shown === undefined ? null : (
        <div ref={form} tabIndex={-1} role="group" aria-label={label(shown)} className="act-form">
          <ActForm key={shown} which={shown} {...{ view, keep, busy, leave, act: send }} />
        </div>
      )}
    </section>
  )
}

interface ActFormProps extends FormProps {
  readonly which: ButtonAct
  readonly keep: ActsProps['keep']
  readonly busy: boolean
}

const FORMS: Readonly<Partial<Record<ButtonAct, (props: FormProps) => React.ReactNode>>> = {
  take: OverForm,
  close: CloseForm,
  reassign: ReassignForm,
  'pass-on': PassOnForm,
  'show-door': DoorForm,
  'decide-report': ReportForm,
}

function ActForm({ which, keep, busy, ...form }: ActFormProps): React.ReactNode {
  const { say } = useTexts()
  const Form = FORMS[which]
  if (Form !== undefined) return <Form {...form} />
  if (which !== 'write' && which !== 'say') return null
  return (
    <Composer
      kept={keep(which)}
      label={say(`board.${which}.label`)}
      hint={say(`board.${which}.hint`)}
      send={{ text: say(`board.${which}.send`), max: WORDS_MAX, busy, by: (text) => form.act({ do: which, text }) }}
    >
      <Button variant="default" onClick={form.leave}>
        {say('board.leave')}
      </Button>
    </Composer>
  )
}

/** A request for somebody who has no chat; what is filled in stays in the tab until the server has it. */
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import type { BehalfOrder } from '../../../core/board-types.js'
import { WHENS, type When } from '../../../core/request-types.js'
import { TASKS, taskRule } from '../../../core/task-rules.js'
import { type Area, call } from '../api.js'
import { KEYS } from '../keys.js'
import { Notice } from '../notice.js'
import { type TextKey, type Texts, useTexts } from '../texts.js'
import { Check } from './act-forms.js'
import { Choices } from './choices.js'
import { keptAs, useDraft } from './drafts.js'
import { Field } from './field.js'
import { LANGUAGES, languageName } from './languages.js'
import { newId } from './new-id.js'
import { Pick } from './pick.js'
import { refusalOf } from './use-board.js'
import { taskTitle } from './words.js'

/** As in the chat. */
const NOTE_MAX = 500
const ALIAS_MAX = 30
const STAIRWELL_MAX = 40

/** The order while it is made; what is not chosen is empty. */
interface Draft {
  readonly id: string
  readonly task: string
  readonly area: string
  readonly language: string
  readonly when: When | ''
  readonly stairwell: string
  readonly note: string
  readonly alias: string
  readonly gender: 'woman' | 'man' | ''
  readonly notFromStairwell: boolean
}

const NEEDED = ['task', 'area', 'language', 'when', 'note', 'alias'] as const
type Needed = (typeof NEEDED)[number]

/** Tasks that volunteers do. */
const OFFERED = TASKS.filter((task) => taskRule(task)?.staffOnly === undefined)

interface BehalfProps {
  readonly staff: string
  readonly areas: readonly Area[]
  readonly close: () => void
  readonly opened: (receipt: string) => void
  readonly left: () => void
}

export function BehalfForm({ staff, areas, close, opened, left }: BehalfProps): React.ReactNode {
  const { say } = useTexts()
  const client = useQueryClient()
  const [kept, keep] = useDraft(keptAs(staff, 'new'))
  const [fresh] = useState(() => emptyDraft(areas))
  const draft = { ...fresh, ...readDraft(kept) }
  const form = useRef<HTMLFormElement>(null)
  const [tries, setTries] = useState(0)
  const missing = tries > 0 ? NEEDED.filter((name) => draft[name].trim() === '') : []
  const sending = useMutation({
    mutationFn: (order: BehalfOrder) => call('POST requests', { body: order }),
    onSuccess: ({ receipt }) => {
      keep('')
      void client.invalidateQueries({ queryKey: KEYS.requests })
      opened(receipt)
    },
    onError: (error) => {
      if (refusalOf(error)?.code === 'sign-in') left()
    },
  })
  useEffect(() => {
    // To the first thing that is missing.
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"], .choices[aria-describedby] input')?.focus()
  }, [tries])
  const change = (part: Partial<Draft>) => keep(JSON.stringify({ ...draft, ...part }))
  const submit = () => {
    setTries(tries + 1)
    const order = orderOf(draft)
    if (order !== undefined) sending.mutate(order)
  }
  return (
    <form
      ref={form}
      className="behalf"
      noValidate
      aria-labelledby="board-behalf"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Title>{say('board.open.title')}</Title>
      <p className="quiet">{say('board.open.how')}</p>
      <Fields {...{ draft, change, areas, missing }} />
      {sending.error === null ? null : <Notice outcome={{ failed: refusalOf(sending.error) ?? 'offline' }} />}
      <p role="alert" className="wrong">
        {missing.length === 0 ? '' : say('board.open.need')}
      </p>
      <div className="buttons">
        <Button type="submit" disabled={sending.isPending}>
          {say(sending.isError ? 'board.again' : 'board.open.send')}
        </Button>
        <Button variant="default" onClick={close}>
          {say('board.back')}
        </Button>
      </div>
    </form>
  )
}

function Title({ children }: { readonly children: string }): React.ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <h2 id="board-behalf" ref={heading} tabIndex={-1}>
      {children}
    </h2>
  )
}

interface FieldsProps {
  readonly draft: Draft
  readonly change: (part: Partial<Draft>) => void
  readonly areas: readonly Area[]
  readonly missing: readonly Needed[]
}

function Fields({ draft, change, areas, missing }: FieldsProps): React.ReactNode {
  const texts = useTexts()
  const { say } = texts
  const id = useId()
  const wrong = (name: Needed) => (missing.includes(name) ? `${id}-${name}` : undefined)
  const word = (name: Needed) => (
    <p id={`${id}-${name}`} className="wrong">
      {missing.includes(name) ? say(`board.open.need.${name}`) : ''}
    </p>
  )
  return (
    <>
      <Pick label={say('board.open.task')} value={draft.task} choose={(task) => change({ task })} wrong={wrong('task')}>
        <option value="">{say('board.open.choose')}</option>
        {OFFERED.map((task) => (
          <option key={task} value={task}>
            {taskTitle(texts, task)}
          </option>
        ))}
      </Pick>
      {word('task')}
      <Choices
        question={say('board.open.when')}
        options={WHENS.map((value) => ({ value, label: say(`board.open.when.${value}`) }))}
        value={draft.when === '' ? undefined : draft.when}
        choose={(when) => change({ when })}
        wrong={wrong('when')}
        short
      />
      {word('when')}
      <Pick label={say('board.open.area')} value={draft.area} choose={(area) => change({ area })} wrong={wrong('area')}>
        <option value="">{say('board.open.choose')}</option>
        {areas.map((area) => (
          <option key={area.id} value={area.id}>
            {area.name}
          </option>
        ))}
      </Pick>
      {word('area')}
      <Field label={say('board.open.stairwell')} value={draft.stairwell} max={STAIRWELL_MAX} write={(stairwell) => change({ stairwell })} />
      <Languages {...{ draft, change, texts }} wrong={wrong('language')} />
      {word('language')}
      <Field
        label={say('board.open.note')}
        value={draft.note}
        max={NOTE_MAX}
        rows={3}
        write={(note) => change({ note })}
        wrong={wrong('note')}
      />
      {word('note')}
      <Field
        label={say('board.open.alias')}
        value={draft.alias}
        max={ALIAS_MAX}
        write={(alias) => change({ alias })}
        wrong={wrong('alias')}
      />
      {word('alias')}
      <Wishes draft={draft} change={change} />
    </>
  )
}

interface LanguagesProps extends Pick<FieldsProps, 'draft' | 'change'> {
  readonly texts: Texts
  readonly wrong: string | undefined
}

function Languages({ draft, change, texts: { language, say }, wrong }: LanguagesProps): React.ReactNode {
  return (
    <Pick label={say('board.open.language')} value={draft.language} choose={(code) => change({ language: code })} wrong={wrong}>
      <option value="">{say('board.open.choose')}</option>
      {LANGUAGES.map((code) => languageName(code, language)).map(({ code, known, name }) => (
        <option key={code} value={code}>
          {known === name ? known : `${known} · ${name}`}
        </option>
      ))}
    </Pick>
  )
}

const GENDERS: readonly { readonly value: Draft['gender']; readonly text: TextKey }[] = [
  { value: '', text: 'board.open.gender.any' },
  { value: 'woman', text: 'board.open.gender.woman' },
  { value: 'man', text: 'board.open.gender.man' },
]

function Wishes({ draft, change }: Pick<FieldsProps, 'draft' | 'change'>): React.ReactNode {
  const { say } = useTexts()
  return (
    <>
      <Choices
        question={say('board.open.gender')}
        options={GENDERS.map(({ value, text }) => ({ value, label: say(text) }))}
        value={draft.gender}
        choose={(gender) => change({ gender })}
        short
      />
      <Check
        label={say('board.open.stranger')}
        checked={draft.notFromStairwell}
        check={(notFromStairwell) => change({ notFromStairwell })}
      />
    </>
  )
}

/** Whoever has one area has chosen it. */
function emptyDraft(areas: readonly Area[]): Draft {
  const area = areas.length === 1 ? (areas[0]?.id ?? '') : ''
  const id = newId()
  return { id, task: '', area, language: '', when: '', stairwell: '', note: '', alias: '', gender: '', notFromStairwell: false }
}

function readDraft(text: string): Partial<Draft> {
  try {
    // Only this page writes there.
    return text === '' ? {} : (JSON.parse(text) as Partial<Draft>)
  } catch {
    // A draft that cannot be read is begun anew.
    return {}
  }
}

/** Undefined while something is missing. */
function orderOf(draft: Draft): BehalfOrder | undefined {
  const { id, task, area, language, when, gender, notFromStairwell } = draft
  const [stairwell, note, alias] = [draft.stairwell.trim(), draft.note.trim(), draft.alias.trim()]
  if ([task, area, language, note, alias].includes('') || when === '') return undefined
  const wishes = { ...(gender === '' ? {} : { gender }), ...(notFromStairwell ? { notFromStairwell } : {}) }
  return { id, task, area, language, when, note, alias, wishes, ...(stairwell === '' ? {} : { stairwell }) }
}

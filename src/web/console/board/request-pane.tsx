/** One request: beside the list on a desk, over it on a phone. */
import { Button } from '@mantine/core'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { RequestAct, RequestView } from '../../../core/board-types.js'
import { isolated } from '../../../core/language/isolated.js'
import type { Area } from '../api.js'
import { usePresence } from '../live.js'
import { Notice } from '../notice.js'
import { useTexts } from '../texts.js'
import { AlarmCard } from './alarm-card.js'
import { forgetDraftsOf, keptAs } from './drafts.js'
import { newId } from './new-id.js'
import { Notes } from './notes.js'
import type { Outbox, OutboxState } from './outbox.js'
import { outcomeWords } from './outcome-words.js'
import { RequestActs } from './request-acts.js'
import { RequestFacts, RequestMarks } from './request-head.js'
import { Decisions, Feedback, Talk, Timeline } from './request-story.js'
import { useRequest } from './use-board.js'
import { taskTitle } from './words.js'

interface PaneProps {
  /** Id or number. */
  readonly address: string
  readonly staff: string
  readonly areas: readonly Area[]
  readonly outbox: Outbox
  readonly sent: OutboxState
  readonly close: () => void
  /** It was just made here: said while nothing else is. */
  readonly opened: boolean
  readonly left: () => void
}

export function RequestPane({ address, staff, areas, outbox, sent, close, opened, left }: PaneProps): React.ReactNode {
  const { say } = useTexts()
  const one = useRequest(address)
  usePresence(one.is === 'there' ? one.view.id : undefined)
  const shown = useRef('')
  if (one.is === 'there') shown.current = one.view.id
  const gone = one.is === 'gone'
  useEffect(() => {
    // What was written about somebody who is erased goes with them.
    if (gone && shown.current !== '') forgetDraftsOf(staff, shown.current)
  }, [gone, staff])
  const signedOut = one.is === 'failed' && one.refusal.code === 'sign-in'
  useEffect(() => {
    if (signedOut) left()
  }, [signedOut, left])
  const back = (
    <Button variant="default" className="board-back" onClick={close}>
      {say('board.back')}
    </Button>
  )
  if (one.is === 'loading') {
    return (
      <>
        {back}
        <p className="slow quiet">{say('loading')}</p>
      </>
    )
  }
  if (one.is === 'gone') {
    return (
      <div className="board-nothing">
        <div role="alert">
          <p>
            <strong>{say('board.gone')}</strong>
          </p>
          <p>{say('board.gone.why')}</p>
        </div>
        <Button variant="default" onClick={close}>
          {say('board.back')}
        </Button>
      </div>
    )
  }
  const again = (
    <Button variant="default" onClick={one.again}>
      {say('board.again')}
    </Button>
  )
  if (one.is === 'failed') {
    return (
      <>
        {back}
        <Notice outcome={{ failed: one.refusal }} />
        {again}
      </>
    )
  }
  return (
    <>
      {back}
      {one.old ? (
        <div className="board-old" role="status">
          <p>{say('board.old')}</p>
          {again}
        </div>
      ) : null}
      <Request key={one.view.id} {...{ view: one.view, staff, areas, outbox, sent, opened }} />
    </>
  )
}

interface RequestProps extends Pick<PaneProps, 'staff' | 'areas' | 'outbox' | 'sent' | 'opened'> {
  readonly view: RequestView
}

function Request({ view, staff, areas, outbox, sent, opened }: RequestProps): React.ReactNode {
  const texts = useTexts()
  const { say } = texts
  const { id, receipt, seen, note, language, alarms, task } = view
  const busy = sent.entries.some(({ order, state }) => order.request === id && state !== 'failed')
  const keep = (name: string) => keptAs(staff, `${id}.${name}`)
  const act = (one: RequestAct) => outbox.add({ id: newId(), request: id, receipt, seen, act: one })
  const isOld = useIsOld(sent.outcome)
  const about = sent.outcome?.order.request === id && !(isOld && sent.outcome.refused === undefined) ? sent.outcome : undefined
  const said = about === undefined ? (opened ? { done: say('board.open.done') } : undefined) : outcomeWords(texts, about)
  const place = areas.find((area) => area.id === view.area)?.name ?? view.area
  const heading = useRef<HTMLHeadingElement>(null)
  useFocusKept(heading, busy)
  return (
    <article className="board-request">
      <Title heading={heading} receipt={receipt} task={taskTitle(texts, task)} />
      <Others names={view.others} />
      <RequestMarks view={view} />
      {alarms.map((alarm) => (
        <AlarmCard key={alarm.id} alarm={alarm} area={place} within />
      ))}
      <RequestFacts view={view} areas={areas} />
      {note === '' ? null : (
        <figure className="words">
          <figcaption className="quiet">{say(view.behalf === true ? 'board.words.behalf' : 'board.words')}</figcaption>
          <blockquote dir="auto" lang={language}>
            {note}
          </blockquote>
        </figure>
      )}
      <Notice outcome={said} />
      <RequestActs {...{ view, keep, busy, act }} />
      <Decisions view={view} />
      <Talk view={view} />
      <Feedback view={view} />
      <Notes {...{ view, keep, busy, act }} />
      <Timeline view={view} />
    </article>
  )
}

/** What was done is news for so long; then the request stands otherwise already. Milliseconds. */
const NEWS_MS = 30_000

function useIsOld(thing: object | undefined): boolean {
  const [old, setOld] = useState<object>()
  useEffect(() => {
    const timer = setTimeout(() => setOld(thing), NEWS_MS)
    return () => clearTimeout(timer)
  }, [thing])
  return thing !== undefined && thing === old
}

/** The request as it is after an act stands on the screen by then. Milliseconds. */
const SHOWN_MS = 100

/** What had the focus may be gone after an act: then the keyboard goes on from the heading. */
function useFocusKept(heading: RefObject<HTMLElement | null>, busy: boolean): void {
  const was = useRef(busy)
  useEffect(() => {
    const ended = was.current && !busy
    was.current = busy
    if (!ended) return undefined
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
    }, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [heading, busy])
}

interface TitleProps {
  readonly heading: RefObject<HTMLHeadingElement | null>
  readonly receipt: string
  readonly task: string
}

/** It has the focus when the request appears, so that screen readers begin there. */
function Title({ heading, receipt, task }: TitleProps): React.ReactNode {
  useEffect(() => heading.current?.focus(), [heading])
  return (
    <h2 ref={heading} tabIndex={-1}>
      <bdi className="receipt">{receipt}</bdi> {task}
    </h2>
  )
}

function Others({ names }: { readonly names: readonly string[] }): React.ReactNode {
  const { language, say } = useTexts()
  const who = new Intl.ListFormat(language).format(names.map(isolated))
  return (
    <p role="status" className="others">
      {names.length === 0 ? '' : say(names.length === 1 ? 'board.others.one' : 'board.others.more', { who })}
    </p>
  )
}

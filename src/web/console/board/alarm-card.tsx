/** An alarm: why, who was told, and who has seen it. */
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useRef } from 'react'
import type { AlarmRow } from '../../../core/board-types.js'
import { isolated } from '../../../core/language/isolated.js'
import { call } from '../api.js'
import { KEYS } from '../keys.js'
import { Notice } from '../notice.js'
import { useTexts } from '../texts.js'
import { Moment, momentOf, useNow, WaitSince } from './times.js'
import { refusalOf } from './use-board.js'
import { capital, staffName, taskTitle, wordsOf } from './words.js'

interface AlarmProps {
  readonly alarm: AlarmRow
  readonly area: string
  /** It stands inside its own request. */
  readonly within?: true
  /** Whoever reads it said that they have seen it. */
  readonly onSeen?: () => void
}

export function AlarmCard({ alarm, area, within, onSeen }: AlarmProps): React.ReactNode {
  const texts = useTexts()
  const { say } = texts
  const client = useQueryClient()
  const why = useId()
  const card = useRef<HTMLDivElement>(null)
  const seen = useMutation({
    mutationFn: () => call('POST alarms/:id/acknowledgement', { id: alarm.id }),
    ...(onSeen === undefined ? {} : { onSuccess: onSeen }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: KEYS.alarms })
      void client.invalidateQueries({ queryKey: KEYS.requests })
      if (alarm.request !== undefined) void client.invalidateQueries({ queryKey: KEYS.request(alarm.request.id) })
    },
  })
  const over = alarm.state === 'acknowledged'
  const { error, isSuccess } = seen
  const acknowledge = () => {
    // The button goes: the keyboard stays here.
    card.current?.focus({ preventScroll: true })
    seen.mutate()
  }
  return (
    <div ref={card} tabIndex={-1} role="group" aria-labelledby={why} className={over ? 'alarm over' : 'alarm'}>
      <div className="alarm-what">
        <p>
          <strong id={why}>{wordsOf(texts, 'alarm.why', alarm.why)}</strong> ·{' '}
          {over ? <Moment at={alarm.at} /> : <WaitSince since={alarm.at} />}
        </p>
        {within === true ? null : <About alarm={alarm} area={area} />}
        {over && alarm.by !== undefined ? <p>{capital(say('board.alarm.seen.by', { who: staffName(texts, alarm.by) }))}</p> : null}
        {alarm.state === 'nobody' ? <p>{say('board.alarm.nobody')}</p> : null}
        {within === true ? <Told alarm={alarm} /> : null}
        {error === null ? null : <Notice outcome={{ failed: refusalOf(error) ?? 'offline' }} />}
        <p role="status" className="quiet">
          {isSuccess ? say('board.alarm.seen.done') : ''}
        </p>
      </div>
      {over || isSuccess ? null : (
        <Button variant="default" aria-describedby={why} disabled={seen.isPending} onClick={acknowledge}>
          {say('board.alarm.seen')}
        </Button>
      )}
    </div>
  )
}

function About({ alarm: { request, person }, area }: Pick<AlarmProps, 'alarm' | 'area'>): React.ReactNode {
  const texts = useTexts()
  if (request !== undefined) {
    return (
      <p>
        <a href={`#board/${encodeURIComponent(request.receipt)}`}>
          <bdi>{request.receipt}</bdi> {taskTitle(texts, request.task)}
        </a>{' '}
        · {area}
      </p>
    )
  }
  return (
    <p>
      {person === undefined ? null : (
        <>
          <a href={`#people/${encodeURIComponent(person)}`}>{texts.say('board.alarm.person')}</a> ·{' '}
        </>
      )}
      {area}
    </p>
  )
}

function Told({ alarm: { tried } }: Pick<AlarmProps, 'alarm'>): React.ReactNode {
  const texts = useTexts()
  const { say } = texts
  const now = useNow()
  if (tried.length === 0) return null
  const lines = tried.map(({ name, at, by, delivered }) => {
    const line = say(`board.alarm.told.${by}`, { who: isolated(name), time: momentOf(texts, at, now) })
    return delivered ? line : say('board.alarm.told.failed', { line })
  })
  return <p className="quiet">{say('board.alarm.told', { who: lines.join(', ') })}</p>
}

/** Notes of staff among themselves: they look like nothing that a resident reads. */
import { Button } from '@mantine/core'
import { useRef } from 'react'
import type { RequestAct, RequestView } from '../../../core/board-types.js'
import { useTexts } from '../texts.js'
import { Composer } from './composer.js'
import { Moment } from './times.js'
import { capital, staffName } from './words.js'

const NOTE_MAX = 1000

interface NotesProps {
  readonly view: RequestView
  readonly keep: (name: string) => string
  readonly busy: boolean
  readonly act: (act: RequestAct) => void
}

export function Notes({ view, keep, busy, act }: NotesProps): React.ReactNode {
  const texts = useTexts()
  const { say } = texts
  const { notes, may } = view
  const section = useRef<HTMLElement>(null)
  // A button that cannot be pressed meanwhile, or is gone, leaves the keyboard here.
  const send = (one: RequestAct) => {
    section.current?.focus({ preventScroll: true })
    act(one)
  }
  if (notes.length === 0 && !may.includes('note')) return null
  return (
    <section ref={section} tabIndex={-1} aria-labelledby="board-notes" className="notes">
      <h3 id="board-notes">
        {say('board.notes')} <span className="quiet">· {say('board.notes.who')}</span>
      </h3>
      <ol>
        {notes.map(({ id, at, who, text, mine }) => (
          <li key={id}>
            <p className="quiet">
              {capital(staffName(texts, who))} · <Moment at={at} />
            </p>
            <p className="note" dir="auto">
              {text}
            </p>
            {mine === true && may.includes('take-back-note') ? (
              <Button variant="subtle" disabled={busy} onClick={() => send({ do: 'take-back-note', note: id })}>
                {say('board.act.take-back-note')}
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
      {may.includes('note') ? (
        <Composer
          kept={keep('note')}
          label={say('board.note.label')}
          send={{ text: say('board.note.save'), max: NOTE_MAX, busy, by: (text) => send({ do: 'note', text }) }}
          quiet
        />
      ) : null}
    </section>
  )
}

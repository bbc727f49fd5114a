/** One area on the page: what is kept of it, the way to change it, and one-time words for those on call. */
import { Button } from '@mantine/core'
import { useId, useState } from 'react'
import type { OnCall } from '../../../core/places-types.js'
import { type Area, call, type PlaceView, type Word } from '../api.js'
import { Notice, useDoing } from '../notice.js'
import { useTexts } from '../texts.js'
import { PlaceFacts } from './place-facts.js'
import { WordToGive } from './word-to-give.js'

interface PlaceSectionProps {
  readonly place: PlaceView
  /** All of this leader's. */
  readonly places: readonly PlaceView[]
  readonly areas: readonly Area[]
  /** Something of it was typed and not saved. */
  readonly unsaved: boolean
  readonly edit: () => void
  readonly left: () => void
}

export function PlaceSection({ place, places, areas, unsaved, edit, left }: PlaceSectionProps): React.ReactNode {
  const { say } = useTexts()
  const heading = useId()
  const { busy, outcome, run } = useDoing(left)
  const [given, setGiven] = useState<{ readonly word: Word; readonly name: string }>()
  const { id, name } = place
  const giveWord = (one: OnCall) =>
    run(async () => {
      setGiven(undefined)
      setGiven({ word: await call('POST places/:id/word', { id, body: { onCall: one.id } }), name: one.name })
      return undefined
    })
  const oneWay = places.filter((other) => place.neighbours.includes(other.id) && !other.neighbours.includes(id))
  return (
    <section className="place" aria-labelledby={heading}>
      <div className="place-head">
        <h2 id={heading}>{name}</h2>
        <Button variant="default" onClick={edit}>
          {say('places.edit', { name })}
        </Button>
      </div>
      {unsaved ? <p className="quiet">{say('places.unsaved')}</p> : null}
      <Notice outcome={outcome} />
      <div role="status">{given === undefined ? null : <WordToGive word={given.word} name={given.name} area={name} />}</div>
      <PlaceFacts
        place={place}
        areas={areas}
        action={(one) => (
          <Button variant="default" disabled={busy} onClick={() => giveWord(one)}>
            {say('places.word', { name: one.name })}
          </Button>
        )}
      />
      {oneWay.map((other) => (
        <p key={other.id} className="quiet">
          {say('places.neighbours.oneway', { other: other.name, area: name })}
        </p>
      ))}
    </section>
  )
}

/** An area as it is kept, in words. */
import { Fragment } from 'react'
import type { OnCall } from '../../../core/places-types.js'
import { inHours, wallAt } from '../../../core/wall-hours.js'
import type { Area, PlaceView } from '../api.js'
import { useTexts } from '../texts.js'
import { sayHours } from './hours-words.js'
import { useNow } from './use-now.js'
import { weekGaps } from './week-gaps.js'

interface PlaceFactsProps {
  readonly place: PlaceView
  readonly areas: readonly Area[]
  /** Beside each who is on call. */
  readonly action?: (onCall: OnCall) => React.ReactNode
}

export function PlaceFacts({ place, areas, action }: PlaceFactsProps): React.ReactNode {
  const texts = useTexts()
  const { say } = texts
  const { onCall, stairwells, neighbours, officeHours } = place
  const nameOf = (id: string) => areas.find((area) => area.id === id)?.name ?? id
  return (
    <>
      <OnCallNow place={place} />
      <Gaps place={place} />
      <ol className="rows">
        {onCall.map((one) => (
          <li key={one.id}>
            <div className="what">
              <strong dir="auto">{one.name}</strong>
              <div>{one.hours.length === 0 ? say('places.always') : sayHours(one.hours, texts)}</div>
              <div className="quiet">{one.mail === undefined ? say('places.mail.none') : <bdi>{one.mail}</bdi>}</div>
            </div>
            {action?.(one)}
          </li>
        ))}
      </ol>
      <dl className="facts">
        <dt>{say('places.stairwells')}</dt>
        <dd>{stairwells.length === 0 ? say('places.stairwells.none') : stairwells.join(', ')}</dd>
        <dt>{say('places.neighbours')}</dt>
        <dd>{neighbours.length === 0 ? say('places.neighbours.none') : neighbours.map(nameOf).join(', ')}</dd>
        <dt>{say('places.office')}</dt>
        <dd>{officeHours.length === 0 ? say('places.office.none') : sayHours(officeHours, texts)}</dd>
      </dl>
    </>
  )
}

function OnCallNow({ place: { onCall } }: Pick<PlaceFactsProps, 'place'>): React.ReactNode {
  const { say } = useTexts()
  const wall = wallAt(useNow())
  const now = onCall.filter(({ hours }) => inHours(hours, wall))
  if (onCall.length === 0) return null
  if (now.length === 0) return <p>{say('places.now.nobody')}</p>
  return (
    <p>
      {say('places.now')}{' '}
      {now.map(({ id, name }, at) => (
        <Fragment key={id}>
          {at === 0 ? '' : ', '}
          <bdi>{name}</bdi>
        </Fragment>
      ))}
      {now.length === 1 ? '.' : `. ${say('places.now.order')}`}
    </p>
  )
}

/** When an alarm would reach nobody. */
function Gaps({ place: { onCall, name } }: Pick<PlaceFactsProps, 'place'>): React.ReactNode {
  const texts = useTexts()
  const { say } = texts
  const gaps = weekGaps(onCall)
  if (gaps.length === 0) return null
  return (
    <p className="warning">
      {onCall.length === 0 ? say('places.gap.all', { area: name }) : say('places.gap', { hours: sayHours(gaps, texts) })}
    </p>
  )
}

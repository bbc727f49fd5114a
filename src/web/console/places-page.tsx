/** Areas with who is on call, and networks: one below the other, each changed on a page of its own. */
import './places.css'
import { Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call, type PlacesPageView, Refusal } from './api.js'
import { Heading } from './heading.js'
import { type Doing, Notice, type Outcome, useDoing } from './notice.js'
import type { PageProps } from './page-props.js'
import { hasDraft } from './places/draft.js'
import { NetworkForm } from './places/network-form.js'
import { NetworkList } from './places/network-list.js'
import { PlaceForm } from './places/place-form.js'
import { PlaceSection } from './places/place-section.js'
import { useTexts } from './texts.js'

/** Who is on call may be changed by others. */
const ANEW_MS = 60_000

export function PlacesPage({ me, left, open, go }: PageProps): React.ReactNode {
  const { say } = useTexts()
  const doing = useDoing(left)
  const { data, error, refetch } = useQuery({
    queryKey: ['places', me.id],
    queryFn: () => call('GET places'),
    refetchInterval: ANEW_MS,
  })
  const out = error instanceof Refusal && error.code === 'sign-in'
  useEffect(() => {
    if (out) left()
  }, [out, left])
  const failed = error === null ? undefined : { failed: error instanceof Refusal ? error : ('offline' as const) }
  if (data === undefined)
    return (
      <Stack>
        <Heading>{say('places.title')}</Heading>
        <Notice outcome={failed} />
        {error === null ? <Text>{say('loading')}</Text> : null}
      </Stack>
    )
  const finish = (done: string | undefined) => {
    doing.tell(done === undefined ? undefined : { done })
    go('')
  }
  const props = { me: me.id, everywhere: me.administers === 'all', data, left, refresh: refetch }
  return (
    <div className="places-page">
      <Opened open={open} finish={finish} {...props}>
        <Overview doing={doing} outcome={doing.outcome ?? failed} go={go} {...props} />
      </Opened>
    </div>
  )
}

interface OpenedProps {
  /** `area:demo`, `network:neighbours`, `network:` for a new one; anything else is the list. */
  readonly open: string
  readonly me: string
  /** They administer all areas, also later ones. */
  readonly everywhere: boolean
  readonly data: PlacesPageView
  readonly left: () => void
  readonly refresh: () => Promise<unknown>
  readonly finish: (done: string | undefined) => void
  readonly children: React.ReactNode
}

function Opened({ open, data, children, ...props }: OpenedProps): React.ReactNode {
  const { places, networks, areas, languages } = data
  const place = places.find(({ id }) => open === `area:${id}`)
  if (place !== undefined) return <PlaceForm key={open} place={place} places={places} areas={areas} {...props} />
  const network = networks.find(({ id, elsewhere }) => open === `network:${id}` && elsewhere !== true)
  if (network === undefined && open !== 'network:') return children
  return <NetworkForm key={open} network={network} areas={places} languages={languages} {...props} />
}

interface OverviewProps extends Pick<OpenedProps, 'me' | 'everywhere' | 'data' | 'left' | 'refresh'> {
  readonly doing: Doing
  readonly outcome: Outcome | undefined
  readonly go: (open: string) => void
}

function Overview({
  me,
  everywhere,
  data: { places, networks, areas },
  doing,
  outcome,
  go,
  left,
  refresh,
}: OverviewProps): React.ReactNode {
  const { say } = useTexts()
  const client = useQueryClient()
  return (
    <Stack>
      <Heading>{say('places.title')}</Heading>
      <Notice outcome={outcome} />
      {places.length === 0 ? <Text>{say('places.none')}</Text> : null}
      {places.map((place) => (
        <PlaceSection
          key={place.id}
          place={place}
          places={places}
          areas={areas}
          unsaved={hasDraft(client, [me, 'place', place.id])}
          edit={() => go(`area:${place.id}`)}
          left={left}
        />
      ))}
      {everywhere ? (
        <details className="more">
          <summary>{say('places.new')}</summary>
          <p>{say('places.new.how')}</p>
        </details>
      ) : null}
      <NetworkList networks={networks} areas={areas} doing={doing} edit={(id) => go(`network:${id}`)} refresh={refresh} />
    </Stack>
  )
}

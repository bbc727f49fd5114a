/** Trial or live: what it means, what is missing for it, and the way from one to the other. */
import { Button, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ModeView } from '../../core/mode-types.js'
import { call, Refusal } from './api.js'
import { Heading } from './heading.js'
import { MODE_KEY } from './mode-banner.js'
import { ModeMissing } from './mode-missing.js'
import './mode.css'
import { ModeSure } from './mode-sure.js'
import { type Doing, Notice, useDoing } from './notice.js'
import type { PageProps } from './page-props.js'
import { useTexts } from './texts.js'

export function ModePage({ me, areas, left }: PageProps): React.ReactNode {
  const { say } = useTexts()
  const doing = useDoing(left)
  const { data, error } = useQuery({ queryKey: MODE_KEY, queryFn: () => call('GET mode') })
  useEffect(() => {
    if (error instanceof Refusal && error.code === 'sign-in') left()
  }, [error, left])
  const failed = error === null ? undefined : { failed: error instanceof Refusal ? error : new Refusal('offline') }
  return (
    <Stack className="mode">
      <Heading>{say('mode.title')}</Heading>
      <Notice outcome={doing.outcome ?? failed} />
      {data === undefined ? <Text>{error === null ? say('loading') : ''}</Text> : null}
      {data === undefined ? null : (
        <>
          <Text>
            <strong>{say(`mode.is.${data.mode}`)}</strong> {say(`mode.means.${data.mode}`)}
          </Text>
          <ModeMissing mode={data.mode} missing={data.missing} areas={areas} />
          {me.administers === 'all' ? <Way view={data} doing={doing} /> : <Text className="quiet">{say('mode.not-yours')}</Text>}
        </>
      )}
    </Stack>
  )
}

/** The one button: live when nothing is missing, after it was said what happens; trial at once. */
function Way({ view, doing }: { readonly view: ModeView; readonly doing: Doing }): React.ReactNode {
  const { say } = useTexts()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const change = (live: boolean) =>
    doing.run(async () => {
      try {
        client.setQueryData(MODE_KEY, await call('PUT mode', { body: { live } }))
      } catch (error) {
        // Something else is missing by now.
        await client.invalidateQueries({ queryKey: MODE_KEY })
        throw error
      }
      return say(live ? 'mode.went.live' : 'mode.went.trial')
    })
  if (view.mode === 'live') {
    return (
      <div>
        <Button variant="default" disabled={doing.busy} onClick={() => change(false)}>
          {say('mode.back')}
        </Button>
      </div>
    )
  }
  if (view.missing.length > 0) return null
  return (
    <div>
      <Button disabled={doing.busy} onClick={() => setAsking(true)}>
        {say('mode.live')}
      </Button>
      {asking ? <ModeSure yes={() => change(true)} closed={() => setAsking(false)} /> : null}
    </div>
  )
}

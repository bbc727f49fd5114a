/** Who did what, newest first. */
import { Button, NativeSelect, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Area, AuditLine } from './api.js'
import { useRecord } from './audit-lines.js'
import { Heading } from './heading.js'
import { Notice, useDoing } from './notice.js'
import { type TextKey, type Texts, useTexts } from './texts.js'

interface AuditPageProps {
  readonly areas: readonly Area[]
  readonly left: () => void
}

export function AuditPage({ areas, left }: AuditPageProps): React.ReactNode {
  const { say, time } = useTexts()
  const { busy, outcome, run } = useDoing(left)
  const [area, setArea] = useState('')
  const { lines, failed, more } = useRecord(area)
  const readMore = () =>
    run(async () => {
      await more?.()
      return undefined
    })
  return (
    <Stack>
      <Heading>{say('audit.title')}</Heading>
      <Notice outcome={outcome ?? (failed === undefined ? undefined : { failed })} />
      {areas.length < 2 ? null : (
        <NativeSelect
          className="narrow"
          label={say('audit.area')}
          value={area}
          onChange={({ currentTarget }) => setArea(currentTarget.value)}
          data={[{ value: '', label: say('audit.area.all') }, ...areas.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      )}
      {lines === undefined && failed === undefined ? <Text>{say('loading')}</Text> : null}
      {lines?.length === 0 ? <Text>{say('audit.none')}</Text> : null}
      <ol className="rows">
        {lines?.map((line) => (
          <li key={line.id}>
            <span className="what">
              {inWords(line, areas, say)}
              {line.area === '' ? null : <span className="quiet"> · {areas.find(({ id }) => id === line.area)?.name ?? line.area}</span>}
            </span>
            <time className="quiet" dateTime={new Date(line.at).toISOString()}>
              {time(line.at)}
            </time>
          </li>
        ))}
      </ol>
      {more === undefined ? null : (
        <Button variant="default" disabled={busy} onClick={readMore}>
          {say('audit.more')}
        </Button>
      )}
    </Stack>
  )
}

/** Who acted that is no member of staff. */
const OTHERS = { start: 'audit.start', 'command line': 'audit.command' } as const satisfies Readonly<Record<string, TextKey>>

function inWords({ who, what, about, by }: AuditLine, areas: readonly Area[], say: Texts['say']): string {
  const area = areas.find(({ id }) => id === about)
  // The server names acts as the texts do.
  return say(`audit.${what}` as TextKey, { who: by === undefined ? who : say(OTHERS[by]), about: area?.name ?? about })
}

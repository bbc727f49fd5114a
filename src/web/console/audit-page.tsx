/** Who did what, newest first. */
import { Button, NativeSelect, Stack, Text } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { type Area, type AuditLine, call } from './api.js'
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
  const [lines, setLines] = useState<readonly AuditLine[]>()
  const [before, setBefore] = useState<string>()
  const [area, setArea] = useState('')
  const load = useCallback(
    (from?: string) =>
      run(async () => {
        const query = { ...(area === '' ? {} : { area }), ...(from === undefined ? {} : { before: from }) }
        const page = await call('GET audit', { query })
        setLines((known = []) => (from === undefined ? page.lines : [...known, ...page.lines]))
        setBefore(page.before)
        return undefined
      }),
    [run, area],
  )
  useEffect(() => load(), [load])
  return (
    <Stack>
      <Heading>{say('audit.title')}</Heading>
      <Notice outcome={outcome} />
      {areas.length < 2 ? null : (
        <NativeSelect
          className="narrow"
          label={say('audit.area')}
          value={area}
          onChange={({ currentTarget }) => setArea(currentTarget.value)}
          data={[{ value: '', label: say('audit.area.all') }, ...areas.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      )}
      {lines === undefined ? <Text>{say('loading')}</Text> : null}
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
      {before === undefined ? null : (
        <Button variant="default" disabled={busy} onClick={() => load(before)}>
          {say('audit.more')}
        </Button>
      )}
    </Stack>
  )
}

/** Who acted that is no member of staff. */
const OTHERS: Readonly<Record<string, TextKey>> = { start: 'audit.start', 'command line': 'audit.command' }

function inWords({ who, what, about }: AuditLine, areas: readonly Area[], say: Texts['say']): string {
  const other = OTHERS[who]
  const area = areas.find(({ id }) => id === about)
  // The server names acts as the texts do.
  return say(`audit.${what}` as TextKey, { who: other === undefined ? who : say(other), about: area?.name ?? about })
}

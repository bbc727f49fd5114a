/** What stands between trial and live, each with where it is mended. */
import { Stack, Text, Title } from '@mantine/core'
import type { Missing, Mode } from '../../core/mode-types.js'
import type { Area } from './api.js'
import type { PageName } from './place.js'
import { useTexts } from './texts.js'

/** The page where it can be mended; what stands in files is mended by who runs Opgang. */
const PAGE: Readonly<Partial<Record<Missing['what'], PageName>>> = { 'second-administrator': 'staff', 'on-call': 'places' }

interface ModeMissingProps {
  readonly mode: Mode
  readonly missing: readonly Missing[]
  readonly areas: readonly Area[]
}

export function ModeMissing({ mode, missing, areas }: ModeMissingProps): React.ReactNode {
  const { say } = useTexts()
  if (missing.length === 0) return mode === 'trial' ? <Text>{say('mode.missing.none')}</Text> : null
  return (
    <Stack gap="xs">
      <Title order={2} size="h3">
        {say(`mode.missing.${mode}`)}
      </Title>
      <ul className="rows">
        {missing.map((one) => (
          <Lack key={`${one.what} ${one.area ?? ''}`} lack={one} areas={areas} />
        ))}
      </ul>
    </Stack>
  )
}

function Lack({ lack: { what, area = '' }, areas }: { readonly lack: Missing; readonly areas: readonly Area[] }): React.ReactNode {
  const { say } = useTexts()
  const name = areas.find(({ id }) => id === area)?.name ?? area
  const page = PAGE[what]
  return (
    <li>
      <div className="what">
        <div>{say(`mode.missing.${what}`, { area: name })}</div>
        <div className="quiet">{say(`mode.mend.${what}`, { area: name })}</div>
      </div>
      {page === undefined ? null : (
        <a className="mode-mend" href={`#${page}`}>
          {say('mode.mend', { page: say(`tab.${page}`) })}
        </a>
      )}
    </li>
  )
}

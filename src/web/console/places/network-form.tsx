/** Making a network, or changing one. */
import { Button, Group } from '@mantine/core'
import { type Area, call, type NetworkView, type PlacesPageView } from '../api.js'
import { useTexts } from '../texts.js'
import { useDraft } from './draft.js'
import { FormFrame } from './form-frame.js'
import { networkBody, networkDraft } from './network-draft.js'
import { NetworkFields } from './network-fields.js'
import { networkName } from './network-words.js'
import { shortName } from './short-name.js'
import { useEscape } from './use-escape.js'
import { useSave } from './use-save.js'

interface NetworkFormProps {
  readonly me: string
  /** Absent: a new one. */
  readonly network: NetworkView | undefined
  /** The leader's. */
  readonly areas: readonly Area[]
  readonly languages: PlacesPageView['languages']
  readonly refresh: () => Promise<unknown>
  readonly finish: (done: string | undefined) => void
  readonly left: () => void
}

export function NetworkForm({ me, network, areas, languages, refresh, finish, left }: NetworkFormProps): React.ReactNode {
  const { language, say } = useTexts()
  const begin = () =>
    networkDraft(
      network,
      language,
      areas.map(({ id }) => id),
    )
  const draft = useDraft([me, 'network', network?.id ?? ''], begin)
  const saving = useSave(left)
  useEscape(() => finish(undefined))
  const { value } = draft
  const save = (event: React.FormEvent) => {
    event.preventDefault()
    const made = networkBody(saving.clash && network !== undefined ? { ...value, seen: network.seen } : value)
    if ('unreadable' in made) return saving.tellProblems(new Map(made.unreadable.map((at) => [at, say('places.hours.wrong')])))
    saving.save(async () => {
      const id = network?.id ?? (shortName(value.names['da'] ?? '') || 'netvaerk')
      const saved = await call('PUT networks/:id', { id, body: made.body })
      draft.drop()
      await refresh()
      finish(say('places.saved', { name: networkName(saved, language) }))
    }, refresh)
  }
  const useSaved = () => {
    draft.set(begin())
    saving.settle()
  }
  const back = () => {
    draft.drop()
    finish(undefined)
  }
  return (
    <FormFrame
      title={network === undefined ? say('networks.add') : say('networks.edit', { name: networkName(network, language) })}
      saving={saving}
      save={save}
      back={back}
      clash={
        <Group>
          <Button variant="default" onClick={useSaved}>
            {say('places.clash.use')}
          </Button>
        </Group>
      }
    >
      <NetworkFields value={value} set={draft.set} areas={areas} languages={languages} />
    </FormFrame>
  )
}

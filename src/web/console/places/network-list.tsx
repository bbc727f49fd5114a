/** The networks that help in the leader's areas. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { useId, useState } from 'react'
import { type Area, call, type NetworkView } from '../api.js'
import type { Doing } from '../notice.js'
import { useTexts } from '../texts.js'
import { networkName, taskWords } from './network-words.js'

interface NetworkListProps {
  readonly networks: readonly NetworkView[]
  readonly areas: readonly Area[]
  readonly doing: Doing
  /** Empty: a new one. */
  readonly edit: (id: string) => void
  readonly refresh: () => Promise<unknown>
}

export function NetworkList({ networks, edit, ...props }: NetworkListProps): React.ReactNode {
  const { say } = useTexts()
  const heading = useId()
  return (
    <section className="place" aria-labelledby={heading}>
      <div className="place-head">
        <h2 id={heading}>{say('networks.title')}</h2>
        <Button variant="default" onClick={() => edit('')}>
          {say('networks.add')}
        </Button>
      </div>
      {networks.length === 0 ? <p className="warning">{say('networks.none')}</p> : null}
      <ul className="rows">
        {networks.map((network) => (
          <NetworkRow key={network.id} network={network} edit={() => edit(network.id)} {...props} />
        ))}
      </ul>
    </section>
  )
}

type NetworkRowProps = Omit<NetworkListProps, 'networks' | 'edit'> & { readonly network: NetworkView; readonly edit: () => void }

function NetworkRow({ network, areas, doing, edit, refresh }: NetworkRowProps): React.ReactNode {
  const { language, say } = useTexts()
  const [sure, setSure] = useState(false)
  const name = networkName(network, language)
  const button = (text: string, onClick: () => void) => (
    <Button variant="default" disabled={doing.busy} onClick={onClick}>
      {text}
    </Button>
  )
  const remove = () => {
    setSure(false)
    doing.run(async () => {
      await call('DELETE networks/:id', { id: network.id })
      await refresh()
      return say('networks.removed', { name })
    })
  }
  return (
    <li>
      <NetworkFacts network={network} areas={areas} />
      {network.elsewhere === true || sure ? null : (
        <Group gap="xs">
          {button(say('networks.edit', { name }), edit)}
          {button(say('networks.remove', { name }), () => setSure(true))}
        </Group>
      )}
      {sure ? (
        <Stack gap="xs" className="what">
          <Text>{say('networks.remove.sure', { name })}</Text>
          <Group gap="xs">
            <Button color="var(--brick)" disabled={doing.busy} onClick={remove}>
              {say('networks.remove', { name })}
            </Button>
            {button(say('networks.keep', { name }), () => setSure(false))}
          </Group>
        </Stack>
      ) : null}
    </li>
  )
}

function NetworkFacts({ network, areas }: Pick<NetworkRowProps, 'network' | 'areas'>): React.ReactNode {
  const { language, say } = useTexts()
  const { external, elsewhere } = network
  const nameOf = (id: string) => areas.find((area) => area.id === id)?.name ?? id
  return (
    <div className="what">
      <strong dir="auto">{networkName(network, language)}</strong>
      <div>{`${say(`networks.kind.${network.kind}`)} · ${network.areas.map(nameOf).join(', ')}`}</div>
      <div>{network.tasks.map((task) => taskWords(task, say)).join(', ')}</div>
      {external === undefined ? null : (
        <div>
          {say('networks.external')}: <bdi>{external.mail}</bdi> <bdi>{external.phone}</bdi>
        </div>
      )}
      {elsewhere === true ? <div className="quiet">{say('networks.elsewhere')}</div> : null}
    </div>
  )
}

/** Acts that wait for a change of mind, are on their way, or could not be sent: at the foot of the board, whatever is open. */
import { Button } from '@mantine/core'
import { useTexts } from '../texts.js'
import { type Outbox, type OutboxEntry, UNDO_SECONDS } from './outbox.js'

interface BarProps {
  readonly outbox: Outbox
  readonly entries: readonly OutboxEntry[]
}

export function OutboxBar({ outbox, entries }: BarProps): React.ReactNode {
  return (
    <div role="status" className="outbox">
      {entries.map((entry) => (
        <Entry key={entry.order.id} entry={entry} outbox={outbox} />
      ))}
    </div>
  )
}

function Entry({ entry, outbox }: { readonly entry: OutboxEntry; readonly outbox: Outbox }): React.ReactNode {
  const { say } = useTexts()
  const { order, state } = entry
  const act = say(`board.act.${order.act.do}`)
  const drop = () => outbox.drop(order.id)
  if (state === 'sending') return <p className="slow">{say('board.sending', { receipt: order.receipt, act })}</p>
  if (state === 'waits') {
    return (
      <div className="outbox-entry">
        <p>{say('board.closing', { receipt: order.receipt, n: String(UNDO_SECONDS) })}</p>
        {/* There is not much time to come here by keys. */}
        <Button autoFocus variant="default" onClick={drop}>
          {say('board.cancel')}
        </Button>
        <span className="running-out" aria-hidden="true" />
      </div>
    )
  }
  return (
    <div className="outbox-entry unsent">
      <p>
        {say('board.unsent', { receipt: order.receipt, act })} {say('offline')}
      </p>
      <Button onClick={() => outbox.send(order.id)}>{say('board.again')}</Button>
      <Button variant="default" onClick={drop}>
        {say('board.drop')}
      </Button>
    </div>
  )
}

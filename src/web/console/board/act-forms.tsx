/** What an act asks before it is done: why, whom, and whether people agreed. */
import { Button } from '@mantine/core'
import { useId, useState } from 'react'
import type { RequestAct, RequestView } from '../../../core/board-types.js'
import { CLOSE_REASONS, type CloseReason } from '../../../core/closed-types.js'
import { isolated } from '../../../core/language/isolated.js'
import { useTexts } from '../texts.js'
import { Choices } from './choices.js'
import { Field } from './field.js'
import { languageName } from './languages.js'
import { momentOf, useNow } from './times.js'
import { capital, staffName } from './words.js'

export interface FormProps {
  readonly view: RequestView
  readonly act: (act: RequestAct) => void
  readonly leave: () => void
}

/** Buttons of a form: the act, and the way out. */
function Ends({ text, act, leave }: { readonly text: string; readonly act: () => void; readonly leave: () => void }): React.ReactNode {
  const { say } = useTexts()
  return (
    <div className="buttons">
      <Button onClick={act}>{text}</Button>
      <Button variant="default" onClick={leave}>
        {say('board.leave')}
      </Button>
    </div>
  )
}

export function CloseForm({ view, act, leave }: FormProps): React.ReactNode {
  const { say } = useTexts()
  const wrong = useId()
  const [reason, setReason] = useState<CloseReason>()
  // Nothing is written of danger, since another may hold the phone; nor to whoever has no chat.
  const mayTell = view.danger !== true && view.behalf !== true
  const [tell, setTell] = useState(mayTell)
  const [missing, setMissing] = useState(false)
  const submit = () => (reason === undefined ? setMissing(true) : act({ do: 'close', reason, tell: tell && mayTell }))
  return (
    <>
      <Choices
        question={say('board.close.why')}
        options={CLOSE_REASONS.map((value) => ({ value, label: say(`board.closed.${value}`) }))}
        value={reason}
        choose={setReason}
        wrong={wrong}
      />
      <p id={wrong} role="alert" className="wrong">
        {missing && reason === undefined ? say('board.close.need') : ''}
      </p>
      {mayTell ? <Check label={say('board.close.tell')} checked={tell} check={setTell} /> : null}
      <Ends text={say('board.act.close')} act={submit} leave={leave} />
    </>
  )
}

interface CheckProps {
  readonly label: string
  readonly checked: boolean
  readonly check: (checked: boolean) => void
}

export function Check({ label, checked, check }: CheckProps): React.ReactNode {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={(event) => check(event.target.checked)} />
      <span>{label}</span>
    </label>
  )
}

/** Whoever fits next, not one by name. */
const NEXT = ''

export function ReassignForm({ view, act, leave }: FormProps): React.ReactNode {
  const { language, say } = useTexts()
  const [to, setTo] = useState(NEXT)
  const chosen = view.candidates.find(({ id }) => id === to)
  const options = view.candidates.map(({ id, name, languages }) => ({
    value: id,
    label: (
      <>
        <bdi>{name}</bdi> <span className="quiet">{languages.map((code) => languageName(code, language).spoken).join(', ')}</span>
      </>
    ),
  }))
  const submit = () => act(chosen === undefined ? { do: 'reassign' } : { do: 'reassign', to: chosen.id })
  return (
    <>
      <Choices
        question={say('board.reassign.who')}
        options={[{ value: NEXT, label: say('board.reassign.next') }, ...options]}
        value={to}
        choose={setTo}
      />
      {options.length === 0 ? <p className="quiet">{say('board.reassign.none')}</p> : null}
      {view.helper === undefined ? null : <p className="quiet">{say('board.reassign.told')}</p>}
      <Ends
        text={chosen === undefined ? say('board.reassign.ask.next') : say('board.reassign.ask', { who: isolated(chosen.name) })}
        act={submit}
        leave={leave}
      />
    </>
  )
}

export function PassOnForm({ view, act, leave }: FormProps): React.ReactNode {
  const { say } = useTexts()
  const wrong = useId()
  const { networks } = view
  const [to, setTo] = useState(networks.length === 1 ? networks[0]?.id : undefined)
  const [consent, setConsent] = useState(false)
  const [missing, setMissing] = useState(false)
  const chosen = networks.find(({ id }) => id === to)
  if (networks.length === 0) {
    return (
      <>
        <p>{say('board.pass.none')}</p>
        <div className="buttons">
          <Button variant="default" onClick={leave}>
            {say('board.leave')}
          </Button>
        </div>
      </>
    )
  }
  const submit = () => (chosen === undefined || !consent ? setMissing(true) : act({ do: 'pass-on', network: chosen.id, consent }))
  return (
    <>
      <Choices
        question={say('board.pass.who')}
        options={networks.map(({ id, name }) => ({ value: id, label: name }))}
        value={to}
        choose={setTo}
        wrong={wrong}
      />
      <Check label={say('board.pass.consent')} checked={consent} check={setConsent} />
      <p id={wrong} role="alert" className="wrong">
        {missing && (chosen === undefined || !consent) ? say('board.pass.need') : ''}
      </p>
      <Ends
        text={chosen === undefined ? say('board.act.pass-on') : say('board.pass.send', { who: isolated(chosen.name) })}
        act={submit}
        leave={leave}
      />
    </>
  )
}

/** What a colleague has is not taken by accident: they are named first. */
export function OverForm({ view, act, leave }: FormProps): React.ReactNode {
  const texts = useTexts()
  const { say } = texts
  return (
    <>
      <p>{capital(say('board.over.sure', { who: staffName(texts, view.staff ?? '') }))}</p>
      <Ends text={say('board.over.act')} act={() => act({ do: 'take', over: true })} leave={leave} />
    </>
  )
}

/** As much as residents can type. */
const DOOR_MAX = 200

/** No draft of it is kept: it is in the tab only until it is sent. */
export function DoorForm({ act, leave }: FormProps): React.ReactNode {
  const { say } = useTexts()
  const wrong = useId()
  const [door, setDoor] = useState('')
  const [missing, setMissing] = useState(false)
  const isMissing = missing && door.trim() === ''
  const submit = () => (door.trim() === '' ? setMissing(true) : act({ do: 'show-door', door: door.trim() }))
  return (
    <>
      <Field label={say('board.door.label')} value={door} max={DOOR_MAX} write={setDoor} wrong={isMissing ? wrong : undefined} />
      <p className="quiet">{say('board.door.hint')}</p>
      <p id={wrong} role="alert" className="wrong">
        {isMissing ? say('board.door.need') : ''}
      </p>
      <Ends text={say('board.act.show-door')} act={submit} leave={leave} />
    </>
  )
}

export function ReportForm({ view, act, leave }: FormProps): React.ReactNode {
  const texts = useTexts()
  const { say } = texts
  const now = useNow()
  const { report } = view
  const decide = (outcome: 'may-go-on' | 'stays-out') => act({ do: 'decide-report', outcome })
  return (
    <>
      {report === undefined ? null : <p>{say(`board.report.${report.side}`, { time: momentOf(texts, report.at, now) })}</p>}
      <p>{say('board.report.how')}</p>
      <div className="buttons">
        <Button onClick={() => decide('may-go-on')}>{say('board.report.may-go-on')}</Button>
        <Button color="var(--brick)" onClick={() => decide('stays-out')}>
          {say('board.report.stays-out')}
        </Button>
        <Button variant="default" onClick={leave}>
          {say('board.leave')}
        </Button>
      </div>
    </>
  )
}

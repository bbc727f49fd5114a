/** The fields of a network. */
import { Checkbox } from '@mantine/core'
import { NETWORK_KINDS } from '../../../core/places-types.js'
import type { Area, PlacesPageView } from '../api.js'
import { useTexts } from '../texts.js'
import { type NetworkDraft, SETTINGS, settingOtherwise } from './network-draft.js'
import { OFFERED_TASKS, taskWords } from './network-words.js'
import { Choices, Field, useProblem } from './problems.js'

interface NetworkFieldsProps {
  readonly value: NetworkDraft
  readonly set: (value: NetworkDraft) => void
  readonly areas: readonly Area[]
  readonly languages: PlacesPageView['languages']
}
type Part = Pick<NetworkFieldsProps, 'value' | 'set'>

export function NetworkFields({ value, set, areas, languages }: NetworkFieldsProps): React.ReactNode {
  const { say } = useTexts()
  return (
    <>
      <Names value={value} set={set} languages={languages} />
      <Kind value={value} set={set} />
      <Boxes
        at="areas"
        legend={say('networks.areas')}
        options={areas.map(({ id, name }) => [id, name])}
        chosen={value.areas}
        set={(next) => set({ ...value, areas: next })}
      />
      <Boxes
        at="tasks"
        legend={say('networks.tasks')}
        how={say('networks.tasks.children')}
        options={OFFERED_TASKS.map((task) => [task, taskWords(task, say)])}
        chosen={value.tasks}
        set={(next) => set({ ...value, tasks: next })}
      />
      <External value={value} set={set} />
      <Settings value={value} set={set} />
    </>
  )
}

function Names({ value, set, languages }: Part & Pick<NetworkFieldsProps, 'languages'>): React.ReactNode {
  const { say } = useTexts()
  const put = (language: string) => (text: string) => set({ ...value, names: { ...value.names, [language]: text } })
  const others = languages.filter(({ code }) => code !== 'da')
  return (
    <>
      <Field at="names.da" maxLength={80} label={say('networks.name')} value={value.names['da'] ?? ''} set={put('da')} />
      {others.length === 0 ? null : (
        <details className="more">
          <summary>{say('networks.names.other')}</summary>
          <div className="pairs">
            {others.map(({ code, name, dir }) => (
              <Field
                key={code}
                at={`names.${code}`}
                maxLength={80}
                label={<bdi lang={code}>{name}</bdi>}
                lang={code}
                dir={dir}
                value={value.names[code] ?? ''}
                set={put(code)}
              />
            ))}
          </div>
        </details>
      )}
    </>
  )
}

function Kind({ value, set }: Part): React.ReactNode {
  const { say } = useTexts()
  const problem = useProblem('kind')
  return (
    <label className="choice">
      <span>{say('networks.kind')}</span>
      {problem === undefined ? null : <span className="wrong">{problem}</span>}
      <select
        id="field-kind"
        aria-invalid={problem !== undefined}
        value={value.kind}
        onChange={(event) => set({ ...value, kind: event.currentTarget.value })}
      >
        <option value="">{say('networks.kind.choose')}</option>
        {NETWORK_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {say(`networks.kind.${kind}`)}
          </option>
        ))}
      </select>
    </label>
  )
}

interface BoxesProps {
  readonly at: string
  readonly legend: string
  readonly how?: string
  readonly options: readonly (readonly [id: string, name: string])[]
  readonly chosen: readonly string[]
  readonly set: (chosen: readonly string[]) => void
}

function Boxes({ options, chosen, set, ...props }: BoxesProps): React.ReactNode {
  return (
    <Choices {...props}>
      {options.map(([id, name]) => (
        <Checkbox
          key={id}
          label={name}
          checked={chosen.includes(id)}
          onChange={(event) => set(event.currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
        />
      ))}
    </Choices>
  )
}

function External({ value, set }: Part): React.ReactNode {
  const { say } = useTexts()
  return (
    <Choices at="external" legend={say('networks.external')}>
      <Checkbox
        label={say('networks.external.is')}
        checked={value.external}
        onChange={(event) => set({ ...value, external: event.currentTarget.checked })}
      />
      {value.external ? (
        <div className="pairs">
          <Field
            at="external.mail"
            type="email"
            maxLength={254}
            label={say('networks.mail')}
            value={value.mail}
            set={(mail) => set({ ...value, mail })}
          />
          <Field
            at="external.phone"
            type="tel"
            maxLength={40}
            label={say('networks.phone')}
            value={value.phone}
            set={(phone) => set({ ...value, phone })}
          />
        </div>
      ) : null}
    </Choices>
  )
}

function Settings({ value, set }: Part): React.ReactNode {
  const { language, say } = useTexts()
  const waves = useProblem('settings')
  return (
    <details className="more">
      <summary>{say('networks.more')}</summary>
      <p className="quiet">{say('networks.more.how')}</p>
      {waves === undefined ? null : (
        <p className="wrong" id="field-settings" tabIndex={-1}>
          {waves}
        </p>
      )}
      <div className="pairs">
        {([...SETTINGS, 'quiet'] as const).map((name) => (
          <Field
            key={name}
            at={`settings.${name}`}
            inputMode={name === 'quiet' ? 'text' : 'numeric'}
            maxLength={20}
            label={say(`networks.setting.${name}`)}
            description={say('networks.otherwise', { value: settingOtherwise(name, language) })}
            value={value.settings[name] ?? ''}
            set={(text) => set({ ...value, settings: { ...value.settings, [name]: text } })}
          />
        ))}
      </div>
    </details>
  )
}

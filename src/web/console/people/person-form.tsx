/** Changes a volunteer. What another changed meanwhile is shown beside what was typed here, and nothing typed is lost. */
import { Button, Checkbox, Fieldset, Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { PersonView } from '../../../core/people-types.js'
import { type Area, call, Refusal } from '../api.js'
import { Heading } from '../heading.js'
import { Notice, useDoing } from '../notice.js'
import { useTexts } from '../texts.js'
import { HoursField } from './hours-field.js'
import { inSentence, languageInWords, networkInWords, taskInWords } from './people-words.js'
import { bodyOf, type Draft, draftOf, isWhole, rebased } from './person-draft.js'
import { Select } from './select.js'

interface PersonFormProps {
  readonly person: PersonView
  readonly areas: readonly Area[]
  readonly left: () => void
  readonly back: () => void
  /** The person as they are now. */
  readonly anew: () => Promise<PersonView>
  readonly saved: (person: PersonView) => void
}

export function PersonForm({ person, areas, left, back, anew, saved }: PersonFormProps): React.ReactNode {
  const { say } = useTexts()
  const { busy, outcome, run, tell } = useDoing(left)
  const [base, setBase] = useState(person)
  const [draft, setDraft] = useState(() => draftOf(person))
  const [meanwhile, setMeanwhile] = useState('')
  const follow = async () => {
    const now = await anew()
    const { draft: next, changed } = rebased(draft, draftOf(base), draftOf(now))
    setBase(now)
    setDraft(next)
    setMeanwhile(say('people.meanwhile', { what: changed.map((key) => say(key)).join(', ') }))
  }
  const save = (event: React.FormEvent) => {
    event.preventDefault()
    setMeanwhile('')
    if (!isWhole(draft)) return tell({ failed: 'people.need' })
    run(async () => {
      try {
        saved(await call('PUT people/:id', { id: person.id, body: { ...bodyOf(draft, base), seen: base.seen } }))
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'changed-meanwhile') throw error
        await follow()
        throw error
      }
      return undefined
    })
  }
  return (
    <form onSubmit={save} className="people-form">
      <Stack>
        <Heading>{say('people.edit.title', { name: inSentence(person.alias) })}</Heading>
        <Fields draft={draft} set={setDraft} person={base} areas={areas} />
        <Notice outcome={outcome} />
        <div role="status">{meanwhile}</div>
        <Group>
          <Button type="submit" disabled={busy}>
            {say('people.save')}
          </Button>
          <Button variant="default" onClick={back}>
            {say('people.undo')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface FieldsProps extends Pick<PersonFormProps, 'person' | 'areas'> {
  readonly draft: Draft
  readonly set: (draft: Draft) => void
}

function Fields({ draft, set, person, areas }: FieldsProps): React.ReactNode {
  const { language, say } = useTexts()
  const { choices } = person
  const put = (part: Partial<Draft>) => set({ ...draft, ...part })
  const languages = withKnown(choices.languages, person.languages)
  const tasks = withKnown(choices.tasks, person.tasks)
  return (
    <>
      <TextInput
        required
        maxLength={40}
        dir="auto"
        label={say('people.alias')}
        value={draft.alias}
        onChange={(event) => put({ alias: event.currentTarget.value })}
      />
      <Where draft={draft} put={put} person={person} areas={areas} />
      <Choices
        legend={say('people.languages')}
        options={languages.map((code) => [code, languageInWords(code, language)] as const)}
        chosen={draft.languages}
        set={(chosen) => put({ languages: chosen })}
      />
      <Choices
        legend={say('people.tasks')}
        options={tasks.map((task) => [task, taskInWords(task, say)] as const)}
        chosen={draft.tasks}
        set={(chosen) => put({ tasks: chosen })}
      />
      <HoursField hours={draft.hours} set={(hours) => put({ hours })} />
      <Select
        label={say('people.gender')}
        value={draft.gender}
        options={(['', 'woman', 'man'] as const).map((one) => [one, say(`people.gender.${one === '' ? 'none' : one}`)] as const)}
        set={(gender) => put({ gender: gender === 'woman' || gender === 'man' ? gender : '' })}
      />
      <Checkbox label={say('people.adult')} checked={draft.adult} onChange={(event) => put({ adult: event.currentTarget.checked })} />
      <TextInput
        type="date"
        label={say('people.vetting.label')}
        value={draft.certificate}
        onChange={(event) => put({ certificate: event.currentTarget.value })}
      />
    </>
  )
}

interface WhereProps extends Pick<PersonFormProps, 'person' | 'areas'> {
  readonly draft: Draft
  readonly put: (part: Partial<Draft>) => void
}

function Where({ draft, put, person, areas }: WhereProps): React.ReactNode {
  const { language, say } = useTexts()
  const { networks, stairwells } = person.choices
  const known = draft.area === person.area && person.stairwell !== undefined ? [person.stairwell] : []
  return (
    <>
      <Select
        label={say('people.network')}
        value={draft.network}
        options={withKnown(
          networks.map(({ id }) => id),
          [person.network],
        ).map((id) => [id, networkInWords(id, networks, language)] as const)}
        set={(network) => put({ network })}
      />
      <Select
        label={say('people.area')}
        value={draft.area}
        options={areas.map(({ id, name }) => [id, name] as const)}
        // A stairwell is one of its area.
        set={(area) => put({ area, stairwell: '' })}
      />
      <Select
        label={say('people.stairwell')}
        value={draft.stairwell}
        options={[['', say('people.stairwell.none')], ...withKnown(stairwells[draft.area] ?? [], known).map((one) => [one, one] as const)]}
        set={(stairwell) => put({ stairwell })}
      />
    </>
  )
}

/** What somebody has can be kept, also where it is not offered any more. */
function withKnown(offered: readonly string[], known: readonly string[]): readonly string[] {
  return [...offered, ...known.filter((one) => !offered.includes(one))]
}

interface ChoicesProps {
  readonly legend: string
  readonly options: readonly (readonly [value: string, name: string])[]
  readonly chosen: readonly string[]
  readonly set: (chosen: readonly string[]) => void
}

function Choices({ legend, options, chosen, set }: ChoicesProps): React.ReactNode {
  return (
    <Fieldset legend={legend}>
      <div className="people-choices">
        {options.map(([value, name]) => (
          <Checkbox
            key={value}
            label={name}
            checked={chosen.includes(value)}
            onChange={(event) => set(event.currentTarget.checked ? [...chosen, value] : chosen.filter((one) => one !== value))}
          />
        ))}
      </div>
    </Fieldset>
  )
}

/** Changing an area. */
import { Button, Checkbox } from '@mantine/core'
import { type Area, call, type PlaceView } from '../api.js'
import { useTexts } from '../texts.js'
import { useDraft } from './draft.js'
import { FormFrame } from './form-frame.js'
import { HoursField } from './hours-field.js'
import { OnCallFields } from './on-call-fields.js'
import { type PlaceDraft, placeBody, placeDraft } from './place-draft.js'
import { PlaceFacts } from './place-facts.js'
import { Choices, Field } from './problems.js'
import { useEscape } from './use-escape.js'
import { useSave } from './use-save.js'

/** 500 stairwells of 20 characters, and what parts them. */
const STAIRWELLS_MAX = 11_000

interface PlaceFormProps {
  readonly me: string
  readonly place: PlaceView
  /** All of this leader's. */
  readonly places: readonly PlaceView[]
  readonly areas: readonly Area[]
  readonly refresh: () => Promise<unknown>
  readonly finish: (done: string | undefined) => void
  readonly left: () => void
}

export function PlaceForm({ me, place, places, areas, refresh, finish, left }: PlaceFormProps): React.ReactNode {
  const { language, say } = useTexts()
  const { id, name } = place
  const begin = () =>
    placeDraft(
      place,
      language,
      areas.map((area) => area.id),
    )
  const draft = useDraft([me, 'place', id], begin)
  const saving = useSave(left)
  useEscape(() => finish(undefined))
  const { value } = draft
  const save = (event: React.FormEvent) => {
    event.preventDefault()
    const known = places.filter((other) => other.id !== id).flatMap(({ onCall }) => onCall)
    // Whoever has read what another saved saves over it.
    const made = placeBody(saving.clash ? { ...value, seen: place.seen } : value, known)
    if ('unreadable' in made) return saving.tellProblems(new Map(made.unreadable.map((at) => [at, say('places.hours.wrong')])))
    saving.save(async () => {
      await call('PUT places/:id', { id, body: made.body })
      draft.drop()
      await refresh()
      finish(say('places.saved', { name }))
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
      title={say('places.edit', { name })}
      saving={saving}
      save={save}
      back={back}
      clash={<Saved place={place} areas={areas} useSaved={useSaved} />}
    >
      <PlaceFields value={value} set={draft.set} place={place} places={places} areas={areas} />
    </FormFrame>
  )
}

type SavedProps = Pick<PlaceFormProps, 'place' | 'areas'> & { readonly useSaved: () => void }

function Saved({ place, areas, useSaved }: SavedProps): React.ReactNode {
  const { say } = useTexts()
  return (
    <section className="clash" aria-label={say('places.clash')}>
      <h2>{say('places.clash')}</h2>
      <PlaceFacts place={place} areas={areas} />
      <Button variant="default" onClick={useSaved}>
        {say('places.clash.use')}
      </Button>
    </section>
  )
}

type PlaceFieldsProps = Pick<PlaceFormProps, 'place' | 'places' | 'areas'> & {
  readonly value: PlaceDraft
  readonly set: (value: PlaceDraft) => void
}

function PlaceFields({ value, set, place, places, areas }: PlaceFieldsProps): React.ReactNode {
  const { say } = useTexts()
  const others = areas.filter(({ id }) => id !== place.id)
  const toggle = (id: string, on: boolean) =>
    set({ ...value, neighbours: on ? [...value.neighbours, id] : value.neighbours.filter((one) => one !== id) })
  return (
    <>
      <OnCallFields
        people={value.onCall}
        known={places.filter(({ id }) => id !== place.id).flatMap(({ onCall }) => onCall)}
        set={(onCall) => set({ ...value, onCall })}
      />
      <Field
        at="stairwells"
        maxLength={STAIRWELLS_MAX}
        label={say('places.stairwells')}
        description={say('places.stairwells.how')}
        value={value.stairwells}
        set={(stairwells) => set({ ...value, stairwells })}
      />
      {others.length === 0 ? null : (
        <Choices at="neighbours" legend={say('places.neighbours')} how={say('places.neighbours.how')}>
          {others.map(({ id, name }) => (
            <Checkbox
              key={id}
              label={name}
              checked={value.neighbours.includes(id)}
              onChange={(event) => toggle(id, event.currentTarget.checked)}
            />
          ))}
        </Choices>
      )}
      <HoursField
        at="officeHours"
        label={say('places.office')}
        how={say('places.office.how')}
        value={value.officeHours}
        set={(officeHours) => set({ ...value, officeHours })}
      />
    </>
  )
}

/** What is known of a volunteer, as a list of terms. */
import { Title } from '@mantine/core'
import type { PersonView } from '../../../core/people-types.js'
import { awaitsAge } from '../../../core/volunteer-types.js'
import type { Area } from '../api.js'
import { type TextKey, useTexts } from '../texts.js'
import { hoursInWords, languageInWords, networkInWords, taskInWords } from './people-words.js'
import { Now } from './person-rows.js'
import { When } from './when.js'

interface PersonFactsProps {
  readonly person: PersonView
  readonly areas: readonly Area[]
}

export function PersonFacts({ person, areas }: PersonFactsProps): React.ReactNode {
  const { language, say } = useTexts()
  const { network, area, stairwell, languages, tasks, hours, gender, adult, promise, lastFinished, choices } = person
  const facts: readonly (readonly [TextKey, React.ReactNode])[] = [
    ['people.now', <NowOrNothing key="now" person={person} />],
    ['people.network', networkInWords(network, choices.networks, language)],
    ['people.area', areas.find(({ id }) => id === area)?.name ?? area],
    ['people.stairwell', stairwell ?? say('people.stairwell.none')],
    ['people.languages', languages.map((code) => languageInWords(code, language)).join(', ')],
    ['people.tasks', tasks.map((task) => taskInWords(task, say)).join(', ')],
    ['people.hours', hours.length === 0 ? say('people.hours.any') : hours.map((one) => hoursInWords(one, language)).join('; ')],
    ['people.gender', say(gender === undefined ? 'people.gender.none' : `people.gender.${gender}`)],
    ['people.adult', say(adult ? 'people.adult.yes' : awaitsAge(person) ? 'people.adult.under' : 'people.adult.no')],
    ['people.promise', promise === undefined ? say('people.promise.none') : <Given key="given" at={promise.at} />],
    ['people.vetting', <Certificate key="certificate" vetting={person.vetting} />],
  ]
  return (
    <section>
      <Title order={2} size="h3">
        {say('people.facts')}
      </Title>
      <dl className="people-terms">
        {facts.map(([term, fact]) => (
          <div key={term}>
            <dt>{say(term)}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
        {lastFinished === undefined ? null : (
          <div>
            <dt>{say('people.last')}</dt>
            <dd>
              <When at={lastFinished} />
            </dd>
          </div>
        )}
      </dl>
    </section>
  )
}

function NowOrNothing({ person }: Pick<PersonFactsProps, 'person'>): React.ReactNode {
  const { say } = useTexts()
  const { dutyUntil, paused, tasksNow, offersNow, withoutChat } = person
  const nothing = dutyUntil === undefined && paused === undefined && tasksNow + offersNow === 0 && withoutChat !== true
  return nothing ? (
    say('people.now.nothing')
  ) : (
    <div className="people-now">
      <Now row={person} />
    </div>
  )
}

function Given({ at }: { readonly at: number }): React.ReactNode {
  const { say } = useTexts()
  return (
    <>
      {say('people.promise.given')} <When at={at} />
    </>
  )
}

/** The newest there is. */
function Certificate({ vetting }: Pick<PersonView, 'vetting'>): React.ReactNode {
  const { language, say } = useTexts()
  const [newest] = vetting.map(({ validTo }) => validTo).toSorted((a, b) => (a < b ? 1 : -1))
  if (newest === undefined) return say('people.vetting.none')
  const isOver = newest < new Date().toISOString().slice(0, newest.length)
  const day = new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' })
  return (
    <>
      {say(isOver ? 'people.vetting.over' : 'people.vetting.until')} <time dateTime={newest}>{day.format(Date.parse(newest))}</time>
    </>
  )
}

/** Volunteers: who waits for an answer, who is on duty, and what each may do. */
import { Heading } from './heading.js'
import type { PageProps } from './page-props.js'
import { useTexts } from './texts.js'

export function PeoplePage(_props: PageProps): React.ReactNode {
  const { say } = useTexts()
  return <Heading>{say('people.title')}</Heading>
}

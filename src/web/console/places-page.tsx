/** Areas with who is on call, and networks. */
import { Heading } from './heading.js'
import type { PageProps } from './page-props.js'
import { useTexts } from './texts.js'

export function PlacesPage(_props: PageProps): React.ReactNode {
  const { say } = useTexts()
  return <Heading>{say('places.title')}</Heading>
}

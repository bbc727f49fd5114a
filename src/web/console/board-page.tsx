/** Who waits, and one request: what coordinators work with. */
import { Heading } from './heading.js'
import type { PageProps } from './page-props.js'
import { useTexts } from './texts.js'

export function BoardPage(_props: PageProps): React.ReactNode {
  const { say } = useTexts()
  return <Heading>{say('board.title')}</Heading>
}

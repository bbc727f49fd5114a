/** Trial or live. */
import { Heading } from './heading.js'
import type { PageProps } from './page-props.js'
import { useTexts } from './texts.js'

export function ModePage(_props: PageProps): React.ReactNode {
  const { say } = useTexts()
  return <Heading>{say('mode.title')}</Heading>
}

/** What stands around the fields of an area or a network: the title, what is wrong, the ways to save and back. */
import { Button, Group, Stack } from '@mantine/core'
import { Heading } from '../heading.js'
import { Notice } from '../notice.js'
import { useTexts } from '../texts.js'
import { ProblemList, ProblemsProvider } from './problems.js'
import type { Saving } from './use-save.js'

interface FormFrameProps {
  readonly title: string
  readonly saving: Saving
  readonly save: (event: React.FormEvent) => void
  /** Back without saving: what was typed goes. */
  readonly back: () => void
  /** Shown first after another was faster. */
  readonly clash: React.ReactNode
  readonly children: React.ReactNode
}

export function FormFrame({ title, saving, save, back, clash, children }: FormFrameProps): React.ReactNode {
  const { say } = useTexts()
  return (
    <form onSubmit={save} noValidate className="place-form">
      <ProblemsProvider value={saving.problems}>
        <Stack>
          <Heading>{title}</Heading>
          <div>
            <Notice outcome={saving.outcome} />
            <ProblemList problems={saving.problems} />
          </div>
          {saving.clash ? clash : null}
          {children}
          <Group>
            <Button type="submit" disabled={saving.busy}>
              {say(saving.clash ? 'places.save.mine' : 'places.save')}
            </Button>
            <Button variant="default" onClick={back}>
              {say('places.back')}
            </Button>
          </Group>
        </Stack>
      </ProblemsProvider>
    </form>
  )
}

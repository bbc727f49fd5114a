/** Says on every page that strangers are not written to. */
import { useQuery } from '@tanstack/react-query'
import { call, type Me } from './api.js'
import './mode.css'
import { useTexts } from './texts.js'

/** How often it is looked whether another administrator changed it (ours). */
const LOOK_MS = 30_000
/** What is known of the mode, for the banner and for its page. */
export const MODE_KEY = ['mode'] as const

export function ModeBanner({ me }: { readonly me: Me }): React.ReactNode {
  const { say } = useTexts()
  const { data } = useQuery({ queryKey: MODE_KEY, queryFn: () => call('GET mode'), refetchInterval: LOOK_MS })
  const maySee = me.roles.some(({ role }) => role === 'administrator')
  return (
    <div role="status">
      {data?.mode === 'trial' ? (
        <p className="mode-trial">
          {say('mode.banner')} {maySee ? <a href="#mode">{say('mode.banner.link')}</a> : null}
        </p>
      ) : null}
    </div>
  )
}

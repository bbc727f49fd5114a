/** Volunteers: who waits for an answer, who is on duty, and what each may do. */
import './people.css'
import type { PageProps } from './page-props.js'
import { PeopleList } from './people/people-list.js'
import { Person } from './people/person.js'

export function PeoplePage(props: PageProps): React.ReactNode {
  const { open } = props
  return (
    <>
      {/* It stays as it was while somebody is open: the list, what was looked for, and the place in it. */}
      <div hidden={open !== ''}>
        <PeopleList {...props} />
      </div>
      {open === '' ? null : <Person key={open} {...props} />}
    </>
  )
}

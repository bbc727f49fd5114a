/** `/api/people`: volunteers, for those who lead an area. */
import type { z } from 'zod'
import { note } from '../../app/accounts/audit.js'
import { listPeople, noteLook, personView, volunteerIn } from '../../app/people-board.js'
import { type ActRefusal, decidePerson, setPerson, wordFor } from '../../app/people-board-acts.js'
import { type ChangeRefusal, changePerson, type OnPerson } from '../../app/people-board-change.js'
import { peopleFile } from '../../app/people-board-file.js'
import type { VolunteerDocument } from '../../app/people-file-export.js'
import { type ApiCode, ApiError } from './api-error.js'
import type { ApiDeps, RoutesOf, StaffCall } from './api-route.js'
import { Change, Decision, PeopleQuery, Sought, Switch } from './people-forms.js'
import { askedArea } from './staff.js'

const CODES: Readonly<Record<ChangeRefusal | ActRefusal, ApiCode>> = {
  gone: 'not-found',
  foreign: 'foreign-area',
  'changed-meanwhile': 'changed-meanwhile',
  'alias-number': 'alias-number',
  'area-unknown': 'unreadable',
  'network-unknown': 'unreadable',
  'stairwell-unknown': 'stairwell-unknown',
  'choice-unknown': 'unreadable',
  'decided-before': 'decided-before',
  'no-promise': 'no-promise',
  'has-chat': 'person-has-chat',
  'not-approved': 'not-approved',
  paused: 'paused',
  'report-waits': 'report-waits',
  'window-closed': 'person-window-closed',
}

export function peopleRoutes(deps: ApiDeps): RoutesOf<'people'> {
  return { ...listRoutes(deps), ...personRoutes(deps) }
}

type ListRoute = 'GET /api/people' | 'GET /api/people/file'

function listRoutes({ work, accounts, areas: known }: ApiDeps): Pick<RoutesOf<'people'>, ListRoute> {
  const areaName = (id: string) => known().find((area) => area.id === id)?.name ?? id
  return {
    'GET /api/people': async (call) => {
      const areas = askedArea(call)
      const { list, network, next } = PeopleQuery.parse(call.request.query)
      const find = soughtBy(call)
      const page = await listPeople(work, { list, filter: { areas, network, find }, next })
      // Nobody knows where the page before ended.
      if (page === 'gone') throw new ApiError('changed-meanwhile')
      return page
    },
    'GET /api/people/file': async (call) => {
      const areas = askedArea(call)
      const about = areas === 'all' ? '' : areas.join(', ')
      await note(accounts, { who: call.signedIn.staff._id, what: 'people-exported', about }, areas)
      const file = await peopleFile({ ...work, areaName }, areas)
      call.response.attachment('frivillige.csv').type('text/csv; charset=utf-8').send(file)
      return undefined
    },
  }
}

/** Nothing that somebody typed about people stands in an address, because addresses end up in logs. */
function soughtBy({ request }: StaffCall): string | undefined {
  try {
    return Sought.parse(request.get('x-opgang-find') === undefined ? undefined : decodeURIComponent(request.get('x-opgang-find') ?? ''))
  } catch (error) {
    // Not as the page writes it.
    if (error instanceof URIError) throw new ApiError('unreadable')
    throw error
  }
}

function personRoutes({ work, accounts }: ApiDeps): Omit<RoutesOf<'people'>, ListRoute> {
  const deps = { work, accounts }
  /** Whether there is somebody of that id comes first: what is wrong with the rest would tell it. */
  const personOf = async ({ request, areas }: StaffCall): Promise<VolunteerDocument> => {
    const person = await volunteerIn(work, String(request.params['person']), areas)
    if (person === undefined) throw new ApiError('not-found')
    return person
  }
  const viewOf = async (call: StaffCall) => {
    const person = await personOf(call)
    await noteLook(accounts, call.signedIn.staff._id, person)
    return personView(work, person, call.areas)
  }
  /** The answer is the person as they are then: a look at them too, since what changes nothing leaves no line of its own. */
  const changing = async <T>(call: StaffCall, form: z.ZodType<T>, act: (on: OnPerson, wanted: T) => Promise<unknown>) => {
    const { _id: person } = await personOf(call)
    allowed(await act(onPerson(call, person), form.parse(call.request.body)))
    return viewOf(call)
  }
  return {
    'GET /api/people/:person': viewOf,
    'PUT /api/people/:person': (call) => changing(call, Change, (on, wanted) => changePerson(deps, on, wanted)),
    'POST /api/people/:person/decision': (call) => changing(call, Decision, (on, wanted) => decidePerson(deps, on, wanted)),
    'POST /api/people/:person/duty': (call) => changing(call, Switch, (on, { on: is }) => setPerson(deps, on, { what: 'duty', is })),
    'POST /api/people/:person/pause': (call) => changing(call, Switch, (on, { on: is }) => setPerson(deps, on, { what: 'pause', is })),
    'POST /api/people/:person/word': async (call) => {
      const { _id: person } = await personOf(call)
      return allowed(await wordFor(deps, onPerson(call, person)))
    },
  }
}

function onPerson({ signedIn, areas }: StaffCall, person: string): OnPerson {
  return { person, who: signedIn.staff._id, areas }
}

/** Throws for what was refused, else gives it back. */
function allowed<T>(outcome: T | ChangeRefusal | ActRefusal): T {
  if (typeof outcome === 'string') throw new ApiError(CODES[outcome as keyof typeof CODES])
  return outcome
}

/** People as staff read them in a terminal: who wants to be a volunteer, who is on call. */
import type { OnCall } from '../core/places-types.js'
import type { ContactDocument } from '../store/collections.js'
import { printable } from './help-list.js'
import { writeHours } from './people-file-hours.js'

/** The columns of who waits for an answer, their names first. What they call themselves is all that is shown of them. */
export function applicantRows(contacts: readonly ContactDocument[]): string[][] {
  const rows = contacts.flatMap(({ _id, volunteer }) =>
    volunteer === undefined
      ? []
      : [
          [
            _id,
            ...[volunteer.alias, volunteer.network, volunteer.area, volunteer.languages.join(','), volunteer.tasks.join(',')].map(
              printable,
            ),
            volunteer.adult ? 'yes' : 'says no',
          ],
        ],
  )
  return [['id', 'called', 'network', 'area', 'languages', 'tasks', '18 or over'], ...rows]
}

/** The columns of who is on call, in the order in which they are told. */
export function onCallRows(list: readonly OnCall[]): string[][] {
  const rows = list.map(({ id, name, mail = '', hours }) => [
    id,
    printable(name),
    printable(mail),
    hours.length === 0 ? 'at any time' : hours.map((one) => writeHours(one)).join('; '),
  ])
  return [['id', 'name', 'mail', 'hours'], ...rows]
}

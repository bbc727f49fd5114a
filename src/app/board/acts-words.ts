/** What staff type about a request, as it may be kept: private numbers and codes never are. */
import type { RequestAct } from '../../core/board-types.js'
import type { Library } from '../../core/library.js'
import { maskContacts, PUBLIC_NUMBERS } from '../../core/mask-contacts.js'
import { redactAll } from '../../core/redact.js'
import type { HandoffDocument } from '../../store/collections.js'

/** The act with its words masked as those of residents are; what crosses to a helper hides ways past Opgang too. */
export function withCleanWords(library: Library, { area }: Pick<HandoffDocument, 'area'>, act: RequestAct): RequestAct {
  switch (act.do) {
    case 'write':
    case 'note':
      return { ...act, text: redactAll(act.text, library.hideSecrets).text }
    case 'show-door':
      return { ...act, door: redactAll(act.door, library.hideSecrets).text }
    case 'say': {
      const { text } = redactAll(act.text, library.hideSecrets)
      const ours = Object.hasOwn(library.areas, area) ? Object.values(library.areas[area]?.variables ?? {}) : []
      return { ...act, text: maskContacts(text, [...PUBLIC_NUMBERS, ...ours]).text }
    }
    default:
      return act
  }
}

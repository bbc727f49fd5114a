/** Where a person is reached: the conversation they have. */
import type { Collection } from '../../store/collection.js'
import type { ConversationDocument } from '../../store/collections.js'

/** More than any person has. */
const PAGE = 20

/** The newest conversation of a contact; undefined for one who has none, or is erased. */
export async function conversationOf(
  conversations: Collection<ConversationDocument>,
  contact: string,
): Promise<ConversationDocument | undefined> {
  const found = await conversations.find({ contact }, { sort: ['contact'], limit: PAGE })
  return found.toSorted((a, b) => b.createdAt - a.createdAt)[0]
}

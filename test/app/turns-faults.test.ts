/** Whoever writes after their erasure, while the erasure or another instance changes the conversation under the turn. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { conversationId } from '../../src/app/ports.js'
import { starterLibrary } from '../library.js'
import { AMINA, openStage, type Stage, says, until } from '../stage.js'

const library = await starterLibrary()
const AMINAS = conversationId(AMINA)
let stage: Stage
let erase: () => void
beforeEach(async () => {
  stage = await openStage({ library })
  await stage.turns.receive(AMINA, says('dansk'))
  await stage.turns.receive(AMINA, says('slet mig'))
  await stage.settler.idle()
  const { handoffs } = stage.collections
  const { remove } = handoffs
  const begun = new Promise<void>((resolve) => (erase = resolve))
  handoffs.remove = async (where, limit) => {
    await begun
    return remove.call(handoffs, where, limit)
  }
  await stage.turns.receive(AMINA, says('ja'))
})
afterEach(() => {
  erase()
  return stage.close()
})

/** Once, right before the turn gives the conversation its new contact. */
function beforeTheNewContact(happens: () => Promise<void>): void {
  const { conversations } = stage.collections
  const { replace } = conversations
  let happened = false
  conversations.replace = async (conversation, ms) => {
    if (!happened) {
      happened = true
      await happens()
    }
    return replace.call(conversations, conversation, ms)
  }
}

async function newestHasItsConversation(): Promise<void> {
  const newest = (await stage.log(AMINAS)).at(-1)
  const conversation = await stage.collections.conversations.get(AMINAS)
  expect(newest?.event).toMatchObject({ text: 'hej igen' })
  expect(conversation?.contact).toBe(newest?.contact)
}

test('a turn whose conversation the erasure took away at that moment has a conversation', async () => {
  beforeTheNewContact(async () => {
    erase()
    await until(async () => (await stage.collections.conversations.get(AMINAS)) === undefined)
  })
  await stage.turns.receive(AMINA, says('hej igen'))
  await stage.settler.idle()
  await newestHasItsConversation()
})

test('a turn whose conversation another instance gave a new contact at that moment belongs to that contact', async () => {
  const { conversations } = stage.collections
  beforeTheNewContact(async () => {
    const known = await conversations.get(AMINAS)
    if (known === undefined) throw new Error('no conversation')
    await conversations.replace({ ...known, contact: 'given by another' })
  })
  await stage.turns.receive(AMINA, says('hej igen'))
  await newestHasItsConversation()
  erase()
  await stage.settler.idle()
})

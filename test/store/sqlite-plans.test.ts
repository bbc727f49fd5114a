/** What each query of the product costs, as SQLite plans it: an index that is not used would be noticed on a large store only. */
import { describe, expect, test } from '@jest/globals'
import Database from 'libsql'
import type { Page, Where } from '../../src/store/collection.js'
import { COLLECTIONS } from '../../src/store/collections.js'
import { createStatements, findStatement, replaceSql } from '../../src/store/sqlite-query.js'

describe('queries use their indexes', () => {
  const { turns } = COLLECTIONS
  const plan = (where: Where, page: Page): string => {
    const database = new Database(':memory:')
    for (const statement of createStatements(turns)) database.exec(statement)
    const { sql, values } = findStatement(turns, where, page)
    const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(values) as { detail: string }[]
    return steps.map((step) => step.detail).join('; ')
  }

  test.each<[string, Where, Page, string]>([
    [
      'sweep',
      { 'settle.by': 'x', 'settle.state': 'open' },
      { sort: ['at', '_id'], limit: 50 },
      'settle_state_settle_by_at__id (settle.state=? AND settle.by=?)',
    ],
    [
      'whole sweep',
      { 'settle.by': 'x', 'settle.state': 'open' },
      { sort: ['at', '_id'], descending: true, after: [1, 'x'], limit: 50 },
      'settle_state_settle_by_at__id (settle.state=? AND settle.by=? AND at<?)',
    ],
    ['last turn', { conversation: 'c' }, { sort: ['seq'], descending: true, limit: 1 }, 'conversation_seq (conversation=?)'],
    ['turns from', { conversation: 'c', seq: { from: 4 } }, { sort: ['seq'], limit: 9 }, 'conversation_seq (conversation=? AND seq>?)'],
    ['turns after', { conversation: 'c' }, { sort: ['seq'], after: [4], limit: 9 }, 'conversation_seq (conversation=? AND seq>?)'],
    ['by key', { key: 'k' }, { sort: ['key'], limit: 1 }, 'key (key=?)'],
    ['of a contact', { contact: 'c' }, { sort: ['at'], limit: 9 }, 'contact_at (contact=?)'],
    ['log', {}, { sort: ['at', 'conversation', 'seq'], after: [1, 'x', 2], limit: 9 }, 'at_conversation_seq (at>?)'],
    [
      'newest first',
      {},
      { sort: ['at', 'conversation', 'seq'], descending: true, after: [1, 'x', 2], limit: 9 },
      'at_conversation_seq (at<?)',
    ],
    [
      'retention',
      { erased: false, kept: true, at: { below: 9 } },
      { sort: ['at'], limit: 9 },
      'erased_kept_at (erased=? AND kept=? AND at<?)',
    ],
  ])('%s', (_, where, page, index) => {
    expect(plan(where, page)).toMatch(`SEARCH turns USING INDEX by_turns_${index}`)
    expect(plan(where, page)).not.toMatch('TEMP B-TREE')
  })

  test('what settling changes is written without work on any index but its own', () => {
    const database = new Database(':memory:')
    for (const statement of createStatements(turns)) database.exec(statement)
    const { usual } = replaceSql(turns)
    const opcodes = database.prepare(`EXPLAIN ${usual}`).all(Array(20).fill(1)) as { opcode: string }[]
    // One table and one index are opened for writing; all nine would be without the separate statement.
    expect(opcodes.filter(({ opcode }) => opcode === 'IdxInsert')).toHaveLength(1)
    expect(opcodes.filter(({ opcode }) => opcode === 'IdxDelete')).toHaveLength(1)
  })

  test('taking over reads open turns only, however long the log is', () => {
    const open = { 'settle.state': 'open' }
    const sort = ['at', 'conversation', 'seq']
    for (const after of [{}, { after: [1, 'x', 2] }])
      expect(plan(open, { sort, limit: 9, ...after })).toMatch('SEARCH turns USING INDEX by_turns_settle_state')
  })
})

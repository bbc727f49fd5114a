/** What each query of requests costs, as SQLite plans it. */
import { expect, test } from '@jest/globals'
import Database from 'libsql'
import type { Page, Where } from '../../src/store/collection.js'
import { COLLECTIONS } from '../../src/store/collections.js'
import { createStatements, findStatement } from '../../src/store/sqlite-query.js'

const { handoffs } = COLLECTIONS

test.each<[string, Where, Page, string]>([
  ['the list', { state: 'open' }, { sort: ['openedAt', '_id'], limit: 9, after: [1, 't'] }, 'state_openedAt__id (state=? AND openedAt>?)'],
  ['by its number', { receipt: 'H-4F7K' }, { sort: ['receipt'], limit: 9 }, 'receipt (receipt=?)'],
  [
    'who waits to be told',
    { 'closed.tell': 'waiting' },
    { sort: ['closed.at', '_id'], limit: 9, after: [1, 't'] },
    'closed_tell_closed_at__id (closed.tell=? AND closed.at>?)',
  ],
  [
    'too old',
    { 'closed.kept': true, 'closed.at': { below: 9 } },
    { sort: ['closed.at'], limit: 9 },
    'closed_kept_closed_at (closed.kept=? AND closed.at<?)',
  ],
  [
    'a list of the board',
    { 'board.list': 'waiting', 'board.danger': false, area: { in: ['a', 'b'] }, language: 'so', task: 'talk' },
    { sort: ['board.at', '_id'], limit: 9, after: [1, 't'] },
    'board_list_board_danger_board_at__id_area_language_task (board.list=? AND board.danger=? AND board.at>?)',
  ],
  ['of a contact', { contact: 'c' }, { sort: ['contact'], limit: 9 }, 'contact (contact=?)'],
])('%s', (_, where, page, index) => {
  const database = new Database(':memory:')
  for (const statement of createStatements(handoffs)) database.exec(statement)
  const { sql, values } = findStatement(handoffs, where, page)
  const steps = (database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(values) as { detail: string }[]).map((step) => step.detail).join('; ')
  expect(steps).toMatch(`SEARCH handoffs USING INDEX by_handoffs_${index}`)
  expect(steps).not.toMatch('TEMP B-TREE')
})

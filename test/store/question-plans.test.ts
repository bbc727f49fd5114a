/** What each query of questions and votes costs, as SQLite plans it. */
import { expect, test } from '@jest/globals'
import Database from 'libsql'
import type { Page, Where } from '../../src/store/collection.js'
import { COLLECTIONS } from '../../src/store/collections.js'
import { createStatements, findStatement } from '../../src/store/sqlite-query.js'

const { questions } = COLLECTIONS
const byAge = { sort: ['askedAt', '_id'], limit: 9 }

test.each<[string, Where, Page, string]>([
  ['the list', {}, { ...byAge, after: [1, 'q'] }, 'askedAt__id (askedAt>?)'],
  [
    'who waits',
    { state: 'linked', wish: true },
    { ...byAge, after: [1, 'q'] },
    'state_wish_askedAt__id (state=? AND wish=? AND askedAt>?)',
  ],
  [
    'too old',
    { kept: true, wish: false, askedAt: { below: 9 } },
    { sort: ['askedAt'], limit: 9 },
    'kept_wish_askedAt (kept=? AND wish=? AND askedAt<?)',
  ],
  [
    'done and too old',
    { kept: true, wish: true, state: { in: ['answered', 'dismissed'] }, askedAt: { below: 9 } },
    { sort: ['askedAt'], limit: 9 },
    'kept_wish_askedAt (kept=? AND wish=? AND askedAt<?)',
  ],
  ['of a contact', { contact: 'c' }, { sort: ['contact'], limit: 9 }, 'contact (contact=?)'],
])('%s', (_, where, page, index) => {
  const database = new Database(':memory:')
  for (const statement of createStatements(questions)) database.exec(statement)
  const { sql, values } = findStatement(questions, where, page)
  const steps = (database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(values) as { detail: string }[]).map((step) => step.detail).join('; ')
  expect(steps).toMatch(`SEARCH questions USING INDEX by_questions_${index}`)
  expect(steps).not.toMatch('TEMP B-TREE')
})

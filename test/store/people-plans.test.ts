/** What each query of volunteers costs, as SQLite plans it: no list is sorted, and none is looked for in the whole table. */
import { expect, test } from '@jest/globals'
import Database from 'libsql'
import type { Where } from '../../src/store/collection.js'
import { COLLECTIONS } from '../../src/store/collections.js'
import { countStatement, createStatements, findStatement } from '../../src/store/sqlite-query.js'

const { contacts } = COLLECTIONS
const page = { sort: ['volunteer.alias', '_id'], limit: 51, after: ['Hodan', 'c1'] }
const database = new Database(':memory:')
for (const statement of createStatements(contacts)) database.exec(statement)
const planOf = ({ sql, values }: ReturnType<typeof findStatement>) =>
  (database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(values) as { detail: string }[]).map((step) => step.detail).join('; ')

test.each<[string, Where, string]>([
  ['all who are approved', { 'volunteer.state': 'approved' }, 'state_volunteer_alias__id (volunteer.state=? AND volunteer.alias>?)'],
  [
    'in one area',
    { 'volunteer.state': 'approved', 'volunteer.area': 'demo' },
    'state_volunteer_area_volunteer_alias__id (volunteer.state=? AND volunteer.area=? AND volunteer.alias>?)',
  ],
  [
    'by the beginning of what they are called',
    { 'volunteer.state': 'approved', 'volunteer.alias': { from: 'Ho', below: 'Hp' } },
    'state_volunteer_alias__id (volunteer.state=? AND volunteer.alias>? AND volunteer.alias<?)',
  ],
])('%s', (_, where, index) => {
  const plan = planOf(findStatement(contacts, where, page))
  expect(plan).toMatch(`SEARCH contacts USING INDEX by_contacts_volunteer_${index}`)
  expect(plan).not.toMatch('TEMP B-TREE')
})

test.each<[string, Where, string]>([
  ['applied', { 'volunteer.state': 'applied' }, 'volunteer.state=?'],
  ['applied in some areas', { 'volunteer.state': 'applied', 'volunteer.area': { in: ['demo', 'birkehaven'] } }, 'volunteer.area=?'],
  ['paused', { 'volunteer.state': 'approved', 'volunteer.paused': { in: ['self', 'report'] } }, 'volunteer.paused=?'],
  ['on duty', { 'volunteer.state': 'approved', 'volunteer.openUntil': { from: 1 } }, 'volunteer.state=?'],
])('counting who is %s', (_, where, found) => {
  const plan = planOf(countStatement(contacts, where, []))
  expect(plan).toMatch(/^SEARCH contacts USING (COVERING )?INDEX/)
  expect(plan).toContain(found)
})

/** New lines of the record over those that are shown: none twice, none left out between two. */
import { expect, test } from '@jest/globals'
import type { AuditLines } from '../../src/web/console/api.js'
import { withNewest } from '../../src/web/console/newest-lines.js'

const lines = (text: string, before?: string): AuditLines => ({
  lines: [...text].map((id) => ({ id, at: 0, who: 'w', what: 'signed-out', about: 'w', area: '' })),
  ...(before === undefined ? {} : { before }),
})
const shownOf = (shown: AuditLines, newest: AuditLines) => {
  const { lines: all, before } = withNewest(shown, newest)
  return [all.map(({ id }) => id).join(''), before]
}

test('older ones stay below, and go on where they ended', () => {
  expect(shownOf(lines('cba', 'a'), lines('edc', 'c'))).toEqual(['edcba', 'a'])
  expect(shownOf(lines('cba'), lines('dcb', 'b'))).toEqual(['dcba', undefined])
})

test('where nothing is shown yet, where all of it is new, and where it is all the same, the newest page is all there is', () => {
  expect(shownOf(lines(''), lines('cba', 'a'))).toEqual(['cba', 'a'])
  expect(shownOf(lines('cba', 'a'), lines('zyx', 'x'))).toEqual(['zyx', 'x'])
  expect(shownOf(lines('cba', 'a'), lines('cba', 'a'))).toEqual(['cba', 'a'])
})

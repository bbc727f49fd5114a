/** What the arguments of `npm run people` mean, and what is said of those that mean nothing. */
import { describe, expect, test } from '@jest/globals'
import { peopleOrder } from '../../src/cli/people/order.js'

test.each([
  [['check', 'people.yaml'], { act: 'check', file: 'people.yaml' }],
  [['import', 'people.yaml'], { act: 'import', file: 'people.yaml', removeMissing: false }],
  [['import', '--remove-missing', 'people.yaml'], { act: 'import', file: 'people.yaml', removeMissing: true }],
  [['export'], { act: 'export', file: undefined }],
  [['export', 'new.yaml'], { act: 'export', file: 'new.yaml' }],
])('%j', (args, order) => {
  expect(peopleOrder(args)).toEqual(order)
})

describe('one line says what to write instead of', () => {
  test.each([
    [[], 'check FILE, import FILE'],
    [['mend', 'a'], 'check FILE, import FILE'],
    [['check'], 'Write: npm run people -- check FILE'],
    [['check', 'a', 'b'], 'Write: npm run people -- check FILE'],
    [['check', 'a', '--remove-missing'], 'Write: npm run people -- check FILE'],
    [['import'], 'Write: npm run people -- import FILE [--remove-missing]'],
    [['import', ''], 'Write: npm run people -- import FILE'],
    [['import', 'a', '--remove'], 'Write: npm run people -- import FILE'],
    [['export', 'a', '--remove-missing'], 'Write: npm run people -- export [FILE]'],
  ])('%j', (args, form) => {
    const order = peopleOrder(args)
    expect(order).toEqual({ wrong: expect.stringContaining(form) })
    expect(JSON.stringify(order)).not.toContain('\\n')
  })
})

/** What the arguments of `npm run help-desk` mean, and what is said of those that mean nothing. */
import { describe, expect, test } from '@jest/globals'
import { helpDeskOrder } from '../../src/cli/help-desk/order.js'

test.each([
  [['list'], { act: 'list', area: undefined, task: undefined, all: false, json: false }],
  [['list', '--area', 'demo', '--task=danger', '--all', '--json'], { act: 'list', area: 'demo', task: 'danger', all: true, json: true }],
  [['show', 'h-4f7k'], { act: 'show', receipt: 'H-4F7K', json: false }],
  [['close', 'H-4F7K', '--reason', 'passed-on'], { act: 'close', receipt: 'H-4F7K', reason: 'passed-on', tell: false }],
  [['close', '--tell', 'H-4F7K', '--reason=helped'], { act: 'close', receipt: 'H-4F7K', reason: 'helped', tell: true }],
])('%j', (args, order) => {
  expect(helpDeskOrder(args)).toEqual(order)
})

describe('one line says what to write instead of', () => {
  test.each([
    [[], 'list, show RECEIPT, or close RECEIPT'],
    [['mend', 'H-1'], 'list, show RECEIPT, or close RECEIPT'],
    [['list', 'H-1'], 'list [--area ID]'],
    [['list', '--tell'], 'list [--area ID]'],
    [['list', '--area'], 'list [--area ID]'],
    [['show'], 'show RECEIPT [--json]'],
    [['show', 'H-1', 'H-2'], 'show RECEIPT [--json]'],
    [['show', 'H'.repeat(41)], 'show RECEIPT [--json]'],
    [['close', 'H-1'], '--reason helped|not-reached|not-needed|passed-on|double'],
    [['close', 'H-1', '--reason', 'bored'], '--reason helped|not-reached'],
    [['close', '--reason', 'helped'], 'close RECEIPT --reason'],
  ])('%j', (args, form) => {
    const order = helpDeskOrder(args)
    expect(order).toEqual({ wrong: expect.stringContaining(form) })
    expect(JSON.stringify(order)).not.toContain('\\n')
  })
})

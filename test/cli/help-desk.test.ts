/** What the arguments of `npm run help-desk` mean, and what is said of those that mean nothing. */
import { describe, expect, test } from '@jest/globals'
import { helpDeskOrder } from '../../src/cli/help-desk/order.js'

test.each([
  [['list'], { act: 'list', area: undefined, task: undefined, all: false, json: false }],
  [['list', '--area', 'demo', '--task=danger', '--all', '--json'], { act: 'list', area: 'demo', task: 'danger', all: true, json: true }],
  [['show', 'h-4f7k'], { act: 'show', receipt: 'H-4F7K', json: false }],
  [['close', 'H-4F7K', '--reason', 'passed-on'], { act: 'close', receipt: 'H-4F7K', reason: 'passed-on', tell: false }],
  [['close', '--tell', 'H-4F7K', '--reason=helped'], { act: 'close', receipt: 'H-4F7K', reason: 'helped', tell: true }],
  [['approve'], { act: 'applicants' }],
  [['approve', '--list'], { act: 'applicants' }],
  [['approve', 'aB-3_x'], { act: 'approve', volunteer: 'aB-3_x', yes: true }],
  [['approve', 'volunteer:farah', '--refuse'], { act: 'approve', volunteer: 'volunteer:farah', yes: false }],
  [['on-call', 'demo'], { act: 'on-call-list', area: 'demo' }],
  [['on-call', 'demo', '--remove', 'sanne'], { act: 'on-call-remove', area: 'demo', id: 'sanne' }],
  [
    ['on-call', 'demo', '--add', 'sanne', '--name', ' Sanne H. '],
    { act: 'on-call-add', area: 'demo', entry: { id: 'sanne', name: 'Sanne H.', hours: [] } },
  ],
  [
    ['on-call', 'demo', '--add=sanne', '--name=Sanne', '--mail=s@example.org', '--hours', 'mon-fri 08:00-16:00', '--hours', 'sat 10-12'],
    {
      act: 'on-call-add',
      area: 'demo',
      entry: {
        id: 'sanne',
        name: 'Sanne',
        mail: 's@example.org',
        hours: [
          { days: [1, 2, 3, 4, 5], from: 480, until: 960 },
          { days: [6], from: 600, until: 720 },
        ],
      },
    },
  ],
  [['coordinator', 'demo'], { act: 'coordinator', area: 'demo' }],
  [['coordinator', 'demo', 'sanne'], { act: 'coordinator', area: 'demo', onCall: 'sanne' }],
  [['volunteer', 'farah'], { act: 'volunteer-word', volunteer: 'farah' }],
])('%j', (args, order) => {
  expect(helpDeskOrder(args)).toEqual(order)
})

describe('one line says what to write instead of', () => {
  test.each([
    [[], 'list, show RECEIPT, close RECEIPT'],
    [['mend', 'H-1'], 'list, show RECEIPT, close RECEIPT'],
    [['list', 'H-1'], 'list [--area ID]'],
    [['list', '--tell'], 'list [--area ID]'],
    [['list', '--area'], 'list [--area ID]'],
    [['show'], 'show RECEIPT [--json]'],
    [['show', 'H-1', 'H-2'], 'show RECEIPT [--json]'],
    [['show', 'H'.repeat(41)], 'show RECEIPT [--json]'],
    [['close', 'H-1'], '--reason helped|not-reached|not-needed|passed-on|double'],
    [['close', 'H-1', '--reason', 'bored'], '--reason helped|not-reached'],
    [['close', '--reason', 'helped'], 'close RECEIPT --reason'],
    [['approve', '--refuse'], 'approve ID [--refuse]'],
    [['approve', 'c1', 'c2'], 'approve --list | approve ID'],
    [['approve', 'c1', '--list'], 'approve --list | approve ID'],
    [['on-call'], 'on-call AREA [--add ID'],
    [['on-call', 'Demo'], 'on-call AREA [--add ID'],
    [['on-call', 'demo', '--name', 'Sanne'], '--add ID --name NAME'],
    [['on-call', 'demo', '--add', 'sanne'], '--add ID --name NAME'],
    [['on-call', 'demo', '--add', 'sanne', '--name', 'a\u001b[2J'], '--add ID --name NAME'],
    [['on-call', 'demo', '--add', 'sanne', '--name', 'S', '--remove', 'sanne'], '--remove ID'],
    [['on-call', 'demo', '--add', 'Sanne H', '--name', 'S'], 'small English letters'],
    [['on-call', 'demo', '--add', 'sanne', '--name', 'Sanne 010170-1234'], 'No CPR number'],
    [['on-call', 'demo', '--add', '010170-1234', '--name', 'Sanne'], 'No CPR number'],
    [['on-call', 'demo', '--add', 'sanne', '--name', 'Sanne', '--mail', '0101701234@example.org'], 'No CPR number'],
    [['coordinator', 'demo', '010170-1234'], 'coordinator AREA [ON-CALL-ID]'],
    [['on-call', 'demo', '--add', 'sanne', '--name', 'S', '--mail', 'a@b.dk\r\nBcc: c@d.dk'], 'Write one mail address'],
    [['on-call', 'demo', '--add', 'sanne', '--name', 'S', '--mail', 'a@b,c@d'], 'Write one mail address'],
    [['on-call', 'demo', '--add', 'sanne', '--name', 'S', '--hours', 'always'], 'Hours: write days and times'],
    [['coordinator'], 'coordinator AREA [ON-CALL-ID]'],
    [['coordinator', 'demo', 'a', 'b'], 'coordinator AREA [ON-CALL-ID]'],
    [['volunteer'], 'volunteer ID'],
  ])('%j', (args, form) => {
    const order = helpDeskOrder(args)
    expect(order).toEqual({ wrong: expect.stringContaining(form) })
    expect(JSON.stringify(order)).not.toContain('\\n')
  })
})

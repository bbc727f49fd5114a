import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse as parseYaml } from 'yaml'
import { parseDialog } from '../../../src/core/dialog/parse.js'
import { dialogOf, nodesFile, problemsOf, yamlSource } from './yaml-source.js'

const DIALOGS = join(import.meta.dirname, '../../../dialogs')

describe('every form of the grammar', () => {
  test('a whole dialog', () => {
    const { nodes, ...rest } = dialogOf(`
start:
  ask: Hvad vil du?
  quick_replies:
    help: Hjælp
    food: { title: Mad, goto: meals/start }
    menu: { title: Menu }
help:
  questions: [Hjælp mig, Jeg har brug for hjælp]
  say:
    - Først det.
    - Så det.
  fact: { kind: rule, source: https://example.dk/a, owner: boligsocial, checked: 2020-03-20, from: 2020-03-18T10:00, until: 2020-03-30, confirm: true }
  goto: postcode
postcode:
  ask: Postnummer?
  expect: { type: digits, length: 4 }
  retry: Fire tal.
  attempts: 2
  give_up: start
  save: postcode
  goto: branch
branch:
  branch:
    - { when: { contact.audience: parent, answers.age: { below: 18, from: 3, known: true } }, goto: volunteer }
    - { when: { answers.postcode: ['5240', 5000, true] }, goto: on }
    - { else: meals/start }
volunteer:
  say: Jeg finder en.
  handoff: errand
  network: neighbourhood-mothers
  note: Postnummer {{answers.postcode}}
  within: 30m
  nobody: caretaker/start
on: { say: Ja, subscribe: area-news, goto: start }
off: { unsubscribe: area-news, goto: start }
weather: { call: weather-today, goto: start }
age: { ask: Alder?, expect: { type: number, min: 0, max: 120 }, retry: Et tal., save: age_2 }
menu: { say: Menu }
`)
    expect(rest).toEqual({ id: 'test', name: 'Prøve', history: false })
    expect(nodes['start']).toEqual({
      say: [],
      questions: [],
      does: {
        kind: 'ask',
        ask: {
          text: 'Hvad vil du?',
          quickReplies: [
            { id: 'help', title: 'Hjælp', goto: { dialog: 'test', node: 'help' } },
            { id: 'food', title: 'Mad', goto: { dialog: 'meals', node: 'start' } },
            { id: 'menu', title: 'Menu', goto: { dialog: 'test', node: 'menu' } },
          ],
        },
      },
    })
    expect(nodes['help']).toEqual({
      say: ['Først det.', 'Så det.'],
      questions: ['Hjælp mig', 'Jeg har brug for hjælp'],
      goto: { dialog: 'test', node: 'postcode' },
      fact: {
        kind: 'rule',
        source: 'https://example.dk/a',
        owner: 'boligsocial',
        checked: '2020-03-20',
        from: Date.parse('2020-03-18T09:00Z'),
        until: Date.parse('2020-03-30T22:00Z'),
        confirm: true,
      },
    })
    expect(nodes['postcode']?.does).toEqual({
      kind: 'ask',
      ask: {
        text: 'Postnummer?',
        quickReplies: [],
        expect: { type: 'digits', length: 4 },
        retry: 'Fire tal.',
        attempts: 2,
        giveUp: { dialog: 'test', node: 'start' },
        save: 'postcode',
      },
    })
    expect(nodes['branch']?.does).toEqual({
      kind: 'branch',
      branches: [
        {
          when: [
            { path: 'contact.audience', equals: 'parent' },
            { path: 'answers.age', below: 18, from: 3, known: true },
          ],
          goto: { dialog: 'test', node: 'volunteer' },
        },
        { when: [{ path: 'answers.postcode', in: ['5240', 5000, true] }], goto: { dialog: 'test', node: 'on' } },
        { goto: { dialog: 'meals', node: 'start' } },
      ],
    })
    expect(nodes['volunteer']?.does).toEqual({
      kind: 'handoff',
      handoff: {
        task: 'errand',
        network: 'neighbourhood-mothers',
        note: 'Postnummer {{answers.postcode}}',
        within: '30m',
        nobody: { dialog: 'caretaker', node: 'start' },
      },
    })
    expect(nodes['on']).toEqual({
      say: ['Ja'],
      questions: [],
      does: { kind: 'subscribe', topic: 'area-news' },
      goto: { dialog: 'test', node: 'start' },
    })
    expect(nodes['off']?.does).toEqual({ kind: 'unsubscribe', topic: 'area-news' })
    expect(nodes['weather']?.does).toEqual({ kind: 'call', name: 'weather-today' })
    expect(nodes['age']?.does).toMatchObject({ ask: { expect: { type: 'number', min: 0, max: 120 }, save: 'age_2' } })
  })

  test('plain data that survives JSON, in the order of the file', () => {
    const dialog = dialogOf('start: { say: A, goto: b }\nb: { say: B }\na2: { say: C }')
    expect(JSON.parse(JSON.stringify(dialog))).toEqual(dialog)
    expect(Object.keys(dialog.nodes)).toEqual(['start', 'b', 'a2'])
  })

  test('history', () => {
    const read = parseDialog('old', yamlSource('name: Før\nlanguage: da\nhistory: true\nnodes: { start: { say: A } }'))
    expect(read).toMatchObject({ dialog: { id: 'old', history: true } })
  })

  test.each(readdirSync(DIALOGS).filter((name) => name.endsWith('.yaml') && name !== 'phone-numbers.yaml'))(
    '%s of the starter is right',
    (name) => {
      const read = parseDialog(name.replace('.yaml', ''), yamlSource(readFileSync(join(DIALOGS, name), 'utf8'), name))
      expect('problems' in read ? read.problems : []).toEqual([])
    },
  )
})

describe('each fault is told with file, line, node and what to do', () => {
  test('whole', () => {
    expect(problemsOf('start:\n  say: Hej\n  gotoo: more')).toEqual([
      { file: 'dialogs/test.yaml', line: 6, node: 'start', message: '`gotoo` is not known here: did you mean `goto`?', severity: 'error' },
    ])
  })

  test.each([
    ['start:\n  quick_replys: { a: A }\n  ask: Hvad?', 5, /did you mean `quick_replies`/],
    ['start:\n  say: Hej\n  xyz: 1', 6, /`xyz` is not known here: use one of say, ask/],
    ['start:\n  say: 112', 5, /put 112 in quotes/],
    ['start:\n  say: []', 5, /a text or a list of texts/],
    ['start:\n  say: { Ring: nu }', 5, /put a text with a colon in quotes/],
    ['start:\n  say:\n    - Hej\n    -', 7, /must be a text/],
    ['start: {}', 4, /empty/],
    ['start: Hej', 4, /must be a list of keys/],
    ['Start: { say: Hej }', 4, /`Start` must be an id/],
    ['my_node: { say: Hej }', 4, /must be an id/],
    ['start:\n  say: A\n  ask: B\n  handoff: errand', 7, /does ask and handoff/],
    ['start:\n  say: A\n  retry: B', 6, /`retry` belongs to `ask`/],
    ['start:\n  say: A\n  within: 30m', 6, /`within` belongs to `handoff`/],
    ['start:\n  goto: a\n  fact: { kind: rule, source: https://a.dk, owner: a, checked: 2020-01-01 }', 6, /`fact` belongs to `say`/],
    ['start:\n  ask: A\n  quick_replies: [A, B]', 6, /list of ids/],
    ['start:\n  ask: A\n  quick_replies: { Ja: A }', 6, /`Ja` must be an id/],
    ['start:\n  ask: A\n  quick_replies: { a: { title: A, gota: b } }', 6, /did you mean `goto`/],
    ['start:\n  ask: A\n  quick_replies: { a: { goto: b } }', 6, /`title` must be a text/],
    ['start:\n  ask: A\n  expect: { type: digit, length: 4 }', 6, /did you mean digits/],
    ['start:\n  ask: A\n  expect: { type: number, length: 4 }', 6, /belongs to type digits/],
    ['start:\n  ask: A\n  expect: { type: digits, min: 4 }', 6, /belongs to type number/],
    ['start:\n  ask: A\n  expect: { type: number, min: 4, max: 1 }', 6, /`max` is below/],
    ['start:\n  ask: A\n  expect: digits', 6, /list of keys/],
    ['start:\n  ask: A\n  attempts: 0', 6, /whole number from 1/],
    ['start:\n  ask: A\n  save: Post nummer', 6, /`save` must be a name/],
    ['start:\n  ask: A\n  give_up: a/b/c', 6, /node of this dialog/],
    ['start:\n  say: A\n  goto: /b', 6, /node of this dialog/],
    ['start:\n  say: A\n  goto: 3', 6, /node of this dialog/],
    ['start:\n  branch: { else: a }', 5, /must be a list/],
    ['start:\n  branch: []', 5, /no way to go/],
    ['start:\n  branch:\n    - { goto: a }', 6, /a branch is/],
    ['start:\n  branch:\n    - { else: a, goto: b }', 6, /a branch is/],
    ['start:\n  branch:\n    - { when: { answers.a: 1 } }', 6, /`goto` must be a node/],
    ['start:\n  branch:\n    - { when: {}, goto: a }', 6, /must say what must hold/],
    ['start:\n  branch:\n    - { when: { contact.audienc: a }, goto: a }', 6, /did you mean `contact.audience`/],
    ['start:\n  branch:\n    - { when: { answers.a: { under: 3 } }, goto: a }', 6, /`under` is not known/],
    ['start:\n  branch:\n    - { when: { answers.a: {} }, goto: a }', 6, /compared with nothing/],
    ['start:\n  branch:\n    - { when: { answers.a: { below: x } }, goto: a }', 6, /must be a number/],
    ['start:\n  branch:\n    - { else: a }\n  goto: b', 7, /a branch says itself/],
    ['start:\n  handoff: errand\n  within: soon', 6, /such as 30m/],
    ['start:\n  handoff: Ærinde', 5, /must be an id/],
    ['start:\n  call: { name: a }', 5, /must be an id/],
    ['start:\n  say: A\n  fact: { kind: regel, source: https://a.dk, owner: a, checked: 2020-01-01 }', 6, /one of rule, advice/],
    ['start:\n  say: A\n  fact: { kind: rule, source: politi, owner: a, checked: 2020-01-01 }', 6, /address where the fact was seen/],
    ['start:\n  say: A\n  fact: { kind: rule, source: https://a.dk, owner: a, checked: 2020-02-30 }', 6, /`checked` must be the day/],
    [
      'start:\n  say: A\n  fact: { kind: rule, source: https://a.dk, owner: a, checked: 2020-01-01, from: mandag }',
      6,
      /`from` must be a Danish day/,
    ],
    [
      'start:\n  say: A\n  fact: { kind: rule, source: https://a.dk, owner: a, checked: 2020-01-01, from: 2020-03-02, until: 2020-03-01 }',
      6,
      /never hold/,
    ],
    ['start:\n  say: A\n  fact: { kind: rule, source: https://a.dk, owner: a, checked: 2020-01-01, confirm: ja }', 6, /true or false/],
    ['start:\n  say: A\n  fact: { kind: rule, source: https://a.dk, checked: 2020-01-01 }', 6, /`owner` must be an id/],
    ['start:\n  say: A\n  questions: Hvad?', 6, /must be a list/],
  ])('%j', (nodes, line, message) => {
    const problems = problemsOf(nodes)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ file: 'dialogs/test.yaml', line, severity: 'error' })
    expect(problems[0]?.message).toMatch(message)
  })

  test.each([
    ['', /must be a list of keys/],
    ['- a', /must be a list of keys/],
    ['name: A\nlanguage: en\nnodes: { start: { say: A } }', /`language` must be da/],
    ['name: A\nlanguage: da\nnode: { start: { say: A } }', /did you mean `nodes`/],
    ['language: da\nnodes: { start: { say: A } }', /`name` must be a text/],
    ['name: A\nlanguage: da\nnodes:', /must be a list of ids/],
    ['name: A\nlanguage: da\nhistory: 1\nnodes: { start: { say: A } }', /true or false/],
  ])('the file %j', (file, message) => {
    const read = parseDialog('test', yamlSource(file))
    expect('problems' in read && read.problems.map((problem) => problem.message).join('\n')).toMatch(message)
  })

  test('a name of a file that is no id', () => {
    expect(parseDialog('Min fil', yamlSource(nodesFile('start: { say: A }')))).toMatchObject({
      problems: [{ message: expect.stringContaining('rename') }],
    })
  })

  test('all faults at once', () => {
    expect(problemsOf('start:\n  sya: A\n  goto: /\nb:\n  ask: 1\n  within: 1h').map(({ line }) => line)).toEqual([5, 6, 9, 8])
  })

  test('names of every object are no nodes', () => {
    const read = parseDialog('test', {
      file: 'x',
      lineOf: () => undefined,
      value: JSON.parse('{"name":"A","language":"da","nodes":{"__proto__":{"say":"A"},"start":{"say":"A"}}}'),
    })
    expect(read).toMatchObject({ problems: [{ message: expect.stringContaining('__proto__') }] })
  })
})

describe('schema.json for editors', () => {
  interface Schema {
    properties: Record<string, Schema>
    required?: string[]
    definitions: Record<string, Schema>
    additionalProperties?: unknown
  }
  const schema = JSON.parse(readFileSync(join(DIALOGS, 'schema.json'), 'utf8')) as Schema
  const knownIn = (nodes: string) =>
    /use one of (.*)$/.exec(problemsOf(nodes).find(({ message }) => message.includes('xyzzy'))?.message ?? '')?.[1]?.split(', ')

  test.each([
    ['node', 'start:\n  say: A\n  xyzzy: 1'],
    ['expect', 'start:\n  ask: A\n  expect: { type: digits, xyzzy: 1 }'],
    ['fact', 'start:\n  say: A\n  fact: { kind: rule, source: https://a.dk, owner: a, checked: 2020-01-01, xyzzy: 1 }'],
  ])('knows the same keys of a %s as the parser', (definition, nodes) => {
    const known = schema.definitions[definition]
    expect(Object.keys(known?.properties ?? {}).toSorted()).toEqual(knownIn(nodes)?.toSorted())
    expect(known?.additionalProperties).toBe(false)
  })

  test('knows the same keys of a dialog', () => {
    expect(Object.keys(schema.properties).toSorted()).toEqual(['history', 'language', 'name', 'nodes'])
  })

  test('is what the files name', () => {
    for (const [name, schemaName] of [
      ['welcome.yaml', 'schema.json'],
      ['corona-2020/corona.yaml', '../schema.json'],
    ] as const) {
      const text = readFileSync(join(DIALOGS, name), 'utf8')
      expect(text).toContain(`$schema=${schemaName}\n`)
      expect(Object.keys(parseYaml(text) as object).every((key) => key in schema.properties)).toBe(true)
    }
  })
})

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createLog } from '../src/log.js'
import { StoreUnavailable } from '../src/store/collection.js'

/** Where Node's console writes errors to, and so does the log. */
const { _stderr: stream } = console as unknown as { _stderr: { write: (chunk: string) => unknown } }
const { write } = stream
let lines: string[] = []
beforeEach(() => {
  lines = []
  stream.write = (chunk) => lines.push(chunk)
})
afterEach(() => {
  stream.write = write
})

function logged(fields: Record<string, unknown>, production = true): string {
  createLog('info', production).error('something failed', fields)
  return lines.join('')
}
const parsed = (fields: Record<string, unknown>) => JSON.parse(logged(fields)) as Record<string, unknown>

test('one line of JSON each in production, with time and severity', () => {
  const log = createLog('info', true)
  log.info('turn', { conversation: 'web:x', ms: 3 })
  log.warn('slow')
  expect(lines).toHaveLength(2)
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'info',
    message: 'turn',
    conversation: 'web:x',
    ms: 3,
    timestamp: expect.stringMatching(/Z$/),
  })
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ level: 'warn', message: 'slow' })
})

test('below its level nothing is written', () => {
  createLog('warn', true).info('turn')
  expect(lines).toEqual([])
})

test('readable otherwise', () => {
  expect(logged({ conversation: 'web:x' }, false)).toMatch(/^\S+Z error something failed {"conversation":"web:x"}\n$/)
})

test.each([true, false])('an error says its name, its words, where, and why (production %p)', (production) => {
  const error = new StoreUnavailable('disk full', { cause: new RangeError('no space') })
  const line = logged({ error }, production)
  for (const part of ['StoreUnavailable', 'The store is unavailable: disk full', 'log.test.ts', 'RangeError', 'no space'])
    expect(line).toContain(part)
  expect(line.trimEnd().split('\n')).toHaveLength(1)
})

test('a thrown thing that is no error does not stop the program', () => {
  for (const error of ['words', undefined, null, 42, { odd: true }]) expect(logged({ error })).toContain('something failed')
})

describe('what must not be printed', () => {
  test.each(['token', 'pageToken', 'appSecret', 'PASSWORD', 'authorization', 'set-cookie', 'text', 'noteText'])('%s is hidden', (name) => {
    const line = logged({ [name]: 'hemmeligt', kept: 'id' })
    expect(line).not.toContain('hemmeligt')
    expect(line).toContain('[hidden]')
    expect(line).toContain('"kept":"id"')
  })

  test('the stack is cut to what one needs', () => {
    const { error } = parsed({ error: new Error('x') }) as { error: { at: string[] } }
    expect(error.at.length).toBeLessThanOrEqual(3)
  })
})

test('the caller keeps its fields as they were', () => {
  const fields = { token: 'hemmeligt', error: new Error('x') }
  logged(fields)
  expect(fields.token).toBe('hemmeligt')
  expect(fields.error).toBeInstanceOf(Error)
})

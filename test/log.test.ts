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

  test('hidden at any depth: in objects, lists, causes, and fields of errors', () => {
    const deep = Object.assign(new Error('outer', { cause: Object.assign(new Error('inner'), { code: 'E_ID', body: 'hemmeligt' }) }), {
      text: 'hemmeligt',
      request: { headers: { authorization: 'hemmeligt' } },
    })
    const many = new AggregateError([new Error('one of them', { cause: { pageToken: 'hemmeligt' } })], 'several')
    const line = logged({
      a: { b: [{ text: 'hemmeligt', id: 'kept-1' }, { c: { set: { Cookie: 'hemmeligt' } } }] },
      list: [[{ password: 'hemmeligt' }], deep],
      error: deep,
      many,
      body: Buffer.from('hemmeligt'),
      bytes: new TextEncoder().encode('hemmeligt'),
    })
    expect(line).not.toContain('hemmeligt')
    expect(line).not.toContain(JSON.stringify([...Buffer.from('hem')]).slice(1, -1))
    for (const kept of ['kept-1', 'outer', 'inner', 'E_ID', 'one of them']) expect(line).toContain(kept)
  })

  test.each([
    ['mongodb://opgang:hemmeligt@db.example.dk:27017/opgang?tls=true', 'db.example.dk:27017/opgang?tls=true'],
    ['cannot reach mongodb+srv://opgang:hemme@hemmeligt@db.example.dk/, tried twice', 'db.example.dk/, tried twice'],
    ['GET https://graph.example/me?access_token=hemmeligt&fields=id', '&fields=id'],
    ['https://graph.example/1/messages?appsecret_proof=hemmeligt', '/1/messages'],
    ['wss://opgang.example/v3/directline/conversations/x/stream?t=hemmeligt&watermark=3', 'watermark=3'],
    ['Authorization: Bearer hemmeligt', 'Authorization'],
  ])('%s loses its secret wherever it stands', (text, kept) => {
    for (const line of [
      logged({ uri: text }),
      logged({ error: new Error(text) }),
      logged({ deep: [{ reason: text }] }),
      logged({ address: URL.canParse(text) ? new URL(text) : text }),
    ]) {
      expect(line).not.toContain('hemmeligt')
      expect(line).toContain(kept)
    }
    createLog('info', true).warn(text)
    expect(lines.at(-1)).not.toContain('hemmeligt')
  })

  test('a parser that quotes what it could not read is not repeated', () => {
    for (const broken of ['hemmeligt', '{"a": hemmeligt}', `${'x'.repeat(50)} hemmeligt`]) {
      let error: unknown
      try {
        JSON.parse(broken)
      } catch (caught) {
        error = caught
      }
      expect(logged({ error })).not.toMatch(/hemmeligt|xxx/)
    }
  })

  test('an error of several lines shows its frames, not its words as if they were frames', () => {
    const { error } = parsed({ error: new Error('one\ntwo\nthree\nfour') }) as { error: { at: string[] } }
    expect(error.at[0]).toContain('log.test.ts')
  })

  test.each([true, false])('what cannot be written as JSON stops nothing (production %p)', (production) => {
    const round: Record<string, unknown> = { id: 'kept' }
    round['self'] = round
    const line = logged({ round, big: 12n, nothing: undefined, when: new Date(Number.NaN), run: () => 'x' }, production)
    expect(line).toContain('kept')
    expect(line).toContain('12')
  })

  test('a text without end is cut, and no half of a password is left', () => {
    const line = logged({ reason: `${'word '.repeat(398)}mongodb://opgang:${'hemmeligt'.repeat(400)}@db` })
    expect(line.length).toBeLessThan(2500)
    expect(line).not.toContain('hemmeligt')
  })

  test('the stack is cut to what one needs', () => {
    const { error } = parsed({ error: new Error('x') }) as { error: { at: string[] } }
    expect(error.at.length).toBeLessThanOrEqual(3)
  })
})

test('the caller keeps its fields as they were', () => {
  const fields = { token: 'hemmeligt', error: new Error('x'), deep: { list: [{ text: 'hemmeligt' }] } }
  logged(fields)
  expect(fields.deep.list[0]?.text).toBe('hemmeligt')
  expect(fields.token).toBe('hemmeligt')
  expect(fields.error).toBeInstanceOf(Error)
})

import { expect, test } from '@jest/globals'
import { HttpFrames } from '../../bench/http-frames.js'

const ONE = 'POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n\r\nblåbær'.slice(0, -1)
const TWO = 'HTTP/1.1 200 OK\r\ncontent-length:0\r\n\r\n'

function read(chunks: readonly Buffer[]): string[] {
  const found: string[] = []
  const frames = new HttpFrames((head, body) => found.push(`${head.split('\r\n')[0]} | ${body.toString()}`))
  for (const chunk of chunks) frames.feed(chunk)
  return found
}

test('messages are cut out however the bytes come', () => {
  const bytes = Buffer.from(ONE + TWO + ONE)
  const whole = read([bytes])
  expect(whole).toHaveLength(3)
  expect(whole[1]).toBe('HTTP/1.1 200 OK | ')
  for (let size = 1; size < bytes.length; size++) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size))
    expect(read(chunks)).toEqual(whole)
  }
})

test('a body without a length is refused, not misread', () => {
  expect(() => read([Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n')])).toThrow(/content-length/)
})

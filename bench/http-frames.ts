/**
 * Messages of HTTP/1.1 cut out of a connection's bytes: requests and answers alike. It reads what the programs of the benchmark
 * write and no more, so that the generator costs little.
 */

const HEAD_END = Buffer.from('\r\n\r\n')
const LENGTH = /\r\ncontent-length: *(\d+)/i
const CHUNKED = /\r\ntransfer-encoding:/i

/** Start line and headers, and the body: a view that is good until the next bytes come. */
export type OnMessage = (head: string, body: Buffer) => void

export class HttpFrames {
  #rest: Buffer | undefined

  constructor(private readonly onMessage: OnMessage) {}

  /** Takes the next bytes. Throws on a body without a length. */
  feed(chunk: Buffer): void {
    let bytes = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk])
    this.#rest = undefined
    while (bytes.length > 0) {
      const size = this.#takeOne(bytes)
      if (size === 0) {
        this.#rest = bytes
        return
      }
      bytes = bytes.subarray(size)
    }
  }

  /** Bytes of the first message; 0 when it is not whole yet. */
  #takeOne(bytes: Buffer): number {
    const end = bytes.indexOf(HEAD_END)
    if (end === -1) return 0
    const head = bytes.toString('latin1', 0, end)
    const from = end + HEAD_END.length
    const size = from + bodyLength(head)
    if (bytes.length < size) return 0
    this.onMessage(head, bytes.subarray(from, size))
    return size
  }
}

function bodyLength(head: string): number {
  const length = LENGTH.exec(head)?.[1]
  if (length === undefined && CHUNKED.test(head))
    throw new Error(`The benchmark reads bodies with a content-length only, and got:\n${head}`)
  return Number(length ?? 0)
}

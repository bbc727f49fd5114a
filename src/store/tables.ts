/** Committed tables that code was made to read: a file in `locales/` that begins with a magic number, a version and a checksum. */
import { readFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'

interface Table<T> {
  readonly file: string
  /** What makes the file anew. */
  readonly command: string
  /** Bytes before the content; the checksum is at 8 and covers all that follows it. */
  readonly prefix: number
  readonly parse: (bytes: Uint8Array) => T
}

/** Throws an error that names the file when it is missing, torn or of another version. */
export async function readTable<T>(folder: string, { file, command, prefix, parse }: Table<T>): Promise<T> {
  const path = `${folder}/${file}`
  const repair = `fetch it anew from the repository (git checkout), or make it with ${command}`
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new Error(`${path} cannot be read: ${repair}`, { cause })
  })
  if (bytes.length < prefix || crc32(bytes.subarray(12)) !== bytes.readUInt32LE(8))
    throw new Error(`${path} is torn, its checksum is not that of its content: ${repair}`)
  try {
    return parse(bytes)
  } catch (cause) {
    throw new Error(`${path} cannot be read: ${repair}`, { cause })
  }
}

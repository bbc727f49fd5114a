/** Waiting for what a page, a program or a store says, where it says so a moment after it was asked to. */
import { expect } from '@jest/globals'

/** Between two readings, in milliseconds. */
const AGAIN_MS = 20
/** For a busy computer, in milliseconds. */
const WAIT_MS = 40_000

/** Reads until it equals `wanted`, which may hold `expect.stringMatching` and the like; fails as `expect` does on what it read last. */
export async function becomes(read: () => unknown, wanted: unknown): Promise<void> {
  for (const end = Date.now() + WAIT_MS; ; ) {
    const is = await read()
    try {
      return expect(is).toEqual(wanted)
    } catch (miss) {
      if (Date.now() > end) throw miss
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
  }
}

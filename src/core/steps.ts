/** Long work in pieces: whoever drives it may let others have a turn between two of them, and the result is the same. */
import type { LanguageCode } from './types.js'

/** Yields every few milliseconds of work at most, and returns the result. */
export type Steps<T> = Generator<undefined, T, undefined>

/** So many items are gone through between two pauses: a few milliseconds of what this library does with one. */
const TOGETHER = 50

/** `items.map((item) => make(item))`, in pieces. */
export function* mapInSteps<T, R>(items: readonly T[], make: (item: T) => R): Steps<R[]> {
  const made: R[] = []
  for (let from = 0; from < items.length; from += TOGETHER) {
    for (const one of items.slice(from, from + TOGETHER).map((item) => make(item))) made.push(one)
    yield
  }
  return made
}

/** All that is left, at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** What is made once, when it is first needed or in pieces before. */
export interface Made<T> {
  /** The result; what is left of the work is done at once. */
  readonly get: () => T
  /** The pieces that are left, whoever does them; none when all is made. */
  readonly prepare: () => Steps<void>
}

/** Begins when the first piece is asked for. An error is thrown to whoever asked for that piece; the next one begins anew. */
export function makeOnce<T>(begin: () => Steps<T>): Made<T> {
  let steps: Steps<T> | undefined
  let made: { readonly value: T } | undefined
  /** Does the next piece, if one is left. */
  const advance = (): typeof made => {
    if (made !== undefined) return made
    try {
      steps ??= begin()
      const { done, value } = steps.next()
      if (done) made = { value }
      if (done) steps = undefined
      return made
    } catch (error) {
      steps = undefined
      throw error
    }
  }
  return {
    get() {
      for (;;) {
        const done = advance()
        if (done !== undefined) return done.value
      }
    },
    *prepare() {
      while (advance() === undefined) yield
    },
  }
}

/** A part of the library that can be made ready before it is asked, in pieces. */
export interface Preparable {
  /** What a text of this language needs. */
  prepare(language: LanguageCode): Steps<void>
}

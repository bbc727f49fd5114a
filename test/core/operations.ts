/** Counts what reading a text costs, in calls and in characters handed over, so that linear work can be told from quadratic without a clock. */

const WATCHED = [
  [String.prototype, 'slice'],
  [String.prototype, 'codePointAt'],
  [String.prototype, 'charAt'],
  [String.prototype, 'startsWith'],
  [Map.prototype, 'get'],
  [Set.prototype, 'has'],
  [RegExp.prototype, 'test'],
] as const

/** Calls of the watched methods while `work` runs; a text that a call reads or gives back counts by its length. */
export function operationsOf(work: () => unknown): number {
  let count = 0
  const undo = WATCHED.map(([owner, name]) => {
    const methods = owner as unknown as Record<string, (...values: unknown[]) => unknown>
    const own = methods[name] as (...values: unknown[]) => unknown
    methods[name] = function (this: unknown, ...values: unknown[]) {
      const result = own.apply(this, values)
      const read = name === 'test' ? values[0] : result
      count += 1 + (typeof read === 'string' ? read.length : 0)
      return result
    }
    return () => void (methods[name] = own)
  })
  try {
    work()
  } finally {
    for (const put of undo) put()
  }
  return count
}

/** Texts of a given length that punish work which is not linear. */
export const HOSTILE: Readonly<Record<string, (length: number) => string>> = {
  'one letter': (length) => 'a'.repeat(length),
  emoji: (length) => '😀'.repeat(length / 2),
  'zero-width': (length) => '\u200b'.repeat(length),
  'the same word': (length) => 'password '.repeat(length / 9),
  'the same word, written together': (length) => 'password:'.repeat(length / 9),
  'words that link': (length) => 'a is '.repeat(length / 5),
  digits: (length) => '1'.repeat(length),
  'digits one by one': (length) => '1 '.repeat(length / 2),
  'a code and then digits': (length) => `kode ${'1234 '.repeat(length / 5)}`,
  'codes that are too short': (length) => 'kode 1 '.repeat(length / 7),
  'codes that are found': (length) => 'pin 12 34 56 '.repeat(length / 13),
  'a long value': (length) => `kode 1${'a'.repeat(length)}`,
  'messages written together': (length) => 'sms1.'.repeat(length / 5),
  'codes written together': (length) => 'kode.a1'.repeat(length / 7),
  brackets: (length) => `kode a1${')'.repeat(length)}`,
  'words that are nearly listed': (length) => 'passwor '.repeat(length / 8),
  'links after a value': (length) => `kode 1234 ${'min '.repeat(length / 4)}`,
  ages: (length) => 'jeg er 12 '.repeat(length / 10),
  'a language in combining marks': (length) => 'e\u0301'.repeat(length / 2),
}

/** How likely each language of a script is to have written some words: an interpolated character model with whole words beside it. */
import { findRow, hashOf, ORDER, type Rows, type ScriptTable, STEPS_PER_NAT, WORD_SEED } from './language-tables.js'

/** Share of a word's probability that comes from the list of words; measured on the development split, flat from 0.1 to 0.4. */
const WORD_SHARE = 0.2
const CHARACTERS_LOG = Math.log(1 - WORD_SHARE)
const WORDS_LOG = Math.log(WORD_SHARE)

/** By language of the table: the natural logarithm of the probability of the words, lower-case and of the table's script. */
export function scoreWords(table: ScriptTable, words: readonly string[]): Float64Array {
  const total = new Float64Array(table.languages.length)
  const word = new Float64Array(table.languages.length)
  const character = new Float64Array(table.languages.length)
  for (const one of words) {
    scoreCharacters(table, ` ${one} `, word, character)
    addWholeWord(table.leaves, one, word)
    for (let index = 0; index < total.length; index += 1) total[index] = (total[index] ?? 0) + (word[index] ?? 0)
  }
  return total
}

/** Sets `sums` to the character model's view of a word between spaces; `character` is room to work in. */
function scoreCharacters(table: ScriptTable, spaced: string, sums: Float64Array, character: Float64Array): void {
  sums.fill(0)
  for (let last = 1; last < spaced.length; last += 1) {
    for (let index = 0; index < character.length; index += 1) character[index] = table.unseen[index] ?? 0
    for (let length = 1; length <= Math.min(ORDER, last + 1); length += 1) applySequence(table, spaced, last, { length, into: character })
    for (let index = 0; index < sums.length; index += 1) sums[index] = (sums[index] ?? 0) + (character[index] ?? 0)
  }
}

/** From what the shorter sequence said to what this one says: its own value where a language has it, otherwise less by the context's rest. */
function applySequence(table: ScriptTable, spaced: string, last: number, { length, into }: { length: number; into: Float64Array }): void {
  const from = last - length + 1
  if (length > 1) {
    const context = findRow(table.contexts, hashOf(spaced, from, last, length - 1))
    if (context < 0) return
    addCosts(table.contexts, context, table.contexts.backoffs, into)
  }
  const rows = length < ORDER ? table.contexts : table.leaves
  const row = findRow(rows, hashOf(spaced, from, last + 1, length))
  if (row < 0) return
  const end = rows.starts[row + 1] ?? 0
  for (let entry = rows.starts[row] ?? 0; entry < end; entry += 1)
    into[rows.languages[entry] ?? 0] = (rows.costs[entry] ?? 0) / -STEPS_PER_NAT
}

function addCosts(rows: Rows, row: number, costs: Uint8Array, into: Float64Array): void {
  const end = rows.starts[row + 1] ?? 0
  for (let entry = rows.starts[row] ?? 0; entry < end; entry += 1) {
    const language = rows.languages[entry] ?? 0
    into[language] = (into[language] ?? 0) - (costs[entry] ?? 0) / STEPS_PER_NAT
  }
}

function addWholeWord(leaves: Rows, word: string, scores: Float64Array): void {
  for (let index = 0; index < scores.length; index += 1) scores[index] = (scores[index] ?? 0) + CHARACTERS_LOG
  const row = findRow(leaves, hashOf(word, 0, word.length, WORD_SEED))
  if (row < 0) return
  const end = leaves.starts[row + 1] ?? 0
  for (let entry = leaves.starts[row] ?? 0; entry < end; entry += 1) {
    const language = leaves.languages[entry] ?? 0
    scores[language] = addLogs(scores[language] ?? 0, WORDS_LOG - (leaves.costs[entry] ?? 0) / STEPS_PER_NAT)
  }
}

function addLogs(a: number, b: number): number {
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))
}

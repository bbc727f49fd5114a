/** Character n-gram models of the languages of one script, side by side: interpolated Witten-Bell, with a stronger pull to shorter sequences. */
import { ORDER } from '../src/core/language/language-tables.ts'

/** Sequences of this length and longer are left out of a language that has them more seldom than `MIN_WEIGHT`. */
const PRUNED_FROM = 3
const MIN_WEIGHT = 2
/** How many unseen events each kind of follower stands for: weighted lists say more than they know. Measured: 4–8 alike, 1 over-sure. */
const FOLLOWER_WEIGHT = 6
/** Added to each character's weight. */
const FLOOR = 0.5

/**
 * `weights`: for each language its words → weights, all of one script. Returns `unseen` (natural logarithms), and rows
 * `sequence → [{ language, p, backoff }]` as `contexts` and `leaves`, and `words`: word → [{ language, p }].
 */
export function trainModel(weights) {
  const counts = countSequences(weights)
  const contexts = followers(counts)
  const totals = weights.map((words) => sum(words.values()))
  const characters = counts[1].size + 1
  const starts = weights.map((_, language) => sum([...counts[1].values()].map((row) => row[language])))
  const floor = starts.map((start) => FLOOR / (start + FLOOR * characters))
  const known = new Map()
  const probabilities = (sequence) => {
    const found = known.get(sequence)
    if (found !== undefined) return found
    const shorter = sequence.length > 1 ? probabilities(sequence.slice(1)) : undefined
    const row = counts[sequence.length].get(sequence)
    const context = contexts.get(sequence.slice(0, -1))
    const made = weights.map((_, language) => {
      const count = row?.[language] ?? 0
      if (shorter === undefined) return floor[language] + (count / FLOOR) * floor[language]
      const rest = (context?.kinds[language] ?? 0) * FOLLOWER_WEIGHT
      const seen = context?.sums[language] ?? 0
      return seen === 0 ? shorter[language] : (count + rest * shorter[language]) / (seen + rest)
    })
    known.set(sequence, made)
    return made
  }
  const rowsOf = (sequences) =>
    new Map([...sequences].map((sequence) => [sequence, entriesOf(sequence, counts, { contexts, probabilities })]))
  return {
    unseen: floor.map((p) => Number(Math.log(p).toFixed(3))),
    contexts: rowsOf(new Set([...counts.slice(1, ORDER).flatMap((rows) => [...rows.keys()]), ...[...contexts.keys()].filter(Boolean)])),
    leaves: rowsOf(counts[ORDER].keys()),
    words: wordRows(weights, totals),
  }
}

/** By length: sequence → weight in each language. Sequences stand in a word between spaces and end after its first space. */
function countSequences(weights) {
  const counts = Array.from({ length: ORDER + 1 }, () => new Map())
  weights.forEach((words, language) => {
    for (const [word, weight] of words) {
      const spaced = ` ${word} `
      for (let end = 2; end <= spaced.length; end += 1) {
        for (let length = 1; length <= Math.min(ORDER, end); length += 1) {
          const sequence = spaced.slice(end - length, end)
          const row = counts[length].get(sequence) ?? new Float64Array(weights.length)
          row[language] += weight
          counts[length].set(sequence, row)
        }
      }
    }
  })
  for (const rows of counts.slice(PRUNED_FROM)) {
    for (const [sequence, row] of rows) {
      row.forEach((count, language) => {
        if (count < MIN_WEIGHT) row[language] = 0
      })
      if (!row.some((count) => count > 0)) rows.delete(sequence)
    }
  }
  return counts
}

/** By context: in each language, the weight and the number of kinds of what follows it. */
function followers(counts) {
  const contexts = new Map()
  for (const rows of counts.slice(1)) {
    for (const [sequence, row] of rows) {
      const context = sequence.slice(0, -1)
      const { sums, kinds } = contexts.get(context) ?? { sums: new Float64Array(row.length), kinds: new Float64Array(row.length) }
      row.forEach((count, language) => {
        sums[language] += count
        kinds[language] += count > 0 ? 1 : 0
      })
      contexts.set(context, { sums, kinds })
    }
  }
  return contexts
}

function entriesOf(sequence, counts, { contexts, probabilities }) {
  const row = counts[sequence.length].get(sequence)
  const context = contexts.get(sequence)
  return probabilities(sequence).flatMap((p, language) => {
    const seen = context?.sums[language] ?? 0
    if (seen === 0 && (row?.[language] ?? 0) === 0) return []
    const rest = (context?.kinds[language] ?? 0) * FOLLOWER_WEIGHT
    return [{ language, p, backoff: seen === 0 ? 1 : rest / (seen + rest) }]
  })
}

function wordRows(weights, totals) {
  const rows = new Map()
  weights.forEach((words, language) => {
    for (const [word, weight] of words) rows.set(word, [...(rows.get(word) ?? []), { language, p: weight / totals[language] }])
  })
  return rows
}

function sum(numbers) {
  let total = 0
  for (const number of numbers) total += number
  return total
}

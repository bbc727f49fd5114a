/** The measures of the table, with their gates and targets; which are missed; and the table as text. */
import type { Spread } from './arithmetic.js'

export type Unit = '×' | '%' | 'fsyncs' | 'MB' | 's'

interface Limits {
  readonly name: string
  readonly unit: Unit
  /** Fails the run when missed; absent for what is only reported. */
  readonly gate?: number
  readonly target?: number
  /** The value must reach its limits instead of staying below. */
  readonly atLeast?: true
}

/** Gates leave room for a shared machine; targets are what the product is built for. */
export const MEASURES = {
  express: { name: 'CPU per message against Express', unit: '×', gate: 2, target: 1 },
  raw: { name: 'CPU per message against raw node:http', unit: '×', gate: 5.5, target: 2.6 },
  order: { name: 'three messages in 10 ms, right and in order', unit: '%', gate: 100, target: 100, atLeast: true },
  twice: { name: 'delivered twice, answered once', unit: '%', gate: 100, target: 100, atLeast: true },
  latency: { name: 'latency added over Express at 150 messages/s, p50', unit: 'fsyncs', gate: 10, target: 3 },
  growth: { name: 'cost of a turn with many turns stored against 1,000', unit: '×', gate: 1.5, target: 1.1 },
  callOut: {
    name: 'a request taken in and its first wave asked, with 1,000 open and 450 off duty against a quiet day',
    unit: '×',
    gate: 1.6,
    target: 1.2,
  },
  memoryAtStart: { name: 'memory at start', unit: 'MB', target: 110 },
  memorySaturated: { name: 'memory saturated', unit: 'MB', target: 220 },
  opening: { name: 'opening the store with many turns', unit: 's', target: 0.2 },
} as const satisfies Record<string, Limits>

export type MeasureId = keyof typeof MEASURES

export interface Result extends Spread {
  readonly id: MeasureId
  /** Of a shorter run or of the peers. */
  readonly note?: string
}

/** Results that miss their gate. A value that is no number misses it. */
export function missedGates(results: readonly Result[]): Result[] {
  return results.filter(({ id, median }) => isMissed(median, limitsOf(id), 'gate'))
}

export function missedTargets(results: readonly Result[]): Result[] {
  return results.filter(({ id, median }) => isMissed(median, limitsOf(id), 'target'))
}

/** One sentence that names the measure. */
export function describeMiss({ id, median }: Result): string {
  const { name, gate, unit, atLeast } = limitsOf(id)
  return `${name}: ${format(median)} ${unit} misses the gate of ${atLeast ? 'at least' : 'at most'} ${gate} ${unit}`
}

const HEADINGS = ['measure', 'value', 'spread', 'gate', 'target', '']

/** A row per measure: name, value, spread, gate, target, note. */
export function rowsOf(results: readonly Result[]): string[][] {
  return results.map(({ id, median, min, max, note = '' }) => {
    const { name, unit, gate, target, atLeast } = limitsOf(id)
    const limit = (value: number | undefined) => (value === undefined ? '' : `${atLeast ? '' : '≤ '}${value} ${unit}`)
    const spread = min === max ? '' : `${format(min)}–${format(max)}`
    return [name, `${format(median)} ${unit}`, spread, limit(gate), limit(target), note]
  })
}

/** The table aligned for a terminal. */
export function plainTable(rows: readonly (readonly string[])[], headings: readonly string[] = HEADINGS): string {
  const all = [headings, ...rows]
  const widths = headings.map((_, column) => Math.max(...all.map((row) => [...(row[column] ?? '')].length)))
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** The table for a README. */
export function markdownTable(rows: readonly (readonly string[])[], headings: readonly string[] = HEADINGS): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(headings), `|${headings.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

/** Three digits that mean something. */
export function format(value: number): string {
  if (!Number.isFinite(value)) return 'none'
  return Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)
}

function limitsOf(id: MeasureId): Limits {
  return MEASURES[id]
}

function isMissed(value: number, limits: Limits, which: 'gate' | 'target'): boolean {
  const limit = limits[which]
  if (limit === undefined) return false
  return !(limits.atLeast ? value >= limit : value <= limit)
}

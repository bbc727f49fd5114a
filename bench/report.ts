/** What the benchmark prints. */
import { cpus } from 'node:os'
import type { Layer } from './layers-in-process.js'
import { type Measured, PRODUCT } from './measure-all.js'
import { format, type MeasureId, missedTargets, plainTable, rowsOf } from './measures.js'
import { versions } from './versions.js'

export const SHOWING_HEADINGS = [
  'contender',
  'CPU, µs per message',
  'spread',
  'the product against it',
  'p50 at 150/s, ms',
  'memory, MB',
  'saturated, MB',
]
export const LAYER_HEADINGS = ['layer, in-process', 'µs']

export function reportText(measured: Measured, layers: readonly Layer[]): string {
  const parts = [
    machine(measured),
    plainTable(rowsOf(measured.results)),
    plainTable(showingRows(measured), SHOWING_HEADINGS),
    `One write and fsync of 4 KB: ${format(measured.fsyncMs.median)} ms (${format(measured.fsyncMs.min)}–${format(measured.fsyncMs.max)}).`,
    plainTable(layerRows(measured, layers), LAYER_HEADINGS),
  ]
  return `${parts.join('\n\n')}\n\n`
}

/** Layers that are named where a target is missed. */
const NAMED = 2
const CPU_MEASURES: readonly MeasureId[] = ['express', 'raw']

/** The same, where a missed target of CPU names the layers that eat most. */
export function explained(measured: Measured, layers: readonly Layer[]): Measured {
  const most = layers.toSorted((a, b) => b.us - a.us).slice(0, NAMED)
  const note = `most in: ${most.map(({ name, us }) => `${name} ${format(us)} µs`).join(', ')}`
  const missed = new Set(missedTargets(measured.results).map(({ id }) => id))
  const results = measured.results.map((result) =>
    CPU_MEASURES.includes(result.id) && missed.has(result.id) ? { ...result, note } : result,
  )
  return { ...measured, results }
}

/** Machine, date and versions: what a number means nothing without. */
export function machine({ sizes }: Measured): string {
  const cores = cpus()
  return `${cores[0]?.model.trim() ?? 'unknown'}, ${cores.length} cores · ${new Date().toISOString().slice(0, 10)} · Node ${process.versions.node} · ${versions()} · ${sizes.name}`
}

export function showingRows({ showings }: Measured): string[][] {
  return showings.map(({ name, cpu, ratio, latency, rssAtStart, rssSaturated }) => [
    name,
    format(cpu.median),
    `${format(cpu.min)}–${format(cpu.max)}`,
    name === PRODUCT ? '' : `${format(ratio.median)} ×`,
    format(latency.median),
    format(rssAtStart),
    format(rssSaturated),
  ])
}

/** The layers, their sum, and the whole as it was measured from outside. */
export function layerRows({ showings }: Measured, layers: readonly Layer[]): string[][] {
  const sum = layers.reduce((all, { us }) => all + us, 0)
  const whole = showings.find(({ name }) => name === PRODUCT)?.cpu.median ?? Number.NaN
  return [
    ...layers.map(({ name, us }) => [name, format(us)]),
    ['sum', format(sum)],
    ['between them: queues, promises, sockets, memory', format(whole - sum)],
    ['the whole message, measured from outside', format(whole)],
  ]
}

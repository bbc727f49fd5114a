/** `--write`: the table and the pictures into bench/. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Layer } from './layers-in-process.js'
import { type Measured, PRODUCT } from './measure-all.js'
import { format, markdownTable, rowsOf } from './measures.js'
import { barChart } from './pictures.js'
import { LAYER_HEADINGS, layerRows, machine, SHOWING_HEADINGS, showingRows } from './report.js'
import { ROOT } from './root.js'

const FOLDER = join(ROOT, 'bench')
const BEGIN = '<!-- results: written by npm run bench -- --write -->'
const END = '<!-- end of results -->'

export function writeReadme(measured: Measured, layers: readonly Layer[]): void {
  const path = join(FOLDER, 'README.md')
  writeFileSync(path, withResults(readFileSync(path, 'utf8'), resultsText(measured, layers)))
  writeFileSync(join(FOLDER, 'cpu-per-message.svg'), cpuPicture(measured))
  writeFileSync(join(FOLDER, 'growth.svg'), growthPicture(measured))
}

/** The text between the two marks, replaced. Throws when they are not there. */
export function withResults(readme: string, results: string): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)]
  if (begin === -1 || end < begin) throw new Error(`bench/README.md lacks the lines "${BEGIN}" and "${END}"; put them back`)
  return `${readme.slice(0, begin)}${BEGIN}\n\n${results}\n\n${readme.slice(end)}`
}

function resultsText(measured: Measured, layers: readonly Layer[]): string {
  const { median, min, max } = measured.fsyncMs
  return [
    machine(measured),
    markdownTable(rowsOf(measured.results)),
    markdownTable(showingRows(measured), SHOWING_HEADINGS),
    `One write and fsync of 4 KB on this disk: ${format(median)} ms (${format(min)}–${format(max)}).`,
    markdownTable(layerRows(measured, layers), LAYER_HEADINGS),
  ].join('\n\n')
}

function cpuPicture({ showings }: Measured): string {
  const bars = showings
    .toSorted((a, b) => a.cpu.median - b.cpu.median)
    .map(({ name, cpu }) => ({ label: name, value: cpu.median, text: `${format(cpu.median)} µs`, ours: name === PRODUCT }))
  return barChart({ title: 'CPU per message', bars })
}

function growthPicture({ growth, sizes }: Measured): string {
  const bar = (turns: number, value: number) => ({
    label: `${turns.toLocaleString('en')} turns`,
    value,
    text: `${format(value)} µs`,
    ours: true,
  })
  return barChart({
    title: 'CPU per message by turns stored',
    bars: [bar(1000, growth.small.median), bar(sizes.stored, growth.large.median)],
  })
}

/** Two pictures of the table as SVG: plain bars that read well on light and dark pages, with their text alternative. */

export interface Bar {
  readonly label: string
  readonly value: number
  /** As written beside the bar. */
  readonly text: string
  /** Drawn in the product's colour. */
  readonly ours?: boolean
}

export interface Picture {
  readonly title: string
  readonly bars: readonly Bar[]
}

const WIDTH = 640
const LABEL_WIDTH = 190
const BAR_WIDTH = 320
const ROW = 34
const TOP = 48

/** Colours pass 4.5 : 1 on white and on GitHub's dark page alike, by the reader's own setting. */
const STYLE = `
    text { font: 14px system-ui, sans-serif; fill: #24292f }
    .title { font-weight: 600 }
    .bar { fill: #57606a }
    .ours { fill: #1c5a48 }
    @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .bar { fill: #8b949e } .ours { fill: #4fb392 } }
  `

/** A bar chart that starts at zero. */
export function barChart({ title, bars }: Picture): string {
  const height = TOP + bars.length * ROW + 8
  const most = Math.max(...bars.map(({ value }) => value))
  const said = `${title}: ${bars.map(({ label, text }) => `${label} ${text}`).join('; ')}.`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escape(said)}">
  <title>${escape(said)}</title>
  <style>${STYLE}</style>
  <text class="title" x="8" y="26">${escape(title)}</text>
${bars.map((bar, at) => barOf(bar, TOP + at * ROW, most)).join('\n')}
</svg>
`
}

function barOf({ label, value, text, ours }: Bar, y: number, most: number): string {
  const width = Math.max(1, (value / most) * BAR_WIDTH).toFixed(1)
  const middle = y + ROW / 2
  return [
    `  <text x="${LABEL_WIDTH - 10}" y="${middle + 1}" text-anchor="end">${escape(label)}</text>`,
    `  <rect class="${ours ? 'ours' : 'bar'}" x="${LABEL_WIDTH}" y="${y + 5}" width="${width}" height="${ROW - 14}" rx="3"/>`,
    `  <text x="${LABEL_WIDTH + Number(width) + 8}" y="${middle + 1}">${escape(text)}</text>`,
  ].join('\n')
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

/** The rules of docs/architecture.md as functions: sources in, one sentence per breach out. */
import { posix } from 'node:path'
import type { Import, Source } from './source.js'

type Rule = (sources: readonly Source[]) => string[]

/** Folder of src/ → folders it may import. Files directly in src/ put everything together and may import all. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  core: ['core'],
  app: ['app', 'core'],
  bot: ['bot', 'app', 'core'],
  outlets: ['outlets', 'app', 'core'],
  http: ['http', 'app', 'core'],
  workers: ['workers', 'app', 'core'],
  store: ['store', 'app', 'core'],
  web: ['web', 'core'],
}
/** Files that may import all, and that nothing else imports. */
const TOP = ['cli']
/** The store's port and its declarations: what a document is, not where it is kept. */
const STORE_PORT = ['collection', 'collections', 'program-documents', 'staff-documents'].map((name) => `src/store/${name}.ts`)
const USES_STORE_PORT = ['app', 'bot', 'outlets', 'http', 'workers']

/** The only files outside src/ that are built in: the texts of the pages. */
const PAGE_TEXTS = /^locales\/(?:[a-z-]+\/web|(?:da|en)\/console(?:-[a-z]+)?)\.json$/

/** Where a package lives; one that is not named here belongs to any folder but core. */
const HOMES: readonly (readonly [packages: RegExp, home: RegExp])[] = [
  [/^express(-rate-limit)?$/, /^src\/(http\/|bot\/[a-z]+\/)/],
  [/^helmet$/, /^src\/http\//],
  [/^ws$/, /^src\/bot\/directline\//],
  [/^bot(builder|framework)/, /^src\/bot\//],
  [/^mongodb$/, /^src\/store\/mongodb(-[a-z]+)*\.ts$/],
  [/^(libsql|yaml)$/, /^src\/store\//],
  [/^i18next$/, /^src\/app\/texts\.ts$/],
  [/^@microsoft\/recognizers-text/, /^src\/app\/recognize\.ts$/],
  [/^winston$/, /^src\/log\.ts$/],
  [/^nodemailer$/, /^src\/outlets\/mail\.ts$/],
  [/^prom-client$/, /^src\/metrics\.ts$/],
  [/^@simplewebauthn\/server$/, /^src\/(app\/accounts\/passkeys|http\/api\/(session|passkeys))\.ts$/],
  [/^(react|react-dom|@mantine|@simplewebauthn\/browser)(\/|$)/, /^src\/web\//],
]

/** Time, randomness and the outside world: they reach the core as arguments. */
const IMPURE = [
  'Date.now',
  'new Date()',
  'Math.random',
  'performance',
  'process',
  'crypto',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
]
const NEVER_WAITS = ['src/core/turn.ts', 'src/core/dialog/interpret.ts']
/** The program's own clock and randomness are made by the files directly in src/ and handed down. */
const MADE_AT_THE_TOP = ['Date.now', 'new Date()', 'Math.random', 'performance.now']
const MAX_CODE_LINES = 300

const isOurs = ({ from }: Import) => from.startsWith('.')
const folderOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1]
const within = (path: string, ...folders: string[]) => folders.some((folder) => path.startsWith(`src/${folder}/`))
const usesOf = ({ path, uses }: Source, banned: readonly string[], advice: string) =>
  banned.filter((name) => uses.has(name)).map((name) => `${path} uses ${name}: ${advice}`)

/** The file an import of ours means; `.js` is how TypeScript writes `.ts` and `.tsx`. */
function target(path: string, { from }: Import, known: ReadonlySet<string>): string {
  const plain = posix.join(posix.dirname(path), from)
  const typed = plain.replace(/\.js$/, '.ts')
  return known.has(`${typed}x`) ? `${typed}x` : typed
}

const layers: Rule = (sources) => {
  const known = new Set(sources.map(({ path }) => path))
  return sources.flatMap((source) =>
    source.imports.filter(isOurs).flatMap((one) => {
      const to = target(source.path, one, known)
      return mayImport(source.path, to) ? [] : [`${source.path} imports ${to}: that arrow points the wrong way`]
    }),
  )
}

function mayImport(from: string, to: string): boolean {
  const layer = folderOf(from)
  if (layer === undefined || TOP.includes(layer)) return true
  if (STORE_PORT.includes(to) && USES_STORE_PORT.includes(layer)) return true
  if (layer === 'web' && PAGE_TEXTS.test(to)) return true
  return LAYERS[layer]?.includes(folderOf(to) ?? '') ?? false
}

const knownFolders: Rule = (sources) =>
  sources
    .filter(({ path }) => ![undefined, ...TOP, ...Object.keys(LAYERS)].includes(folderOf(path)))
    .map(({ path }) => `${path} is in no layer: put it in one, or give the layer its rule in test/architecture/rules.ts`)

const coreIsPure: Rule = (sources) =>
  sources
    .filter(({ path }) => within(path, 'core'))
    .flatMap((source) => [
      ...source.imports.filter((one) => !isOurs(one)).map(({ from }) => `${source.path} imports ${from}: core needs no package`),
      ...usesOf(source, IMPURE, 'core gets it as an argument'),
    ])

const decidingNeverWaits: Rule = (sources) =>
  sources
    .filter(({ path }) => NEVER_WAITS.includes(path))
    .flatMap((source) => usesOf(source, ['await', 'async', 'Promise'], 'deciding a turn never waits'))

const timeIsAnArgument: Rule = (sources) =>
  sources
    .filter(({ path }) => within(path, 'app', 'bot', 'outlets', 'http', 'workers', 'store'))
    .flatMap((source) => usesOf(source, MADE_AT_THE_TOP, 'time and randomness come as arguments'))

const packagesStayAtHome: Rule = (sources) =>
  sources.flatMap(({ path, imports }) =>
    imports
      .filter((one) => !isOurs(one) && HOMES.some(([packages, home]) => packages.test(one.from) && !home.test(path)))
      .map(({ from }) => `${path} imports ${from}, which lives elsewhere`),
  )

const settingsInOnePlace: Rule = (sources) =>
  sources
    .filter(
      ({ path, imports, uses }) =>
        path !== 'src/config.ts' && (uses.has('process.env') || imports.some(({ from }) => /^(node:)?process$/.test(from))),
    )
    .map(({ path }) => `${path} reads process.env: only src/config.ts does`)

const forBrowsers: Rule = (sources) =>
  sources
    .filter(({ path }) => within(path, 'web'))
    .flatMap(({ path, imports }) =>
      imports.filter(({ from }) => from.startsWith('node:')).map(({ from }) => `${path} imports ${from}: browsers have none`),
    )

const fileForm: Rule = (sources) =>
  sources.flatMap(({ path, codeLines, defaultExport }) => [
    ...(codeLines > MAX_CODE_LINES ? [`${path} has ${codeLines} lines of code, more than ${MAX_CODE_LINES}`] : []),
    ...(/^[a-z0-9]+(-[a-z0-9]+)*(\.d)?\.tsx?$/.test(posix.basename(path)) ? [] : [`${path} is not named in kebab-case`]),
    ...(/^index\.tsx?$/.test(posix.basename(path)) ? [`${path} is a barrel: import from the file that declares`] : []),
    ...(defaultExport ? [`${path} has a default export: export names`] : []),
  ])

/** Of what is left at run time; types may refer to each other. */
const noCycles: Rule = (sources) => {
  const known = new Set(sources.map(({ path }) => path))
  const graph = new Map(
    sources.map(({ path, imports }) => [
      path,
      imports.filter((one) => isOurs(one) && !one.typeOnly).map((one) => target(path, one, known)),
    ]),
  )
  const done = new Set<string>()
  const cycles: string[] = []
  const walk = (path: string, trail: readonly string[]): void => {
    const seen = trail.indexOf(path)
    if (seen >= 0) cycles.push(`import cycle: ${[...trail.slice(seen), path].join(' → ')}`)
    if (seen >= 0 || done.has(path)) return
    for (const next of graph.get(path) ?? []) walk(next, [...trail, path])
    done.add(path)
  }
  for (const path of graph.keys()) walk(path, [])
  return cycles
}

export const RULES = {
  layers,
  knownFolders,
  coreIsPure,
  decidingNeverWaits,
  timeIsAnArgument,
  packagesStayAtHome,
  settingsInOnePlace,
  forBrowsers,
  fileForm,
  noCycles,
}

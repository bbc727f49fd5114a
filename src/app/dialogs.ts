/** Builds the library in force from files: parse, check, resolve. Every problem is reported; only errors refuse. */

import { DANGER_KINDS, type DangerWords } from '../core/danger.js'
import { AROUND_CARDS } from '../core/danger-card.js'
import type { DangerModels } from '../core/danger-model.js'
import { checkDialogs } from '../core/dialog/check.js'
import { parseDialog } from '../core/dialog/parse.js'
import { parseTranslations, type Translations } from '../core/dialog/translations.js'
import { EMERGENCY, MENU } from '../core/draft.js'
import type { Recognize } from '../core/expect.js'
import { hash } from '../core/hash.js'
import { createDetect } from '../core/language/detect.js'
import type { LanguageTables } from '../core/language/language-tables.js'
import { languageInfo, offeredLanguage } from '../core/language/names.js'
import type { Library } from '../core/library.js'
import type { Area, Dialog, Instant, LanguageCode, Problem } from '../core/types.js'
import { CALL_NAMES } from './calls.js'
import { checkPhrases } from './check-phrases.js'
import { compileTexts, compileTitles, compileWords } from './compile.js'
import { DANGER_FILE, dangerFinder, readDangerWords } from './compile-danger.js'
import { compileMatcher } from './compile-matcher.js'
import { compilePrivate, PRIVATE_FILE, type PrivateWords, readPrivateWords } from './compile-private.js'
import { HELP_PHRASES, STAFF_PHRASES } from './help-phrases.js'
import { checkPacks, type Pack, readPack } from './packs.js'
import { PHRASE_CARDS_FILE, readPhraseCards } from './phrase-cards.js'
import {
  type PhoneNumbersByStatus,
  readArea,
  readPhoneNumbers,
  readPhrases,
  readWords,
  type Source,
  type Sources,
  type WordsOfLanguage,
} from './sources.js'
import { buildTranslate, type Phrases } from './texts.js'

/** A language with the system's own words is offered; a folder without them has danger cards only. */
const SYSTEM_FILES = ['common', 'web', 'words'] as const
/** Texts of the console's page, which are built into it. */
const CONSOLE_FILES = ['console', 'console-board', 'console-people', 'console-places', 'console-mode']
/** Files of a language folder that are not a dialog's translation. */
const OWN_FILES = new Set<string>([
  ...SYSTEM_FILES,
  ...HELP_PHRASES,
  STAFF_PHRASES,
  DANGER_FILE,
  PRIVATE_FILE,
  PHRASE_CARDS_FILE,
  ...CONSOLE_FILES,
])

export interface BuildOptions {
  /** Codes to offer; all that have system words when absent. */
  readonly languages: readonly LanguageCode[] | undefined
  readonly defaultLanguage: LanguageCode
  /** Time that expired facts are told by. */
  readonly now: Instant
  readonly recognize: Recognize
  readonly languageTables: LanguageTables
  /** How people write of danger, by language; where there is none, the patterns alone decide. */
  readonly dangerModels: DangerModels
}

export interface Built {
  readonly library: Library
  /** The page's words by language. */
  readonly webTexts: Phrases
  readonly warnings: readonly Problem[]
  readonly packs: readonly Pack[]
  readonly phraseCards: Phrases
  /** By language, then by dialog: with their states, as they stand in the files. */
  readonly translations: Readonly<Record<LanguageCode, Readonly<Record<string, Translations>>>>
}

export function buildLibrary(sources: Sources, options: BuildOptions): Built | { problems: readonly Problem[] } {
  const problems: Problem[] = []
  const languages = offered(sources, options, problems)
  const parsed = parseAll(sources, languages, problems)
  // Before the texts: each of them that names a variable would say again what its pack says once.
  problems.push(...checkPacks(parsed.packs, parsed.dialogs, Object.values(parsed.areas)))
  if (problems.some(({ severity }) => severity === 'error')) return { problems }
  problems.push(...check(parsed, sources, options))
  if (problems.some(({ severity }) => severity === 'error')) return { problems }
  const { webTexts, packs, phraseCards, translations } = parsed
  return { library: assemble(parsed, sources, options), webTexts, warnings: problems, packs, phraseCards, translations }
}

interface Parsed {
  readonly languages: readonly LanguageCode[]
  readonly dialogs: Readonly<Record<string, Dialog>>
  readonly translations: Readonly<Record<LanguageCode, Readonly<Record<string, Translations>>>>
  readonly areas: Readonly<Record<string, Area>>
  readonly packs: readonly Pack[]
  readonly phraseCards: Phrases
  readonly phrases: Phrases
  /** By file. */
  readonly helpPhrases: Readonly<Record<string, Phrases>>
  readonly webTexts: Phrases
  readonly words: Readonly<Record<LanguageCode, WordsOfLanguage>>
  readonly privateWords: Readonly<Record<LanguageCode, PrivateWords>>
  readonly dangerWords: Readonly<Record<LanguageCode, DangerWords>>
  readonly phoneNumbers: PhoneNumbersByStatus
  /** A sentence in each language that is not offered, by language. */
  readonly notOffered: Readonly<Record<LanguageCode, string>>
}

/** Danish is the source and always there; a wanted language without a folder is told, not fatal. */
function offered(sources: Sources, options: BuildOptions, problems: Problem[]): readonly LanguageCode[] {
  const folders = Object.keys(sources.locales).filter((code) => SYSTEM_FILES.some((file) => sources.locales[code]?.[file] !== undefined))
  const wanted = (options.languages ?? folders).map((code) => {
    const found = offeredLanguage(code, folders)
    if (found === undefined)
      problems.push({
        file: 'LANGUAGES',
        message: `there are no system words in locales/${code}: ${code} is not offered`,
        severity: 'warning',
      })
    return found
  })
  const codes = [...new Set(wanted.filter((code) => code !== undefined))]
  const first = offeredLanguage(options.defaultLanguage, folders) ?? 'da'
  return [first, ...codes.filter((code) => code !== first)]
}

function parseAll(sources: Sources, languages: readonly LanguageCode[], problems: Problem[]): Parsed {
  const dialogs = collect(sources.dialogs, (id, source) => {
    const read = parseDialog(id, source)
    if ('problems' in read) problems.push(...read.problems)
    return 'dialog' in read ? read.dialog : undefined
  })
  const own = (file: string) =>
    Object.fromEntries(chainOf(languages).flatMap((code) => (sources.locales[code]?.[file] ? [[code, sources.locales[code][file]]] : [])))
  return {
    languages,
    dialogs,
    translations: Object.fromEntries(
      [...new Set([...chainOf(languages), ...cardLanguages(sources)])].map((code) => [code, parseLanguage(code, sources, problems)]),
    ),
    areas: collect(sources.areas, (id, source) => readArea(id, source, problems)),
    packs: Object.entries(sources.packs).flatMap(([id, source]) => readPack(id, source, problems) ?? []),
    phraseCards: readPhraseCards(sources, problems),
    phrases: collect(own('common'), (_, source) => readPhrases(source, problems)),
    helpPhrases: Object.fromEntries(
      [...HELP_PHRASES, STAFF_PHRASES].map((file) => [file, collect(own(file), (_, source) => readPhrases(source, problems))]),
    ),
    webTexts: collect(own('web'), (_, source) => readPhrases(source, problems)),
    words: collect(own('words'), (_, source) => readWords(source, problems)),
    privateWords: readPrivateWords(sources, problems),
    dangerWords: readDangerWords(sources, problems),
    phoneNumbers: readPhoneNumbers(sources.phoneNumbers, problems),
    notOffered: (sources.notOffered && readPhrases(sources.notOffered, problems)) ?? {},
  }
}

/** Languages that have danger cards, offered or not. */
function cardLanguages({ locales }: Sources): readonly LanguageCode[] {
  return Object.keys(locales).filter((code) => locales[code]?.[EMERGENCY] !== undefined)
}

/** Danish and English are read even when they are not offered: answers fall back to them. */
function chainOf(languages: readonly LanguageCode[]): readonly LanguageCode[] {
  return [...new Set([...languages, 'da', 'en'])]
}

function parseLanguage(code: LanguageCode, sources: Sources, problems: Problem[]): Readonly<Record<string, Translations>> {
  const files = Object.entries(sources.locales[code] ?? {}).filter(([name]) => !OWN_FILES.has(name))
  return collect(Object.fromEntries(files), (id, source) => {
    const read = parseTranslations(code, id, source)
    if ('problems' in read) problems.push(...read.problems)
    return 'translations' in read ? read.translations : undefined
  })
}

function collect<T>(sources: Readonly<Record<string, Source>>, read: (id: string, source: Source) => T | undefined): Record<string, T> {
  return Object.fromEntries(
    Object.entries(sources).flatMap(([id, source]) => {
      const value = read(id, source)
      return value === undefined ? [] : [[id, value] as const]
    }),
  )
}

function check(parsed: Parsed, sources: Sources, options: BuildOptions): readonly Problem[] {
  const owners = Object.keys(parsed.phrases['da'] ?? {}).flatMap((key) => (key.startsWith('owner.') ? [key.slice('owner.'.length)] : []))
  const input = {
    dialogs: Object.values(parsed.dialogs),
    languages: parsed.languages,
    cardLanguages: Object.keys(parsed.translations),
    translations: parsed.translations,
    verifiedNumbers: parsed.phoneNumbers.verified,
    unconfirmedNumbers: parsed.phoneNumbers.secondary,
    areas: Object.values(parsed.areas),
    owners,
    callNames: CALL_NAMES,
    now: options.now,
    source: (dialog: string, language: LanguageCode) => (language === 'da' ? sources.dialogs[dialog] : sources.locales[language]?.[dialog]),
  }
  return [...checkDialogs(input), ...checkNeeded(parsed), ...checkPhrases(parsed)]
}

/** What every turn may fall back on. */
function checkNeeded({ dialogs, areas, words, privateWords }: Parsed): readonly Problem[] {
  const needed = (ok: boolean, file: string, message: string): Problem[] => (ok ? [] : [{ file, message, severity: 'error' }])
  const nodes = dialogs[MENU.dialog]?.nodes ?? {}
  const cards = dialogs[EMERGENCY]?.nodes ?? {}
  return [
    ...[MENU.node, 'person'].flatMap((node) =>
      needed(node in nodes, 'dialogs/welcome.yaml', `node ${node} is missing: menus and buttons lead there`),
    ),
    ...[...DANGER_KINDS, ...AROUND_CARDS].flatMap((node) =>
      needed(node in cards, `dialogs/${EMERGENCY}.yaml`, `node ${node} is missing: words of danger lead there`),
    ),
    ...needed(Object.keys(areas).length > 0, 'dialogs/areas', 'there is no area: add a file <id>.yaml'),
    ...needed(words['da'] !== undefined, 'locales/da/words.json', 'is missing: commands have no words'),
    ...needed(privateWords['da'] !== undefined, 'locales/da/private.json', 'is missing: passwords and codes are found by its words'),
  ]
}

function assemble(parsed: Parsed, sources: Sources, options: BuildOptions): Library {
  const languages = parsed.languages.map(languageInfo)
  const texts = compileTexts(parsed)
  const titles = compileTitles(parsed, texts)
  const say = buildTranslate(allPhrases(parsed))
  const detect = createDetect(options.languageTables, Object.values(parsed.areas).flatMap(wordsOfName))
  const danger = dangerFinder(parsed.dangerWords, { dangerModels: options.dangerModels, detect })
  const matcher = compileMatcher(parsed, texts, titles.title)
  return {
    revision: hash(JSON.stringify([sources.dialogs, sources.areas, ...Object.values(sources.locales)].map(valuesOf))),
    languages,
    defaultLanguage: parsed.languages[0] ?? 'da',
    dialogs: parsed.dialogs,
    texts,
    say,
    ...titles,
    matcher,
    danger,
    *warm() {
      yield* danger.prepare(parsed.languages[0] ?? 'da')
      for (const { code } of languages) yield* matcher.prepare(code)
    },
    detect,
    notOffered: (language) => parsed.notOffered[language],
    recognize: options.recognize,
    ...compileWords(parsed.words, languages),
    ...compilePrivate(parsed.privateWords),
    areas: parsed.areas,
    defaultArea: Object.keys(parsed.areas)[0] ?? '',
  }
}

/** One space of phrases by language; a card's is `card.<id>`. */
function allPhrases({ phrases, helpPhrases, phraseCards }: Parsed): Phrases {
  const own = [phrases, ...Object.values(helpPhrases)]
  const cards = (language: LanguageCode) => Object.entries(phraseCards[language] ?? {}).map(([id, text]) => [`card.${id}`, text] as const)
  return Object.fromEntries(
    Object.keys(phrases).map((language) => [
      language,
      Object.assign({}, ...own.map((file) => file[language] ?? {}), Object.fromEntries(cards(language))) as Record<string, string>,
    ]),
  )
}

/** The names of an area and its owner are written in every language; a word in brackets, such as "(demo)", is no name. */
function wordsOfName({ name, owner }: Area): readonly string[] {
  return [name, owner].map((text) => text.replace(/\([^)]*\)/g, ' '))
}

/** What files say, without where they stand: the same content has the same revision on every machine. */
function valuesOf(sources: Readonly<Record<string, Source>>): readonly unknown[] {
  return Object.entries(sources).map(([id, { value }]) => [id, value])
}

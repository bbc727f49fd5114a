/**
 * `npm run danger-model -- --draw`: draws what the models of danger learn as ordinary from the dialogs and from what the bot itself says, and
 * writes it to locales/<language>/danger-ordinary.jsonl. The models are made of those files alone: a text that changes changes no model
 * before it is drawn anew.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'yaml'

const ROOT = resolve(import.meta.dirname, '..')
/** Sentences of the bot itself that a language's model learns as ordinary. */
const OWN_SENTENCES = 400
/** As many examples all questions of the dialogs together are worth: more of them must not outweigh what is dangerous. */
const OWN_QUESTIONS = 300
/** Names the draw: another one draws other sentences. */
const SEED = 'ordinary'
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** Writes the file of each language. The same texts give the same files, and a text more or less changes one line or two of them. */
export function drawOrdinary(languages) {
  for (const language of languages) {
    const { questions, sentences } = language === 'da' ? ownDanish() : ownTranslated(language)
    const weight = Math.round(Math.min(1, OWN_QUESTIONS / questions.length) * 1000) / 1000
    const rows = [
      ...inDraw(questions).map((text) => ({ text, weight })),
      ...inDraw(sentences)
        .slice(0, OWN_SENTENCES)
        .map((text) => ({ text })),
    ]
    writeFileSync(`${ROOT}/locales/${language}/danger-ordinary.jsonl`, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  }
}

/** In an order that depends on nothing but the text and the seed, each once. */
function inDraw(texts) {
  const lot = (text) => createHash('sha256').update(`${SEED}\n${text}`).digest('hex')
  const lots = [...new Set(texts)].map((text) => ({ text, lot: lot(text) }))
  return lots.toSorted((a, b) => (a.lot < b.lot ? -1 : 1)).map(({ text }) => text)
}

/** The Danish of the dialogs. What names an emergency is not ordinary. */
function ownDanish() {
  const dialogs = readdirSync(`${ROOT}/dialogs`, { recursive: true })
    .filter((name) => name.endsWith('.yaml') && !/^(emergency|phone-numbers|areas)|pack\.yaml$/.test(name))
    .toSorted((a, b) => (a < b ? -1 : 1))
  const nodes = dialogs.flatMap((name) => Object.entries(parse(readFileSync(`${ROOT}/dialogs/${name}`, 'utf8')).nodes))
  const calm = nodes.filter(([id]) => id !== 'violence-at-home')
  return {
    questions: calm.flatMap(([, { questions = [] }]) => questions),
    sentences: sentencesOf(calm.flatMap(([, { say = [], ask = [] }]) => [say, ask].flat())),
  }
}

function ownTranslated(language) {
  const folder = `${ROOT}/locales/${language}`
  const dialogs = readdirSync(folder).filter((name) => name.endsWith('.json') && !/^(danger|emergency|private|words)/.test(name))
  const entries = dialogs.flatMap((name) => {
    const file = readJson(`${folder}/${name}`)
    return Object.entries(file.texts ?? file).filter(([path]) => !path.startsWith('violence-at-home'))
  })
  return {
    questions: entries.flatMap(([, entry]) => entry.examples ?? []),
    sentences: sentencesOf(entries.map(([, entry]) => (typeof entry === 'string' ? entry : (entry.text ?? '')))),
  }
}

function sentencesOf(texts) {
  const sentences = texts.flatMap((text) => text.replace(/\{\{[^}]*\}\}/g, ' ').split(/[.!?:\n؟۔።]+/u))
  return sentences.map((sentence) => sentence.trim()).filter((sentence) => /\s/.test(sentence) && !sentence.includes('112'))
}

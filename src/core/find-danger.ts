/** Danger by both readings: the patterns, which say who does what to whom, and the model, which knows how people write of it. */
import type { Danger, DangerKind, FindByPatterns, FindDanger } from './danger.js'
import { type DangerModels, dangerProbability, featuresOf, likeliestKind } from './danger-model.js'
import type { Detect, Detection } from './language/detect.js'
import type { LanguageCode } from './types.js'

/**
 * Probabilities of the model, chosen on phrases that neither reading had seen (docs/danger.md). What a pattern is sure of is sure from here …
 */
const CONFIRMED = 0.5
/** … is asked about from here, and below is how people write of other things … */
const POSSIBLY = 0.3
/** … but where a minute may cost a life it is asked about also when the model doubts it much. */
const VITAL = 0.15
const VITAL_KINDS: readonly DangerKind[] = ['illness', 'suicide', 'child']
/** A pattern that is unclear by itself is asked about from here. */
const LIKELY = 0.4
/** Where no pattern fits: from here it is asked about … */
const CLOSE = 0.58
/** … or from here in languages whose model has learnt from few examples … */
const CLOSE_FEW = 0.9
const FEW_EXAMPLES: readonly LanguageCode[] = ['uk', 'pl', 'ti', 'ku', 'bs']
/** … and from here the card comes at once. */
const CERTAIN = 0.95
/** Fewer words tell nothing by themselves: "to me", "him", "alone". */
const WORDS_MIN = 3
/** A language this unlikely is not what was written; one this likely rules out others in borrowed letters, from so many words on. */
const POSSIBLE = 0.01
const SURELY_ANOTHER = 0.98
const SENTENCE = 3
/** Nats for the language of the conversation, as where a text is matched (docs/language.md). */
const HINT = 3

/** Joins the readings. Without a model of the text's language the patterns alone decide. */
export function createFindDanger(find: FindByPatterns, models: DangerModels, detect: Detect): FindDanger {
  const candidates = Object.keys(models)
  return (text, hint, wary = false) => {
    const heard = detect(text, { candidates, ...(hint === undefined ? {} : { priors: { [hint]: HINT } }) })
    const found = find(text, hint, (language) => language === hint || mayBe(heard, language))
    const model = found === undefined ? undefined : models[found.language]
    if (found === undefined) return unpatterned(text, heard, models)
    if (model === undefined) return found
    const p = dangerProbability(model, featuresOf(text, found.language, found))
    return weighed(found, p) ?? (wary && found.certainty === 'sure' ? { ...found, certainty: 'unclear' } : undefined)
  }
}

/** Whether a text may be in a language: what is nearly certain to be another one shares letters with it, not words. */
function mayBe({ ranked, words, romanised }: Detection, language: LanguageCode): boolean {
  const [best] = ranked
  if (best === undefined || romanised === language) return true
  const own = ranked.find((guess) => guess.language === language)
  // Arabic, Urdu and Persian in Latin letters have no table.
  if (own === undefined) return words < SENTENCE || best.p < SURELY_ANOTHER
  return own.p >= POSSIBLE
}

function unpatterned(text: string, { ranked, romanised, words }: Detection, models: DangerModels): Danger | undefined {
  const language = romanised ?? ranked[0]?.language
  const model = language === undefined ? undefined : models[language]
  if (language === undefined || model === undefined || words < WORDS_MIN) return undefined
  const features = featuresOf(text, language, 'none')
  const p = dangerProbability(model, features)
  const close = FEW_EXAMPLES.includes(language) ? CLOSE_FEW : CLOSE
  return p < close ? undefined : { kind: likeliestKind(model, features), certainty: p < CERTAIN ? 'unclear' : 'sure', language }
}

function weighed(found: Danger, p: number): Danger | undefined {
  if (found.certainty === 'unclear') return p < LIKELY ? undefined : found
  if (p >= CONFIRMED) return found
  return p < (VITAL_KINDS.includes(found.kind) ? VITAL : POSSIBLY) ? undefined : { ...found, certainty: 'unclear' }
}

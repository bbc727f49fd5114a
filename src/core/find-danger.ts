/** Danger by both readings: the patterns, which say who does what to whom, and the model, which knows how people write of it. */
import type { Danger, FindDanger } from './danger.js'
import { type DangerModels, dangerProbability, featuresOf, likeliestKind } from './danger-model.js'
import type { Detect } from './language/detect.js'
import type { LanguageCode } from './types.js'

/** A pattern that is sure stays so above this; below, people write such words of other things, and it is asked. */
const DOUBT = 0.2
/** A pattern that is unclear by itself is asked about above this. */
const LIKELY = 0.3
/** Where no pattern fits: from here it is asked … */
const CLOSE = 0.75
/** … and from here the card comes at once. All four chosen on phrases that neither reading had seen (docs/danger.md). */
const CERTAIN = 0.97
/** Fewer words tell nothing by themselves: "to me", "him", "alone". */
const WORDS_MIN = 2
/** Nats for the language of the conversation, as where a text is matched (docs/language.md). */
const HINT = 3

/** Joins the readings. Without a model of the text's language the patterns alone decide. */
export function createFindDanger(find: FindDanger, models: DangerModels, detect: Detect): FindDanger {
  const candidates = Object.keys(models)
  const unpatterned = (text: string, hint: LanguageCode | undefined): Danger | undefined => {
    const { ranked, romanised, words } = detect(text, { candidates, ...(hint === undefined ? {} : { priors: { [hint]: HINT } }) })
    const language = romanised ?? ranked[0]?.language
    const model = language === undefined ? undefined : models[language]
    if (language === undefined || model === undefined || words < WORDS_MIN) return undefined
    const features = featuresOf(text, language, 'none')
    const p = dangerProbability(model, features)
    return p < CLOSE ? undefined : { kind: likeliestKind(model, features), certainty: p < CERTAIN ? 'unclear' : 'sure', language }
  }
  return (text, hint) => {
    const found = find(text, hint)
    if (found === undefined) return unpatterned(text, hint)
    const model = models[found.language]
    return model === undefined ? found : weighed(found, dangerProbability(model, featuresOf(text, found.language, found)))
  }
}

function weighed(found: Danger, p: number): Danger | undefined {
  if (found.certainty === 'sure') return p < DOUBT ? { ...found, certainty: 'unclear' } : found
  return p < LIKELY ? undefined : found
}

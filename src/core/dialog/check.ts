/** All rules that a library of dialogs keeps. Each is a function of its own; a new rule is one more line here. */
import type { Problem } from '../types.js'
import { asksKeepAnswers, choicesHaveReplies, expectsHaveRetry, titlesDiffer } from './check-asks.js'
import { callsKnown, factsInForce, ownersKnown } from './check-facts.js'
import type { CheckInput, Rule } from './check-input.js'
import { branchesEndInElse, loopsHaveQuestion, nodesReachable, placesExist, startsExist, turnsSaySomething } from './check-places.js'
import { phoneNumbersVerified, placeholdersEqual, placeholdersKnown, questionsDiffer, textsFit } from './check-texts.js'
import { translationsBelong, translationsComplete } from './check-translations.js'

const RULES: readonly Rule[] = [
  startsExist,
  placesExist,
  nodesReachable,
  loopsHaveQuestion,
  turnsSaySomething,
  branchesEndInElse,
  asksKeepAnswers,
  expectsHaveRetry,
  choicesHaveReplies,
  titlesDiffer,
  textsFit,
  placeholdersKnown,
  placeholdersEqual,
  phoneNumbersVerified,
  questionsDiffer,
  factsInForce,
  ownersKnown,
  callsKnown,
  translationsComplete,
  translationsBelong,
]

/** Everything that is wrong with parsed dialogs and their translations, in the order of the rules. Errors stop a publish, warnings do not. */
export function checkDialogs(input: CheckInput): readonly Problem[] {
  return RULES.flatMap((rule) => rule(input))
}

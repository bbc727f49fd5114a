/** The words of questions that found no answer and of "was this useful?": parts of the events, buttons, effects and session of `types.ts`. */
import type { Goto, LanguageCode } from './types.js'

/** Staff linked an answer to a question that this person wanted to be told about: its stored id and words, and the answer's place. */
export interface Answered extends Goto {
  readonly type: 'answered'
  readonly question: string
  readonly text: string
}

/** Whether one text of an answer was useful; says nothing about who found so. */
export interface Vote extends Goto {
  /** Hash of the text that was read. */
  readonly version: string
  readonly language: LanguageCode
  readonly useful: boolean
}

/** An answer that came near to a question; `score` is the matcher's, 0–1. */
export interface Guess extends Goto {
  readonly score: number
}

/** Buttons. `question` is the name that its effect gave it, so that an old button means its own question. */
export type QuestionAction =
  | { readonly do: 'none-of-these'; readonly question: string }
  /** Wants to be told when there is an answer to `question`. */
  | { readonly do: 'tell-me'; readonly question: string }
  | ({ readonly do: 'useful' } & Vote)
  /** Has nothing to say about what was missing. */
  | { readonly do: 'skip' }

export type QuestionEffect =
  /**
   * Keep a question that found no answer. `question` names it within its asker: the same words in the same language have the same name.
   * `missing`: it is what somebody missed in the first guess, which they had read.
   */
  | {
      readonly type: 'question'
      readonly question: string
      readonly text: string
      readonly language: LanguageCode
      readonly area: string
      readonly guesses: readonly Guess[]
      readonly missing: boolean
    }
  /** The asker of `question` wants to be told when there is an answer. */
  | { readonly type: 'tell-me'; readonly question: string }
  /** Whether the asker of the stored `question` was told its answer by this turn, or could not be told now. */
  | { readonly type: 'told'; readonly question: string; readonly told: boolean }
  | ({ readonly type: 'useful' } & Vote)

/** What a conversation remembers of questions between turns. */
export interface AskedSession {
  /** The words under the newest "did you mean", in case it is none of these (redacted, the person's own words). */
  readonly guessed?: { readonly text: string; readonly language: LanguageCode }
  /** Names of the newest kept questions, which their buttons may still mean. */
  readonly asked?: readonly string[]
  /** The person is asked what they missed in this answer. */
  readonly missing?: Goto
  /** The answer text that the newest vote was about: one vote each time it is shown. */
  readonly voted?: string
  /** The person says that they are under 15: nothing is asked of them that needs a consent. */
  readonly underage?: boolean
}

/** What a refusal of the API is made of. */

/** In both staff languages. */
export type Words = { readonly da: string; readonly en: string }
export interface Refusal {
  readonly status: number
  readonly message: Words
  readonly advice: Words
  /** Seconds after which it may be tried again. */
  readonly after?: number
}

export const RELOAD: Words = { da: 'Hent siden igen, og prøv igen.', en: 'Load the page again, and try again.' }

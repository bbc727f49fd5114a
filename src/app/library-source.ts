import type { Library } from '../core/types.js'

/** The library in force: a turn takes it once and finishes on it. */
export interface LibrarySource {
  current(): Library
}
